package dev.afterword.api.contact;

import dev.afterword.api.Caller;
import dev.afterword.db.contact.Contact;
import dev.afterword.db.contact.Contacts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives what is known of a person. */
@RestController
@Tag(name = "Contacts")
class ContactApi {
    private final Contacts contacts;

    ContactApi(Contacts contacts) {
        this.contacts = contacts;
    }

    @GetMapping("/api/v1/contacts/{id}")
    @Operation(summary = "One contact")
    Mono<ContactResponse> find(Caller caller, @PathVariable UUID id) {
        return contacts.find(caller.key(id)).map(ContactResponse::of);
    }

    @GetMapping("/api/v1/contacts")
    @Operation(summary = "The contact that you know by this id")
    Mono<ContactResponse> find(Caller caller, @RequestParam String externalId) {
        return contacts.findByExternalId(caller.workspaceId(), externalId).map(ContactResponse::of);
    }

    /** A contact as Afterword knows it. */
    @Schema(name = "Contact")
    record ContactResponse(
            UUID id,
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String name,
            @Nullable String locale,
            @Nullable String timeZone,
            @Nullable String country,
            Map<String, String> attributes,
            String stage,
            @Nullable Instant updatedAt,
            Instant createdAt) {
        static ContactResponse of(Contact contact) {
            return new ContactResponse(
                    contact.key().id(),
                    contact.externalId(),
                    contact.email(),
                    contact.name(),
                    contact.locale(),
                    contact.timeZone(),
                    contact.country(),
                    contact.attributes(),
                    contact.stage(),
                    contact.updatedAt(),
                    contact.createdAt());
        }
    }
}
