package dev.afterword.db.event;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.FreshTables;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hands numbered events to a reader and keeps how far it is. Handling and the new position are one transaction, and the position's row is locked meanwhile, so
 * one process at a time reads for a reader and workspace. What fails is tried again later, event by event, and set aside after five attempts.
 */
@Component
public class ReadEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ReadEvents.class);
    private static final int BATCH = 500;
    private static final int ATTEMPTS = 5;
    private static final int LONGEST_ERROR = 500;

    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;
    private final FreshTables freshTables;

    ReadEvents(
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions,
            FreshTables freshTables) {
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
        this.freshTables = freshTables;
    }

    /** One round: a batch of every workspace that has news for the reader, in turn. True when something was read or failed. */
    public Mono<Boolean> read(EventReader reader) {
        return time.now()
                .flatMap(now -> workspacesWithNews(reader, now)
                        .concatMap(
                                waiting ->
                                        begin(reader, waiting, now).then(readBatch(reader, waiting.workspaceId, now)),
                                1)
                        .reduce(false, (some, read) -> some || read));
    }

    private record Waiting(UUID workspaceId, boolean first) {}

    /** Without locking. A workspace whose last event failed waits, longer after each attempt: 1, 2, 4, 8 seconds. */
    private Flux<Waiting> workspacesWithNews(EventReader reader, Instant now) {
        return database.sql("""
                        select p.workspace_id, r.position is null as first from event_position p
                        left join event_reader r on r.workspace_id = p.workspace_id and r.reader = $1
                        where p.position > coalesce(r.position, 0)
                        and not exists (
                            select from event_failure f
                            where f.workspace_id = p.workspace_id and f.reader = $1 and f.set_aside_at is null
                            and f.failed_at + make_interval(secs => 0.5 * 2 ^ f.attempts) > $2)
                        order by p.workspace_id
                        """)
                .bind(0, reader.name())
                .bind(1, now)
                .map((Readable row) -> new Waiting(
                        Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "first", Boolean.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    /** Makes the row of a reader that has never read in the workspace. */
    private Mono<Void> begin(EventReader reader, Waiting waiting, Instant now) {
        return !waiting.first
                ? Mono.empty()
                : database.sql("""
                        insert into event_reader (workspace_id, reader, position, updated_at) values ($1, $2, 0, $3)
                        on conflict (workspace_id, reader) do nothing
                        """)
                        .bind(0, waiting.workspaceId)
                        .bind(1, reader.name())
                        .bind(2, now)
                        .then();
    }

    private Mono<Boolean> readBatch(EventReader reader, UUID workspaceId, Instant now) {
        return step(reader, workspaceId, BATCH, now)
                .onErrorResume(HandlingFailed.class, failed -> readOneByOne(reader, workspaceId, now));
    }

    private Mono<Boolean> readOneByOne(EventReader reader, UUID workspaceId, Instant now) {
        return Mono.defer(() -> step(reader, workspaceId, 1, now))
                .repeat(BATCH - 1L)
                .takeWhile(read -> read)
                .then(Mono.just(true))
                .onErrorResume(HandlingFailed.class, failed -> keepFailure(reader, failed, now));
    }

    /** Reads on until so many events of the reader's kinds were handled; false when there was nothing, or another process reads. */
    private Mono<Boolean> step(EventReader reader, UUID workspaceId, int most, Instant now) {
        return transactions
                .run(lockedStand(reader, workspaceId)
                        .filter(Stand::hasNews)
                        .flatMap(stand -> events.between(
                                        workspaceId, stand.position, stand.lineEnd, reader.kinds(), most)
                                .flatMap(found -> handle(reader, workspaceId, found)
                                        .then(moveOn(reader, workspaceId, found, stand.after(found, most), now))
                                        .thenReturn(found.size()))))
                .flatMap(handled -> freshTables.after(handled).thenReturn(true))
                .defaultIfEmpty(false);
    }

    private Mono<Void> handle(EventReader reader, UUID workspaceId, List<Event> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return Mono.defer(() -> reader.handle(workspaceId, events))
                .onErrorMap(error -> new HandlingFailed(events.getFirst(), error));
    }

    /** How far the reader is and where the line ends, the reader's row locked; empty while another process reads. */
    private Mono<Stand> lockedStand(EventReader reader, UUID workspaceId) {
        return database.sql("""
                        select r.position, p.position as line_end from event_reader r
                        join event_position p on p.workspace_id = $1
                        where r.workspace_id = $1 and r.reader = $2 for update of r skip locked
                        """)
                .bind(0, workspaceId)
                .bind(1, reader.name())
                .map((Readable row) -> new Stand(
                        Columns.value(row, "position", Long.class), Columns.value(row, "line_end", Long.class)))
                .one();
    }

    private Mono<Void> moveTo(EventReader reader, UUID workspaceId, long position, Instant now) {
        return moveOn(reader, workspaceId, List.of(), position, now);
    }

    /** Keeps how far the reader is, and forgets the failures of what was handled now. */
    private Mono<Void> moveOn(EventReader reader, UUID workspaceId, List<Event> handled, long position, Instant now) {
        return database.sql("""
                        with forgotten as (
                            delete from event_failure where workspace_id = $1 and reader = $2 and event_id = any($5) and set_aside_at is null
                        )
                        update event_reader set position = $3, updated_at = $4 where workspace_id = $1 and reader = $2 and position < $3
                        """)
                .bind(0, workspaceId)
                .bind(1, reader.name())
                .bind(2, position)
                .bind(3, now)
                .bind(4, Columns.array(handled, UUID.class, event -> event.key().id()))
                .then();
    }

    private Mono<Boolean> keepFailure(EventReader reader, HandlingFailed failed, Instant now) {
        var event = failed.event;
        var error = String.valueOf(failed.getCause());
        LOG.warn("{} failed on event {}: {}", reader.name(), event.key().id(), error);
        return transactions.run(database.sql("""
                        insert into event_failure (workspace_id, reader, event_id, attempts, error, failed_at) values ($1, $2, $3, 1, $4, $6)
                        on conflict (workspace_id, reader, event_id) do update set
                            attempts = event_failure.attempts + 1, error = excluded.error, failed_at = excluded.failed_at,
                            set_aside_at = case when event_failure.attempts + 1 >= $5 then excluded.failed_at end
                        returning set_aside_at is not null as set_aside
                        """)
                .bind(0, event.key().workspaceId())
                .bind(1, reader.name())
                .bind(2, event.key().id())
                .bind(
                        3,
                        error.substring(0, Math.min(error.length(), LONGEST_ERROR))
                                .replace('\0', ' '))
                .bind(4, ATTEMPTS)
                .bind(5, now)
                .mapValue(Boolean.class)
                .one()
                .flatMap(setAside -> setAside
                        ? moveTo(reader, event.key().workspaceId(), positionOf(event), now)
                                .thenReturn(true)
                        : Mono.just(true)));
    }

    private static long positionOf(Event event) {
        var position = event.position();
        if (position == null) {
            throw new IllegalStateException("event without a position was read");
        }
        return position;
    }

    /** How far a reader is, and where the line of its workspace ends. */
    private record Stand(long position, long lineEnd) {
        boolean hasNews() {
            return position < lineEnd;
        }

        /** How far the reader is after these events: at the end of the line, unless there may be more of them. */
        long after(List<Event> found, int most) {
            return found.size() < most ? lineEnd : positionOf(found.getLast());
        }
    }

    /** The handling of events failed; the first of them, which is the one at fault when it was alone. */
    private static final class HandlingFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Event event;

        HandlingFailed(Event event, Throwable cause) {
            super(cause);
            this.event = event;
        }
    }
}
