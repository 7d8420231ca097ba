package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets people begin the follow-ups that time begins: a day, a silence, coming into an audience. Each is looked at every ten minutes, by one process. */
@Component
public class EnrollByTime {
    private static final Duration BETWEEN = Duration.ofMinutes(10);

    /** After so many a round is over for a follow-up, which others wait for; who is left begins in the next. */
    private static final int MOST = 1_000;

    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final DueByTime dueByTime;
    private final Segment segment;
    private final FindBeginnings beginnings;
    private final Enrollments enrollments;
    private final Advance advance;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    EnrollByTime(
            FollowUps followUps,
            Workspaces workspaces,
            DueByTime dueByTime,
            Segment segment,
            FindBeginnings beginnings,
            Enrollments enrollments,
            Advance advance,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.dueByTime = dueByTime;
        this.segment = segment;
        this.beginnings = beginnings;
        this.enrollments = enrollments;
        this.advance = advance;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** One round over all follow-ups whose time to be looked at has come; true when somebody began. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> due(now).concatMap(followUp -> sweep(followUp, now), 1)
                        .reduce(false, (some, begun) -> some || begun));
    }

    private Flux<Key> due(Instant now) {
        return database.sql("""
                        select f.workspace_id, f.id from follow_up f
                        join follow_up_version v on v.workspace_id = f.workspace_id and v.id = f.version_id
                            and v.definition #>> '{trigger,on}' in ('response-missing', 'attribute-day', 'no-order-since', 'segment-entered')
                        left join follow_up_sweep s on s.workspace_id = f.workspace_id and s.follow_up_id = f.id
                        where f.enabled_at is not null and f.archived_at is null
                        and (s.swept_at is null or s.swept_at <= $1 or s.version_id <> f.version_id or s.swept_at < f.enabled_at)
                        order by f.workspace_id, f.id
                        """)
                .bind(0, now.minus(BETWEEN))
                .map((Readable row) -> new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    private Mono<Boolean> sweep(Key key, Instant now) {
        return transactions.run(followUps
                .findLocked(key)
                .filter(FollowUp::enabled)
                .flatMap(followUp ->
                        workspaces.findById(key.workspaceId()).flatMap(workspace -> sweep(followUp, workspace, now)))
                .defaultIfEmpty(false));
    }

    private Mono<Boolean> sweep(FollowUp followUp, Workspace workspace, Instant now) {
        var published = followUp.published();
        if (published == null) {
            return Mono.just(false);
        }
        return found(followUp, published.definition(), workspace, now)
                .concatMap(found -> begin(followUp, published, found, now), 1)
                .scan(0, Integer::sum)
                .takeUntil(begun -> begun >= MOST)
                .last()
                .flatMap(begun -> swept(followUp, published.versionId(), now).thenReturn(begun > 0));
    }

    /** Those of whom the audience holds, page by page: whom it does not hold of is found every time, and hides nobody. */
    private Flux<List<Beginning>> found(
            FollowUp followUp, FollowUpDefinition definition, Workspace workspace, Instant now) {
        return definition.trigger() instanceof Trigger.SegmentEntered
                ? segment.entered(followUp, definition, now).flux()
                : dueByTime
                        .of(definition.trigger(), followUp, workspace, now)
                        .flatMapIterable(found -> found)
                        .buffer(MOST)
                        .concatMap(page -> beginnings.fit(followUp, definition, page, now), 1);
    }

    private Mono<Integer> begin(FollowUp followUp, FollowUp.Published published, List<Beginning> found, Instant now) {
        return enrollments
                .begin(followUp, published, found, now)
                .flatMap(begun -> advance.advance(followUp.key(), begun, now).thenReturn(begun.size()));
    }

    private Mono<Void> swept(FollowUp followUp, UUID versionId, Instant now) {
        return database.sql("""
                        insert into follow_up_sweep as s (workspace_id, follow_up_id, version_id, swept_at) values ($1, $2, $3, $4)
                        on conflict (workspace_id, follow_up_id) do update set version_id = excluded.version_id, swept_at = excluded.swept_at
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, versionId)
                .bind(3, now)
                .then();
    }
}
