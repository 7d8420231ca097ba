package dev.afterword.api.inbox;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Cursor;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseQuery;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.Cases;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.inbox.MergeCases;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.order.Orders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Cases as JSON: found, opened, answered, noted on, changed, closed and merged. */
@RestController
@Tag(name = "Cases")
class CaseApi {
    private static final int PAGE = 50;
    private static final int LONGEST = 20_000;

    private final Cases cases;
    private final ListedCases listed;
    private final ActOnCase actOnCase;
    private final MergeCases mergeCases;
    private final ReplyToCase replyToCase;
    private final Contacts contacts;
    private final Orders orders;
    private final Clock clock;

    CaseApi(
            Cases cases,
            ListedCases listed,
            ActOnCase actOnCase,
            MergeCases mergeCases,
            ReplyToCase replyToCase,
            Contacts contacts,
            Orders orders,
            Clock clock) {
        this.cases = cases;
        this.listed = listed;
        this.actOnCase = actOnCase;
        this.mergeCases = mergeCases;
        this.replyToCase = replyToCase;
        this.contacts = contacts;
        this.orders = orders;
        this.clock = clock;
    }

    @GetMapping("/api/v1/cases")
    @Operation(
            summary =
                    "Cases: of those that are open, unassigned, due or breached what is due first, of others the latest first",
            description =
                    "view: open, unassigned, due, breached, waiting, snoozed, closed, spam or all; q finds words in the subject and in everything that was said.")
    Mono<CaseResponse.Page> page(
            Caller caller,
            @RequestParam(defaultValue = "all") String view,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable UUID contact,
            @RequestParam(required = false) @Nullable String team,
            @RequestParam(required = false) @Nullable String cursor) {
        var shown = CaseView.of(view).orElseThrow(() -> new Rejected("case.view-unknown", "view", view));
        return listed.page(
                        caller.workspaceId(),
                        new CaseQuery(shown, null, q, contact, team),
                        clock.instant(),
                        cursor == null ? null : Cursor.decode(cursor),
                        PAGE)
                .map(leaf -> CaseResponse.Page.of(leaf.items(), leaf.older()));
    }

    @GetMapping("/api/v1/cases/{id}")
    @Operation(summary = "A case with everything that happened in it")
    Mono<CaseResponse> find(Caller caller, @PathVariable UUID id) {
        return whole(caller.key(id));
    }

    private Mono<CaseResponse> whole(Key key) {
        return Mono.zip(cases.find(key), cases.entries(key))
                .map(found -> CaseResponse.of(found.getT1(), found.getT2()));
    }

    @PostMapping(path = "/api/v1/cases", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Open a case",
            description =
                    "{kind, subject, words?, contact? (id), order? (externalId), priority?, team?, externalId?}; the same externalId never opens two.")
    Mono<ResponseEntity<CaseResponse>> open(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(
                            Set.of("kind", "subject", "words", "contact", "order", "priority", "team", "externalId"));
                    return Mono.zip(contact(caller, fields), order(caller, fields))
                            .flatMap(known -> actOnCase.open(opening(
                                    caller,
                                    fields,
                                    known.getT1().orElse(null),
                                    known.getT2().orElse(null))));
                })
                .flatMap(opened -> whole(opened.key()))
                .map(opened -> ResponseEntity.status(HttpStatus.CREATED).body(opened));
    }

    private static Opening opening(Caller caller, Fields fields, @Nullable UUID contact, @Nullable UUID order) {
        var externalId = fields.optionalText("externalId", 200);
        return new Opening(
                caller.workspaceId(),
                CaseKind.of(fields.text("kind", 40)),
                fields.text("subject", 200),
                contact,
                order,
                null,
                null,
                "hand",
                externalId == null ? null : "api:" + externalId,
                Objects.requireNonNullElse(fields.optionalInteger("priority", 1, 4), 3),
                null,
                fields.optionalText("team", 80),
                fields.optionalText("words", LONGEST),
                true,
                null,
                null);
    }

    private Mono<Optional<UUID>> contact(Caller caller, Fields fields) {
        var text = fields.optionalText("contact", 36);
        return text == null
                ? Mono.just(Optional.empty())
                : contacts.find(caller.key(fields.id("contact", text)))
                        .map(found -> Optional.of(found.key().id()));
    }

    private Mono<Optional<UUID>> order(Caller caller, Fields fields) {
        var text = fields.optionalText("order", 200);
        return text == null
                ? Mono.just(Optional.empty())
                : orders.findByExternalId(caller.workspaceId(), text)
                        .map(found -> Optional.of(found.key().id()));
    }

    @PatchMapping(path = "/api/v1/cases/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change a case",
            description =
                    "{version, kind?, priority?, owner?, team?, snoozedUntil?}; what is not named stays, an empty text takes away. 409 where somebody else has changed it since that version.")
    Mono<CaseResponse> change(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("version", "kind", "priority", "owner", "team", "snoozedUntil"));
            return act(caller, id, seen(fields), (found, now) -> changed(fields, found, now));
        });
    }

    private static Case changed(Fields fields, Case found, Instant now) {
        var changed = found;
        var kind = fields.optionalText("kind", 40);
        if (kind != null) {
            changed = changed.ofKind(CaseKind.of(kind));
        }
        var priority = fields.optionalInteger("priority", 1, 4);
        if (priority != null) {
            changed = changed.ofPriority(priority);
        }
        if (fields.has("owner")) {
            var owner = fields.optionalText("owner", 36);
            changed = changed.ownedBy(owner == null ? null : fields.id("owner", owner));
        }
        if (fields.has("team")) {
            changed = changed.ofTeam(fields.optionalText("team", 80));
        }
        return fields.has("snoozedUntil") ? changed.snoozed(fields.optionalTime("snoozedUntil"), now) : changed;
    }

    @PostMapping(path = "/api/v1/cases/{id}/closure", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Close a case",
            description =
                    "{version?, rootCause?, topic?, spam?}; a complaint needs both: rootCause is product, place, price, promotion, people, process or physical-evidence.")
    Mono<CaseResponse> close(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("version", "rootCause", "topic", "spam"));
            var cause = fields.optionalText("rootCause", 40);
            var topic = fields.optionalText("topic", 200);
            boolean spam = Objects.requireNonNullElse(fields.optionalFlag("spam"), false);
            return act(
                    caller,
                    id,
                    seen(fields),
                    (found, now) -> spam
                            ? found.spam(now)
                            : found.closed(cause == null ? null : RootCause.of(cause), topic, now));
        });
    }

    @PostMapping("/api/v1/cases/{id}/opening")
    @Operation(summary = "Open a closed case again")
    Mono<CaseResponse> reopen(Caller caller, @PathVariable UUID id) {
        return act(caller, id, null, (found, now) -> found.reopened());
    }

    private Mono<CaseResponse> act(
            Caller caller, UUID id, @Nullable Integer seen, BiFunction<Case, Instant, Case> change) {
        return actOnCase.change(caller.key(id), seen, null, change).flatMap(changed -> whole(changed.key()));
    }

    @PostMapping(path = "/api/v1/cases/{id}/notes", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Add a note, which no customer sees",
            description = "{words, call?}; with call it is what was said on the phone.")
    Mono<ResponseEntity<CaseResponse>> note(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("words", "call"));
                    return actOnCase.note(
                            caller.key(id),
                            null,
                            fields.text("words", LONGEST),
                            List.of(),
                            Objects.requireNonNullElse(fields.optionalFlag("call"), false));
                })
                .then(Mono.defer(() -> whole(caller.key(id))))
                .map(noted -> ResponseEntity.status(HttpStatus.CREATED).body(noted));
    }

    @PostMapping(path = "/api/v1/cases/{id}/replies", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Answer the customer by mail",
            description =
                    "{words} in Markdown; it goes out at once, as a service, and an answer to it comes back into the case.")
    Mono<ResponseEntity<CaseResponse>> reply(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("words"));
                    return replyToCase.reply(caller.key(id), null, fields.text("words", LONGEST));
                })
                .then(Mono.defer(() -> whole(caller.key(id))))
                .map(replied -> ResponseEntity.status(HttpStatus.CREATED).body(replied));
    }

    @PostMapping(path = "/api/v1/cases/{id}/goodwill", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Give a code for the trouble", description = "{pool}; it is told in a mail of its own.")
    Mono<ResponseEntity<CaseResponse>> give(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("pool"));
                    return replyToCase.give(caller.key(id), null, fields.text("pool", 40));
                })
                .then(Mono.defer(() -> whole(caller.key(id))))
                .map(given -> ResponseEntity.status(HttpStatus.CREATED).body(given));
    }

    @PostMapping(path = "/api/v1/cases/{id}/merge", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Let a case go on in another",
            description = "{into}: the id of another open case of the same customer.")
    Mono<CaseResponse> merge(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("into"));
            var into = fields.id("into", fields.text("into", 36));
            return mergeCases.merge(caller.key(id), caller.key(into), null).flatMap(merged -> whole(merged.key()));
        });
    }

    private static @Nullable Integer seen(Fields fields) {
        return fields.optionalInteger("version", 0, Integer.MAX_VALUE);
    }
}
