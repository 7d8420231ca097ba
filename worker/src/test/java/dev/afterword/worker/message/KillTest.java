package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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

/** A worker in a process of its own is killed while it sends: nothing is lost, nothing sent twice, and little unknown. A tenth in every build, all with afterword.soak. */
@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "afterword.roles=none")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class KillTest {
    private static final boolean SOAK = Boolean.getBoolean("afterword.soak");
    private static final int MAILS = SOAK ? 2_000 : 200;
    private static final int KILLS = SOAK ? 5 : 3;
    private static final int CONNECTIONS = SOAK ? 8 : 2;

    @Autowired
    ApplicationContext beans;

    @Autowired
    Environment environment;

    @Autowired
    DatabaseClient database;

    @Autowired
    List<EventReader> readers;

    final SmtpSink sink = new SmtpSink(10);
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
    void losesNothingAndSendsNothingTwiceWhenKilled() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            var worker = start();
            int enough = MAILS * kill / (KILLS + 2);
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> sink.messages.size() >= enough);
            worker.destroyForcibly();
            assertThat(worker.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        var worker = start();
        await().atMost(Duration.ofMinutes(3)).until(() -> sink.messages.size() >= MAILS * (KILLS + 1) / (KILLS + 2));
        long before = states().getOrDefault("unknown", 0L);
        worker.destroy();
        assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(states()).doesNotContainKeys("leased", "submitting");
        assertThat(states().getOrDefault("unknown", 0L)).isEqualTo(before);

        start();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> states().keySet().stream()
                        .allMatch(state -> state.equals("accepted") || state.equals("unknown")));

        var states = states();
        System.out.println("Killed " + KILLS + " times during " + MAILS + " mails: " + states + ", the server took "
                + sink.messages.size());
        assertThat(sink.messageIds()).doesNotHaveDuplicates();
        assertThat(sink.messageIds()).containsAll(accepted());
        assertThat(states.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(MAILS);
        assertThat(states.getOrDefault("unknown", 0L)).isLessThanOrEqualTo((long) KILLS * CONNECTIONS);
        assertThat(new HashSet<>(sink.messageIds()).size()).isBetween((int) (long) states.get("accepted"), MAILS);
    }

    private Process start() throws IOException {
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
                        "--afterword.database.url=" + environment.getProperty("afterword.database.url"),
                        "--afterword.mail.connections=" + CONNECTIONS,
                        "--afterword.mail.lease=4s",
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
