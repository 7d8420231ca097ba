package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Facts;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.response.ImportResponses;
import dev.afterword.db.response.PastResponse;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Days are marked while they are taken and counted, on several connections: whatever comes first, the numbers are those of the rows in the end. */
@DatabaseTest
@Tag("server")
class RollUpRaceTest {
    private static final int BATCHES = Boolean.getBoolean("afterword.soak") ? 400 : 20;
    private static final Instant NOON = Instant.parse("2026-05-09T12:00:00Z");

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    InsightReader reader;

    @Autowired
    DueDays dueDays;

    @Autowired
    RollUp rollUp;

    @Autowired
    ImportResponses importResponses;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    Transactions transactions;

    @Autowired
    DatabaseClient database;

    private UUID workspaceId;
    private Facts facts;

    @BeforeEach
    void open() {
        workspaceId = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block()
                .id();
        facts = new Facts(database, workspaceId);
    }

    @Test
    void aDayThatIsMarkedAgainIsNotTakenBeforeTheMarkCommits() {
        mark(response(7)).block();
        var second = response(9);
        var gate = Sinks.<Boolean>one();
        var marking = transactions.run(mark(second).then(gate.asMono())).toFuture();
        await().until(() -> holding() == 1);

        compute();

        assertThat(marking).isNotDone();
        assertThat(facts.all("select day from rollup_due where workspace_id = $1"))
                .hasSize(1);
        gate.tryEmitValue(true).orThrow();
        marking.join();
        compute();
        assertThat(facts.all("select day from rollup_due where workspace_id = $1"))
                .isEmpty();
        assertThat(rolledUp()).isNotEmpty().containsExactlyElementsOf(recounted());
    }

    @Test
    void aDayThatIsMarkedWhileItIsCountedIsDueOnceMore() {
        mark(response(7)).block();
        var gate = Sinks.<Boolean>one();
        var counting = transactions
                .run(DueDays.take(database, workspaceId, 5).then(gate.asMono()))
                .toFuture();
        await().until(() -> holding() == 1);

        CompletableFuture<Void> marking = transactions.run(mark(response(9))).toFuture();
        await().until(() -> waiting() == 1);
        assertThat(marking).isNotDone();
        gate.tryEmitValue(true).orThrow();
        counting.join();
        marking.join();

        assertThat(facts.all("select day from rollup_due where workspace_id = $1"))
                .hasSize(1);
        compute();
        assertThat(rolledUp()).isNotEmpty().containsExactlyElementsOf(recounted());
    }

    @Test
    void everythingAtOnceComesToTheNumbersOfTheRows() throws Exception {
        long seed = System.nanoTime();
        System.out.println("roll-up race: seed " + seed);
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var others = new ArrayList<Future<?>>();
            for (int i = 0; i < 2; i++) {
                others.add(threads.submit(() -> {
                    while (writing.get()) {
                        numbering.number().block();
                        reading.read(reader).block();
                    }
                }));
                others.add(threads.submit(() -> {
                    while (writing.get()) {
                        rollUp.compute().block();
                    }
                }));
            }
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                var random = new Random(seed + i);
                writers.add(threads.submit(() -> {
                    for (int batch = 0; batch < BATCHES; batch++) {
                        write(random);
                    }
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
            writing.set(false);
            for (var other : others) {
                other.get();
            }
        }
        ReadToTheEnd.read(numbering, reading, reader);
        compute();

        assertThat(facts.all("select day from rollup_due where workspace_id = $1"))
                .isEmpty();
        assertThat(rolledUp()).hasSizeGreaterThan(20).containsExactlyElementsOf(recounted());
    }

    /** New and changed responses of six days; about a third of them have been there before, perhaps on another day. */
    private void write(Random random) {
        var batch = IntStream.range(0, 25)
                .mapToObj(n -> PastResponse.of(Fields.parse("""
                        {"externalId": "r%d", "survey": "post-purchase", "answeredAt": "%s", "language": "%s", "answers": {"recommend": %d, "satisfaction": %d}}
                        """.formatted(
                                random.nextInt(BATCHES * 60),
                                NOON.plus(random.nextInt(6 * 24), ChronoUnit.HOURS),
                                List.of("de", "en", "pt").get(random.nextInt(3)),
                                random.nextInt(11),
                                1 + random.nextInt(5)))))
                .toList();
        assertThat(importResponses.write(workspaceId, batch).block())
                .allSatisfy(result -> assertThat(result.problem()).isNull());
    }

    private UUID response(int score) {
        return facts.response(null, null, null, NOON, Map.of("recommend", score));
    }

    /** What the reader does with the event of a response. */
    private Mono<Void> mark(UUID response) {
        return reader.handle(
                workspaceId, List.of(Event.of(workspaceId, EventKind.RESPONSE_GIVEN, response, null, false, NOON)));
    }

    private void compute() {
        while (rollUp.compute().block()) {}
    }

    private long holding() {
        return sessions("state = 'idle in transaction'");
    }

    private long waiting() {
        return sessions("wait_event_type = 'Lock'");
    }

    private long sessions(String which) {
        return database.sql("select count(*) from pg_stat_activity where datname = current_database() and " + which)
                .mapValue(Long.class)
                .one()
                .block();
    }

    private List<Map<String, Object>> rolledUp() {
        return facts.all("""
                select question_key, day::text as day, dimension, segment, n, array_to_string(counts, ',') as counts
                from answer_rollup where workspace_id = $1 and dimension in ('', 'language') order by 1, 2, 3, 4
                """);
    }

    private List<Map<String, Object>> recounted() {
        return facts.all("""
                select question_key, day::text as day, dimension, segment, count(*)::int as n,
                    (select string_agg((select count(*) from unnest(array_agg(a.score)) s where s = point)::text, ',' order by point) from generate_series(0, 10) point) as counts
                from (
                    select a.question_key, (r.answered_at at time zone w.zone)::date as day, d.dimension, d.segment, a.number::int as score
                    from response r join workspace w on w.id = r.workspace_id
                    join answer a on a.workspace_id = r.workspace_id and a.response_id = r.id
                    cross join lateral (values ('', ''), ('language', r.language)) d (dimension, segment)
                    where r.workspace_id = $1 and r.confirmed_at is not null and a.number is not null) a
                group by 1, 2, 3, 4 order by 1, 2, 3, 4
                """);
    }
}
