package dev.afterword.web.insight;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.topic.ReadPast;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** From an answer to a topic, its words and its figures, in a browser. */
@WebTest
class TopicScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    ReadPast readPast;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    @Test
    void makesATopicOfWhatManySay() {
        var customers = AskedCustomer.in(beans);
        var invited = customers.invited(16);
        for (int at = 0; at < invited.size(); at++) {
            var words = at < 6 ? "The handle broke, number " + at : "It fits the shelf, number " + at;
            giveAnswers
                    .give(new GivenAnswers(
                            invited.get(at),
                            Map.of("recommend", at < 6 ? 3 : 9, "comment", words),
                            true,
                            true,
                            Instant.now()))
                    .block();
        }
        var owner = staff.member(customers.workspace(), Role.OWNER);
        var ben = staff.member(customers.workspace(), Role.SUPPORT);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/topics"));
        page.locator("#name").fill("Handles");
        press(page, "Add it");
        assertThat(page.locator("h1")).hasText("Handles");

        page.navigate(owner.url("/responses/" + invited.getFirst().id()));
        press(page, "Put the topic");
        assertThat(page.locator("#labels")).containsText("put there by");
        page.locator("#labels input[name=tag]").fill(" VIP ");
        page.locator("#labels form:has(input[list]) button").click();
        assertThat(page.locator("#labels .tags")).containsText("vip");
        page.locator("#note").fill("Please look at the handle.");
        page.locator("#notes input[name=mention]").first().check();
        press(page, "Keep the note");
        assertThat(page.locator("#notes")).containsText("shown to");
        Browser.everyLook(page, "response-labelled");

        page.navigate(owner.url("/responses?q=shelf"));
        page.locator("input[name=response]").first().check();
        press(page, "Put the topic");
        assertThat(page.locator(".entry .labels")).hasCount(1);
        page.navigate(owner.url("/responses?tag=vip"));
        assertThat(page.locator(".entry")).hasCount(1);
        Browser.everyLook(page, "responses-labelled");

        page.locator(".entry .labels a").first().click();
        page.navigate(owner.url("/topics"));
        page.locator(".topics tbody a").first().click();
        page.locator("#words").fill("handle");
        press(page, "Add words");
        press(page, "Read earlier answers too");
        while (Boolean.TRUE.equals(readPast.round().block())) {
            page.reload();
        }
        page.reload();
        assertThat(page.locator("#rules")).containsText("16 earlier answers were read");
        assertThat(page.locator(".figures")).containsText("7");
        database.sql("update response set answered_at = answered_at - interval '20 days' where workspace_id = $1")
                .bind(0, customers.workspace().id())
                .then()
                .block();
        page.getByText("Say what we did").first().click();
        page.locator("#day").fill(LocalDate.now().minusDays(10).toString());
        press(page, "Keep it");
        assertThat(page.locator("#did-en-error")).containsText("Say in the language of the workspace");
        page.locator("#did-en").fill("The handle is of steel now");
        press(page, "Keep it");
        assertThat(page.locator(".did")).containsText("The handle is of steel now");
        assertThat(page.locator(".did table")).containsText("too few answers");
        press(page, "Tell the 7 who had said it");
        assertThat(page.locator(".notice.bad")).containsText("No follow-up that is switched on begins with it");
        page.navigate(page.url().split("/changes/")[0]);
        Browser.everyLook(page, "topic");
        page.navigate(owner.url("/topics"));
        assertThat(page.locator("h1")).hasText("Most speak of Handles: 7 of 16 answers");
        assertThat(page.locator(".suggested")).containsText("shelf");
        Browser.everyLook(page, "topics");

        var support = staff.signIn(browser.page(), ben);
        support.navigate(ben.url("/responses/" + invited.get(1).id()));
        assertThat(support.locator("#labels")).containsText("because of “handle”");
        press(support, "Take Handles away");
        assertThat(support.locator(".flash")).containsText("no rule puts it there again");
        assertThat(support.locator("#labels")).containsText("No topic and no tag yet.");
    }

    private static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, named(name)).first().click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
