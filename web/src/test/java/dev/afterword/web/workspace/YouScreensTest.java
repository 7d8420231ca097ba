package dev.afterword.web.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.TestApp;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Two factors and roles of one's own, as an owner brings them in and a member meets them. */
@WebTest
class YouScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    DatabaseClient database;

    @Test
    void anOwnerAsksForTwoFactorsAndAMemberSetsThemUp() {
        var owner = staff.owner();
        var member = staff.member(owner.workspace(), Role.SUPPORT);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/staff"));
        press(page, "Ask it of everybody");
        // It holds for the owner too.
        assertThat(page.locator("h1")).hasText("Two factors");
        Browser.everyLook(page, "two-factors");
        page.getByLabel("Code from your app")
                .fill(TestApp.code(page.locator("#seed").textContent(), Instant.now()));
        press(page, "Switch it on");
        assertThat(page.locator("#codes li")).hasCount(10);
        Browser.everyLook(page, "recovery-codes");
        page.getByText("I have kept them").click();
        assertThat(page.locator("#factor + p")).containsText("10 recovery codes");
        Browser.everyLook(page, "you");

        page.navigate(owner.url("/settings/staff"));
        assertThat(page.locator("#all-factors + p")).containsText("Everybody");
        page.getByText("Make a role").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Returns desk");
        page.locator("input[value=answer-cases]").check();
        Browser.everyLook(page, "role");
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Returns desk")))
                .isVisible();
        Browser.everyLook(page, "staff");

        var theirs = staff.signIn(browser.page(), member);
        theirs.navigate(member.url("/inbox"));
        assertThat(theirs.locator("h1")).hasText("Two factors");
        var seed = theirs.locator("#seed").textContent();
        var confirmed = Instant.now();
        theirs.getByLabel("Code from your app").fill(TestApp.code(seed, confirmed));
        press(theirs, "Switch it on");
        theirs.navigate(member.url("/inbox"));
        assertThat(theirs.locator("h1")).hasText("Inbox");

        press(theirs, "Sign out");
        theirs.getByLabel("E-mail address").fill(member.staff().email());
        theirs.getByLabel("Password").fill(TestStaff.PASSWORD);
        press(theirs, "Sign in");
        theirs.getByLabel("Code from your app").fill("000000");
        press(theirs, "Sign in");
        assertThat(theirs.locator("#code-error")).containsText("not right");
        Browser.everyLook(theirs, "sign-in-code");
        theirs.getByLabel("Code from your app").fill(TestApp.code(seed, confirmed.plusSeconds(30)));
        press(theirs, "Sign in");
        assertThat(theirs.locator("h1")).hasText("Today");
    }

    @Test
    void asksOnceMoreWhoOneIsBeforeKeysAndPeople() {
        var owner = staff.owner();
        database.sql("update session set fresh_at = fresh_at - interval '11 minutes' where staff_id = $1")
                .bind(0, owner.staff().id())
                .then()
                .block();
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/keys"));
        assertThat(page.locator("h1")).hasText("Is it still you?");
        page.getByLabel("Password").fill("not this one");
        press(page, "Go on");
        assertThat(page.locator("#password-error")).containsText("not your password");
        Browser.everyLook(page, "again");
        page.getByLabel("Password").fill(TestStaff.PASSWORD);
        press(page, "Go on");
        assertThat(page.locator("h1")).hasText("Settings");
        Browser.everyLook(page, "keys-permissions");
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
