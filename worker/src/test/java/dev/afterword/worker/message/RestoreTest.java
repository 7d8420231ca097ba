package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Facts;
import dev.afterword.db.Key;
import dev.afterword.db.TestDatabase;
import dev.afterword.db.event.EventBacklog;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.worker.WorkerProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;

/** A dump of a busy installation is restored into a fresh cluster, and a worker goes on there: as docs/backup.md promises. */
@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "afterword.roles=none")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class RestoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    ApplicationContext beans;

    @Autowired
    Environment environment;

    @Autowired
    DatabaseClient database;

    @Autowired
    List<EventReader> readers;

    final SmtpSink before = new SmtpSink(0);
    final SmtpSink after = new SmtpSink(0);
    Shop shop;

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    @Test
    void goesOnWhereItWasAndSendsNothingTwice() {
        shop = Shop.open(beans).enabled();
        var facts = new Facts(database, shop.workspaceId());
        try (var _ = worker(environment.getProperty("afterword.database.url"), before)) {
            take(shop, "asked", 12, 5);
            take(shop, "soon", 3, 1);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(states(facts, "ask")).isEqualTo(Map.of("accepted", 12L, "planned", 3L)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(states(facts, "remind")).isEqualTo(Map.of("planned", 12L)));
            answer("asked", 0, 4);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(states(facts, "remind")).isEqualTo(Map.of("planned", 8L, "skipped", 4L)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(unread(beans))
                            .allSatisfy((name, events) -> assertThat(events).isZero()));
        }
        // Planned and due, but only one reader has read of it; one of them was on its way when the dump was made.
        take(shop, "due", 5, 5);
        read("follow-ups");
        onItsWay("due0");
        // Committed, and read by nobody.
        answer("asked", 4, 6);
        take(shop, "unread", 4, 5);
        var dumped = positions(facts);
        assertThat(dumped).containsValue(0L);
        assertThat(before.messages).hasSize(12);

        try (var worker = worker(TestDatabase.restored(environment.getProperty("afterword.database.url")), after)) {
            var there = shop.seenBy(worker);
            var restored = new Facts(worker.getBean(DatabaseClient.class), shop.workspaceId());
            take(there, "new", 2, 5);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(states(restored, "ask"))
                            .isEqualTo(Map.of("accepted", 22L, "planned", 3L, "unknown", 1L)));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(states(restored, "remind")).isEqualTo(Map.of("planned", 16L, "skipped", 6L)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(unread(worker))
                            .allSatisfy((name, events) -> assertThat(events).isZero()));
            await().atMost(PATIENCE)
                    .until(() -> restored.all("select 1 from rollup_due where workspace_id = $1")
                            .isEmpty());

            assertThat(recipients(after))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(addresses("due", 1, 5), addresses("unread", 0, 4), addresses("new", 0, 2))
                                    .flatMap(List::stream)
                                    .toList());
            assertThat(after.messageIds())
                    .doesNotContainAnyElementsOf(before.messageIds())
                    .doesNotHaveDuplicates();
            goesOnCounting(dumped, positions(restored));
            assertThat(
                            restored.all(
                                    "select contact_id, from_stage, to_stage from ladder_move where workspace_id = $1 group by 1, 2, 3 having count(*) > 1"))
                    .isEmpty();
            assertThat(restored.all("select 1 as one from event_failure where workspace_id = $1"))
                    .isEmpty();
            assertThat(
                            restored.all(
                                    "select sum(n)::int as n from answer_rollup where workspace_id = $1 and dimension = '' and question_key = 'recommend'"))
                    .containsExactly(Map.of("n", 6));
            assertThat(
                            restored.all(
                                    "select sum(accepted)::int as accepted, sum(answered)::int as answered from invitation_rollup where workspace_id = $1 and dimension = ''"))
                    .containsExactly(Map.of("accepted", 22, "answered", 6));
        }
    }

    /** What had a place keeps it; what had none comes after. */
    private static void goesOnCounting(Map<UUID, Long> dumped, Map<UUID, Long> now) {
        long last = dumped.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(now.values()).doesNotHaveDuplicates().doesNotContain(0L);
        assertThat(now).hasSizeGreaterThan(dumped.size());
        now.forEach((event, position) -> {
            if (dumped.getOrDefault(event, 0L) == 0) {
                assertThat(position).isGreaterThan(last);
            } else {
                assertThat(position).isEqualTo(dumped.get(event));
            }
        });
    }

    private ConfigurableApplicationContext worker(String databaseUrl, SmtpSink sink) {
        return new SpringApplicationBuilder(WorkerProcess.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(
                        "--afterword.roles=worker",
                        "--afterword.url=" + environment.getProperty("afterword.url"),
                        "--afterword.secret=" + environment.getProperty("afterword.secret"),
                        "--afterword.database.url=" + databaseUrl,
                        "--afterword.mail.connections=3",
                        "--afterword.mail.lease=3s",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + sink.port());
    }

    private static void take(Shop shop, String name, int orders, int daysAgo) {
        var delivered = Instant.now().minus(daysAgo, ChronoUnit.DAYS);
        shop.take(IntStream.range(0, orders)
                .mapToObj(n -> """
                        {"externalId": "%1$s%2$d", "placedAt": "%3$s", "deliveredAt": "%3$s", "status": "delivered", "customer": {"email": "%1$s%2$d@example.com"}}
                        """.formatted(name, n, delivered))
                .toList());
    }

    private void answer(String name, int from, int until) {
        for (int n = from; n < until; n++) {
            var invitation = database.sql("""
                            select v.id from invitation v join customer_order o on o.workspace_id = $1 and o.id = v.order_id
                            where v.workspace_id = $1 and o.external_id = $2
                            """)
                    .bind(0, shop.workspaceId())
                    .bind(1, name + n)
                    .mapValue(UUID.class)
                    .one()
                    .block();
            beans.getBean(GiveAnswers.class)
                    .give(new GivenAnswers(
                            new Key(shop.workspaceId(), invitation), Map.of("recommend", 9), true, true, Instant.now()))
                    .block();
        }
    }

    private void read(String reader) {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                readers.stream().filter(one -> one.name().equals(reader)).toArray(EventReader[]::new));
    }

    private void onItsWay(String order) {
        database.sql("""
                        update send s set state = 'submitting', lease_until = now(), lease_token = s.id, attempt = 1
                        from customer_order o where o.workspace_id = $1 and o.external_id = $2
                        and s.workspace_id = $1 and s.order_id = o.id and s.state = 'planned'
                        """).bind(0, shop.workspaceId()).bind(1, order).then().block();
    }

    private static Map<String, Long> states(Facts facts, String step) {
        return facts
                .all("select state, count(*) as n from send where workspace_id = $1 and step = '" + step
                        + "' group by state")
                .stream()
                .collect(Collectors.toMap(row -> (String) row.get("state"), row -> (Long) row.get("n")));
    }

    private static Map<String, Long> unread(ApplicationContext process) {
        var names = process.getBeansOfType(EventReader.class).values().stream()
                .map(EventReader::name)
                .toList();
        var backlog = process.getBean(EventBacklog.class);
        var unread = backlog.unread(names).block();
        unread.put("numbering", backlog.unnumbered().block());
        return unread;
    }

    /** The position of each event; 0 for those without. */
    private static Map<UUID, Long> positions(Facts facts) {
        return facts.all("select id, coalesce(position, 0) as position from event where workspace_id = $1").stream()
                .collect(Collectors.toMap(row -> (UUID) row.get("id"), row -> (Long) row.get("position")));
    }

    private static List<String> recipients(SmtpSink sink) {
        return sink.messages.stream()
                .map(message -> message.substring(message.indexOf('<') + 1, message.indexOf('>')))
                .toList();
    }

    private static List<String> addresses(String name, int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(n -> name + n + "@example.com")
                .toList();
    }
}
