package dev.afterword.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ApiTest
class InvitationApiTest {
    private static final String ORDER = """
            {"externalId": "10482", "status": "delivered", "placedAt": "2026-11-10T10:00:00Z", "deliveredAt": "2026-11-15T10:00:00Z",
             "customer": {"email": "ana@example.com", "name": "Ana Souza", "locale": "de-AT"}, "lines": [{"sku": "k12", "name": "Kettle"}]}
            """;

    @Autowired
    ApiCalls calls;

    @Autowired
    AfterwordSecret secret;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void invitesOnceForAnOrderAndTakesTheAnswerWithoutAKey() {
        post("/api/v1/orders", ORDER).expectStatus().isCreated();
        var wish = "{\"survey\": \"post-purchase\", \"order\": {\"externalId\": \"10482\"}, \"send\": false}";
        var first = json(post("/api/v1/invitations", wish).expectStatus().isCreated());
        var again = json(post("/api/v1/invitations", wish).expectStatus().isOk());
        var token = first.get("token").asString();
        assertThat(again).isEqualTo(first);
        assertThat(first.get("url").asString()).isEqualTo("https://feedback.example/r/" + token);

        var asked = json(get(token).expectStatus().isOk());
        assertThat(asked.get("title").asString()).isEqualTo("Wie war es?");
        assertThat(asked.get("product").asString()).isEqualTo("Kettle");
        assertThat(asked.get("questions")).hasSize(4);
        assertThat(asked.toString()).doesNotContain("ana@example.com", "Souza");

        put(token, "{\"answers\": {\"recommend\": 9}, \"complete\": false}")
                .expectStatus()
                .isNoContent();
        assertThat(json(get(token)).get("confirmed").asBoolean()).isFalse();
        put(token, "{\"answers\": {\"recommend\": 8, \"comment\": \"Fine\"}, \"complete\": true}")
                .expectStatus()
                .isNoContent();
        put(token, "{\"answers\": {\"comment\": null}, \"complete\": true}")
                .expectStatus()
                .isEqualTo(422);
        var answered = json(get(token));
        assertThat(answered.get("confirmed").asBoolean()).isTrue();
        assertThat(answered.get("answers").get("recommend").asInt()).isEqualTo(8);
        assertThat(answered.get("answers").get("comment").asString()).isEqualTo("Fine");
    }

    @Test
    void invitesACustomerWithoutAnOrder() {
        var made = post(
                "/api/v1/invitations",
                "{\"survey\": \"post-purchase\", \"customer\": {\"email\": \"Bo@Example.com\"}}");
        var token = json(made.expectStatus().isCreated()).get("token").asString();
        assertThat(json(get(token)).get("language").asString()).isEqualTo("pt");
    }

    @Test
    void plansTheMailThatIsWishedOrSaysWhyNot() {
        var wish = "{\"survey\": \"post-purchase\", \"customer\": {\"externalId\": \"c7\"}, \"send\": true}";
        assertThat(json(post("/api/v1/invitations", wish).expectStatus().isCreated())
                        .get("skipped")
                        .asString())
                .isEqualTo("no-address");
    }

    @Test
    void namesWhatIsWrong() {
        problem(
                post("/api/v1/invitations", "{\"survey\": \"other\", \"customer\": {\"email\": \"a@example.com\"}}"),
                422,
                "survey.unknown",
                "survey");
        problem(post("/api/v1/invitations", "{\"survey\": \"post-purchase\"}"), 422, "invitation.nobody", "customer");
        problem(
                post("/api/v1/invitations", "{\"survey\": \"post-purchase\", \"order\": {\"externalId\": \"no\"}}"),
                422,
                "order.not-found",
                "order.externalId");
        post("/api/v1/invitations", "{").expectStatus().isBadRequest();

        var token = json(post(
                        "/api/v1/invitations",
                        "{\"survey\": \"post-purchase\", \"customer\": {\"email\": \"a@example.com\"}}"))
                .get("token")
                .asString();
        problem(
                put(token, "{\"answers\": {\"recommend\": 11}, \"complete\": true}"),
                422,
                "answer.out-of-range",
                "answers.recommend");
        problem(
                put(token, "{\"answers\": {\"recommend\": true}, \"complete\": true}"),
                422,
                "answer.not-integer",
                "answers.recommend");
        problem(
                put(token, "{\"answers\": {\"comment\": \"a\\u0000\"}, \"complete\": true}"),
                422,
                "answer.unreadable",
                "answers.comment");
        problem(
                put(token, "{\"answers\": {\"comment\": \"" + "x".repeat(100_000) + "\"}, \"complete\": true}"),
                422,
                "answer.too-long",
                "answers.comment");
        problem(put(token, "{\"answers\": {}, \"complete\": true}"), 422, "answers.empty", "answers");
        put(token, "{\"answers\": [").expectStatus().isBadRequest();
    }

    @Test
    void findsNothingBehindForgedAndForeignTokens() {
        var twin = calls.newShop();
        var made = json(post(
                "/api/v1/invitations",
                "{\"survey\": \"post-purchase\", \"customer\": {\"email\": \"a@example.com\"}}"));
        var token = made.get("token").asString();
        var twinCode = twin.key().secret().replaceAll("^aw_", "").substring(0, 8);
        var foreign =
                new LinkToken(twinCode, UUID.fromString(made.get("id").asString())).sign(LinkToken.Use.ANSWER, secret);
        var otherUse = new LinkToken(
                        token.substring(0, 8), UUID.fromString(made.get("id").asString()))
                .sign(LinkToken.Use.UNSUBSCRIBE, secret);
        for (var wrong : new String[] {foreign, otherUse, token.substring(1), "x"}) {
            get(wrong).expectStatus().isNotFound();
            put(wrong, "{\"answers\": {\"recommend\": 9}, \"complete\": true}")
                    .expectStatus()
                    .isNotFound();
        }
    }

    private static void problem(ResponseSpec response, int status, String code, String field) {
        var problem = json(response.expectStatus().isEqualTo(status));
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("field").asString()).isEqualTo(field);
        assertThat(problem.get("detail").asString()).isNotEqualTo(code);
    }

    private ResponseSpec post(String path, String body) {
        return shop.client()
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec get(String token) {
        return calls.anonymous().get().uri("/api/v1/invitations/" + token).exchange();
    }

    private ResponseSpec put(String token, String body) {
        return calls.anonymous()
                .put()
                .uri("/api/v1/invitations/" + token + "/response")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode json(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
