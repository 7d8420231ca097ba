package dev.afterword.web.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.inbox.notice.Choice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.Tellings;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** What each of the staff is told, and how a shop's cases are opened, are due and are answered, in a browser. */
@WebTest
class CaseSettingsScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    Tellings tellings;

    @Test
    void supportChoosesWhatTheyAreToldWithoutAScript() {
        var support = staff.member(staff.workspace(), Role.SUPPORT);
        var page = staff.signIn(browser.page(Look.DESKTOP.withoutScripts()), support);
        page.navigate(support.url("/"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("What I am told"))
                .click();
        assertThat(page.locator("h1")).hasText("What I am told");
        assertThat(page.getByText("An endpoint is switched off")).hasCount(0);
        page.locator("input[name=kind-breached][value=digest]").check();
        page.locator("input[name=kind-bad-answer][value=never]").check();
        page.locator("#hour").selectOption("6");
        button(page, "Save");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Saved");
        assertThat(page.locator("input[name=kind-breached][value=digest]")).isChecked();
        var telling =
                tellings.find(support.workspace().id(), support.staff().id()).block();
        assertThat(telling.hour()).isEqualTo(6);
        assertThat(telling.choice(NoticeKind.BREACHED)).isEqualTo(Choice.DIGEST);
        assertThat(telling.choice(NoticeKind.BAD_ANSWER)).isEqualTo(Choice.NEVER);
        assertThat(telling.choice(NoticeKind.ASSIGNED)).isEqualTo(Choice.NOW);
    }

    @Test
    void everybodySeesWhatTheirRoleMayHearOf() {
        var workspace = staff.workspace();
        var viewer = staff.member(workspace, Role.VIEWER);
        var page = staff.signIn(browser.page(), viewer);
        page.navigate(viewer.url("/told"));
        assertThat(page.locator(".empty h2")).hasText("You are told nothing by mail");
        Browser.everyLook(page, "told-nothing");
        var owner = staff.member(workspace, Role.OWNER);
        staff.signIn(page, owner);
        page.navigate(owner.url("/told"));
        assertThat(page.locator("fieldset.told")).hasCount(10);
        Browser.everyLook(page, "told");
    }

    private static void button(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
