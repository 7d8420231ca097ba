package dev.afterword.db.followup;

import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.followup.journey.FactKind;
import dev.afterword.db.followup.journey.Known;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is known of somebody; what is not known is left out. */
final class KnownFacts {
    private final Map<String, List<String>> facts = new HashMap<>();

    void text(String code, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.put(code, List.of(value));
        }
    }

    void number(String code, @Nullable Number value) {
        if (value != null) {
            facts.put(code, List.of(value instanceof BigDecimal amount ? amount.toPlainString() : value.toString()));
        }
    }

    void words(String code, String @Nullable [] values) {
        if (values != null && values.length > 0) {
            facts.put(code, List.of(values));
        }
    }

    /** The attributes of a contact, as they are stored. */
    void attributes(String json) {
        ContactStore.attributes(json).forEach((name, value) -> text(FactKind.ATTRIBUTE.code() + name, value));
    }

    Map<String, List<String>> facts() {
        return facts;
    }

    Known known() {
        return new Known(facts);
    }
}
