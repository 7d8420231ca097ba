package dev.afterword.api.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import dev.afterword.db.workspace.ApiKeys;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@ApiTest
class OrderApiTest {
    @Autowired
    ApiCalls calls;

    @Autowired
    ApiKeys keys;

    Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void takesAnOrderOnceAndKnowsItAgain() {
        post(ORDER)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.total.amount")
                .isEqualTo("141.40");
        post(ORDER)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.externalId")
                .isEqualTo("a4591c26")
                .jsonPath("$.status")
                .isEqualTo("delivered")
                .jsonPath("$.lines[0].quantity")
                .isEqualTo(10)
                .jsonPath("$.attributes")
                .isEmpty()
                .jsonPath("$.feedbackUrl")
                .value(url -> assertThat(url.toString()).matches("https://.*/f/[a-z2-7]{50}"));
        shop.client()
                .get()
                .uri("/api/v1/contacts?externalId=503740e9")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.email")
                .isEqualTo("ana@example.com")
                .jsonPath("$.stage")
                .isEqualTo("prospect");
    }

    @Test
    void neverFindsWhatAnotherWorkspaceHas() {
        var other = calls.newShop();
        var theirs = other.client()
                .post()
                .uri("/api/v1/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(ORDER)
                .exchange()
                .expectBody(OrderResponse.class)
                .returnResult()
                .getResponseBody();

        for (var path : new String[] {
            "/api/v1/orders/" + theirs.id(),
            "/api/v1/orders?externalId=a4591c26",
            "/api/v1/contacts/" + theirs.customer().id(),
            "/api/v1/contacts?externalId=503740e9"
        }) {
            shop.client().get().uri(path).exchange().expectStatus().isNotFound();
        }
    }

    @Test
    void refusesANulInTheAddress() {
        for (var address : List.of("/api/v1/orders?externalId={nul}", "/api/v1/responses?text=a{nul}")) {
            calls.newShop()
                    .client()
                    .get()
                    .uri(address, "\0")
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("request.nul");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer x",
                "Basic YTpi",
                "Bearer aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                "Bearer \u00e4"
            })
    void refusesMissingAndWrongKeys(String header) {
        var client = header.isEmpty()
                ? calls.anonymous()
                : calls.anonymous()
                        .mutate()
                        .defaultHeader(HttpHeaders.AUTHORIZATION, header)
                        .build();
        client.get()
                .uri("/api/v1/orders?externalId=1")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(header.isEmpty() ? "api-key.missing" : "api-key.wrong")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("Settings"));
    }

    @Test
    void refusesARevokedKeyAtOnce() {
        post(ORDER).expectStatus().isCreated();
        keys.revoke(shop.key().apiKey().key()).block();

        post(ORDER).expectStatus().isUnauthorized();
        assertThat(keys.all(shop.workspaceId()).block()).singleElement().satisfies(key -> {
            assertThat(key.lastUsedAt()).isNotNull();
            assertThat(key.revokedAt()).isNotNull();
        });
    }

    @Test
    void namesTheFieldAtFault() {
        post(ORDER.replace("\"delivered\"", "\"sent\""))
                .expectStatus()
                .isEqualTo(422)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("order.status-unknown")
                .jsonPath("$.field")
                .isEqualTo("status")
                .jsonPath("$.detail")
                .isEqualTo(
                        "There is no status “sent”. It is one of placed, paid, shipped, delivered, cancelled, refunded.");
        post(ORDER.replace("\"quantity\": 10", "\"quantity\": \"ten\""))
                .expectBody()
                .jsonPath("$.field")
                .isEqualTo("lines[0].quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"externalId\": }", "null", "\u0000", "{\"a\": 1} {\"b\": 2}"})
    void saysWhereJsonIsBroken(String body) {
        post(body).expectStatus().isBadRequest().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void refusesHugeBodiesOtherTypesAndOtherMethods() {
        post("{\"externalId\": \"" + "x".repeat(2_000_000) + "\"}")
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("request.too-large");
        shop.client()
                .post()
                .uri("/api/v1/orders")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue(ORDER)
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("request.media-type");
        shop.client()
                .put()
                .uri("/api/v1/orders")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .exists(HttpHeaders.ALLOW)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("request.method");
        shop.client().get().uri("/api/v1/nothing").exchange().expectStatus().isNotFound();
        shop.client()
                .get()
                .uri("/api/v1/orders/no-id")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("request.not-found");
    }

    @Test
    void describesItselfWithoutAKey() {
        calls.anonymous()
                .get()
                .uri("/api/v1/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.openapi")
                .value(String.class, version -> assertThat(version).startsWith("3.1"))
                .jsonPath("$.paths['/api/v1/orders'].post")
                .exists()
                .jsonPath("$.paths['/api/v1/orders'].post.parameters")
                .doesNotExist()
                .jsonPath("$.components.schemas.Order.required")
                .isNotEmpty();
        calls.anonymous()
                .get()
                .uri("/api/docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value("Content-Security-Policy", policy -> assertThat(policy).contains("script-src 'self';"));
        calls.anonymous()
                .get()
                .uri("/api/docs/swagger-ui-bundle.js")
                .exchange()
                .expectStatus()
                .isOk();
    }

    WebTestClient.ResponseSpec post(String body) {
        return shop.client()
                .post()
                .uri("/api/v1/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    static final String ORDER = """
            {"externalId": "a4591c26", "updatedAt": "2017-07-26T11:00:00Z", "status": "delivered", "placedAt": "2017-07-09T21:57:05Z",
             "deliveredAt": "2017-07-26T10:57:55Z", "promisedAt": "2017-08-01T23:59:59Z", "total": {"amount": "141.4", "currency": "BRL"}, "attributes": {},
             "customer": {"externalId": "503740e9", "email": "ana@example.com", "name": "Ana Souza"},
             "lines": [{"externalId": "1", "sku": "b1-204", "quantity": 10, "unitPrice": "141.46", "productUrl": null}]}""";
}
