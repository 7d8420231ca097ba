package dev.afterword.api.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import dev.afterword.db.Facts;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** Responses as files: what stands in them, and how they are streamed. */
@ApiTest
class ResponseExportTest {
    private static final Instant AT = Instant.parse("2026-05-10T12:00:00Z");
    private static final int MANY = Boolean.getBoolean("afterword.soak") ? 300_000 : 10_000;
    private static final int CHUNK = 2_000;
    private static final String FEATURES = """
            {"title": {"en": "Features"}, "languages": ["en", "de"], "pages": [{"key": "p1", "questions": [
              {"type": "matrix", "key": "features", "text": {"en": "Features"}, "rows": [{"key": "speed", "text": {"en": "Speed"}}], "columns": [{"key": "good", "text": {"en": "Good"}}, {"key": "bad", "text": {"en": "Bad"}}]},
              {"type": "multiple-choice", "key": "reasons", "text": {"en": "Why, {{contact.firstName|friend}}?", "de": "Warum?"}, "options": [{"key": "price", "text": {"en": "Price", "de": "Preis"}}, {"key": "quality", "text": {"en": "Quality", "de": "Güte"}}], "other": {"en": "Other"}},
              {"type": "stars", "key": "each", "text": {"en": "How is {{line.name}}?"}, "perOrderLine": true},
              {"type": "date", "key": "since", "text": {"en": "Since"}, "notApplicable": true},
              {"type": "consent", "key": "quote", "text": {"en": "May we quote you?"}, "purpose": "quote"},
              {"type": "number", "key": "weight", "text": {"en": "Weight"}, "decimals": 2, "least": -100}]}]}
            """;

    @Autowired
    ApiCalls calls;

    @Autowired
    DatabaseClient database;

    @Autowired
    @Qualifier("bulkConnections")
    ConnectionPool bulk;

    @Value("${local.server.port}")
    int port;

    @TempDir
    Path folder;

    Shop shop;
    Facts facts;

    @BeforeEach
    void open() {
        shop = calls.newShop();
        facts = new Facts(database, shop.workspaceId());
    }

    @Test
    void writesARowForEachResponseAndAColumnForEachPlaceOfAnAnswer() throws IOException {
        var late = facts.order(facts.contact(), AT.minusSeconds(90_000), AT.minusSeconds(60_000), AT.minusSeconds(30));
        facts.response(null, late, null, AT, Map.of("recommend", 3));
        facts.response(null, null, null, AT.plusSeconds(1), Map.of("recommend", 10, "satisfaction", 5));

        var rows = csv("");

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().getParser().getHeaderNames())
                .startsWith("id", "externalId", "survey", "version", "answeredAt")
                .contains("customer.email", "order.externalId", "segments.delivery", "segments.stage")
                .endsWith("answers.recommend", "answers.satisfaction", "answers.ease", "answers.comment");
        assertThat(rows.getFirst().get("answers.recommend")).isEqualTo("3");
        assertThat(rows.getFirst().get("answers.satisfaction")).isEmpty();
        assertThat(rows.getFirst().get("order.externalId")).isEqualTo("order-" + late);
        assertThat(rows.getFirst().get("answeredAt")).isEqualTo("2026-05-10T12:00:00Z");
        assertThat(rows.get(1).get("answers.satisfaction")).isEqualTo("5");
    }

    @Test
    void keepsQuestionsOfEveryTypeApartFromWhatIsMissing() throws IOException {
        publish(FEATURES);
        answer("features", "speed", "", "choices", "'{good}'");
        answer("reasons", "", "", "choices, text", "'{quality,other}', '=cmd()'");
        answer("each", "", "2", "number", "4");
        answer("since", "", "", "not_applicable", "true");
        answer("quote", "", "", "number", "1");
        answer("weight", "", "", "number", "-2.50");
        answer("recommend", "", "", "skipped", "true");

        var row = csv("?survey=features").getFirst();

        assertThat(row.get("answers.features.speed")).isEqualTo("good");
        assertThat(row.get("answers.reasons")).isEqualTo("quality;other");
        assertThat(row.get("answers.reasons.other")).isEqualTo("'=cmd()");
        assertThat(row.get("answers.each@2")).isEqualTo("4");
        assertThat(row.get("items.2")).isEqualTo("Cups");
        assertThat(row.get("answers.since")).isEqualTo("n/a");
        assertThat(row.get("answers.quote")).isEqualTo("true");
        assertThat(row.get("answers.weight")).isEqualTo("-2.5");

        var labelled = csv("?survey=features&labels=true&language=de").getFirst();
        assertThat(labelled.get("Warum? [answers.reasons]")).isEqualTo("Güte;Other");
        assertThat(labelled.get("Features – Speed [answers.features.speed]")).isEqualTo("Good");

        var line = new JsonMapper().readTree(text("?survey=features&format=ndjson"));
        assertThat(line.get("items").get("2").asString()).isEqualTo("Cups");
        assertThat(line.get("answers").get("reasons").toString()).isEqualTo("[\"quality\",\"other\"]");
        assertThat(line.get("answers").get("reasons.other").asString()).isEqualTo("=cmd()");
        assertThat(line.get("answers").get("each@2").asInt()).isEqualTo(4);
        assertThat(line.get("answers").get("quote").asBoolean()).isTrue();
    }

    @Test
    void tellsAQuestionThatWasSkippedFromOneThatWasNotShown() throws IOException {
        var id = facts.response(null, null, null, AT, Map.of());
        comment(id, "comment", null);

        var row = csv("").getFirst();

        assertThat(row.get("answers.comment")).isEqualTo("[skipped]");
        assertThat(row.get("answers.ease")).isEmpty();
        var answers = new JsonMapper().readTree(text("?format=ndjson")).get("answers");
        assertThat(answers.has("comment")).isTrue();
        assertThat(answers.get("comment").isNull()).isTrue();
        assertThat(answers.has("ease")).isFalse();
    }

    @Test
    void writesNoFormulaIntoASpreadsheet() throws IOException {
        var hostile = List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "fine, \"quoted\"\nlines");
        for (int n = 0; n < hostile.size(); n++) {
            comment(facts.response(null, null, null, AT.plusSeconds(n), Map.of()), "comment", hostile.get(n));
        }

        var comments = csv("").stream().map(row -> row.get("answers.comment")).toList();

        assertThat(comments.subList(0, 7)).allSatisfy(cell -> assertThat(cell).startsWith("'"));
        assertThat(comments.getLast()).isEqualTo(hostile.getLast());
        var sheet = sheet(bytes("?format=xlsx"));
        assertThat(sheet)
                .contains("inlineStr")
                .contains("=1+1")
                .doesNotContain("<f>")
                .contains("fine, &quot;quoted&quot;");
    }

    @Test
    void takesTheFiltersOfTheListAndNothingOfAnotherWorkspace() throws IOException {
        facts.response(null, null, null, AT, Map.of("recommend", 9));
        facts.response(null, null, null, AT.plus(Duration.ofDays(1)), Map.of("recommend", 2));
        var twin = new Facts(database, calls.newShop().workspaceId());
        twin.response(null, null, null, AT, Map.of("recommend", 9));

        assertThat(csv("")).hasSize(2);
        assertThat(csv("?survey=post-purchase&band=promoter")).hasSize(1);
        assertThat(csv("?from=2026-05-11")).hasSize(1);
        assertThat(csv("?to=2026-05-10")).hasSize(1);
        assertThat(csv("?order=none")).isEmpty();
        assertThat(csv("?stage=client")).isEmpty();
        assertThat(csv("?text=kettle")).isEmpty();
        assertThat(text("?format=ndjson").lines()).hasSize(2);
        for (var wrong : Map.of(
                        "?format=pdf", "export.format-unknown",
                        "?survey=other", "survey.unknown",
                        "?band=promoter", "response.band-without-survey",
                        "?from=x", "filter.date")
                .entrySet()) {
            shop.client()
                    .get()
                    .uri("/api/v1/responses/export" + wrong.getKey())
                    .exchange()
                    .expectStatus()
                    .is4xxClientError()
                    .expectHeader()
                    .contentType("application/problem+json")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo(wrong.getValue());
        }
        calls.anonymous()
                .get()
                .uri("/api/v1/responses/export")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void refusesToImportAResponseThatWasGivenHere() throws IOException {
        facts.response(null, null, null, AT, Map.of("recommend", 3));
        var id = csv("").getFirst().get("id");

        shop.client()
                .post()
                .uri("/api/v1/imports/responses")
                .header(HttpHeaders.CONTENT_TYPE, "text/csv")
                .bodyValue("externalId,survey,answeredAt,answers.recommend\n" + id
                        + ",post-purchase,2026-05-10T12:00:00Z,3\nelse,post-purchase,2026-05-10T12:00:00Z,4\n")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.created")
                .isEqualTo(1)
                .jsonPath("$.failures[0].code")
                .isEqualTo("response.given-here");
        assertThat(csv("")).hasSize(2);
    }

    @Test
    void saysWhatColumnsAndCodesMean() {
        publish(FEATURES);

        var book = new String(
                shop.client()
                        .get()
                        .uri("/api/v1/responses/codebook?survey=features")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);

        assertThat(book.lines())
                .contains(
                        "column,type,required,repeated,code,least,most,about,versions,text.en,text.de",
                        "answers.features.speed,matrix,false,false,,,,Speed,1,Features,",
                        "answers.features.speed,matrix,,,good,,,,1,Good,",
                        "answers.reasons,multiple-choice,,,quality,,,,1,Quality,Güte",
                        "answers.each,stars,false,true,,1,5,,1,How is {{line.name}}?,",
                        "answers.since,date,,,n/a,,,,1,,");
        shop.client()
                .get()
                .uri("/api/v1/responses/codebook?survey=other")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void streamsEveryFormatInConstantMemory() {
        many(MANY);
        for (var format : List.of("csv", "ndjson", "xlsx")) {
            var used = new ConcurrentLinkedQueue<Long>();
            var bytes = new AtomicLong();
            var begin = System.nanoTime();
            var pieces = new AtomicLong();
            shop.client()
                    .get()
                    .uri("/api/v1/responses/export?format=" + format)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .returnResult(DataBuffer.class)
                    .getResponseBody()
                    .doOnNext(piece -> {
                        bytes.addAndGet(piece.readableByteCount());
                        DataBufferUtils.release(piece);
                        if (pieces.getAndIncrement() % 200 == 50) {
                            used.add(heapAfterCollection());
                        }
                    })
                    .blockLast(Duration.ofMinutes(2));
            System.out.printf(
                    "export %s: %d responses, %d kB, %.0f responses/s, heap %s MB%n",
                    format,
                    MANY,
                    bytes.get() >> 10,
                    MANY * 1e9 / (System.nanoTime() - begin),
                    used.stream().map(heap -> heap >> 20).toList());
            assertThat(bytes.get()).isGreaterThan(MANY * 20L);
            var early = used.isEmpty() ? 0 : used.peek();
            assertThat(used).allSatisfy(heap -> assertThat(heap - early).isLessThan(10 << 20));
        }
        assertThat(text("?format=ndjson").lines()).hasSize(MANY);
    }

    @Test
    void stopsReadingWhenTheReaderHangsUpAndKeepsNoConnection() throws IOException {
        many(MANY / 4);
        var metrics = bulk.getMetrics().orElseThrow();
        for (int hangUp = 0; hangUp < 12; hangUp++) {
            try (var socket = new Socket("localhost", port)) {
                socket.setSoLinger(hangUp % 2 == 0, 0);
                socket.getOutputStream()
                        .write(("GET /api/v1/responses/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + shop.key().secret() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(metrics)
                        .extracting(PoolMetrics::acquiredSize, PoolMetrics::pendingAcquireSize)
                        .containsExactly(0, 0));
        assertThat(csv("?to=2026-05-09")).isEmpty();
    }

    private void many(int responses) {
        facts.response(null, null, null, AT.minusSeconds(60), Map.of("recommend", 9));
        for (int from = 2; from <= responses; from += CHUNK) {
            like(from, Math.min(responses, from + CHUNK - 1));
            database.sql("analyze response").then().block();
        }
    }

    /** In pieces, between which the planner is told: it takes a table that it does not know for empty, and checks each foreign key by reading all of it. */
    private void like(int from, int to) {
        database.sql("""
                        with r as (
                            insert into response (workspace_id, id, survey_id, version_id, language, complete, confirmed_at, started_at, answered_at, segments, created_at)
                            select workspace_id, gen_random_uuid(), survey_id, version_id, language, true, at, at, at, '{"delivery": ["late"], "product": ["b1", "c2"]}', at
                            from (select * from response where workspace_id = $1 order by answered_at limit 1) first cross join lateral (select $2::timestamptz + n * interval '1 second' as at from generate_series($3::int, $4::int) n) t
                            returning workspace_id, id, answered_at)
                        insert into answer (workspace_id, response_id, question_key, number, text, answered_at)
                        select workspace_id, id, q.key, q.number, case when q.number is null then 'It came late, ' || md5(id::text) || md5(answered_at::text) end, answered_at
                        from r cross join (values ('recommend', 9), ('satisfaction', 4), ('ease', 6), ('comment', null)) q (key, number)
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, AT)
                .bind(2, from)
                .bind(3, to)
                .then()
                .block();
    }

    private void publish(String definition) {
        database.sql("""
                        with s as (insert into survey (workspace_id, id, version, key, name, created_at) values ($1, gen_random_uuid(), 0, 'features', 'Features', now()) returning id),
                             v as (insert into survey_version (workspace_id, id, survey_id, number, definition, published_at) select $1, gen_random_uuid(), id, 1, $2::jsonb, now() from s returning id, survey_id)
                        insert into response (workspace_id, id, survey_id, version_id, language, complete, confirmed_at, started_at, answered_at, items, created_at)
                        select $1, gen_random_uuid(), survey_id, id, 'en', true, now(), now(), now(), '{"2": "Cups"}', now() from v
                        """).bind(0, shop.workspaceId()).bind(1, definition).then().block();
    }

    private void answer(String question, String row, String item, String columns, String values) {
        database.sql(
                        "insert into answer (workspace_id, response_id, question_key, row_key, item, answered_at, %s) select $1, id, $2, $3, $4, now(), %s from response where workspace_id = $1"
                                .formatted(columns, values))
                .bind(0, shop.workspaceId())
                .bind(1, question)
                .bind(2, row)
                .bind(3, item)
                .then()
                .block();
    }

    private void comment(UUID response, String question, String text) {
        var insert = database.sql(
                        "insert into answer (workspace_id, response_id, question_key, skipped, text, answered_at) values ($1, $2, $3, $4, $5, now())")
                .bind(0, shop.workspaceId())
                .bind(1, response)
                .bind(2, question)
                .bind(3, text == null);
        (text == null ? insert.bindNull(4, String.class) : insert.bind(4, text))
                .then()
                .block();
    }

    private List<CSVRecord> csv(String query) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text(query)))
                .getRecords();
    }

    private String text(String query) {
        return new String(bytes(query), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String query) {
        var body = shop.client()
                .get()
                .uri("/api/v1/responses/export" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(HttpHeaders.CONTENT_DISPOSITION, name -> assertThat(name).contains("responses."))
                .expectBody()
                .returnResult()
                .getResponseBody();
        return body == null ? new byte[0] : body;
    }

    /** The first sheet. Read as spreadsheets do, from the directory at the end of the file. */
    private String sheet(byte[] workbook) throws IOException {
        var file = Files.write(folder.resolve("responses.xlsx"), workbook);
        try (var zip = new ZipFile(file.toFile())) {
            return new String(
                    zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml")).readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
