package dev.afterword.api.endpoint;

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
class EndpointApiTest {
    @Autowired
    ApiCalls calls;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void makesTestsChangesAndRemovesAnEndpoint() {
        var made = call(
                HttpMethod.POST,
                "",
                "{\"name\": \"erp\", \"url\": \"https://hooks.example/in\", \"events\": [\"order.added\", \"response.given\"]}",
                201);
        assertThat(made.get("secret").asString()).startsWith("whsec_");
        assertThat(call(HttpMethod.GET, "/erp", "", 200).get("secret").isNull()).isTrue();
        assertThat(call(HttpMethod.POST, "/erp/secret", "", 200).get("secret").asString())
                .startsWith("whsec_")
                .isNotEqualTo(made.get("secret").asString());
        call(HttpMethod.POST, "/erp/test", "", 202);
        var delivery =
                call(HttpMethod.GET, "/erp/deliveries", "", 200).get("items").get(0);
        assertThat(delivery.get("event").asString()).isEqualTo("endpoint.test");
        call(HttpMethod.POST, "/erp/deliveries/" + delivery.get("id").asString() + "/again", "", 202);

        assertThat(call(HttpMethod.PUT, "/erp", "{\"events\": []}", 200).get("events"))
                .isEmpty();
        assertThat(call(HttpMethod.DELETE, "/erp/switch", "", 200)
                        .get("offBecause")
                        .asString())
                .isEqualTo("staff");
        assertThat(call(HttpMethod.POST, "/erp/test", "", 409).get("code").asString())
                .isEqualTo("endpoint.off");
        assertThat(call(HttpMethod.POST, "/erp/switch", "", 200).get("on").asBoolean())
                .isTrue();
        assertThat(calls.newShop()
                        .client()
                        .get()
                        .uri("/api/v1/endpoints/erp")
                        .exchange()
                        .returnResult(JsonNode.class)
                        .getStatus()
                        .value())
                .isEqualTo(404);
        call(HttpMethod.DELETE, "/erp", "", 204);
        assertThat(call(HttpMethod.GET, "", "", 200).get("items")).isEmpty();
    }

    @Test
    void refusesWhatNoEndpointMayBe() {
        assertThat(refused("http://hooks.example/")).isEqualTo("endpoint.url-not-https");
        assertThat(refused("https://169.254.169.254/latest")).isEqualTo("endpoint.url-private");
        assertThat(call(
                                HttpMethod.POST,
                                "",
                                "{\"name\": \"x\", \"url\": \"https://a.example\", \"events\": [\"x\"]}",
                                422)
                        .get("field")
                        .asString())
                .isEqualTo("events");
    }

    private String refused(String url) {
        return call(HttpMethod.POST, "", "{\"name\": \"erp\", \"url\": \"" + url + "\"}", 422)
                .get("code")
                .asString();
    }

    private JsonNode call(HttpMethod method, String path, String body, int status) {
        return shop.call(method, "/api/v1/endpoints" + path, body, status);
    }
}
