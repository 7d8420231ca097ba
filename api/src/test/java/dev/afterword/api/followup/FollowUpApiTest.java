package dev.afterword.api.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ApiTest
class FollowUpApiTest {
    private static final String TIPS = """
            {"level": 4, "purpose": "tips", "trigger": {"on": "order-delivered"}, "audience": {"fact": "order.amount", "operator": "at-least", "value": 20}, "holdout": 10, "steps": [
              {"key": "pause", "type": "wait", "days": 14, "at": "10:00"},
              {"key": "use", "type": "mail", "content": {"pt": {"subject": "Use it better", "blocks": [{"type": "text", "markdown": "Hello {{contact.firstName|there}}"}]}}}]}""";

    @Autowired
    ApiCalls calls;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void makesChangesPublishesAndSwitchesAFollowUp() {
        var made = call(HttpMethod.POST, "", "{\"name\": \"Use it better\", \"definition\": " + TIPS + "}", 201);
        assertThat(made.get("key").asString()).isEqualTo("use-it-better");
        assertThat(made.get("definition").isNull()).isTrue();
        assertThat(call(HttpMethod.POST, "/use-it-better/switch", "", 409)
                        .get("code")
                        .asString())
                .isEqualTo("follow-up.sender-missing");
        var published = call(HttpMethod.POST, "/use-it-better/versions", "{\"draftVersion\": 0}", 200);
        assertThat(published.get("version").asInt()).isEqualTo(1);
        assertThat(published.get("definition")).isEqualTo(made.get("draft"));

        call(
                HttpMethod.PUT,
                "/use-it-better",
                "{\"draftVersion\": 0, \"definition\": " + TIPS.replace("14", "10") + "}",
                200);
        call(HttpMethod.PUT, "/use-it-better", "{\"draftVersion\": 0, \"definition\": " + TIPS + "}", 409);
        assertThat(call(HttpMethod.POST, "/use-it-better/versions", "{\"moving\": true}", 200)
                        .get("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(call(HttpMethod.GET, "/use-it-better/counts", "", 200)
                        .get("inside")
                        .asInt())
                .isZero();
        var report = call(HttpMethod.GET, "/use-it-better/report?days=90", "", 200);
        assertThat(report.get("goal").get("reach").asString()).isEqualTo("order");
        assertThat(report.get("lift").get("share").get("verdict").asString()).isEqualTo("open");

        var worked = call(HttpMethod.GET, "/what-worked", "", 200);
        assertThat(worked.get("followUps")
                        .valueStream()
                        .map(one -> one.get("followUp").asString()))
                .contains("use-it-better");
        assertThat(worked.get("followUps")
                        .get(0)
                        .get("lift")
                        .get("difference")
                        .get("verdict")
                        .asString())
                .isEqualTo("open");
        assertThat(worked.get("proposals").isArray()).isTrue();
        assertThat(call(HttpMethod.POST, "/use-it-better/archive", "", 200)
                        .get("archivedAt")
                        .isNull())
                .isFalse();
        assertThat(call(HttpMethod.GET, "", "", 200).get("items")).hasSize(1);
        assertThat(call(HttpMethod.DELETE, "/use-it-better/archive", "", 200)
                        .get("archivedAt")
                        .isNull())
                .isTrue();
        assertThat(call(HttpMethod.POST, "/use-it-better/start", "", 409)
                        .get("code")
                        .asString())
                .isEqualTo("follow-up.not-by-hand");
        assertThat(calls.newShop()
                        .client()
                        .get()
                        .uri("/api/v1/follow-ups/use-it-better")
                        .exchange()
                        .expectBody(JsonNode.class)
                        .returnResult()
                        .getStatus()
                        .value())
                .isEqualTo(404);
    }

    @Test
    void saysEverythingThatIsWrong() {
        call(
                HttpMethod.POST,
                "",
                "{\"name\": \"X\", \"definition\": {\"purpose\": \"tips\", \"trigger\": {\"on\": \"order-placed\"}, \"steps\": ["
                        + "{\"key\": \"ask\", \"type\": \"ask\", \"survey\": \"none\"}, {\"key\": \"m\", \"type\": \"mail\"}, {\"key\": \"m\", \"type\": \"remind\", \"ask\": \"nobody\"}]}}",
                201);
        var refused = call(HttpMethod.POST, "/x/versions", "", 422);
        assertThat(refused.get("code").asString()).isEqualTo("follow-up.not-publishable");
        assertThat(refused.get("problems"))
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.get("detail").asString()).doesNotContain("{", "problem."));
    }

    @Test
    void rejectsWhatItCannotRead() {
        for (var wrong : new String[] {
            TIPS.replace("order-delivered", "never"),
            TIPS.replace("\"days\": 14", "\"days\": -1"),
            TIPS.replace("order.amount", "order.colour"),
            TIPS.replace("\"value\": 20", "\"value\": \"many\""),
            TIPS.replace("at-least", "includes"),
            TIPS.replace("10:00", "25:00"),
            TIPS.replace("\"type\": \"wait\"", "\"type\": \"dance\""),
            TIPS.replace("\"steps\"", "\"stairs\""),
            TIPS.replace("tips", "fun"),
            "[]",
            "{",
            "null"
        }) {
            var rejected = call(HttpMethod.POST, "", "{\"name\": \"X\", \"definition\": " + wrong + "}", -1);
            assertThat(rejected.get("code").asString()).as(wrong).isNotBlank();
            assertThat(rejected.get("detail").asString()).as(wrong).isNotBlank().doesNotContain("problem.");
        }
    }

    private JsonNode call(HttpMethod method, String path, String body, int status) {
        var request = shop.client().method(method).uri("/api/v1/follow-ups" + path);
        ResponseSpec response = body.isEmpty()
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
        if (status > 0) {
            response.expectStatus().isEqualTo(status);
        } else {
            response.expectStatus().is4xxClientError();
        }
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
