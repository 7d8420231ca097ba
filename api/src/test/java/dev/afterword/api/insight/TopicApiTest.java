package dev.afterword.api.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiCalls.Shop;
import dev.afterword.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Programs keep topics, replies and the contact policy as people do on the pages, and hear when somebody else was quicker. */
@ApiTest
class TopicApiTest {
    @Autowired
    ApiCalls calls;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void addsChangesArchivesAndBringsBackATopic() {
        var added = call(HttpMethod.POST, "topics", "{\"name\": \"Delivery\"}", 201);
        var one = "topics/" + added.get("id").asString();
        refused(HttpMethod.POST, "topics", "{\"name\": \"delivery\"}", 422, "topic.name-taken");
        assertThat(call(HttpMethod.PUT, one, "{\"version\": 0, \"name\": \"Parcels\"}", 200)
                        .get("version")
                        .asInt())
                .isEqualTo(1);
        refused(HttpMethod.PUT, one, "{\"version\": 0, \"name\": \"Mine\"}", 409, "topic.changed-meanwhile");
        refused(HttpMethod.PUT, one, "{\"name\": \"Mine\"}", 422, "field.required");
        refused(
                HttpMethod.PUT,
                one,
                "{\"version\": 1, \"name\": \"Mine\", \"owner\": \"%s\"}".formatted(shop.workspaceId()),
                422,
                "topic.owner-unknown");
        assertThat(call(HttpMethod.POST, one + "/archive", "", 200)
                        .get("archivedAt")
                        .isNull())
                .isFalse();
        assertThat(call(HttpMethod.DELETE, one + "/archive", "", 200)
                        .get("archivedAt")
                        .isNull())
                .isTrue();
        assertThat(call(HttpMethod.GET, "topics", "", 200).get("items")).hasSize(1);
        assertThat(call(HttpMethod.GET, one, "", 200).get("name").asString()).isEqualTo("Parcels");
        refused(HttpMethod.GET, "topics/" + shop.workspaceId(), "", 404, "topic.unknown");
    }

    @Test
    void keepsRulesOfATopicAndWhatWasDoneAboutIt() {
        var one = "topics/"
                + call(HttpMethod.POST, "topics", "{\"name\": \"Delivery\"}", 201)
                        .get("id")
                        .asString();
        var rule = call(HttpMethod.POST, one + "/rules", "{\"words\": \"Late\", \"language\": \"en-GB\"}", 201);
        assertThat(rule.get("language").asString()).isEqualTo("en");
        refused(
                HttpMethod.POST,
                one + "/rules",
                "{\"words\": \"late\", \"language\": \"en\"}",
                422,
                "topic.rule-there");
        call(HttpMethod.POST, one + "/past", "", 202);
        call(HttpMethod.DELETE, one + "/rules/" + rule.get("id").asString(), "", 204);
        assertThat(call(HttpMethod.GET, one + "/rules", "", 200).get("items")).isEmpty();

        refused(
                HttpMethod.POST,
                one + "/changes",
                "{\"day\": \"2999-01-01\", \"words\": {\"pt\": \"x\"}}",
                422,
                "topic.change-day");
        var change = call(
                HttpMethod.POST,
                one + "/changes",
                "{\"day\": \"2026-03-01\", \"words\": {\"pt\": \"Parcels leave the same day.\"}}",
                201);
        assertThat(call(HttpMethod.GET, one + "/changes", "", 200)
                        .get("items")
                        .get(0)
                        .get("day")
                        .asString())
                .isEqualTo("2026-03-01");
        var announcement = one + "/changes/%s/announcement";
        refused(HttpMethod.POST, announcement.formatted(change.get("id").asString()), "", 409, "topic.nobody-tells");
        refused(HttpMethod.POST, announcement.formatted(shop.workspaceId()), "", 404, "topic.change-unknown");
    }

    @Test
    void keepsRepliesReady() {
        var added = call(
                HttpMethod.POST,
                "reply-templates",
                "{\"name\": \"Sorry\", \"words\": {\"pt\": \"Hello {{contact.firstName|there}}\"}}",
                201);
        var one = "reply-templates/" + added.get("id").asString();
        refused(
                HttpMethod.POST,
                "reply-templates",
                "{\"name\": \"sorry\", \"words\": {\"pt\": \"x\"}}",
                409,
                "reply-template.name-taken");
        refused(
                HttpMethod.POST,
                "reply-templates",
                "{\"name\": \"y\", \"words\": {\"fr\": \"x\"}}",
                422,
                "field.required");
        refused(
                HttpMethod.POST,
                "reply-templates",
                "{\"name\": \"y\", \"words\": {\"pt\": \"{{contact.shoeSize|x}}\"}}",
                422,
                "mail.field-unknown");
        call(HttpMethod.PUT, one, "{\"version\": 0, \"name\": \"Sorry\", \"words\": {\"pt\": \"Hello\"}}", 200);
        refused(
                HttpMethod.PUT,
                one,
                "{\"version\": 0, \"name\": \"Sorry\", \"words\": {\"pt\": \"Mine\"}}",
                409,
                "reply-template.changed-meanwhile");
        assertThat(call(HttpMethod.GET, "reply-templates", "", 200)
                        .get("items")
                        .get(0)
                        .get("words")
                        .get("pt")
                        .asString())
                .isEqualTo("Hello");
        call(HttpMethod.DELETE, one, "", 204);
        refused(HttpMethod.GET, one, "", 404, "reply-template.unknown");
    }

    @Test
    void changesHowMuchIsWrittenToOnePerson() {
        assertThat(call(HttpMethod.GET, "contact-policy", "", 200)
                        .get("version")
                        .asInt())
                .isZero();
        refused(HttpMethod.PUT, "contact-policy", "{\"version\": 7}", 409, "contact-policy.changed-meanwhile");
        var changed = call(
                HttpMethod.PUT,
                "contact-policy",
                "{\"version\": 0, \"quietDays\": [\"sunday\", \"saturday\"], \"mostAWeek\": 2, \"quarantines\": {\"post-purchase\": 60}}",
                200);
        assertThat(changed.get("quietDays").get(0).asString()).isEqualTo("saturday");
        assertThat(changed.get("quarantines").get("post-purchase").asInt()).isEqualTo(60);
        refused(HttpMethod.PUT, "contact-policy", "{\"version\": 0}", 409, "contact-policy.changed-meanwhile");
        refused(
                HttpMethod.PUT,
                "contact-policy",
                "{\"version\": 1, \"quietDays\": [\"caturday\"]}",
                422,
                "field.not-a-weekday");
        assertThat(call(HttpMethod.PUT, "contact-policy", "{\"version\": 1}", 200)
                        .get("mostAWeek")
                        .isNull())
                .isTrue();
    }

    private void refused(HttpMethod method, String below, String body, int status, String code) {
        assertThat(call(method, below, body, status).get("code").asString()).isEqualTo(code);
    }

    private JsonNode call(HttpMethod method, String below, String body, int status) {
        return shop.call(method, "/api/v1/" + below, body, status);
    }
}
