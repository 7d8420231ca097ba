package dev.afterword.web.reward;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** Pools of codes as a marketer makes and fills them, in a browser. */
@WebTest
class RewardScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Test
    void aMarketerMakesAPoolFillsItAndPromisesIt() {
        var marketer = staff.member(staff.workspace(), Role.MARKETER);
        var page = staff.signIn(browser.page(), marketer);
        page.navigate(marketer.url("/settings/rewards"));
        page.locator("#name").fill("Thanks");
        page.locator("#key").fill("thanks");
        page.locator("#value").fill("ten");
        button(page, "Make the pool");
        assertThat(page.locator("#value-error")).isVisible();
        Browser.axe(page);
        page.locator("#value").fill("10");
        page.locator("#days").fill("30");
        button(page, "Make the pool");
        assertThat(page.locator("h1")).hasText("Thanks");
        assertThat(page.locator(".notice.warn")).isVisible();
        page.locator("#typed").fill("SAVE-1\nSAVE-2\nno code\n");
        button(page, "Add the codes");
        assertThat(page.getByText("2 codes added")).isVisible();
        page.locator("#pattern").fill("THX-######");
        page.locator("#count").fill("100");
        button(page, "Make codes");
        assertThat(page.locator("dl.facts dd").first()).hasText("102");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Promise it for answering"))
                .first()
                .click();
        assertThat(page.locator(".tag.good")).hasText("promised");
        Browser.everyLook(page, "reward-pool");
        page.navigate(marketer.url("/settings/rewards"));
        assertThat(page.getByText("10% off your next order, valid for 30 days")).isVisible();
        Browser.everyLook(page, "rewards");
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .click();
    }
}
