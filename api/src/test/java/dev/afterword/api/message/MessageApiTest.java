package dev.afterword.api.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiTest;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ApiTest
class MessageApiTest {
    @Autowired
    ApiCalls calls;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    List<EventReader> readers;

    @Autowired
    DatabaseClient database;

    ApiCalls.Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void saysWhyNobodyIsAskedAboutAnOrder() {
        post("/api/v1/orders", """
                {"externalId": "1", "placedAt": "2017-07-09T21:57:05Z", "status": "delivered", "deliveredAt": "2017-07-26T10:57:55Z", "customer": {"email": "ana@example.com"}}
                """).expectStatus().isCreated();
        ReadToTheEnd.read(numbering, reading, readers.toArray(EventReader[]::new));

        get("/api/v1/sends?order=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].state")
                .isEqualTo("skipped")
                .jsonPath("$.items[0].skipReason")
                .isEqualTo("was-off");
        get("/api/v1/sends").expectStatus().isEqualTo(422);
        get("/api/v1/sends?order=other").expectStatus().isNotFound();
    }

    @Test
    void listsWhatCameBackByPages() {
        var twin = calls.newShop();
        for (var one : List.of(shop, twin)) {
            one.client()
                    .post()
                    .uri("/api/v1/orders")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(
                            "{\"externalId\": \"1\", \"placedAt\": \"2017-07-09T21:57:05Z\", \"customer\": {\"email\": \"ana@example.com\"}}")
                    .exchange()
                    .expectStatus()
                    .isCreated();
            database.sql("""
                            with s as (
                                insert into send (workspace_id, id, contact_id, purpose, step, kind, state, due_at, not_after, finished_at, created_at)
                                select workspace_id, gen_random_uuid(), id, 'questions', 'ask', 'mail', 'accepted', now(), now(), now(), now() from contact where workspace_id = $1
                                returning workspace_id, id, contact_id)
                            insert into bounce (workspace_id, id, send_id, contact_id, address, kind, status, diagnostic, sure, at)
                            select s.workspace_id, gen_random_uuid(), s.id, s.contact_id, 'ana@example.com', k.kind, '5.1.1', '550 no such user', true, k.at::timestamptz
                            from s cross join (values ('soft', '2026-05-01T10:00:00Z'), ('hard', '2026-05-02T10:00:00Z'), ('spam-report', '2026-06-02T10:00:00Z')) k (kind, at)
                            """).bind(0, one.workspaceId()).then().block();
        }

        var first = get("/api/v1/bounces?from=2026-05-01&to=2026-05-31&limit=1")
                .expectStatus()
                .isOk()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        assertThat((List<?>) first.get("items"))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("kind", "hard")
                .containsEntry("diagnostic", "550 no such user");
        get("/api/v1/bounces?from=2026-05-01&to=2026-05-31&limit=1&cursor=" + first.get("next"))
                .expectBody()
                .jsonPath("$.items[0].kind")
                .isEqualTo("soft")
                .jsonPath("$.next")
                .isEmpty();
        get("/api/v1/bounces").expectBody().jsonPath("$.items.length()").isEqualTo(3);
        get("/api/v1/bounces?from=May")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("filter.date");
    }

    @Test
    void suppressesAnAddressAndFindsItHoweverItIsWritten() {
        post("/api/v1/suppressions", "{\"email\": \"Ana@Example.com\", \"purpose\": \"questions\"}")
                .expectStatus()
                .isCreated();

        post("/api/v1/suppressions/lookup", "{\"email\": \" ana@example.com\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.suppressions[0].purpose")
                .isEqualTo("questions")
                .jsonPath("$.suppressions[0].reason")
                .isEqualTo("by-api");
        post("/api/v1/suppressions/lookup", "{\"email\": \"ben@example.com\"}")
                .expectBody()
                .jsonPath("$.suppressions.length()")
                .isEqualTo(0);
        post("/api/v1/suppressions", "{\"email\": \"nobody\"}").expectStatus().is4xxClientError();
        post("/api/v1/suppressions", "{\"email\": \"a@b.example\", \"purpose\": \"spam\"}")
                .expectStatus()
                .is4xxClientError();
    }

    private ResponseSpec post(String path, String body) {
        return shop.client()
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec get(String path) {
        return shop.client().get().uri(path).exchange();
    }
}
