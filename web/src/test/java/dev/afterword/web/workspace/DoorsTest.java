package dev.afterword.web.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.workspace.InviteStaff;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.StaffMail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The pages before one is in, on an installation of their own where nobody has been yet: without scripts and by keyboard, and as pictures. */
@WebTest
@TestPropertySource(properties = "afterword.test.doors=true")
@TestMethodOrder(OrderAnnotation.class)
class DoorsTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    OneTimeLinks links;

    @Autowired
    StaffMails mails;

    @Autowired
    InviteStaff inviteStaff;

    @Autowired
    Memberships memberships;

    @LocalServerPort
    int port;

    @Test
    @Order(1)
    void opensTheFirstWorkspaceByKeyboard() {
        var path = "/welcome/" + links.firstOwner(Instant.now()).block();
        look(path, "welcome");
        var page = browser.page(Look.PHONE.withoutScripts());
        page.navigate(base() + path);
        page.getByLabel("Name of the shop or brand").focus();
        type(page, "Cedar & Salt");
        type(page, "Middle/Earth");
        type(page, "");
        type(page, "Mira Holm");
        type(page, "mira@cedar.example");
        page.keyboard().type("short");
        page.keyboard().press("Enter");

        assertThat(page.locator("#zone-error")).containsText("not a time zone");
        assertThat(page.locator("#zone")).hasAttribute("autofocus", "autofocus");
        assertThat(page.getByLabel("Your name")).hasValue("Mira Holm");
        Browser.picture(page, "welcome-wrong-390");
        page.getByLabel("Time zone").fill("America/Sao_Paulo");
        page.getByLabel("Password").fill("short");
        press(page, "Open the workspace");
        assertThat(page.locator("#password-error")).containsText("at least 12");
        page.getByLabel("Password").fill(TestStaff.PASSWORD);
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("Settings");
        assertThat(page.getByLabel("Time zone")).hasValue("America/Sao_Paulo");
        page.navigate(base() + path);
        assertThat(page.locator("h1")).hasText("There is nothing here");
        look(path, "link-void");
    }

    @Test
    @Order(2)
    void choosesANewPasswordFromALinkByMail() {
        var owner = testStaff.owner();
        var page = browser.page(Look.PHONE.withoutScripts());
        page.navigate(base() + "/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Forgotten your password?"))
                .click();
        page.getByLabel("E-mail address").focus();
        page.keyboard().type(owner.staff().email());
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("a link is on its way");
        look("/forgotten?sent=true", "forgotten-sent");

        var path = "/password/" + linkTo(owner.staff().email());
        look(path, "password");
        page.navigate(base() + path);
        page.getByLabel("New password").focus();
        page.keyboard().type("short");
        page.keyboard().press("Enter");
        assertThat(page.locator("#password-error")).containsText("at least 12");
        Browser.picture(page, "password-wrong-390");
        page.getByLabel("New password").fill("a new and long phrase");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Today");
    }

    @Test
    void welcomesWhoWasInvited() {
        var owner = testStaff.owner();
        var email = "tom" + port + "@cedar.example";
        inviteStaff.invite(owner.workspace().id(), "Tom", email, Role.VIEWER).block();
        var path = "/password/" + linkTo(email);
        look(path, "password-invited");
        var page = browser.page();
        page.navigate(base() + path);
        assertThat(page).hasTitle("Welcome: choose a password · Afterword");
        page.getByLabel("New password").fill("a first and long phrase");
        press(page, "Save and sign in");
        assertThat(page.locator(".brand")).hasText("Cedar & Salt");
    }

    @Test
    void letsChooseAmongSeveralWorkspaces() {
        var owner = testStaff.owner();
        var other = testStaff.workspace();
        memberships
                .add(other.id(), owner.staff().id(), Role.VIEWER, Instant.now())
                .block();
        var page = browser.page(Look.DESKTOP.withoutScripts());
        page.navigate(base() + "/");
        page.getByLabel("E-mail address").focus();
        type(page, owner.staff().email());
        page.keyboard().type(TestStaff.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Your workspaces");
        assertThat(page.locator("main")).containsText("Viewer");
        look(testStaff.signIn(browser.page(), owner), "/", "choose");
        page.locator("main a").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Today");
        assertThat(page.locator(".whoami")).containsText("Change workspace");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change workspace"))
                .click();
        assertThat(page.locator("h1")).hasText("Your workspaces");
    }

    @Test
    void saysThatSignInFailedAndKeepsTheAddress() {
        var page = browser.page();
        page.navigate(base() + "/");
        page.getByLabel("E-mail address").fill("mira@cedar.example");
        page.getByLabel("Password").fill("not this one");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("do not belong together");
        assertThat(page.getByLabel("E-mail address")).hasValue("mira@cedar.example");
        Browser.everyLook(page, "sign-in-wrong");
    }

    @Test
    void saysWhereNothingIs() {
        look("/nowhere", "not-found");
        var owner = testStaff.owner();
        var viewer = testStaff.member(owner.workspace(), Role.VIEWER);
        look(
                testStaff.signIn(browser.page(), owner),
                owner.path("/responses/019aa000-0000-7000-8000-000000000000"),
                "not-found-inside");
        look(testStaff.signIn(browser.page(), viewer), owner.path("/settings"), "forbidden");
    }

    private String linkTo(String email) {
        var sent = mails.claim(100, Instant.now().plusSeconds(1)).block().stream()
                .filter(mail -> mail.email().equals(email))
                .findFirst()
                .orElseThrow();
        return links.token(((StaffMail.Link) sent.content()).id()).block();
    }

    private void look(String path, String name) {
        look(browser.page(), path, name);
    }

    private void look(Page page, String path, String name) {
        page.navigate(base() + path);
        Browser.everyLook(page, name);
    }

    /** Types over what the field holds and goes on to the next, as people without a mouse do. */
    private static void type(Page page, String text) {
        if (!text.isEmpty()) {
            page.keyboard().press("Control+A");
            page.keyboard().type(text);
        }
        page.keyboard().press("Tab");
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private String base() {
        return "http://localhost:" + port;
    }
}
