package dev.afterword.web.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.inbox.CaseRules;
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

    @Autowired
    CaseRules rules;

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
        assertThat(page.locator("fieldset.told")).hasCount(12);
        Browser.everyLook(page, "told");
    }

    @Test
    void aMarketerSaysWhenCasesAreDueAndWhatOpensThem() {
        var workspace = staff.workspace();
        var marketer = staff.member(workspace, Role.MARKETER);
        var page = staff.signIn(browser.page(), marketer);
        page.navigate(marketer.url("/settings"));
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Cases").setExact(true))
                .click();
        page.locator("input[name=until-5]").fill("08:00");
        page.locator("#holidays").fill("2026-12-25\nChristmas");
        button(page, "Save");
        assertThat(page.locator("#until-5-error")).isVisible();
        assertThat(page.locator("#holidays-error")).containsText("Christmas");
        assertThat(page.locator("#holidays")).hasValue("2026-12-25\nChristmas");
        Browser.everyLook(page, "case-settings-wrong");
        page.locator("input[name=until-5]").fill("17:00");
        page.locator("#holidays").fill("2026-12-25");
        page.locator("#firstAnswer").fill("4");
        page.locator("#escalation").fill("2");
        button(page, "Save");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Saved");
        assertThat(page.locator("p.notice"))
                .containsText("A case that comes in on Friday, 16:30 is to have a first answer by Monday");
        assertThat(page.locator("p.notice")).containsText("12:30");

        page.getByText("Add a rule").click();
        page.locator("#band").selectOption("");
        button(page, "Save");
        assertThat(page.locator("#name-error")).isVisible();
        page.locator("#name").fill("Unhappy");
        button(page, "Save");
        assertThat(page.locator("#band-error")).containsText("at least one condition");
        Browser.everyLook(page, "case-rule-wrong");
        page.locator("#band").selectOption("bad");
        page.locator("#keywords").fill("broken\nlate");
        page.locator("#team").fill("Care");
        button(page, "Save");
        assertThat(page.locator("main table").first()).containsText("it says broken, late");
        page.getByText("Unhappy").click();
        var rule = rules.all(workspace.id()).block().getFirst();
        rules.change(rule).block();
        page.locator("#priority").selectOption("1");
        page.locator("#keywords").fill("");
        button(page, "Save");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("while you were typing");
        button(page, "Save");
        assertThat(page.locator("main table").first()).containsText("complaint, urgent, for Care");

        page.getByText("Write a reply").click();
        page.locator("#name").fill("Sorry");
        page.locator("#words-de").fill("Hallo {{contact.firstName}}, es tut uns leid.");
        button(page, "Save");
        assertThat(page.locator("#words-de-error")).isVisible();
        Browser.everyLook(page, "reply-template-wrong");
        page.locator("#words-de").fill("Hallo {{contact.firstName|du}}, es tut uns leid.");
        page.locator("#words-ar").fill("مرحبا {{contact.firstName|بك}}");
        button(page, "Save");
        assertThat(page.locator("main table").last()).containsText("German, Arabic");
        Browser.everyLook(page, "case-settings");

        page.getByText("Unhappy").click();
        page.locator("details.ask summary").click();
        button(page, "Remove the rule");
        assertThat(page.getByText("No rules yet")).isVisible();
        page.getByText("Sorry").click();
        page.locator("details.ask summary").click();
        button(page, "Remove the reply");
        assertThat(page.getByText("None yet.")).isVisible();
    }

    private static void button(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
