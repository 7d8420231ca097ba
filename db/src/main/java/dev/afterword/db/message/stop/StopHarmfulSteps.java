package dev.afterword.db.message.stop;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stops steps of which too much bounces or is reported as spam, and tells of it. Counts the mails of the last 30 days, or since the step was let go on. */
@Component
public class StopHarmfulSteps {
    private static final Duration COUNTED = Duration.ofDays(30);
    /** A mail is planned at most so long before it goes out; ids grow with the time at which it is planned. */
    private static final Duration PLANNED_BEFORE = Duration.ofDays(60);

    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    StopHarmfulSteps(Events events, DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    private record Counts(UUID followUpId, String step, long accepted, long refused, long bounced, long reported) {}

    /** Looks at the workspaces to which something came back lately; how many steps were stopped. */
    public Mono<Integer> stop(Duration lately) {
        return time.now()
                .flatMap(now -> withNews(now.minus(lately))
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> counts(workspace, now)
                                .flatMapIterable(counts -> counts)
                                .concatMap(counts -> stop(workspace, counts, now)))
                        .reduce(0, Integer::sum));
    }

    private Mono<List<UUID>> withNews(Instant since) {
        return database.sql("""
                        select w.id from workspace w
                        cross join lateral (select 1 from bounce b where b.workspace_id = w.id and b.at > $1 limit 1) news
                        order by w.id
                        """).bind(0, since).mapValue(UUID.class).all().collectList();
    }

    /** Walks the workspace's sends by their ids, which grow with time, so that no index of its own is needed on the busiest table. */
    private Mono<List<Counts>> counts(UUID workspaceId, Instant now) {
        return database.sql("""
                        select s.follow_up_id, s.step,
                            count(*) filter (where s.state = 'accepted') as accepted, count(*) filter (where s.state = 'rejected') as refused,
                            count(*) filter (where b.bounced) as bounced, count(*) filter (where b.reported) as reported
                        from send s
                        left join (
                            select send_id, bool_or(kind in ('hard', 'soft', 'policy')) as bounced, bool_or(kind = 'spam-report') as reported
                            from bounce where workspace_id = $1 and at > $3 group by send_id) b on b.send_id = s.id
                        where s.workspace_id = $1 and s.id >= $2 and s.follow_up_id is not null and s.state in ('accepted', 'rejected')
                        and s.submitted_at > greatest($3, (
                            select max(t.lifted_at) from step_stop t where t.workspace_id = $1 and t.follow_up_id = s.follow_up_id and t.step = s.step))
                        group by s.follow_up_id, s.step having bool_or(b.bounced) or bool_or(b.reported)
                        """)
                .bind(0, workspaceId)
                .bind(1, firstId(now.minus(COUNTED).minus(PLANNED_BEFORE)))
                .bind(2, now.minus(COUNTED))
                .map((Readable row) -> new Counts(
                        value(row, "follow_up_id", UUID.class),
                        value(row, "step", String.class),
                        value(row, "accepted", Long.class),
                        value(row, "refused", Long.class),
                        value(row, "bounced", Long.class),
                        value(row, "reported", Long.class)))
                .all()
                .collectList();
    }

    private Mono<Integer> stop(UUID workspaceId, Counts counts, Instant now) {
        return Mono.justOrEmpty(StopReason.of(counts.accepted, counts.refused, counts.bounced, counts.reported))
                .flatMap(reason -> transactions.run(insert(workspaceId, counts, reason, now)
                        .flatMap(inserted -> inserted == 0
                                ? Mono.just(0)
                                : events.append(Event.of(
                                                workspaceId,
                                                EventKind.STEP_STOPPED,
                                                counts.followUpId,
                                                null,
                                                false,
                                                now))
                                        .thenReturn(1))))
                .defaultIfEmpty(0);
    }

    private Mono<Long> insert(UUID workspaceId, Counts counts, StopReason reason, Instant now) {
        boolean spam = reason == StopReason.SPAM_REPORTS;
        return database.sql("""
                        insert into step_stop (workspace_id, id, follow_up_id, step, reason, sent, harmed, stopped_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8)
                        on conflict (workspace_id, follow_up_id, step) where lifted_at is null do nothing
                        """)
                .bind(0, workspaceId)
                .bind(1, Key.nextId())
                .bind(2, counts.followUpId)
                .bind(3, counts.step)
                .bind(4, reason.code())
                .bind(5, (int) (spam ? counts.accepted : counts.accepted + counts.refused))
                .bind(6, (int) (spam ? counts.reported : counts.bounced))
                .bind(7, now)
                .fetch()
                .rowsUpdated();
    }

    /** The smallest UUIDv7 of a time. */
    private static UUID firstId(Instant at) {
        return new UUID(at.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L);
    }
}
