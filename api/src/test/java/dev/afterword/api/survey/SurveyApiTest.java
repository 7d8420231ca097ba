package dev.afterword.api.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ApiTest
class SurveyApiTest {
    private static final String DEFINITION = """
            {"title": {"en": "T"}, "presentation": "one-by-one", "languages": ["en"], "pages": [{"key": "p", "questions": [
             {"key": "recommend", "type": "nps", "text": {"en": "R"}, "required": true},
             {"key": "good", "type": "multiple-choice", "text": {"en": "G"}, "options": [{"key": "a", "text": {"en": "A"}}], "other": {"en": "O"}},
             {"key": "why", "type": "long-text", "text": {"en": "W {{line.name|x}}"}, "perOrderLine": true, "showIf": {"subject": "answer.recommend", "operator": "at-most", "value": 6}}]}]}""";

    @Autowired
    ApiCalls calls;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void makesChangesAndPublishesASurvey() {
        var made = json(
                post("/api/v1/surveys", "{\"key\": \"after\", \"name\": \"After\", \"definition\": " + DEFINITION + "}")
                        .expectStatus()
                        .isCreated());
        assertThat(made.get("draftVersion").asInt()).isEqualTo(1);
        post("/api/v1/surveys", "{\"key\": \"after\", \"name\": \"After\", \"definition\": " + DEFINITION + "}")
                .expectStatus()
                .isEqualTo(409);
        put("/api/v1/surveys/after", "{\"draftVersion\": 1, \"definition\": " + DEFINITION + "}")
                .expectStatus()
                .isOk();
        put("/api/v1/surveys/after", "{\"draftVersion\": 1, \"definition\": " + DEFINITION + "}")
                .expectStatus()
                .isEqualTo(409);
        var version = json(post("/api/v1/surveys/after/versions", "{\"draftVersion\": 2}")
                .expectStatus()
                .isCreated());
        assertThat(version.get("number").asInt()).isEqualTo(1);
        post("/api/v1/surveys/after/versions", "{}").expectStatus().isOk();
        var asked = json(get("/api/v1/surveys/after/versions/1").expectStatus().isOk());
        assertThat(asked).isEqualTo(version);
        assertThat(json(get("/api/v1/surveys/after")).get("definition")).isEqualTo(asked.get("definition"));
        assertThat(json(get("/api/v1/surveys")).get("items")).hasSize(2);
        get("/api/v1/surveys/after/versions/2").expectStatus().isNotFound();
        calls.newShop()
                .client()
                .get()
                .uri("/api/v1/surveys/after")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void saysWhenASurveyIsOpenAndGivesItsLinks() {
        var address = "/api/v1/surveys/post-purchase/settings";
        var before = json(get(address).expectStatus().isOk());
        assertThat(before.get("quota").isNull()).isTrue();
        assertThat(before.get("links").get("page").get("url").isNull()).isTrue();
        var set = json(put(address, """
                        {"opensAt": "2026-01-01T00:00:00Z", "quota": 5, "links": {"page": {"on": true}, "receipt": {"on": true},
                         "embedded": {"on": true, "origins": ["https://Shop.example/"]}}}""").expectStatus().isOk());
        assertThat(set.get("opensAt").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(set.get("links").get("embedded").get("origins").get(0).asString())
                .isEqualTo("https://shop.example");
        var page = set.get("links").get("page").get("url").asString();
        assertThat(page).contains("/s/");
        assertThat(json(put(address, set.toString()).expectStatus().isOk())).isEqualTo(set);
        var renewed = json(post("/api/v1/surveys/post-purchase/links/page/renewals", "")
                .expectStatus()
                .isOk());
        assertThat(renewed.get("links").get("page").get("url").asString()).isNotEqualTo(page);
        post("/api/v1/surveys/post-purchase/links/web/renewals", "")
                .expectStatus()
                .isNotFound();
        var refused = json(put(address, "{\"links\": {\"kiosk\": {\"resetSeconds\": 0}}}")
                .expectStatus()
                .isEqualTo(422));
        assertThat(refused.get("field").asString()).isEqualTo("links.kiosk.resetSeconds");
        calls.newShop()
                .client()
                .get()
                .uri("/api/v1/surveys/nothing/settings")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void tellsEverythingThatKeepsASurveyFromBeingPublished() {
        post("/api/v1/surveys", """
                {"key": "bad", "name": "Bad", "definition": {"title": {"en": "T"}, "pages": [{"key": "p", "questions": [
                 {"key": "a", "type": "nps", "showIf": {"subject": "answer.b", "operator": "answered"}}, {"key": "b", "type": "nps", "text": {"en": "B"}}]}]}}""").expectStatus().isCreated();
        var refused =
                json(post("/api/v1/surveys/bad/versions", "{}").expectStatus().isEqualTo(422));
        assertThat(refused.get("code").asString()).isEqualTo("survey.not-publishable");
        assertThat(refused.get("problems")).hasSize(2);
        var later = refused.get("problems").get(1);
        assertThat(later.get("code").asString()).isEqualTo("survey.reference-later");
        assertThat(later.get("field").asString()).isEqualTo("definition.pages[0].questions[0].showIf.subject");
        assertThat(later.get("question").asString()).isEqualTo("a");
        assertThat(later.get("detail").asString()).contains("“b”");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            []                                                                                            | 400 | json.not-an-object
            {"name": "X"                                                                                  | 400 | json.malformed
            {"name": "X"}                                                                                 | 422 | field.required
            {"definition": {"title": {"en": "T"}}}                                                        | 422 | field.required
            {"name": "X", "definition": {"title": {"en": "T"}}, "colour": 1}                              | 422 | field.unknown
            {"name": "X", "key": "a b", "definition": {"title": {"en": "T"}}}                             | 422 | survey.key-unreadable
            {"name": "X", "definition": {"title": {"en": "T"}, "pages": [{"key": "p", "questions": [{}]}]}} | 422 | field.required
            {"name": "X", "definition": {"title": {"en": "T"}, "pages": 5}}                               | 422 | field.not-a-list
            """)
    void refusesWhatCannotBeRead(String body, int status, String code) {
        var refused = json(post("/api/v1/surveys", body).expectStatus().isEqualTo(status));
        assertThat(refused.get("code").asString()).isEqualTo(code);
    }

    @Test
    void servesItsSchemaToAnybody() {
        var schema = json(calls.anonymous()
                .get()
                .uri("/api/v1/survey.schema.json")
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(schema.get("$defs").get("question").get("oneOf")).hasSize(17);
        calls.anonymous().get().uri("/api/v1/surveys").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void asksAndTakesAnswersStepByStep() {
        post("/api/v1/surveys", "{\"key\": \"after\", \"name\": \"After\", \"definition\": " + DEFINITION + "}");
        post("/api/v1/surveys/after/versions", "{}").expectStatus().isCreated();
        post("/api/v1/orders", """
                {"externalId": "1", "placedAt": "2026-11-10T10:00:00Z", "customer": {"email": "ana@example.com"}, "lines": [{"sku": "k", "name": "Kettle"}, {"sku": "c", "name": "Cups"}]}""");
        var token = json(post(
                        "/api/v1/invitations",
                        "{\"survey\": \"after\", \"order\": {\"externalId\": \"1\"}, \"send\": false}"))
                .get("token")
                .asString();
        var uri = "/api/v1/invitations/" + token;
        assertThat(json(get(uri)).get("steps")).hasSize(2);
        put(uri + "/response", "{\"answers\": {}, \"complete\": true, \"confirmed\": false}")
                .expectStatus()
                .isEqualTo(422);
        put(
                        uri + "/response",
                        "{\"answers\": {\"recommend\": 3, \"good\": [\"a\", \"other\"], \"good.other\": \"Box\"}, \"confirmed\": true}")
                .expectStatus()
                .isNoContent();
        var steps = json(get(uri)).get("steps");
        assertThat(steps).hasSize(4);
        assertThat(steps.get(3).get("slots").get(0).asString()).isEqualTo("why@2");
        assertThat(steps.get(3).get("text").asString()).isEqualTo("W Cups");
        put(uri + "/response", "{\"answers\": {\"why\": {\"@1\": \"Hot\", \"@2\": \"Broken\"}}, \"complete\": true}")
                .expectStatus()
                .isNoContent();
        var answers = json(get(uri)).get("answers");
        assertThat(answers.get("why@2").asString()).isEqualTo("Broken");
        assertThat(answers.get("good").toString()).isEqualTo("[\"a\",\"other\"]");
        assertThat(answers.get("good.other").asString()).isEqualTo("Box");
    }

    private ResponseSpec get(String uri) {
        return shop.client().get().uri(uri).exchange();
    }

    private ResponseSpec post(String uri, String body) {
        return shop.client()
                .post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec put(String uri, String body) {
        return shop.client()
                .put()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode json(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
