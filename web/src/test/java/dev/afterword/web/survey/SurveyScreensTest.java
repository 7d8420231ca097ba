package dev.afterword.web.survey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SaveSurveyDraft;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.survey.Theme;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.ThemeStyle;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** Surveys as a marketer makes them, in a browser. Pictures stand under {@code target/screens}. */
@WebTest
class SurveyScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    SurveyDrafts drafts;

    @Autowired
    SaveSurveyDraft saveSurveyDraft;

    @Test
    void aMarketerMakesASurvey() {
        var marketer = staff.member(staff.workspace(), Role.MARKETER);
        var page = staff.signIn(browser.page(), marketer);
        var complaints = new ArrayList<String>();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.navigate(marketer.url("/surveys"));
        page.getByText("New survey").click();
        page.getByRole(AriaRole.BUTTON, named("Begin with After delivery")).click();
        assertThat(page.locator("h1")).hasText("After delivery");

        page.locator("[data-question=what-went-wrong] a").click();
        assertThat(page.locator("select[name=showIf-0-operator]")).hasValue("at-most");
        page.locator("textarea[name=text]").fill("Was ging daneben?");
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(text(marketer, "what-went-wrong")).isEqualTo("Was ging daneben?"));
        assertThat(page.locator("[data-question=what-went-wrong] .asked-text")).hasText("Was ging daneben?");
        page.locator("input[name=help]").fill("Mehreres ist möglich");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(draft(marketer)
                                .definition()
                                .question("what-went-wrong")
                                .orElseThrow()
                                .asking()
                                .help()
                                .byLanguage())
                        .containsEntry("de", "Mehreres ist möglich"));

        page.locator("#options-more").fill("Zu teuer\nZu laut");
        page.getByRole(AriaRole.BUTTON, named("Add")).click();
        assertThat(page.locator(".options li")).hasCount(6);
        page.locator("select[name=showIf-0-operator]").selectOption("at-least");
        page.getByRole(AriaRole.BUTTON, named("Add another condition")).click();
        assertThat(page.locator(".test")).hasCount(2);
        axe(page, complaints);
        Browser.picture(page, "survey-question-1280");
        assertThat(((Question.MultipleChoice) question(marketer, "what-went-wrong")).options())
                .extracting("key")
                .contains("zu-teuer", "zu-laut");

        page.getByText("Add a question").click();
        page.getByRole(AriaRole.BUTTON, named("Stars")).click();
        assertThat(page.locator("#middle")).containsText("Stars");
        page.locator("textarea[name=text]").fill("Wie schön ist es?");
        assertThat(page.locator("[data-question=stars] .asked-text")).hasText("Wie schön ist es?");
        page.locator("[data-question=stars] button[value='up:stars']").click();
        assertThat(page.locator(".questions li").nth(1)).containsText("Wie schön ist es?");
        page.getByRole(AriaRole.BUTTON, named("Duplicate")).click();
        assertThat(page.locator("[data-question=stars-2]")).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Delete")).click();
        assertThat(page.locator("[data-question=stars-2]")).hasCount(0);
        page.locator("[data-question=stars]").dragTo(page.locator("[data-question=comment]"));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                draft(marketer).definition().pages().getLast().questions())
                        .extracting(Question::key)
                        .contains("stars"));
        page.getByRole(AriaRole.BUTTON, named("Undo")).click();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                draft(marketer).definition().pages().getLast().questions())
                        .extracting(Question::key)
                        .doesNotContain("stars"));
        page.getByRole(AriaRole.BUTTON, named("Redo")).click();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                draft(marketer).definition().pages().getLast().questions())
                        .extracting(Question::key)
                        .contains("stars"));

        page.getByRole(AriaRole.LINK, named("Variables and score")).click();
        page.getByRole(AriaRole.BUTTON, named("Add a variable")).click();
        page.getByRole(AriaRole.BUTTON, named("Add a case")).click();
        assertThat(page.locator("#variable-0-case-0-is")).isVisible();
        page.locator("#variable-0-key").fill("mood");
        page.locator("#variable-0-otherwise").fill("fair");
        page.locator("#variable-0-case-0-is").fill("glad");
        page.getByRole(AriaRole.BUTTON, named("Save")).last().click();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                draft(marketer).definition().variables().getFirst())
                        .extracting("key", "otherwise")
                        .containsExactly("mood", new Condition.Text("fair")));
        axe(page, complaints);
        Browser.picture(page, "survey-variable-1280");
        page.locator("[data-question=stars] a").click();

        page.locator("input[name=help]").fill("Ganz ehrlich");
        page.getByRole(AriaRole.BUTTON, named("Save")).last().click();
        page.getByRole(AriaRole.LINK, named("Publish")).click();
        page.getByText("Publish as version 1").click();
        assertThat(page.locator(".flash")).containsText("Published");
        page.navigate(marketer.url("/surveys/after-delivery?at=question:ease"));
        page.locator("textarea[name=text]").fill("");
        page.getByRole(AriaRole.LINK, named("Publish")).click();
        assertThat(page.locator(".changes").first()).containsText("How easy");
        assertThat(page.getByText("Publish as version 2")).hasCount(0);
        axe(page, complaints);
        Browser.picture(page, "survey-publish-problems-1280");
        page.locator(".changes a").first().click();
        page.locator("textarea[name=text]").fill("Wie leicht war es?");
        page.getByRole(AriaRole.BUTTON, named("Save")).last().click();
        page.getByRole(AriaRole.LINK, named("Publish")).click();
        assertThat(page.locator(".changes")).hasCount(1);
        assertThat(page.locator(".changes")).containsText("Wie leicht war es?");
        Browser.picture(page, "survey-publish-1280");
        page.getByText("Publish as version 2").click();
        assertThat(page.locator("h2").first()).containsText("Version 2");
        assertThat(page.locator("main")).containsText("No follow-up asks it yet");
        assertThat(page.getByRole(AriaRole.LINK, named("Give out a link or a QR code")))
                .hasAttribute("href", marketer.path("/surveys/after-delivery/settings"));
        axe(page, complaints);
        Browser.picture(page, "survey-versions-1280");
        assertThat(complaints).isEmpty();
    }

    @Test
    void worksWithoutAScript() {
        var owner = staff.owner();
        var page = staff.signIn(browser.page(Look.DESKTOP.withoutScripts()), owner);
        page.navigate(owner.url("/new-survey"));
        page.getByRole(AriaRole.BUTTON, named("Begin empty")).click();
        page.locator("button[value='add:single-choice']").click();
        page.locator("textarea[name=text]").fill("Which one?");
        page.locator("#options-more").fill("This\nThat");
        page.locator("button[value='options-add:options']").click();
        page.locator("input[name=options-1-text]").fill("The other");
        page.locator(".acts button").click();
        var made = (Question.SingleChoice) drafts.find(owner.workspace().id(), "new-survey")
                .block()
                .definition()
                .question("single-choice")
                .orElseThrow();
        assertThat(made.options()).extracting("key").containsExactly("this", "that");
        assertThat(made.options().getLast().text().byLanguage()).containsValue("The other");
    }

    @Test
    void showsHowItWillLook() {
        var owner = staff.owner();
        var page = staff.signIn(browser.page(), owner);
        page.setViewportSize(1440, 900);
        page.navigate(owner.url("/surveys/post-purchase"));
        var preview = page.frameLocator("iframe[data-preview]");
        assertThat(preview.locator("legend").first()).containsText("How likely");
        page.locator("input[name=title]").fill("And how was it?");
        assertThat(preview.locator("h1")).hasText("And how was it?");
        page.locator("input[name=ownColour]").check();
        page.locator("input[name=colour]").fill("#ffd400");
        assertThat(page.locator("#contrast")).containsText("hard to read");
        page.locator("input[name=textSize][value=larger]").check();
        page.locator("input[name=corners][value=round]").check();
        Browser.picture(page, "survey-theme-1440");
        page.locator("#contrast button").click();
        assertThat(page.locator("#contrast p")).hasCount(0);
        await().ignoreExceptions().untilAsserted(() -> {
            var theme = drafts.find(owner.workspace().id(), "post-purchase")
                    .block(Duration.ofSeconds(10))
                    .definition()
                    .theme();
            assertThat(theme.colour().contrast(ThemeStyle.LIGHT_PAPER)).isGreaterThanOrEqualTo(Colour.TEXT);
            assertThat(theme.textSize()).isEqualTo(Theme.TextSize.LARGER);
            assertThat(theme.corners()).isEqualTo(Theme.Corners.ROUND);
        });
        page.getByRole(AriaRole.LINK, named("العربية")).click();
        assertThat(preview.locator("html")).hasAttribute("dir", "rtl");
        page.locator("input[name=screen][value=desktop]").check();
        Browser.picture(page, "survey-preview-desktop-1440");
        Browser.axe(page);
    }

    @Test
    void tellsWhoChangedItMeanwhile() {
        var owner = staff.owner();
        var other = staff.member(owner.workspace(), Role.MARKETER);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/surveys/post-purchase?at=question:recommend"));
        var now = drafts.find(owner.workspace().id(), "post-purchase").block();
        saveSurveyDraft
                .save(
                        now.survey().key(),
                        now.version(),
                        "Renamed",
                        now.definition(),
                        other.staff().id())
                .block();
        page.locator("input[name=help]").fill("A hint");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Mira Holm has changed this survey meanwhile");
        assertThat(page.locator("input[name=help]")).hasValue("A hint");
        page.getByText("Load it as it is now").click();
        assertThat(page.locator("h1")).hasText("Renamed");
    }

    @Test
    void everyPageIsAccessible() {
        var owner = staff.owner();
        var client = staff.client(owner);
        var page = staff.signIn(browser.page(), owner);
        look(page, "surveys", owner.url("/surveys"));
        look(page, "survey-new", owner.url("/new-survey"));
        look(page, "survey-whole", owner.url("/surveys/post-purchase"));
        look(page, "survey-scale", owner.url("/surveys/post-purchase?at=question:ease"));
        look(page, "survey-translations", owner.url("/surveys/post-purchase/translations?language=pt"));
        look(page, "survey-versions", owner.url("/surveys/post-purchase/versions"));
        look(page, "survey-publish", owner.url("/surveys/post-purchase/publication"));
        look(page, "survey-variables", owner.url("/surveys/post-purchase?at=variables"));
        look(page, "survey-preview", owner.url("/surveys/post-purchase/preview?language=ar"));
        look(page, "survey-page", owner.url("/surveys/post-purchase?at=page:page"));
        var viewer = staff.member(owner.workspace(), Role.VIEWER);
        staff.client(viewer)
                .get()
                .uri(viewer.path("/surveys"))
                .exchange()
                .expectStatus()
                .isOk();
        staff.client(viewer)
                .get()
                .uri(viewer.path("/surveys/post-purchase"))
                .exchange()
                .expectStatus()
                .isForbidden();
        client.get().uri(owner.path("/surveys/none")).exchange().expectStatus().isNotFound();
    }

    /** Its own styles are refused by the page's policy, which the browser reports. */
    private static void axe(Page page, List<String> complaints) {
        assertThat(complaints).isEmpty();
        Browser.axe(page);
        complaints.clear();
    }

    private static void look(Page page, String name, String url) {
        page.navigate(url);
        Browser.everyLook(page, name);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private SurveyDraft draft(Member member) {
        return drafts.find(member.workspace().id(), "after-delivery").block(Duration.ofSeconds(10));
    }

    private Question question(Member member, String key) {
        return draft(member).definition().question(key).orElseThrow();
    }

    private String text(Member member, String key) {
        return question(member, key).text().byLanguage().get("de");
    }
}
