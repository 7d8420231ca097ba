package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.inbox.notice.Notice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.StaffNotices;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plans what staff is told of what happens: cases given to them, notes that mention them, customers who answered, bad answers, pools and endpoints. */
@Component
class TellStaff implements EventReader {
    /** What is read later, because nothing ran, is told no more. */
    private static final Duration TOO_LATE = Duration.ofDays(3);

    private final StaffNotices notices;
    private final SaidAnswers answers;
    private final DatabaseClient database;
    private final DatabaseTime time;

    TellStaff(StaffNotices notices, SaidAnswers answers, DatabaseClient database, DatabaseTime time) {
        this.notices = notices;
        this.answers = answers;
        this.database = database;
        this.time = time;
    }

    @Override
    public String name() {
        return "staff-notices";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.CASE_OPENED,
                EventKind.CASE_CHANGED,
                EventKind.RESPONSE_GIVEN,
                EventKind.RESPONSE_CHANGED,
                EventKind.POOL_LOW,
                EventKind.ENDPOINT_STOPPED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        return time.now().flatMap(now -> {
            var since = now.minus(TOO_LATE);
            var fresh = events.stream()
                    .filter(event -> !event.imported() && event.createdAt().isAfter(since))
                    .toList();
            return Flux.concat(
                            inCases(workspaceId, subjects(fresh, "case."), since),
                            badAnswers(workspaceId, subjects(fresh, "response.")),
                            Flux.fromIterable(warnings(fresh)))
                    .collectList()
                    .flatMap(told -> notices.plan(workspaceId, told, now));
        });
    }

    private static UUID[] subjects(List<Event> events, String kinds) {
        return events.stream()
                .filter(event -> event.kind().code().startsWith(kinds))
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
    }

    private static List<Notice> warnings(List<Event> events) {
        var told = new ArrayList<Notice>();
        for (var event : events) {
            var kind = event.kind() == EventKind.POOL_LOW
                    ? NoticeKind.POOL_LOW
                    : event.kind() == EventKind.ENDPOINT_STOPPED ? NoticeKind.ENDPOINT_STOPPED : null;
            if (kind != null) {
                told.add(new Notice(kind, event.subjectId(), event.key().id().toString(), null, null, null, null));
            }
        }
        return told;
    }

    /** Once for each answer, however often it is changed. */
    private Flux<Notice> badAnswers(UUID workspaceId, UUID[] responses) {
        return responses.length == 0
                ? Flux.empty()
                : answers.of(workspaceId, responses)
                        .filter(said -> "bad".equals(said.answered().band()))
                        .map(said -> new Notice(
                                NoticeKind.BAD_ANSWER,
                                said.id(),
                                "",
                                null,
                                said.score() + " of " + said.best(),
                                null,
                                null));
    }

    /** What was said and done lately in cases in which something happened; what was told before is not told again. */
    private Flux<Notice> inCases(UUID workspaceId, UUID[] cases, Instant since) {
        return cases.length == 0
                ? Flux.empty()
                : database.sql("""
                        with k as (select * from support_case k where k.workspace_id = $1 and k.id = any($2) and k.status <> 'spam'),
                        e as (
                            select e.*, e.change #>> '{owner,to}' as given_to, k.owner_id, k.opened_at from k
                            join case_entry e on e.workspace_id = $1 and e.case_id = k.id and e.at > $3)
                        select 'assigned' as kind, k.id as case_id, 'opened' as occasion, null::uuid as entry_id, k.owner_id as whom, k.opened_by as actor
                            from k where k.owner_id is not null and k.opened_at > $3
                            and not exists (select from case_entry c where c.workspace_id = $1 and c.case_id = k.id and c.kind = 'change'
                                and c.change #>> '{owner,to}' is not null)
                        union all select 'assigned', e.case_id, e.id::text, e.id, e.owner_id, e.staff_id from e
                            where e.kind = 'change' and e.given_to = e.owner_id::text
                        union all select 'mentioned', e.case_id, e.id::text, e.id, m.staff_id, e.staff_id from e, unnest(e.mentions) m (staff_id)
                        union all select 'answered', e.case_id, e.id::text, e.id, e.owner_id, null from e
                            where e.kind = 'said' and e.owner_id is not null and e.at <> e.opened_at
                        """)
                        .bind(0, workspaceId)
                        .bind(1, cases)
                        .bind(2, since)
                        .map(TellStaff::inCase)
                        .all()
                        .collectList()
                        .flatMapMany(Flux::fromIterable);
    }

    private static Notice inCase(Readable row) {
        return new Notice(
                NoticeKind.of(value(row, "kind", String.class)),
                value(row, "case_id", UUID.class),
                value(row, "occasion", String.class),
                row.get("entry_id", UUID.class),
                null,
                value(row, "whom", UUID.class),
                row.get("actor", UUID.class));
    }
}
