package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Weighs the arms of splits that learn by what reached the goal, and keeps their shares with what they rest on. */
@Component
public class WeighArms {
    /** What was longer ago tells little of now. */
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private final FollowUps followUps;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    WeighArms(FollowUps followUps, DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.followUps = followUps;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** One round over all follow-ups that are on and learn; never more at once. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> learning()
                        .flatMapIterable(keys -> keys)
                        .concatMap(
                                key -> transactions.run(
                                        followUps.findLocked(key).flatMap(found -> weigh(found, now))),
                                1)
                        .then(Mono.just(false)));
    }

    private Mono<List<Key>> learning() {
        return database.sql("""
                        select f.workspace_id, f.id from follow_up f
                        join follow_up_version v on v.workspace_id = f.workspace_id and v.id = f.version_id
                        where f.enabled_at is not null and f.archived_at is null and jsonb_path_exists(v.definition, '$.**?(@.learn == true)')
                        order by f.workspace_id, f.id
                        """)
                .map((Readable row) -> new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)))
                .all()
                .collectList();
    }

    /** The learnt shares of a follow-up by split and arm; nothing is read where none learns. */
    Mono<Map<String, Map<String, Double>>> shares(FollowUp followUp) {
        var published = followUp.published();
        if (published == null || learningSplits(published.definition()).isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql("select split, arm, share from arm_share where workspace_id = $1 and follow_up_id = $2")
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .map((Readable row) -> new Weighed(
                        value(row, "split", String.class),
                        new ArmEvidence(value(row, "arm", String.class), 0, 0),
                        value(row, "share", Double.class)))
                .all()
                .collect(Collectors.groupingBy(
                        Weighed::split, Collectors.toMap(one -> one.evidence().arm(), Weighed::share)));
    }

    private record Weighed(String split, ArmEvidence evidence, double share) {}

    private Mono<Void> weigh(FollowUp followUp, Instant now) {
        var published = followUp.published();
        return published == null
                ? Mono.empty()
                : evidence(followUp.key(), now)
                        .flatMap(known -> keep(followUp.key(), weighed(published.definition(), known), now));
    }

    /** By split and arm. Who is left out went a way as well, and was not written to. */
    private Mono<Map<String, ArmEvidence>> evidence(Key followUp, Instant now) {
        return database.sql("""
                        select a.key as split, a.value as arm, count(*) as people, count(o.reached_at) as reached
                        from outcome o cross join lateral jsonb_each_text(o.arms) a
                        where o.workspace_id = $1 and o.follow_up_id = $2 and o.held_by is null and o.until <= $3 and o.since > $4
                        group by 1, 2
                        """)
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, now)
                .bind(3, now.minus(REMEMBERED))
                .map((Readable row) -> Map.entry(
                        value(row, "split", String.class) + "/" + value(row, "arm", String.class),
                        new ArmEvidence(
                                value(row, "arm", String.class),
                                value(row, "people", Long.class),
                                value(row, "reached", Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static List<Weighed> weighed(FollowUpDefinition definition, Map<String, ArmEvidence> known) {
        var all = new ArrayList<Weighed>();
        for (var split : learningSplits(definition)) {
            var evidence = new HashMap<String, ArmEvidence>();
            for (var arm : split.arms()) {
                evidence.put(
                        arm.key(), known.getOrDefault(split.key() + "/" + arm.key(), new ArmEvidence(arm.key(), 0, 0)));
            }
            ArmEvidence.shares(List.copyOf(evidence.values()))
                    .forEach((arm, share) -> all.add(new Weighed(split.key(), known(evidence, arm), share)));
        }
        return all;
    }

    private static ArmEvidence known(Map<String, ArmEvidence> evidence, String arm) {
        return evidence.getOrDefault(arm, new ArmEvidence(arm, 0, 0));
    }

    private static List<Step.Split> learningSplits(FollowUpDefinition definition) {
        return definition.splits().stream().filter(Step.Split::learns).toList();
    }

    private Mono<Void> keep(Key followUp, List<Weighed> weighed, Instant now) {
        return database.sql("delete from arm_share where workspace_id = $1 and follow_up_id = $2")
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .then()
                .thenMany(Flux.fromIterable(weighed.isEmpty() ? List.<List<Weighed>>of() : List.of(weighed)))
                .concatMap(rows -> database.sql("""
                                insert into arm_share (workspace_id, follow_up_id, split, arm, share, people, reached, weighed_at)
                                select $1, $2, n.split, n.arm, n.share, n.people, n.reached, $3
                                from unnest($4::text[], $5::text[], $6::float8[], $7::int[], $8::int[]) n(split, arm, share, people, reached)
                                """)
                        .bind(0, followUp.workspaceId())
                        .bind(1, followUp.id())
                        .bind(2, now)
                        .bind(3, Columns.array(rows, String.class, Weighed::split))
                        .bind(
                                4,
                                Columns.array(
                                        rows,
                                        String.class,
                                        one -> one.evidence().arm()))
                        .bind(5, Columns.array(rows, Double.class, Weighed::share))
                        .bind(6, Columns.array(rows, Integer.class, one ->
                                (int) one.evidence().people()))
                        .bind(7, Columns.array(rows, Integer.class, one ->
                                (int) one.evidence().reached()))
                        .then())
                .then();
    }
}
