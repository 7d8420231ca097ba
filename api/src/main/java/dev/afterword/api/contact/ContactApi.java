package dev.afterword.api.contact;

import dev.afterword.api.Caller;
import dev.afterword.db.Cursor;
import dev.afterword.db.contact.Contact;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.contact.Timeline;
import dev.afterword.db.contact.TimelineEntry;
import dev.afterword.db.contact.erasure.CollectPersonalData;
import dev.afterword.db.contact.erasure.EraseContact;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Gives what is known of a person. */
@RestController
@Tag(name = "Contacts")
class ContactApi {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final int MOST_ENTRIES = 200;

    private final Contacts contacts;
    private final Timeline timeline;
    private final CollectPersonalData collectPersonalData;
    private final EraseContact eraseContact;
    private final JsonMapper json;

    ContactApi(
            Contacts contacts,
            Timeline timeline,
            CollectPersonalData collectPersonalData,
            EraseContact eraseContact,
            JsonMapper json) {
        this.contacts = contacts;
        this.timeline = timeline;
        this.collectPersonalData = collectPersonalData;
        this.eraseContact = eraseContact;
        this.json = json;
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

    @GetMapping("/api/v1/contacts/{id}/timeline")
    @Operation(
            summary = "Everything that happened with a contact",
            description =
                    "The latest first, what is planned before it. Each entry has a kind, a time and an id, and what its kind has.")
    Mono<Map<String, Object>> timeline(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(defaultValue = "50") int limit) {
        var cursor = at == null ? null : Cursor.decode(at);
        var size = Math.clamp(limit, 1, MOST_ENTRIES);
        return contacts.find(caller.key(id))
                .flatMap(contact -> timeline.of(contact.key(), cursor, size))
                .map(page -> {
                    var answer = new LinkedHashMap<String, Object>();
                    answer.put("items", page.items().stream().map(this::entry).toList());
                    answer.put("next", page.next());
                    return answer;
                });
    }

    private Map<String, Object> entry(TimelineEntry entry) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", entry.kind());
        fields.put("at", entry.at());
        fields.put("id", entry.id());
        json.convertValue(entry, FIELDS).forEach(fields::putIfAbsent);
        return fields;
    }

    @GetMapping("/api/v1/contacts/{id}/data")
    @Operation(
            summary = "Everything that is kept of a person, for the person",
            description = "One list of objects for each kind of it (Regulation (EU) 2016/679, articles 15 and 20).")
    Mono<Map<String, List<Map<String, Object>>>> data(Caller caller, @PathVariable UUID id) {
        return collectPersonalData.of(caller.key(id)).map(sections -> {
            var named = new LinkedHashMap<String, List<Map<String, Object>>>();
            sections.forEach(section -> named.put(section.name(), section.rows()));
            return named;
        });
    }

    @DeleteMapping("/api/v1/contacts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Erase a person",
            description =
                    "Everything that names them goes; orders, scores and choices stay and count, without a name. What you send of them afterwards is not kept, unless it brings a consent that they gave later. A second time does nothing.")
    Mono<Void> erase(Caller caller, @PathVariable UUID id) {
        return eraseContact.erase(caller.key(id)).then();
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
