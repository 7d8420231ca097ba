package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** How many stand at each step of a follow-up, and what became of its messages. */
@Repository
public class StepCounts {
    private final DatabaseClient database;

    StepCounts(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The counts of a follow-up.
     *
     * @param waiting people at each step, by its key
     * @param outcomes of messages since then
     * @param begun journeys since then
     * @param inside journeys that are not over
     */
    public record Counts(Map<String, Long> waiting, List<Outcome> outcomes, long begun, long inside) {}

    /**
     * What became of a step's messages.
     *
     * @param reason why they were not written; empty where they were
     */
    public record Outcome(String step, String state, String reason, long sends) {}

    /** What happened in one follow-up: journeys that began and mails that went out since then, and journeys that are not over. */
    public record Sum(long begun, long sent, long inside) {}

    /** The sums of all follow-ups of a workspace by their ids; one where nothing happened is missing. */
    public Mono<Map<UUID, Sum>> sums(UUID workspaceId, Instant since) {
        return database.sql("""
                        select coalesce(e.follow_up_id, s.follow_up_id) as id, coalesce(e.begun, 0) as begun, coalesce(s.sent, 0) as sent, coalesce(e.inside, 0) as inside
                        from (select follow_up_id, count(*) filter (where begun_at >= $2) as begun, count(*) filter (where ended_at is null) as inside
                            from enrollment where workspace_id = $1 and (begun_at >= $2 or ended_at is null) group by 1) e
                        full join (select follow_up_id, count(*) as sent
                            from send where workspace_id = $1 and follow_up_id is not null and created_at >= $2 and state in ('accepted', 'unknown') group by 1) s
                            on s.follow_up_id = e.follow_up_id
                        """)
                .bind(0, workspaceId)
                .bind(1, since)
                .map((Readable row) -> Map.entry(
                        value(row, "id", UUID.class),
                        new Sum(
                                value(row, "begun", Long.class),
                                value(row, "sent", Long.class),
                                value(row, "inside", Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** The counts of messages and journeys that began since then; who waits is counted as of now. */
    public Mono<Counts> of(Key followUp, Instant since) {
        return Mono.zip(waiting(followUp), outcomes(followUp, since), begun(followUp, since))
                .map(found -> new Counts(
                        found.getT1(),
                        found.getT2(),
                        found.getT3(),
                        found.getT1().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
    }

    private Mono<Map<String, Long>> waiting(Key followUp) {
        return database.sql("""
                        select coalesce(step, '') as step, count(*) as people from enrollment where workspace_id = $1 and follow_up_id = $2 and ended_at is null group by 1
                        """)
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .map((Readable row) -> Map.entry(value(row, "step", String.class), value(row, "people", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<Outcome>> outcomes(Key followUp, Instant since) {
        return database.sql("""
                        select s.step, s.state, coalesce(s.skip_reason, '') as reason, count(*) as sends
                        from send s where s.workspace_id = $1 and s.follow_up_id = $2 and s.created_at >= $3
                        group by 1, 2, 3 order by 1, 4 desc, 2, 3
                        """)
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, since)
                .map((Readable row) -> new Outcome(
                        value(row, "step", String.class),
                        value(row, "state", String.class),
                        value(row, "reason", String.class),
                        value(row, "sends", Long.class)))
                .all()
                .collectList();
    }

    private Mono<Long> begun(Key followUp, Instant since) {
        return database.sql(
                        "select count(*) from enrollment where workspace_id = $1 and follow_up_id = $2 and begun_at >= $3")
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, since)
                .mapValue(Long.class)
                .one();
    }
}
