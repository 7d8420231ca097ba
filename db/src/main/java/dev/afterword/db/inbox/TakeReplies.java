package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.Events;
import dev.afterword.db.inbox.OpenCase.Opening;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts what customers write into the right case: that of the mail they answer, ours or their own, even where it was closed not long ago; else the one that runs
 * about the same order, or about no order; else a new one. Who began by themselves is told that it arrived.
 */
@Component
class TakeReplies implements EventReader {
    static final Duration REOPENED = Duration.ofDays(30);

    private final Cases cases;
    private final OpenCase openCase;
    private final ArrivalMail arrivalMail;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;

    TakeReplies(
            Cases cases,
            OpenCase openCase,
            ArrivalMail arrivalMail,
            Events events,
            DatabaseClient database,
            DatabaseTime time) {
        this.cases = cases;
        this.openCase = openCase;
        this.arrivalMail = arrivalMail;
        this.events = events;
        this.database = database;
        this.time = time;
    }

    @Override
    public String name() {
        return "case-replies";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.CONTACT_REPLIED);
    }

    /**
     * What a customer wrote.
     *
     * @param fresh whether they began, and answer nothing
     * @param orderId what it surely is about
     * @param aboutId what it probably is about: the same, or what was written to them last
     */
    private record Reply(
            UUID id,
            boolean fresh,
            UUID contactId,
            @Nullable UUID orderId,
            @Nullable UUID aboutId,
            @Nullable UUID caseId,
            String subject,
            @Nullable String words,
            Instant at) {}

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> told) {
        return time.now()
                .flatMap(now -> Flux.fromIterable(told)
                        .concatMap(event -> reply(workspaceId, event.subjectId()))
                        .concatMap(reply -> take(workspaceId, reply, now))
                        .then());
    }

    /** With the case that its mail belongs to, wherever that goes on. */
    private Mono<Reply> reply(UUID workspaceId, UUID id) {
        return database.sql("""
                        select m.id, m.matched_by in ('sender', 'address') as fresh, m.contact_id, m.subject, m.words, m.received_at,
                            case when m.matched_by <> 'sender' then coalesce(s.order_id, v.order_id, k.order_id) end as order_id,
                            coalesce(s.order_id, v.order_id, k.order_id) as about_id,
                            (with recursive here as (
                                select k.id, k.merged_into union
                                select n.id, n.merged_into from support_case n join here h on n.id = h.merged_into where n.workspace_id = $1)
                            select h.id from here h where h.merged_into is null) as case_id
                        from incoming_message m
                        left join send s on s.workspace_id = $1 and s.id = m.send_id
                        left join invitation v on v.workspace_id = $1 and v.id = s.invitation_id
                        left join lateral (
                            (select x.case_id from case_entry x where x.workspace_id = $1 and x.incoming_id = m.answers_id)
                            union all
                            (select x.case_id from case_entry x where x.workspace_id = $1 and x.send_id = s.id and m.answers_id is null)
                            limit 1) e on true
                        left join support_case k on k.workspace_id = $1 and k.id = e.case_id
                        where m.workspace_id = $1 and m.id = $2 and not exists (select from case_entry d where d.workspace_id = $1 and d.incoming_id = m.id)
                        limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, id)
                .map((Readable row) -> new Reply(
                        value(row, "id", UUID.class),
                        value(row, "fresh", Boolean.class),
                        value(row, "contact_id", UUID.class),
                        row.get("order_id", UUID.class),
                        row.get("about_id", UUID.class),
                        row.get("case_id", UUID.class),
                        value(row, "subject", String.class),
                        row.get("words", String.class),
                        value(row, "received_at", Instant.class)))
                .one();
    }

    private Mono<Void> take(UUID workspaceId, Reply reply, Instant now) {
        return right(workspaceId, reply, now)
                .flatMap(id -> add(new Key(workspaceId, id), reply, now).thenReturn(true))
                .switchIfEmpty(Mono.defer(() -> open(workspaceId, reply, now).thenReturn(true)))
                .then();
    }

    private Mono<UUID> right(UUID workspaceId, Reply reply, Instant now) {
        return database.sql("""
                        select k.id from support_case k
                        where k.workspace_id = $1 and k.contact_id = $2 and (
                            (k.id = $3 and (k.status in ('open', 'waiting') or (k.status = 'closed' and k.closed_at > $5)))
                            or (k.status in ('open', 'waiting') and (k.order_id is null or $4::uuid is null or k.order_id = $4)))
                        order by (k.id = $3) desc nulls last, (k.order_id = $4) desc nulls last, k.latest_at desc limit 1 for update
                        """)
                .bind(0, workspaceId)
                .bind(1, reply.contactId())
                .bind(2, Cases.orNull(UUID.class, reply.caseId()))
                .bind(3, Cases.orNull(UUID.class, reply.orderId()))
                .bind(4, now.minus(REOPENED))
                .mapValue(UUID.class)
                .one();
    }

    /** It is our turn again, whatever stood there. */
    private Mono<Void> add(Key key, Reply reply, Instant now) {
        return cases.add(Addition.said(key, words(reply.words()), reply.id()), reply.at())
                .then(cases.ourTurn(key))
                .flatMap(kind ->
                        events.append(Event.of(key.workspaceId(), kind, key.id(), reply.contactId(), false, now)));
    }

    private Mono<Void> open(UUID workspaceId, Reply reply, Instant now) {
        return openCase.open(
                        new Opening(
                                workspaceId,
                                CaseKind.QUESTION,
                                reply.subject().isBlank() ? "…" : reply.subject(),
                                reply.contactId(),
                                reply.aboutId(),
                                null,
                                null,
                                reply.fresh() ? "mail" : "reply",
                                "incoming:" + reply.id(),
                                3,
                                null,
                                null,
                                null,
                                true,
                                null,
                                null),
                        now)
                .flatMap(opened -> told(opened, reply, now)
                        .flatMap(send -> cases.add(
                                new Addition(
                                        opened.key(),
                                        CaseEntry.Kind.SAID,
                                        null,
                                        words(reply.words()),
                                        List.of(),
                                        Map.of(),
                                        null,
                                        send.orElse(null),
                                        reply.id(),
                                        null),
                                now)))
                .then();
    }

    private Mono<Optional<UUID>> told(Case opened, Reply reply, Instant now) {
        return reply.fresh()
                ? arrivalMail.plan(opened.key(), reply.contactId(), reply.aboutId(), now)
                : Mono.just(Optional.empty());
    }

    static String words(@Nullable String words) {
        return words == null || words.isBlank() ? "…" : words;
    }
}
