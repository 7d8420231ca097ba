package dev.afterword.web.survey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class MovingScreensTest {
    private static final String SURVEY = """
            {"title": "After the delivery", "pages": [{"name": "one", "title": "Your order", "elements": [
              {"type": "rating", "name": "recommend", "title": "Would you recommend us?", "rateMin": 0, "rateMax": 10, "isRequired": true},
              {"type": "comment", "name": "why", "title": "Why?", "visibleIf": "{recommend} <= 6"},
              {"type": "signaturepad", "name": "sign"}]}]}
            """;

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    SurveyDrafts drafts;

    @Test
    void showsWhatWasReadThenMakesADraft() {
        var owner = staff.owner();
        var page = upload(owner, Look.DESKTOP, SURVEY);

        assertThat(page.content())
                .contains(
                        "Read from SurveyJS: 2 questions, in English.",
                        "“signaturepad” was left out",
                        "Would you recommend us?");
        checked(page, "survey-imported");
        page.fill("#name", "Delivery");
        page.getByText("Create as a draft").click();
        PlaywrightAssertions.assertThat(page.getByText("is a draft now")).isVisible();
        assertThat(drafts.find(owner.workspace().id(), "delivery")
                        .block()
                        .definition()
                        .questions())
                .hasSize(2);
    }

    @Test
    void saysInOneSentenceWhyAFileIsNoSurveyOnAPhoneWithoutAScript() {
        var page = upload(staff.owner(), Look.PHONE.darkened().withoutScripts(), "<!DOCTYPE a><document/>");

        assertThat(page.content()).contains("The file has a document type");
        picture(page, "survey-import-phone");
    }

    @Test
    void isForThoseWhoMayConfigure() {
        var owner = staff.owner();
        staff.client(staff.member(owner.workspace(), Role.SUPPORT))
                .get()
                .uri(owner.path("/new-survey/import"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    private Page upload(Member member, Look look, String content) {
        var page = staff.signIn(browser.page(look), member);
        page.navigate(member.url("/new-survey/import"));
        page.setInputFiles(
                "#file", new FilePayload("survey.json", "application/json", content.getBytes(StandardCharsets.UTF_8)));
        page.getByText("Upload and look").click();
        page.waitForLoadState();
        return page;
    }

    private static void checked(Page page, String name) {
        picture(page, name);
        Browser.axe(page);
    }

    private static void picture(Page page, String name) {
        Browser.picture(page, name);
    }
}
