package dev.afterword.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Role;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole loop, as people go it: an order comes in, the customer gets a mail and answers it, the shop sees the answer and the trend. */
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
@Import({TestStaff.class, TestShop.class})
class WholeLoopIT {
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    TestShop shop;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        MAIL.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
    }

    @AfterAll
    static void stopMail() {
        MAIL.stop();
    }

    @Test
    void goesFromAnOrderToATrend() throws MessagingException, IOException {
        var workspace = shop.open();
        var owner = staff.member(workspace, Role.OWNER);
        var secret = apiKeys.create(workspace, "shop", null).block().secret();

        shop.order(secret, "10482", "ana@customer.example", "Ana Souza", "en");
        shop.order(secret, "10483", "omar@customer.example", "Omar Haddad", "ar");

        var withoutScript = browser.page(Browser.Look.PHONE.withoutScripts());
        TestShop.answer(
                withoutScript,
                owner.base() + link(mailTo("ana@customer.example"), "recommend=9"),
                "The lid rattles <b>a little</b>.");
        var withScript = browser.page(Browser.Look.PHONE.speaking("ar"));
        TestShop.answer(withScript, owner.base() + link(mailTo("omar@customer.example"), "recommend=3"), "وصل متأخرًا");
        Browser.axe(withScript);

        var page = signIn(owner);
        assertThat(page.locator("h1")).isVisible();
        Browser.axe(page);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Responses"))
                .first()
                .click();
        assertThat(page.getByText("The lid rattles <b>a little</b>.")).isVisible();
        Browser.axe(page);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            page.navigate(owner.url("/trends?question=recommend&metric=nps"));
            assertThat(page.content()).contains("not enough answers (2)");
        });
        Browser.axe(page);
        Browser.picture(page, "whole-loop-trends");
    }

    private static MimeMessage mailTo(String address) throws MessagingException, IOException {
        var mail = TestShop.mailsTo(MAIL, address, 1, subject -> true);
        assertThat(mail).hasSize(1);
        var message = mail.getFirst();
        assertThat(message.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(message.getHeader("List-Unsubscribe", null)).startsWith("<https://feedback.example/u/");
        assertThat(message.getMessageID()).matches("<s\\.[a-z2-7]+@cedar\\.example>");
        assertThat(TestShop.part(message, "text/plain")).contains("https://feedback.example/r/");
        return message;
    }

    /** The path of the link with this score. */
    private static String link(MimeMessage message, String score) throws MessagingException, IOException {
        return TestShop.link(message, path -> path.endsWith(score));
    }

    private static Page signIn(TestStaff.Member owner) {
        var page = browser.page();
        page.navigate(owner.base() + "/");
        page.locator("input[name=email]").fill(owner.staff().email());
        page.locator("input[name=password]").fill(TestStaff.PASSWORD);
        page.locator("main form button").first().click();
        page.waitForURL("**/w/**");
        return page;
    }
}
