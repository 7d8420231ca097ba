package dev.afterword.db.inbox;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;

/** What a customer wants. */
public enum CaseKind {
    QUESTION,
    /** Closed only with its root cause and a topic. */
    COMPLAINT,
    SUGGESTION,
    COMPLIMENT;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Otherwise {@code case.kind-unknown}. */
    public static CaseKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("case.kind-unknown", "kind", code));
    }
}
