package dev.afterword.api.response;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiTest;
import dev.afterword.db.Facts;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

@ApiTest
class ResponseApiTest {
    private static final Instant AT = Instant.parse("2026-05-10T12:00:00Z");

    @Autowired
    ApiCalls calls;

    @Autowired
    DatabaseClient database;

    @Test
    void listsResponsesByBandAndDay() {
        var shop = calls.newShop();
        var facts = new Facts(database, shop.workspaceId());
        facts.response(null, null, null, AT, Map.of("recommend", 9, "satisfaction", 5));
        facts.response(null, null, null, AT.plusSeconds(60), Map.of("recommend", 2));
        new Facts(database, calls.newShop().workspaceId()).response(null, null, null, AT, Map.of("recommend", 9));

        get(shop, "")
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[0].answers.recommend")
                .isEqualTo(2);
        get(shop, "?survey=post-purchase&band=promoter")
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].answers.satisfaction")
                .isEqualTo(5);
        get(shop, "?from=2026-05-11").jsonPath("$.items.length()").isEqualTo(0);
        get(shop, "?to=2026-05-10").jsonPath("$.items.length()").isEqualTo(2);
    }

    @Test
    void listsWhatDoesNotCountOnlyWhenAskedForIt() {
        var shop = calls.newShop();
        var facts = new Facts(database, shop.workspaceId());
        facts.response(null, null, null, AT, Map.of("recommend", 9));
        var discarded = facts.response(null, null, null, AT, Map.of("recommend", 0));
        run(
                shop,
                "update response set discarded_at = now(), discarded_reason = 'canary', discarded_rule = 1, marks = '{\"speeder\": {\"rule\": 1, \"why\": {\"seconds\": \"1\", \"least\": \"5\"}}}' where workspace_id = $1 and id = '"
                        + discarded + "'");
        get(shop, "")
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].standing")
                .isEqualTo("counted")
                .jsonPath("$.items[0].marks.length()")
                .isEqualTo(0);
        get(shop, "?standing=discarded&mark=speeder")
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].discarding.reason")
                .isEqualTo("canary")
                .jsonPath("$.items[0].marks[0].why.least")
                .isEqualTo("5");
        get(shop, "?standing=all").jsonPath("$.items.length()").isEqualTo(2);
        get(shop, "?mark=speeder").jsonPath("$.items.length()").isEqualTo(0);
        shop.client()
                .get()
                .uri("/api/v1/responses?standing=perhaps")
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void judgesRequestsOfLinksAgain() {
        var shop = calls.newShop();
        shop.client()
                .post()
                .uri("/api/v1/verdicts/replay")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.rule")
                .isEqualTo(1)
                .jsonPath("$.judged")
                .isEqualTo(0)
                .jsonPath("$.next")
                .isEqualTo(null);
        calls.anonymous()
                .post()
                .uri("/api/v1/verdicts/replay")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private void run(ApiCalls.Shop shop, String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }

    @Test
    void pagesByKey() {
        var shop = calls.newShop();
        var facts = new Facts(database, shop.workspaceId());
        for (int n = 0; n < 101; n++) {
            facts.response(null, null, null, AT.plusSeconds(n), Map.of("recommend", 9));
        }
        var next = new String[1];
        get(shop, "")
                .jsonPath("$.items.length()")
                .isEqualTo(100)
                .jsonPath("$.next")
                .value(String.class, cursor -> next[0] = cursor);
        get(shop, "?cursor=" + next[0])
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.next")
                .isEmpty();
    }

    @Test
    void saysWhichParameterIsWrong() {
        var shop = calls.newShop();
        for (var wrong : Map.of("?band=promoter", "survey", "?survey=post-purchase&band=x", "band", "?from=x", "from")
                .entrySet()) {
            shop.client()
                    .get()
                    .uri("/api/v1/responses" + wrong.getKey())
                    .exchange()
                    .expectStatus()
                    .is4xxClientError()
                    .expectBody()
                    .jsonPath("$.field")
                    .isEqualTo(wrong.getValue());
        }
    }

    private static BodyContentSpec get(ApiCalls.Shop shop, String query) {
        return shop.client()
                .get()
                .uri("/api/v1/responses" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
