package dev.afterword.api.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import dev.afterword.db.Facts;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.insight.RollUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;

/** Real orders and reviews, in over HTTP and out as a trend; skipped where the sample is not beside the repository. */
@ApiTest
class OlistTrendTest {
    private static final String SATISFACTION =
            "/api/v1/trends?survey=post-purchase&question=satisfaction&metric=mean&from=2016-01-01&to=2018-12-31";

    @Autowired
    ApiCalls calls;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    List<EventReader> readers;

    @Autowired
    RollUp rollUp;

    @Autowired
    DatabaseClient database;

    @TempDir
    Path folder;

    @Test
    void showsWhatLateParcelsCost() throws Exception {
        var shop = calls.newShop();
        convert();

        var orders = send(shop, "orders");
        assertThat(orders).containsEntry("created", 8135).containsEntry("failed", 0);
        var responses = send(shop, "responses");
        assertThat(responses).containsEntry("created", 8225).containsEntry("failed", 0);
        var facts = new Facts(database, shop.workspaceId());
        assertThat(facts.all("""
                                select (select count(*) from customer_order where workspace_id = $1) as orders, (select count(*) from response where workspace_id = $1) as responses,
                                    (select count(*) from event where workspace_id = $1 and not imported) as live
                                """)).containsExactly(Map.of("orders", 8135L, "responses", 8225L, "live", 0L));
        read();

        shop.client()
                .get()
                .uri(SATISFACTION + "&by=delivery")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.metric")
                .isEqualTo("mean")
                .jsonPath("$.unit")
                .isEqualTo("score")
                .jsonPath("$.series.length()")
                .isEqualTo(3)
                .jsonPath("$.series[0].segment")
                .isEqualTo("on-time")
                .jsonPath("$.series[0].buckets.length()")
                .isEqualTo(1)
                .jsonPath("$.series[0].buckets[0].from")
                .isEqualTo("2016-01-01")
                .jsonPath("$.series[0].buckets[0].n")
                .isEqualTo(4893)
                .jsonPath("$.series[0].buckets[0].value")
                .isEqualTo(4.273)
                .jsonPath("$.series[2].segment")
                .isEqualTo("late")
                .jsonPath("$.series[2].buckets[0].n")
                .isEqualTo(345)
                .jsonPath("$.series[2].buckets[0].value")
                .isEqualTo(2.177);
        shop.client()
                .get()
                .uri(SATISFACTION)
                .exchange()
                .expectBody()
                .jsonPath("$.series[0].buckets[0].counts['1']")
                .isEqualTo(2638)
                .jsonPath("$.series[0].buckets[0].counts['2']")
                .isEqualTo(382)
                .jsonPath("$.series[0].buckets[0].counts['3']")
                .isEqualTo(667)
                .jsonPath("$.series[0].buckets[0].counts['4']")
                .isEqualTo(1184)
                .jsonPath("$.series[0].buckets[0].counts['5']")
                .isEqualTo(3354);

        assertThat(
                        facts.all(
                                "select count(*) as contacts, count(*) filter (where stage = 'prospect') as prospects from contact where workspace_id = $1"))
                .first()
                .satisfies(row -> {
                    assertThat(row).containsEntry("contacts", 8016L);
                    System.out.println("Olist prospects: " + row.get("prospects"));
                });

        assertThat(send(shop, "orders")).containsEntry("unchanged", 8135).containsEntry("failed", 0);
        assertThat(send(shop, "responses")).containsEntry("unchanged", 8225).containsEntry("failed", 0);
    }

    private void convert() throws IOException, InterruptedException {
        var tool = Stream.of("../shared", "../../shared", "../../../shared")
                .map(beside -> Path.of(beside, "tools", "olist-to-afterword"))
                .filter(Files::exists)
                .findFirst();
        if (tool.isEmpty()) {
            System.err.println("SKIPPED: the Olist sample is not beside the repository (../shared)");
        }
        Assumptions.assumeTrue(tool.isPresent(), "the Olist sample is not beside the repository (../shared)");
        var converted = new ProcessBuilder("python3", tool.get().toString(), folder.toString())
                .inheritIO()
                .start();
        assertThat(converted.waitFor()).isZero();
    }

    private Map<String, Object> send(Shop shop, String kind) {
        var start = System.nanoTime();
        var report = shop.client()
                .post()
                .uri("/api/v1/imports/" + kind)
                .contentType(MediaType.valueOf("application/x-ndjson"))
                .bodyValue(new FileSystemResource(folder.resolve(kind + ".ndjson")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        System.out.printf("Olist %s took %d ms%n", kind, (System.nanoTime() - start) / 1_000_000);
        return report;
    }

    private void read() {
        timed("numbering", () -> {
            while (numbering.number().block() > 0) {}
        });
        for (var reader : readers) {
            timed(reader.name(), () -> {
                while (reading.read(reader).block()) {}
            });
        }
        timed("roll-ups", () -> {
            while (rollUp.compute().block()) {}
        });
    }

    private static void timed(String what, Runnable work) {
        var start = System.nanoTime();
        work.run();
        System.out.printf("Olist %s took %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
    }
}
