package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.BenchLine;
import dev.afterword.db.BenchTool;
import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.SaveFollowUp;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.mail.Block;
import dev.afterword.db.message.mail.BuiltInMails;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.sender.MakeSenderKeys;
import dev.afterword.db.message.sender.StartSigning;
import dev.afterword.worker.WorkerProcess;
import io.r2dbc.spi.Readable;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;

/** Mails sent a second with every outcome recorded, against smtp-source into the same smtp-sink: as many sessions, messages of the same size. */
@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "afterword.roles=none")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class MailBench {
    private static final int SESSIONS = 16;
    /** Until the compilers have settled: what is measured is a process that has been up for a while. */
    private static final int WARM_UP = 30_000;

    private static final int MAILS = 20_000;

    @Autowired
    ApplicationContext beans;

    @Autowired
    Environment environment;

    @Autowired
    DatabaseClient database;

    @Autowired
    List<EventReader> readers;

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void sendsWithBookkeeping(boolean signed, boolean many) throws IOException, InterruptedException {
        var shop = Shop.open(beans).enabled();
        writeAsMuchAsShopsDo(shop);
        if (signed) {
            var keys = beans.getBean(MakeSenderKeys.class)
                    .make(shop.workspaceId(), "shop.example")
                    .block();
            beans.getBean(StartSigning.class).start(keys.key()).block();
        }
        plan(shop, "size", 10);
        int size = sizeOfAMail(shop);
        int port = freePort();
        var sink = BenchTool.find("smtp-sink", "postfix")
                .start(List.of(), "-u", System.getProperty("user.name"), "127.0.0.1:" + port, 1000);
        try {
            plan(shop, "warm", WARM_UP);
            plan(shop, "mail", MAILS);
            if (many) {
                toMany(shop);
            }
            var worker = start(port);
            double ours;
            try {
                ours = awaitRate(shop);
            } finally {
                worker.destroy();
                worker.waitFor();
            }
            // What else happens on the machine only ever slows it down.
            double limit = IntStream.range(0, 3)
                    .mapToDouble(attempt -> smtpSource(port, size))
                    .max()
                    .orElseThrow();
            System.out.println("messages of " + size + " bytes, " + SESSIONS + " sessions");
            BenchLine.print((signed ? "signed-" : "") + (many ? "bulk-" : "") + "mails-per-second", ours, limit);
        } finally {
            sink.destroyForcibly();
        }
    }

    /** A mail of about 20 kB that asks once and never again. */
    private void writeAsMuchAsShopsDo(Shop shop) {
        var usual = BuiltInMails.of(SendKind.ASK).variants().get("en");
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Text("What your order needs to last for years, and how we look after it. ".repeat(32)));
        blocks.addAll(usual.blocks());
        var content = new MailContent(Map.of("en", new MailContent.Variant(usual.subject(), null, blocks)));
        var followUp = beans.getBean(FollowUps.class).find(shop.followUp()).block();
        var shown = followUp.shown();
        beans.getBean(SaveFollowUp.class)
                .save(
                        shop.followUp(),
                        followUp.draftVersion(),
                        followUp.name(),
                        new FollowUpDefinition(
                                shown.level(),
                                shown.purpose(),
                                shown.trigger(),
                                null,
                                null,
                                null,
                                shown.priority(),
                                0,
                                null,
                                List.of(
                                        new Step.AwaitDelivery("delivery", 3, 10),
                                        new Step.Ask("ask", "post-purchase", content))))
                .then(beans.getBean(PublishFollowUp.class).publish(shop.followUp(), null, true))
                .doOnNext(published -> assertThat(published.problems()).isEmpty())
                .block();
    }

    private void plan(Shop shop, String prefix, int mails) {
        var delivered = Instant.now().minus(5, ChronoUnit.DAYS);
        for (int batch = 0; batch < mails; batch += 500) {
            shop.take(IntStream.range(batch, Math.min(batch + 500, mails))
                    .mapToObj(n -> """
                            {"externalId": "%3$s%1$d", "placedAt": "%2$s", "deliveredAt": "%2$s", "status": "delivered", "customer": {"email": "%3$s%1$d@example.com"}}
                            """.formatted(n, delivered, prefix))
                    .toList());
        }
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                readers.toArray(EventReader[]::new));
    }

    /** As what goes to an audience: in the lane for many. */
    private void toMany(Shop shop) {
        database.sql("update send set bulk = true where workspace_id = $1 and state = 'planned'")
                .bind(0, shop.workspaceId())
                .then()
                .block();
    }

    /** Bytes of the message that our mails are, as a mail server reads it. */
    private int sizeOfAMail(Shop shop) throws IOException, InterruptedException {
        try (var sink = new SmtpSink(0)) {
            var worker = start(sink.port());
            await().atMost(Duration.ofMinutes(1)).until(() -> accepted(shop) == 10);
            worker.destroy();
            worker.waitFor();
            return sink.messages.getFirst().getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private double awaitRate(Shop shop) {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> accepted(shop) >= WARM_UP + MAILS + 10);
        return database.sql("""
                        select count(*) / extract(epoch from max(finished_at) - min(finished_at))::float8 as rate
                        from (select finished_at from send where workspace_id = $1 and state = 'accepted' order by finished_at desc limit $2) s
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, MAILS)
                .map((Readable row) -> Columns.value(row, "rate", Double.class))
                .one()
                .block();
    }

    private long accepted(Shop shop) {
        return database.sql("select count(*) from send where workspace_id = $1 and state = 'accepted'")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private static double smtpSource(int port, int size) {
        var started = Instant.now();
        BenchTool.find("smtp-source", "postfix")
                .run(List.of(), "-s", SESSIONS, "-l", size, "-m", MAILS, "127.0.0.1:" + port);
        return MAILS * 1e9 / Duration.between(started, Instant.now()).toNanos();
    }

    private Process start(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // As docs/running.md starts it.
                        "-XX:+UseSerialGC",
                        "-Xmx200m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WorkerProcess.class.getName(),
                        "--afterword.roles=worker",
                        "--afterword.url=" + environment.getProperty("afterword.url"),
                        "--afterword.secret=" + environment.getProperty("afterword.secret"),
                        "--afterword.database.url=" + environment.getProperty("afterword.database.url"),
                        "--afterword.mail.connections=" + SESSIONS,
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(new File("target/worker-bench.log"))
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
