package dev.afterword.web.contact;

import dev.afterword.db.Rejected;
import dev.afterword.db.contact.relationship.PersonalContact;
import dev.afterword.db.contact.relationship.Relationships;
import dev.afterword.web.Act;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who keeps in touch with a customer, on which occasions, and what they did in person. */
@Controller
class RelationshipPages {
    private final Relationships relationships;
    private final ContactPages pages;

    RelationshipPages(Relationships relationships, ContactPages pages) {
        this.relationships = relationships;
        this.pages = pages;
    }

    @PostMapping(ContactPages.ONE + "/owner")
    Mono<Rendering> give(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "contact.owner",
                () -> relationships.give(signed.key(id), staff(form.valueOrNull("owner"))));
    }

    /** Otherwise {@code staff.unknown}. */
    private static @Nullable UUID staff(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new Rejected("staff.unknown", "owner");
        }
    }

    @PostMapping(ContactPages.ONE + "/occasions")
    Mono<Rendering> remember(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "contact.occasion",
                () -> relationships.remember(
                        signed.key(id),
                        form.value("occasion"),
                        day(form.value("on")),
                        form.has("yearly", "yes"),
                        signed.workspace().zone()));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw new Rejected("occasion.day-missing", "on");
        }
    }

    @PostMapping(ContactPages.ONE + "/occasions/{occasion}/removal")
    Mono<Rendering> forget(
            Signed signed, @PathVariable UUID id, @PathVariable UUID occasion, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "contact.occasion-removed",
                () -> relationships.forget(signed.key(id), occasion));
    }

    @PostMapping(ContactPages.ONE + "/personal")
    Mono<Rendering> did(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "contact.personal",
                () -> relationships.did(
                        signed.key(id),
                        PersonalContact.of(form.value("kind")),
                        form.valueOrNull("words"),
                        signed.staffId()));
    }

    private Mono<Rendering> act(
            Signed signed, UUID id, Form form, ServerWebExchange exchange, String said, Supplier<Mono<?>> deed) {
        return new Act(form, exchange, (typed, status) -> pages.show(signed, id, null, typed, status))
                .then(signed.path("/customers/" + id), said, deed);
    }
}
