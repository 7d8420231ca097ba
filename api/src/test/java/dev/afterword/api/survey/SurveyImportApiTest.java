package dev.afterword.api.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiTest;
import dev.afterword.db.survey.SurveyDrafts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

@ApiTest
class SurveyImportApiTest {
    private static final String SURVEY = """
            {"title": "After the delivery", "pages": [{"name": "one", "elements": [
              {"type": "rating", "name": "recommend", "title": "Recommend?", "rateMin": 0, "rateMax": 10},
              {"type": "comment", "name": "why", "title": "Why?", "visibleIf": "{recommend} <= 6"},
              {"type": "signaturepad", "name": "sign"}]}]}
            """;

    @Autowired
    ApiCalls calls;

    @Autowired
    SurveyDrafts drafts;

    @Test
    void makesADraftAndTellsWhatCouldNotBeCarriedOver() {
        var shop = calls.newShop();

        shop.client()
                .post()
                .uri("/api/v1/surveys/imports")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(SURVEY)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.product")
                .isEqualTo("SurveyJS")
                .jsonPath("$.survey.key")
                .isEqualTo("after-the-delivery")
                .jsonPath("$.findings[1].code")
                .isEqualTo("moving.type-left")
                .jsonPath("$.findings[1].detail")
                .isEqualTo("“signaturepad” was left out: there is no such question here.");

        assertThat(drafts.find(shop.workspaceId(), "after-the-delivery")
                        .block()
                        .definition()
                        .questions())
                .extracting(question -> question.key())
                .containsExactly("recommend", "why");
    }

    @Test
    void refusesEveryOtherFileWithOneSentence() {
        var shop = calls.newShop();

        refuses(
                shop,
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><document>&b;</document>",
                "moving.document-type");
        refuses(shop, "PK\u0003\u0004", "moving.archive");
        refuses(shop, "", "moving.empty");
        refuses(shop, "x".repeat(11 << 20), "moving.too-large");
    }

    private static void refuses(ApiCalls.Shop shop, String file, String code) {
        shop.client()
                .post()
                .uri("/api/v1/surveys/imports")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(file.getBytes(StandardCharsets.UTF_8))
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}
