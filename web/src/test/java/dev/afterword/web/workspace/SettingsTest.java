package dev.afterword.web.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.afterword.db.inbox.CasePolicies;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.StaffMail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class SettingsTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    ContactPolicies policies;

    @Autowired
    CasePolicies casePolicies;

    @Autowired
    Workspaces workspaces;

    @Autowired
    StaffMails staffMails;

    @Test
    void everyPageIsAccessibleAndQuietInTheConsole() {
        var owner = testStaff.owner();
        testStaff.member(owner.workspace(), Role.SUPPORT);
        var page = browser.page();
        var complaints = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        look(page, "sign-in", owner.base() + "/");
        look(page, "forgotten", owner.base() + "/forgotten");
        testStaff.signIn(page, owner);
        for (var place : List.of("", "/mail", "/asking", "/keys", "/staff")) {
            look(page, "settings" + place.replace('/', '-'), owner.url("/settings" + place));
        }
        assertThat(complaints).isEmpty();
    }

    private static void look(Page page, String name, String url) {
        page.navigate(url);
        // axe would wait for ever to run inside the frame of a mail, where no script may.
        page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())");
        Browser.everyLook(page, name);
    }

    @Test
    void savesWithoutAScriptAndKeepsWhatWasTyped() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(Look.DESKTOP.withoutScripts()), owner);
        page.navigate(owner.url("/settings"));
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Cedar, Salt & Sons");
        page.getByLabel("Time zone").fill("Middle/Earth");
        press(page, "Save");
        assertThat(page.content()).contains("is not a time zone");
        assertThat(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                        .inputValue())
                .isEqualTo("Cedar, Salt & Sons");
        page.getByLabel("Time zone").fill("America/Sao_Paulo");
        press(page, "Save");

        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("Saved");
        var saved = workspaces.findById(owner.workspace().id()).block();
        assertThat(saved.name()).isEqualTo("Cedar, Salt & Sons");
        assertThat(saved.zone().getId()).isEqualTo("America/Sao_Paulo");
    }

    @Test
    void tellsWhoWasOvertaken() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings"));
        workspaces
                .save(owner.workspace()
                        .presented(
                                "Saved meanwhile", "#0b6475", owner.workspace().zone(), "de"))
                .block();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Mine");
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("while you were typing");
        press(page, "Save");
        assertThat(workspaces.findById(owner.workspace().id()).block().name()).isEqualTo("Mine");
    }

    @Test
    void switchesAskingOnOnceSenderAndPostalAddressStand() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/asking"));
        press(page, "Switch on");
        assertThat(page.getByRole(AriaRole.ALERT).isVisible()).isTrue();

        page.navigate(owner.url("/settings/mail"));
        page.getByLabel("Sender’s address").fill("mira@cedar.example");
        page.getByLabel("Postal address").fill("Cedar & Salt, Hafenweg 1, 20457 Hamburg");
        page.getByLabel("Sunday").check();
        page.getByLabel("Mails to one person").fill("2");
        page.getByLabel("Share of people who get no marketing").fill("5");
        page.locator("#quarantine-post-purchase").fill("9999");
        page.locator("main form.form").getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator("#quarantine-post-purchase-error").isVisible()).isTrue();
        page.locator("#quarantine-post-purchase").fill("60");
        page.locator("main form.form").getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("Saved");
        assertThat(page.getByLabel("Sunday").isChecked()).isTrue();
        assertThat(policies.find(owner.workspace().id()).block())
                .isEqualTo(new ContactPolicy(1, Set.of(DayOfWeek.SUNDAY), 2, 5, Map.of("post-purchase", 60)));

        page.navigate(owner.url("/settings/mail"));
        policies.save(
                        owner.workspace().id(),
                        policies.find(owner.workspace().id()).block())
                .block();
        page.getByLabel("Mails to one person").fill("4");
        page.locator("main form.form").getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("while you were typing");
        page.locator("main form.form").getByRole(AriaRole.BUTTON).click();
        assertThat(policies.find(owner.workspace().id()).block().mostAWeek()).isEqualTo(4);

        page.navigate(owner.url("/settings/cases"));
        casePolicies.save(owner.workspace().id(), CasePolicies.USUAL).block();
        page.getByLabel("First answer").fill("3");
        page.locator("form.form:has(#firstAnswer)").getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("while you were typing");
        page.locator("form.form:has(#firstAnswer)").getByRole(AriaRole.BUTTON).click();
        assertThat(casePolicies.find(owner.workspace().id()).block().firstAnswer())
                .isEqualTo(3);

        page.navigate(owner.url("/settings/asking"));
        press(page, "Switch on");
        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("Switched on");
        page.locator("dl.figures").waitFor();
        assertThat(page.locator("dl.figures").innerText()).contains("0 people").doesNotContain("10,000");
        assertThat(page.locator("article.letter header").allInnerTexts())
                .satisfiesExactly(
                        ask -> assertThat(ask).contains("The question"),
                        reminder -> assertThat(reminder).contains("The reminder"));
        assertThat(page.locator("article.letter iframe")
                        .first()
                        .contentFrame()
                        .getByText("10", new FrameLocator.GetByTextOptions().setExact(true))
                        .isVisible())
                .isTrue();
        page.getByLabel("Days until the reminder").fill("");
        press(page, "Save");
        assertThat(page.locator("article.letter").count()).isEqualTo(1);
        page.getByText("Send a test to").click();
        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("on its way");
        assertThat(staffMails.claim(100, Instant.now().plusSeconds(1)).block())
                .anyMatch(
                        mail -> mail.email().equals(owner.staff().email()) && mail.content() instanceof StaffMail.Test);
    }

    @Test
    void pausesAllMailAndLetsItGoOutAgain() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/mail"));
        press(page, "Pause all mail");
        assertThat(workspaces.findById(owner.workspace().id()).block().mailPausedAt())
                .isNotNull();
        press(page, "Let mail go out again");
        assertThat(workspaces.findById(owner.workspace().id()).block().mailPausedAt())
                .isNull();
    }

    @Test
    void showsAKeyOnceAndRevokesIt() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/keys"));
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Shop");
        press(page, "Make a key");
        var key = page.locator("#key").innerText();
        assertThat(key).contains(owner.workspace().code());
        Browser.axe(page);
        Browser.picture(page, "settings-keys-created-1280");
        page.navigate(owner.url("/settings/keys"));
        assertThat(page.content()).doesNotContain(key);
        page.getByText("Revoke", new Page.GetByTextOptions().setExact(true))
                .last()
                .click();
        press(page, "Revoke “Shop”");
        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("revoked");
    }

    @Test
    void invitesSomebodyAndKeepsTheLastOwner() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/staff"));
        page.locator("select[name=role]").selectOption("viewer");
        press(page, "Change");
        assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("needs an owner");
        page.locator("#name").fill("Tom");
        page.locator("#email").fill("no address");
        page.locator("form.form").evaluate("form => form.noValidate = true");
        press(page, "Send the invitation");
        assertThat(page.locator("#name").inputValue()).isEqualTo("Tom");
        page.locator("#email-error").waitFor();
        Browser.picture(page, "settings-staff-error-1280");
        assertThat(page.locator("#email").getAttribute("autofocus"))
                .as("for browsers without scripts")
                .isNotNull();
        page.locator("#email:focus").waitFor();
        page.locator("#email").fill("tom@cedar.example");
        press(page, "Send the invitation");
        assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("on its way");
    }

    @Test
    void takesALogoWithAndWithoutAScript() throws Exception {
        var owner = testStaff.owner();
        for (var look : List.of(Look.DESKTOP, Look.PHONE.withoutScripts())) {
            var page = testStaff.signIn(browser.page(look), owner);
            page.navigate(owner.url("/settings"));
            press(page, "Use this picture");
            assertThat(page.locator("#logo-error").innerText()).contains("Choose a picture first");
            page.locator("#logo").setInputFiles(file("logo.png", "not a picture".getBytes()));
            press(page, "Use this picture");
            assertThat(page.locator("#logo-error").innerText()).contains("could not read");
            if (look.scripts()) {
                Browser.everyLook(page, "settings-logo-wrong");
            }
            page.locator("#logo").setInputFiles(file("logo.png", wideLogo()));
            press(page, "Use this picture");
            assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("saved");
            await().untilAsserted(() -> assertThat(
                            page.getByAltText("Logo of Cedar & Salt").evaluate("image => image.naturalWidth"))
                    .isEqualTo(480));
            if (look.scripts()) {
                look(page, "settings-logo", owner.url("/settings"));
            }
            press(page, "Remove the logo");
            assertThat(page.getByRole(AriaRole.STATUS).innerText()).contains("removed");
        }
    }

    private static FilePayload file(String name, byte[] content) {
        return new FilePayload(name, "image/png", content);
    }

    private static byte[] wideLogo() throws IOException {
        var image = new BufferedImage(960, 240, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(0x0b6475));
        graphics.fillOval(20, 20, 200, 200);
        graphics.setFont(graphics.getFont().deriveFont(120f));
        graphics.drawString("Cedar & Salt", 250, 160);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
