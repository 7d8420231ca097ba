package dev.afterword.api.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import dev.afterword.api.order.ImportApi.Report;
import dev.afterword.db.DatabaseLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;

/** Imports that do not go as planned: the sender hangs up or falls silent, the database goes away, the stream has no end in sight. */
@ApiTest
@ContextConfiguration(initializers = DatabaseLine.Between.class)
@TestPropertySource(properties = "afterword.imports.patience=5s")
class ImportStreamTest {
    private static final MediaType NDJSON = MediaType.valueOf("application/x-ndjson");
    private static final int LINES = Boolean.getBoolean("afterword.soak") ? 300_000 : 10_000;
    private static final int BATCH = 500;

    /** More than imports that run at the same time: one that never ended would be noticed. */
    private static final int HANG_UPS = 12;

    @Autowired
    ApiCalls calls;

    @Autowired
    DatabaseLine line;

    @Autowired
    DatabaseClient database;

    @Value("${local.server.port}")
    int port;

    Shop shop;

    @BeforeEach
    void open() {
        await().ignoreExceptions()
                .until(() -> database.sql("select 1").fetch().one().block() != null);
        shop = calls.newShop();
    }

    @AfterEach
    void mend() {
        line.mend();
    }

    @Test
    void keepsWholeBatchesOfAnUploadThatIsCutOffAndTakesItAgain() throws IOException {
        for (int hangUp = 0; hangUp < HANG_UPS; hangUp++) {
            long before = orders();
            try (var upload = new Upload()) {
                // The last batch that is known already, and two that are new.
                upload.send(Math.max(0, 2 * BATCH * hangUp - BATCH), 2 * BATCH * (hangUp + 1));
                if (before < 2L * BATCH * (hangUp + 1)) {
                    await().atMost(Duration.ofSeconds(20)).until(() -> orders() > before);
                }
                upload.send(90_000, 90_123);
                upload.text("{\"externalId\": \"half");
                upload.hangUp(hangUp % 2 == 0);
            }
            assertThat(orders()).isGreaterThan(before);
        }
        int all = 2 * BATCH * HANG_UPS;

        var report = sendAgain(all);

        assertThat(report.failures()).isEmpty();
        assertThat(report.created() + report.unchanged()).isEqualTo(all);
        assertThat(report.unchanged()).isPositive();
        assertThat(orders()).isEqualTo(all);
        assertWhole();
        assertThat(sendAgain(all).unchanged()).isEqualTo(all);
    }

    @Test
    void letsGoOfSendersWhoFallSilent() throws IOException {
        var silent = IntStream.range(0, HANG_UPS).mapToObj(n -> new Upload()).toList();
        for (var upload : silent) {
            upload.send(0, 1);
        }

        assertThat(silent.getFirst().answer()).startsWith("HTTP/1.1 400").contains("request.cut-off");
        assertThat(sendAgain(10).created()).isEqualTo(10);
        for (var upload : silent) {
            upload.close();
        }
    }

    @Test
    void saysThatTheDatabaseIsAwayAndGoesOnWhereItWas() throws Exception {
        int all = 8 * BATCH;
        String answer;
        try (var upload = new Upload()) {
            // More than two batches: bytes are read 64 kB at a time.
            upload.send(0, 2 * BATCH + 300);
            await().atMost(Duration.ofSeconds(20)).until(() -> orders() == 2 * BATCH);
            line.cut();
            upload.send(2 * BATCH + 300, all);
            answer = upload.answer();
        }
        assertThat(answer)
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("Retry-After: 5")
                .contains("database.away");
        line.mend();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> orders() == 2 * BATCH);

        var report = sendAgain(all);

        assertThat(report.unchanged()).isEqualTo(2 * BATCH);
        assertThat(report.created()).isEqualTo(all - 2 * BATCH);
        assertWhole();
    }

    @Test
    void losesNothingWhenTheDatabaseGoesAwayInTheMiddleOfABatch() throws Exception {
        int all = 20 * BATCH;
        try (var upload = new Upload()) {
            var sending = Thread.ofVirtual().start(() -> upload.send(0, all));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> orders() >= BATCH);
            line.cut();
            assertThat(upload.answer()).startsWith("HTTP/1.1 503");
            sending.join();
        }
        line.mend();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> orders() % BATCH == 0);
        long kept = orders();

        var report = sendAgain(all);

        assertThat(report.unchanged()).isEqualTo(kept).isLessThan(all);
        assertThat(report.created()).isEqualTo(all - kept);
        assertWhole();
    }

    @Test
    void importsAStreamOfUnknownLengthInConstantMemory() {
        var factory = DefaultDataBufferFactory.sharedInstance;
        var used = new ConcurrentLinkedQueue<Long>();
        Flux<DataBuffer> stream = Flux.range(0, LINES).map(n -> {
            if (n % (LINES / 5) == LINES / 10) {
                used.add(heapAfterCollection());
            }
            return factory.wrap(order(n).getBytes(StandardCharsets.UTF_8));
        });
        var begin = System.nanoTime();

        var report = send(stream);

        System.out.printf(
                "import: %d lines, %.0f lines/s, heap %s MB%n",
                LINES,
                LINES * 1e9 / (System.nanoTime() - begin),
                used.stream().map(bytes -> bytes >> 20).toList());
        assertThat(report.created()).isEqualTo(LINES);
        var early = used.peek();
        assertThat(used).allSatisfy(bytes -> assertThat(bytes - early).isLessThan(16 << 20));
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Every order has its line and its event. */
    private void assertWhole() {
        assertThat(count("select count(distinct order_id) from order_line where workspace_id = $1"))
                .isEqualTo(count("select count(*) from order_line where workspace_id = $1"))
                .isEqualTo(orders());
        assertThat(
                        count(
                                "select count(distinct subject_id) from event where workspace_id = $1 and kind = 'order.added'"))
                .isEqualTo(count("select count(*) from event where workspace_id = $1 and kind = 'order.added'"))
                .isEqualTo(orders());
    }

    private long orders() {
        return count("select count(*) from customer_order where workspace_id = $1");
    }

    private long count(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private Report sendAgain(int orders) {
        return send(Flux.fromStream(IntStream.range(0, orders)
                .mapToObj(
                        n -> DefaultDataBufferFactory.sharedInstance.wrap(order(n).getBytes(StandardCharsets.UTF_8)))));
    }

    private Report send(Flux<? extends DataBuffer> body) {
        return shop.client()
                .post()
                .uri("/api/v1/imports/orders")
                .contentType(NDJSON)
                .body(body.cast(DataBuffer.class), DataBuffer.class)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Report.class)
                .returnResult()
                .getResponseBody();
    }

    private static String order(int n) {
        return "{\"externalId\": \"%d\", \"placedAt\": \"2026-02-01T00:00:00Z\", \"customer\": {\"externalId\": \"c%d\"}, \"lines\": [{\"sku\": \"a\"}]}\n"
                .formatted(n, n % 100);
    }

    /** An upload whose end the test decides: chunked, over a plain socket. */
    private final class Upload implements AutoCloseable {
        private final Socket socket;

        Upload() {
            try {
                socket = new Socket("localhost", port);
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(
                                ("POST /api/v1/imports/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                                                + shop.key().secret() + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void send(int from, int until) {
            for (int n = from; n < until; n += 100) {
                text(IntStream.range(n, Math.min(n + 100, until))
                        .mapToObj(ImportStreamTest::order)
                        .reduce("", String::concat));
            }
        }

        void text(String text) {
            try {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                var out = socket.getOutputStream();
                out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The server has answered, and reads no further.
            }
        }

        /** What the server says, headers and body. */
        String answer() throws IOException {
            var said = new ByteArrayOutputStream();
            int read;
            do {
                read = socket.getInputStream().read();
                said.write(read);
            } while (read >= 0 && read != '}');
            return said.toString(StandardCharsets.UTF_8);
        }

        void hangUp(boolean reset) throws IOException {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
