package dev.afterword.db.ladder;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Puts contacts on the stage of the ladder whose rule holds for them, and records every move with its evidence. */
@Component
public class MoveStages {
    /** An order or answer may carry the time of a machine whose clock runs a little ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final Standings standings;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;
    private final JsonMapper json;

    MoveStages(
            Standings standings,
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions,
            JsonMapper json) {
        this.standings = standings;
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Looks at these contacts, a few hundred at most, and moves those that stand elsewhere.
     *
     * @param fromHistory for which contacts the cause is imported history, so that their move makes nothing go out
     * @return how many moved
     */
    public Mono<Integer> move(UUID workspaceId, Collection<UUID> contactIds, Predicate<UUID> fromHistory) {
        if (contactIds.isEmpty()) {
            return Mono.just(0);
        }
        return transactions.run(time.now()
                .flatMap(now -> moves(workspaceId, contactIds, now)
                        .flatMap(moves -> keep(workspaceId, moves, now))
                        .flatMap(kept ->
                                tell(workspaceId, kept, fromHistory, now).thenReturn(kept.size()))));
    }

    private Mono<List<Move>> moves(UUID workspaceId, Collection<UUID> contactIds, Instant now) {
        var questions = contactIds.stream()
                .distinct()
                .sorted()
                .map(id -> new Standings.Question(id, now.plus(CLOCKS_DIFFER)))
                .toList();
        return stages(workspaceId, contactIds)
                .flatMap(stages -> standings
                        .of(workspaceId, questions)
                        .filter(standing -> stages.containsKey(standing.contactId()))
                        .map(standing -> new Move(
                                Key.nextId(), Objects.requireNonNull(stages.get(standing.contactId())), standing))
                        .filter(Move::leads)
                        .collectList());
    }

    private Mono<Map<UUID, String>> stages(UUID workspaceId, Collection<UUID> contactIds) {
        return database.sql("select id, stage from contact where workspace_id = $1 and id = any($2)")
                .bind(0, workspaceId)
                .bind(1, contactIds.toArray(UUID[]::new))
                .map((Readable row) ->
                        Map.entry(Columns.value(row, "id", UUID.class), Columns.value(row, "stage", String.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Writes the moves of those contacts that nobody has moved meanwhile. */
    private Mono<List<Move>> keep(UUID workspaceId, List<Move> moves, Instant now) {
        if (moves.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql("""
                        update contact c set stage = m.to_stage, stage_at = $2
                        from unnest($3::uuid[], $4::text[], $5::text[]) as m (contact_id, from_stage, to_stage)
                        where c.workspace_id = $1 and c.id = m.contact_id and c.stage = m.from_stage
                        returning c.id
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, Columns.array(moves, UUID.class, Move::contactId))
                .bind(3, Columns.array(moves, String.class, Move::from))
                .bind(4, Columns.array(moves, String.class, Move::to))
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toSet())
                .map(ids -> moves.stream()
                        .filter(move -> ids.contains(move.contactId()))
                        .toList())
                .flatMap(kept -> record(workspaceId, kept, now).thenReturn(kept));
    }

    private Mono<Void> record(UUID workspaceId, List<Move> moves, Instant now) {
        return database.sql("""
                        insert into ladder_move (workspace_id, id, contact_id, from_stage, to_stage, at, evidence)
                        select $1, m.id, m.contact_id, m.from_stage, m.to_stage, $2, m.evidence::jsonb
                        from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[]) as m (id, contact_id, from_stage, to_stage, evidence)
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, Columns.array(moves, UUID.class, Move::id))
                .bind(3, Columns.array(moves, UUID.class, Move::contactId))
                .bind(4, Columns.array(moves, String.class, Move::from))
                .bind(5, Columns.array(moves, String.class, Move::to))
                .bind(
                        6,
                        Columns.array(
                                moves,
                                String.class,
                                move -> json.writeValueAsString(move.standing().evidence())))
                .then();
    }

    private Mono<Void> tell(UUID workspaceId, List<Move> moves, Predicate<UUID> fromHistory, Instant now) {
        return events.append(moves.stream()
                .map(move -> Event.of(
                        workspaceId,
                        EventKind.STAGE_MOVED,
                        move.id(),
                        move.contactId(),
                        fromHistory.test(move.contactId()),
                        now))
                .toList());
    }

    private record Move(UUID id, String from, Standing standing) {
        UUID contactId() {
            return standing.contactId();
        }

        String to() {
            return standing.stage().code();
        }

        boolean leads() {
            return !from.equals(to());
        }
    }
}
