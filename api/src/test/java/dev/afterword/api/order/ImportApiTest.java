package dev.afterword.api.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import dev.afterword.api.order.ImportApi.Failure;
import dev.afterword.api.order.ImportApi.Report;
import dev.afterword.db.order.Order;
import dev.afterword.db.order.OrderLine;
import dev.afterword.db.order.Orders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;

@ApiTest
class ImportApiTest {
    static final MediaType NDJSON = MediaType.valueOf("application/x-ndjson");
    static final MediaType CSV = MediaType.valueOf("text/csv");

    @Autowired
    ApiCalls calls;

    @Autowired
    Orders orders;

    @Autowired
    DatabaseClient database;

    Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void aLineThatFailsLosesNoOther() throws IOException {
        var body = new ByteArrayOutputStream();
        body.write("\ufeff".getBytes(StandardCharsets.UTF_8));
        body.write(line(order("1")));
        body.write(line("{\"externalId\": \"2\", "));
        body.write(line(""));
        body.write(line("   "));
        body.write(line(order("5").replace("placed\"", "sent\"")));
        body.write(line("[" + order("6") + "]"));
        body.write(line(order("7").replace("web", "\\u0000")));
        body.write(line(order("8").replace("web", "ä").replace("\"externalId\": \"8\"", "\"externalId\": 8")));
        body.write(order("9").replace("web", "é").getBytes(StandardCharsets.ISO_8859_1));
        body.write('\n');
        body.write(line("{\"externalId\": \"" + "x".repeat((1 << 20) + 10) + "\"}"));
        body.write(line(order("11").replace("web", "\u0000")));
        body.write(line(order("12") + "\r"));
        body.write(order("13").getBytes(StandardCharsets.UTF_8));

        var report = send("orders", NDJSON, body.toByteArray());

        assertThat(report.failures())
                .extracting(Failure::line, Failure::field, Failure::code)
                .containsExactly(
                        tuple(2, null, "json.malformed"),
                        tuple(5, "status", "order.status-unknown"),
                        tuple(6, null, "json.not-an-object"),
                        tuple(7, "channel", "field.nul"),
                        tuple(8, "externalId", "field.not-text"),
                        tuple(9, null, "line.not-utf-8"),
                        tuple(10, null, "line.too-long"),
                        tuple(11, null, "json.malformed"));
        assertThat(report.created()).isEqualTo(3);
        assertThat(report.failed()).isEqualTo(8);
        assertThat(report.lines()).isEqualTo(11);
        assertThat(report.failures())
                .allSatisfy(failure -> assertThat(failure.reason()).doesNotContain("problem."));
    }

    @Test
    void readsCsvWhoseNeighbouringRowsAreOneOrder() {
        var csv =
                "\ufeffexternalId;placedAt;customer.email;customer.name;line.sku;line.quantity;line.name;codes;customer.consents.news;attributes.source;total.amount;total.currency\r\n"
                        + "1;2026-02-01T00:00:00Z;ana@example.com;\"Souza; Ana \"\"A\"\"\r\nMaria\";a;2;5\" screen;X|Y;true;fair;10.50;EUR\r\n"
                        + "1;2026-02-01T00:00:00Z;ana@example.com;;b;;;;;;;\r\n"
                        + ";;;;;;;;;;;\r\n"
                        + "2;2026-02-01T00:00:00Z;bia@example.com;;c;two;;;;;;\r\n"
                        + "3;2026-02-01T00:00:00Z;bia@example.com;\"broken\" quote;c;1;;;;;;\r\n"
                        + "4;2026-02-01T00:00:00Z;bia@example.com;;c;1;;;;;;;;too many\r\n"
                        + "5;2026-02-01T00:00:00Z;bia@example.com;Bia;c;1;;;;;;";

        var report = send("orders", CSV, csv.getBytes(StandardCharsets.UTF_8));

        assertThat(report.failures())
                .extracting(Failure::line, Failure::field, Failure::code)
                .containsExactly(
                        tuple(6, "lines[0].quantity", "field.not-a-number"),
                        tuple(7, null, "csv.malformed"),
                        tuple(8, null, "csv.too-many-cells"));
        assertThat(report.created()).isEqualTo(2);
        Order first = orders.findByExternalId(shop.workspaceId(), "1").block();
        assertThat(first.lines()).extracting(OrderLine::sku).containsExactly("a", "b");
        assertThat(first.lines().getFirst().name()).isEqualTo("5\" screen");
        assertThat(first.codes()).containsExactly("X", "Y");
        assertThat(first.attributes()).containsEntry("source", "fair");
        assertThat(count("consent")).isEqualTo(1);
        assertThat(database.sql("select name from contact where workspace_id = $1 and address = 'ana@example.com'")
                        .bind(0, shop.workspaceId())
                        .mapValue(String.class)
                        .one()
                        .block())
                .isEqualTo("Souza; Ana \"A\"\r\nMaria");
        assertThat(send("orders", CSV, csv.getBytes(StandardCharsets.UTF_8)).unchanged())
                .isEqualTo(2);
    }

    @Test
    void takesContactsProductsAndResponsesOnce() {
        send("orders", NDJSON, (order("o1") + "\n" + order("o2")).getBytes(StandardCharsets.UTF_8));
        assertOnce(
                "contacts",
                CSV,
                "externalId,email,locale,updatedAt\nana,ana@example.com,pt_BR,2026-01-01T00:00:00Z\n",
                0,
                1);
        assertOnce("contacts", CSV, "externalId,email\nbia,bia@example.com\n,c@example.com\n", 2, 0);
        assertOnce(
                "products",
                NDJSON,
                "{\"sku\": \"a\", \"accessories\": [\"b\"], \"usefulDays\": 90}\n{\"sku\": \"b\"}\n",
                2,
                0);
        assertOnce("responses", NDJSON, response("r1", "o1", 5) + response("r2", "o2", 1), 2, 0);
        assertOnce(
                "responses",
                CSV,
                "externalId,survey,order.externalId,answeredAt,answers.recommend,answers.comment\nr3,post-purchase,o1,2026-02-03T00:00:00Z,10,\"Sehr\ngut\"\n",
                1,
                0);

        var report = send(
                "responses",
                NDJSON,
                (response("r1", "o1", 4)
                                + response("r4", "none", 5)
                                + response("r5", "o1", 6)
                                + response("r6", "o1", 5).replace("post-purchase", "none"))
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(report.updated()).isEqualTo(1);
        assertThat(report.failures())
                .extracting(Failure::line, Failure::field, Failure::code)
                .containsExactly(
                        tuple(2, "order.externalId", "order.not-found"),
                        tuple(3, "answers.satisfaction", "answer.out-of-range"),
                        tuple(4, "survey", "survey.unknown"));
        assertThat(count("answer")).isEqualTo(6);
    }

    @Test
    void refusesUnknownKindsTypesAndHeaders() {
        for (var path : List.of("/api/v1/imports/people", "/api/v1/imports/")) {
            shop.client()
                    .post()
                    .uri(path)
                    .contentType(CSV)
                    .bodyValue("a")
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        shop.client()
                .post()
                .uri("/api/v1/imports/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
        for (var header : List.of("", "a,b,a\n1,2,3", "<html>\n")) {
            shop.client()
                    .post()
                    .uri("/api/v1/imports/orders")
                    .contentType(CSV)
                    .bodyValue(header)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(422)
                    .expectBody()
                    .jsonPath("$.code")
                    .value(String.class, code -> assertThat(code).startsWith("csv."));
        }
    }

    void assertOnce(String kind, MediaType type, String body, long created, long updated) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var first = send(kind, type, bytes);
        assertThat(first.failures()).isEmpty();
        assertThat(first.created()).isEqualTo(created);
        assertThat(first.updated()).isEqualTo(updated);
        var second = send(kind, type, bytes);
        assertThat(second.unchanged()).isEqualTo(created + updated).isEqualTo(second.lines());
    }

    Report send(String kind, MediaType type, byte[] body) {
        return shop.client()
                .post()
                .uri("/api/v1/imports/" + kind)
                .contentType(type)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Report.class)
                .returnResult()
                .getResponseBody();
    }

    long count(String table) {
        return database.sql("select count(*) from "
                        + (table.contains(" where ") ? table : table + " where workspace_id = $1"))
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    static org.assertj.core.groups.Tuple tuple(long line, String field, String code) {
        return org.assertj.core.groups.Tuple.tuple(line, field, code);
    }

    static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String order(String externalId) {
        return """
                {"externalId": "%s", "placedAt": "2026-02-01T00:00:00Z", "status": "placed", "channel": "web", "customer": {"externalId": "ana"}, "lines": [{"sku": "a"}]}""".formatted(externalId);
    }

    static String response(String externalId, String order, int satisfaction) {
        return """
                {"externalId": "%s", "survey": "post-purchase", "order": {"externalId": "%s"}, "askedAt": "2026-02-02T00:00:00Z", "answeredAt": "2026-02-03T00:00:00Z", "language": "pt", "answers": {"satisfaction": %d, "comment": ""}}
                """.formatted(externalId, order, satisfaction);
    }
}
