package dev.afterword.web.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.inbox.desk.DeskMails;
import dev.afterword.db.inbox.desk.HelpDesks;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import dev.afterword.db.message.incoming.TakeIncoming;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;

/** Mail to the support address, from its settings to a case that somebody makes of what was left over. */
@WebTest
class MailInJourneyTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    TakeIncoming taking;

    @Autowired
    FeedbackLinks links;

    @Autowired
    HelpDesks desks;

    @Autowired
    DeskMails mails;

    @Autowired
    DatabaseClient database;

    @Test
    void namesTheSupportAddressAndMakesACaseOfWhatWasLeftOver() {
        var workspace = staff.workspace();
        var owner = staff.member(workspace, Role.OWNER);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/cases"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Mail to your support address"))
                .click();
        page.locator("#address").fill("help@" + workspace.code() + ".test, me");
        press(page, "Save");
        assertThat(page.locator("#address")).isFocused();
        page.locator("#address").fill("Help@" + workspace.code() + ".test");
        press(page, "Save");
        assertThat(page.locator("#address")).hasValue("help@" + workspace.code() + ".test");
        database.sql("update workspace set sender_address = 'hello@shop.test' where id = $1")
                .bind(0, workspace.id())
                .then()
                .block();
        desks.ask(workspace.id(), "desk@help.test", Instant.now()).block();
        page.reload();
        page.locator("#code").fill("nonsense");
        press(page, "Use this help desk");
        assertThat(page.locator("#code-error")).containsText("not the code");
        Browser.everyLook(page, "mail-in");
        page.locator("#code").fill(code());
        press(page, "Use this help desk");
        assertThat(page.getByText("Cases are mailed to desk@help.test.")).isVisible();
        var unsent = mails.claim(100, Instant.now().plusSeconds(600)).block().stream()
                .filter(mail -> mail.to().equals("desk@help.test"))
                .findFirst()
                .orElseThrow();
        mails.failed(unsent.key(), "451 4.7.1 try later").block();
        page.reload();
        assertThat(page.locator(".notice.warn")).containsText("mail to it waits");
        assertThat(page.locator(".notice.warn")).containsText("451 4.7.1 try later");
        Browser.everyLook(page, "desk-waits");
        press(page, "Mail nothing there any more");
        assertThat(page.locator(".flash")).containsText("Nothing is mailed there");

        var mail = new Incoming(
                "nina@x.test",
                List.of("help@" + workspace.code() + ".test"),
                "<1@x.test>",
                "Out of office",
                List.of(),
                List.of(),
                List.of(new Notice(NoticeKind.AUTOMATIC, null, null, null, true)),
                "I am away until Monday. By the way: the lid of order 4711 is missing.",
                "Nina Petrov",
                List.of());
        taking.take(workspace.code().getBytes(StandardCharsets.UTF_8), mail, Instant.now())
                .block();
        page.navigate(owner.url("/inbox"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Mail without a case"))
                .click();
        assertThat(page.locator(".unmatched")).containsText("a machine or a list wrote it");
        Browser.everyLook(page, "unmatched");
        press(page, "Make a case of “Out of office”");
        assertThat(page.locator("h1")).hasText("Out of office");
        assertThat(page.locator(".thread")).containsText("Nina Petrov");
        assertThat(page.locator(".thread")).containsText("by mail");
        page.locator("#words").fill("We send you a **new** lid. The guide is in the file.");
        page.locator("#files")
                .setInputFiles(new FilePayload(
                        "how-to.html", "text/html", "<script>1</script>".getBytes(StandardCharsets.UTF_8)));
        press(page, "Send");
        var file = page.locator(".thread .reply .files a");
        assertThat(file).hasText("how-to.html");
        Browser.everyLook(page, "case-files");
        staff.client(owner)
                .get()
                .uri(URI.create(file.evaluate("link => link.href").toString()).getPath())
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .value(
                        "Content-Disposition",
                        value -> org.assertj.core.api.Assertions.assertThat(value)
                                .startsWith("attachment"));
        var caseId = UUID.fromString(page.url().replaceFirst(".*/", ""));
        page.navigate(staff.base() + links.mailed(workspace, caseId));
        assertThat(page.locator(".story .files a")).hasText("how-to.html");
        Browser.everyLook(page, "own-case-files");
        page.navigate(owner.url("/inbox/unmatched"));
        assertThat(page.locator(".empty h2")).hasText("Nothing is left over");
    }

    /** The code that was mailed last. */
    private String code() {
        return mails.claim(100, Instant.now())
                .flatMapIterable(claimed -> claimed)
                .filter(mail -> mail.to().equals("desk@help.test"))
                .map(mail -> mail.text()
                        .lines()
                        .filter(line -> line.matches("[a-z2-7]{8}"))
                        .findFirst()
                        .orElseThrow())
                .blockFirst();
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
