package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseLine;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.Shop;
import dev.afterword.worker.WorkerProcess;
import io.r2dbc.spi.Readable;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;

/**
 * Three workers in processes of their own, of which any is killed while it sends and one is cut off from the database for longer than its lease: nothing is lost,
 * nothing sent twice, and little unknown. A little of it in every build, all with afterword.soak.
 */
@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "afterword.roles=none")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class KillTest {
    private static final boolean SOAK = Boolean.getBoolean("afterword.soak");
    private static final int MAILS = SOAK ? 20_000 : 400;
    private static final int KILLS = SOAK ? 50 : 2;
    private static final int WORKERS = 3;
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final int CONNECTIONS = SOAK ? 8 : 2;

    @Autowired
    ApplicationContext beans;

    @Autowired
    Environment environment;

    @Autowired
    DatabaseClient database;

    @Autowired
    List<EventReader> readers;

    final SmtpSink sink = new SmtpSink(10, 3_000);
    final List<Process> processes = new ArrayList<>();
    Shop shop;

    @BeforeEach
    void plan() {
        shop = Shop.open(beans).enabled();
        // What other tests have left in their workspaces stays there.
        database.sql("update workspace set mail_paused_at = now() where id <> $1")
                .bind(0, shop.workspaceId())
                .then()
                .block();
        var delivered = Instant.now().minus(5, ChronoUnit.DAYS);
        for (int batch = 0; batch < MAILS; batch += 200) {
            shop.take(IntStream.range(batch, batch + 200)
                    .mapToObj(n -> """
                            {"externalId": "o%1$d", "placedAt": "%2$s", "deliveredAt": "%2$s", "status": "delivered", "customer": {"email": "c%1$d@example.com"}}
                            """.formatted(n, delivered))
                    .toList());
        }
        shop.withoutReminder();
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                readers.toArray(EventReader[]::new));
        assertThat(states()).containsExactly(Map.entry("planned", (long) MAILS));
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        sink.close();
    }

    @Test
    void losesNothingAndSendsNothingTwiceWhenKilledOrCutOff() throws Exception {
        var line = DatabaseLine.to(url());
        start(line.through(url()));
        awaitMessages(MAILS / (KILLS + 3));
        cutOff(line);

        var chance = new Random(5);
        var workers = new ArrayList<>(processes);
        while (workers.size() < WORKERS) {
            workers.add(start(url()));
        }
        line.mend();
        for (int kill = 1; kill <= KILLS; kill++) {
            awaitMessages(MAILS * (kill + 1) / (KILLS + 3));
            int which = chance.nextInt(WORKERS);
            workers.get(which).destroyForcibly();
            assertThat(workers.get(which).waitFor(10, TimeUnit.SECONDS)).isTrue();
            workers.set(which, start(url()));
        }
        awaitMessages(MAILS * (KILLS + 2) / (KILLS + 3));
        // What dead workers were submitting becomes unknown when their leases end.
        await().atMost(Duration.ofMinutes(1)).until(() -> abandoned() == 0);
        long before = states().getOrDefault("unknown", 0L);
        workers.forEach(Process::destroy);
        for (var worker : workers) {
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(states()).doesNotContainKeys("leased", "submitting");
        assertThat(states().getOrDefault("unknown", 0L)).isEqualTo(before);

        start(url());
        await().atMost(Duration.ofMinutes(3))
                .until(() -> states().keySet().stream()
                        .allMatch(state -> state.equals("accepted") || state.equals("unknown")));

        var states = states();
        System.out.println("Killed " + KILLS + " times and cut off once during " + MAILS + " mails: " + states
                + ", the server took " + sink.messages.size());
        assertThat(sink.messageIds()).doesNotHaveDuplicates();
        assertThat(new HashSet<>(sink.messageIds())).containsAll(accepted());
        assertThat(states.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(MAILS);
        assertThat(states.getOrDefault("unknown", 0L)).isLessThanOrEqualTo((KILLS + 1L) * CONNECTIONS);
        assertThat(sink.messages.size()).isBetween((int) (long) states.get("accepted"), MAILS);
    }

    /** For longer than its lease: what it was submitting comes to its end, and nothing more goes out. */
    private void cutOff(DatabaseLine line) throws IOException {
        line.cut();
        var lastSeen = new AtomicInteger(-1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> lastSeen.getAndSet(sink.messages.size()) == sink.messages.size());
        await().pollDelay(LEASE.plusSeconds(2)).until(() -> true);
        assertThat(sink.messages).hasSize(lastSeen.get());
    }

    private void awaitMessages(int enough) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> sink.messages.size() >= enough);
    }

    private long abandoned() {
        return database.sql(
                        "select count(*) from send where workspace_id = $1 and state = 'submitting' and lease_until < now()")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private String url() {
        return environment.getRequiredProperty("afterword.database.url");
    }

    private Process start(String databaseUrl) throws IOException {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        WorkerProcess.class.getName(),
                        "--afterword.roles=worker",
                        "--afterword.url=" + environment.getProperty("afterword.url"),
                        "--afterword.secret=" + environment.getProperty("afterword.secret"),
                        "--afterword.database.url=" + databaseUrl,
                        "--afterword.mail.connections=" + CONNECTIONS,
                        "--afterword.mail.lease=" + LEASE.toSeconds() + "s",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + sink.port())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/worker-" + processes.size() + ".log"))
                .start();
        processes.add(process);
        return process;
    }

    private Map<String, Long> states() {
        return new TreeMap<>(database.sql(
                        "select state, count(*) as n from send where workspace_id = $1 group by state")
                .bind(0, shop.workspaceId())
                .map((Readable row) -> Map.entry(row.get("state", String.class), row.get("n", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .block());
    }

    private List<String> accepted() {
        return database.sql(
                        "select 'Message-ID: ' || message_id from send where workspace_id = $1 and state = 'accepted'")
                .bind(0, shop.workspaceId())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
