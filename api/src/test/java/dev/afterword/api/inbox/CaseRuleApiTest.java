package dev.afterword.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ApiTest
class CaseRuleApiTest {
    @Autowired
    ApiCalls calls;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void addsReplacesAndRemovesARule() {
        var added = call(
                HttpMethod.POST,
                "",
                "{\"name\": \"Unhappy\", \"band\": \"bad\", \"keywords\": [\"broken\"], \"leastSpent\": 50, \"kind\": \"complaint\"}",
                201);
        assertThat(added.get("priority").asInt()).isEqualTo(3);
        assertThat(added.get("leastSpent").asString()).isEqualTo("50");
        var id = "/" + added.get("id").asString();
        call(
                HttpMethod.PUT,
                id,
                "{\"name\": \"Late\", \"keywords\": [\"late\"], \"kind\": \"question\", \"team\": \"care\"}",
                200);
        var late = "{\"version\": %d, \"name\": \"Late\", \"keywords\": [\"late\"], \"kind\": \"question\"}";
        assertThat(call(HttpMethod.PUT, id, late.formatted(0), 409).get("code").asString())
                .isEqualTo("case-rule.changed-meanwhile");
        assertThat(call(HttpMethod.PUT, id, late.formatted(1), 200)
                        .get("version")
                        .asInt())
                .isEqualTo(2);
        var listed = call(HttpMethod.GET, "", "", 200).get("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("name").asString()).isEqualTo("Late");
        assertThat(listed.get(0).get("band").isNull()).isTrue();
        assertThat(listed.get(0).get("caught").asInt()).isZero();
        call(HttpMethod.DELETE, id, "", 204);
        assertThat(call(HttpMethod.DELETE, id, "", 404).get("code").asString()).isEqualTo("case-rule.unknown");
        assertThat(call(HttpMethod.PUT, id, "{\"name\": \"x\", \"band\": \"bad\", \"kind\": \"question\"}", 404)
                        .get("code")
                        .asString())
                .isEqualTo("case-rule.unknown");
    }

    @Test
    void refusesARuleWithoutAConditionAndFieldsThatItDoesNotKnow() {
        assertThat(call(HttpMethod.POST, "", "{\"name\": \"x\", \"kind\": \"question\"}", 422)
                        .get("code")
                        .asString())
                .isEqualTo("case-rule.no-condition");
        call(HttpMethod.POST, "", "{\"name\": \"x\", \"kind\": \"question\", \"score\": 1}", 422);
    }

    private JsonNode call(HttpMethod method, String below, String body, int status) {
        return shop.call(method, "/api/v1/case-rules" + below, body, status);
    }
}
