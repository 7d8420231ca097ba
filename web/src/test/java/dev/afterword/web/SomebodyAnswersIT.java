package dev.afterword.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Remnants;
import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A bad answer opens a case, support answers it, the customer writes back by mail and on a page, the case is solved, and the customer says whether it was. */
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
@Import({TestStaff.class, TestShop.class})
class SomebodyAnswersIT {
    private static final String ANA = "ana@customer.example";
    private static final GreenMail MAIL = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    TestShop shop;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    DatabaseClient database;

    @Autowired
    CaseRules rules;

    @Autowired
    CreateFollowUp createFollowUp;

    @Autowired
    PublishFollowUp publishFollowUp;

    @Autowired
    EnableFollowUp enableFollowUp;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        MAIL.start();
        MAIL.setUser("post@in.cedar.example", "post", "secret");
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        properties.add("afterword.mail.incoming.address", () -> "*@in.cedar.example");
        properties.add("afterword.mail.incoming.host", () -> "127.0.0.1");
        properties.add("afterword.mail.incoming.port", () -> MAIL.getImap().getPort());
        properties.add("afterword.mail.incoming.tls", () -> "none");
        properties.add("afterword.mail.incoming.user", () -> "post");
        properties.add("afterword.mail.incoming.password", () -> "secret");
        properties.add("afterword.mail.incoming.pause", () -> "500ms");
    }

    @AfterAll
    static void stopMail() {
        MAIL.stop();
    }

    @Test
    void goesFromABadAnswerToASolvedCase() throws MessagingException, IOException {
        var workspace = shop.open();
        opensCasesForBadAnswersAndAsksAfterThem(workspace);
        var support = staff.member(workspace, Role.SUPPORT);
        shop.order(apiKeys.create(workspace, "shop", null).block().secret(), "10482", ANA, "Ana Souza", "en");
        var question = TestShop.mailsTo(MAIL, ANA, 1, subject -> true).getFirst();
        TestShop.answer(
                browser.page(Browser.Look.PHONE),
                support.base() + TestShop.link(question, path -> path.endsWith("recommend=2")),
                "The handle broke off on the second day.");

        var page = staff.signIn(browser.page(), support);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            page.navigate(support.url("/inbox"));
            assertThat(page.locator(".cases tbody tr").count()).isEqualTo(1);
        });
        page.getByText("The handle broke off on the second day.").click();
        page.locator("#words").fill("Dear {{contact.firstName|customer}},\n\nwe are sorry. A *new* kettle left today.");
        press(page, "Send");

        var reply = TestShop.mailsTo(MAIL, ANA, 1, subject -> subject.startsWith("Re: The handle"))
                .getFirst();
        assertThat(TestShop.part(reply, "text/plain")).contains("Dear Ana,").contains("kettle left today");
        var answer = new MimeMessage(Session.getInstance(new Properties()));
        answer.setFrom(new InternetAddress(ANA));
        answer.setRecipients(Message.RecipientType.TO, reply.getReplyTo());
        answer.setSubject("Re: " + reply.getSubject());
        answer.setHeader("In-Reply-To", reply.getMessageID());
        answer.setText("It came, and it is lovely.\n\nOn Sunday, Cedar & Salt wrote:\n> we are sorry");
        answer.saveChanges();
        MAIL.getUserManager().getUser("post").deliver(answer);

        assertThat(page.locator(".thread .said"))
                .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        assertThat(page.locator(".thread .said").last()).containsText("It came, and it is lovely.");
        assertThat(page.locator(".thread .said").last()).not().containsText("we are sorry");
        var phone = browser.page(Browser.Look.PHONE.withoutScripts());
        phone.navigate(support.base() + TestShop.link(reply, path -> path.startsWith("/c/")));
        assertThat(phone.locator(".story")).containsText("kettle left today");
        phone.locator("#words").fill("And the old one?");
        phone.locator("form button").last().click();
        assertThat(page.locator(".thread .said"))
                .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        page.getByText("Close", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("#rootCause").selectOption("physical-evidence");
        page.locator("#topic").fill("Packing");
        press(page, "Close the case");
        assertThat(page.locator(".standing")).containsText("closed");

        var after = TestShop.mailsTo(MAIL, ANA, 1, subject -> subject.startsWith("Did we"))
                .getFirst();
        assertThat(TestShop.part(after, "text/plain")).contains("whether it helped");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            page.navigate(support.url("/inbox/causes"));
            assertThat(page.locator("h1").innerText()).contains("packing");
        });
        Browser.everyLook(page, "causes");
        isForgotten(workspace);
    }

    /** After all of that no table names her any more, and the case still counts. */
    private void isForgotten(Workspace workspace) {
        assertThat(Remnants.of(database, ANA)).isNotEmpty();
        var owner = staff.member(workspace, Role.OWNER);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/customers"));
        page.getByText("Ana Souza").first().click();
        page.getByText("What is kept of them").click();
        assertThat(page.locator("main")).containsText("The handle broke off on the second day.");
        Browser.everyLook(page, "customer-data");
        page.goBack();
        page.getByText("Erase this person").click();
        press(page, "Erase for good");
        assertThat(page.locator("#confirmed-error")).isVisible();
        Browser.everyLook(page, "customer-erasure");
        page.locator("#confirmed").fill("erase");
        press(page, "Erase for good");
        assertThat(page.locator(".flash")).containsText("is forgotten");
        assertThat(Remnants.of(database, ANA, "Souza", "handle broke", "it is lovely", "the old one", "kettle left"))
                .isEmpty();
        page.navigate(owner.url("/inbox/causes"));
        assertThat(page.locator("h1")).containsText("packing");
    }

    private void opensCasesForBadAnswersAndAsksAfterThem(Workspace workspace) {
        rules.add(new CaseRule(
                        Key.next(workspace.id()),
                        "Unhappy",
                        "bad",
                        List.of(),
                        List.of(),
                        null,
                        CaseKind.COMPLAINT,
                        2,
                        null))
                .block();
        var key = createFollowUp
                .create(workspace.id(), "Did we fix it?", FollowUpReader.read("""
                        {"purpose": "service", "trigger": {"on": "case-closed", "kind": "complaint"}, "steps": [{"key": "mail", "type": "mail",
                            "content": {"de": {"subject": "Did we fix it?", "blocks": [{"type": "text", "markdown": "Tell us whether it helped."}]}}}]}
                        """))
                .block()
                .key();
        publishFollowUp.publish(key, null, false).block();
        enableFollowUp.enable(key).block();
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
