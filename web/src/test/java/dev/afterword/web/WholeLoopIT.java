package dev.afterword.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole loop, as people go it: an order comes in, the customer gets a mail and answers it, the shop sees the answer and the trend. */
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
@Import(TestStaff.class)
class WholeLoopIT {
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Pattern LINK =
            Pattern.compile("https://feedback\\.example(/[ru]/[a-z2-7]+(?:\\?[a-z]+=\\d+)?)");

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    EnableFollowUp enableFollowUp;

    @Autowired
    DatabaseClient database;

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
        var workspace = openShop();
        var owner = staff.member(workspace, Role.OWNER);
        var secret = apiKeys.create(workspace, "shop", null).block().secret();

        order(secret, "10482", "ana@customer.example", "Ana Souza", "en");
        order(secret, "10483", "omar@customer.example", "Omar Haddad", "ar");

        var withoutScript = browser.page(Browser.Look.PHONE.withoutScripts());
        answer(
                withoutScript,
                owner.base() + link(mailTo("ana@customer.example"), "recommend=9"),
                "The lid rattles <b>a little</b>.");
        var withScript = browser.page(Browser.Look.PHONE.speaking("ar"));
        answer(withScript, owner.base() + link(mailTo("omar@customer.example"), "recommend=3"), "وصل متأخرًا");
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

    private Workspace openShop() {
        var workspace = staff.workspace();
        database.sql("""
                        update workspace set sender_name = 'Mira at Cedar & Salt', sender_address = 'care@cedar.example',
                            postal_address = 'Cedar & Salt, Lindenweg 4, 10245 Berlin', allowed_from = '00:00', allowed_until = '00:00' where id = $1
                        """).bind(0, workspace.id()).then().block();
        var followUp = database.sql("select id from follow_up where workspace_id = $1")
                .bind(0, workspace.id())
                .mapValue(UUID.class)
                .one()
                .block();
        enableFollowUp.enable(new Key(workspace.id(), followUp)).block();
        return workspace;
    }

    private void order(String secret, String number, String email, String name, String locale) {
        var delivered = Instant.now().minus(Duration.ofDays(3)).minusSeconds(60);
        staff.visitor()
                .post()
                .uri("/api/v1/orders")
                .headers(headers -> headers.setBearerAuth(secret))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"externalId": "%s", "status": "delivered", "placedAt": "%s", "deliveredAt": "%s", "promisedAt": "%s",
                         "customer": {"email": "%s", "name": "%s", "locale": "%s"},
                         "lines": [{"externalId": "1", "sku": "kettle-12", "name": "Kettle, 1.2 l", "category": "kitchen", "quantity": 1, "unitPrice": "59.00"}]}
                        """.formatted(
                                number,
                                delivered.minus(Duration.ofDays(4)),
                                delivered,
                                delivered.plusSeconds(3600),
                                email,
                                name,
                                locale))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private static MimeMessage mailTo(String address) throws MessagingException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Arrays.stream(MAIL.getReceivedMessages()).anyMatch(message -> isTo(message, address)));
        var mail = Arrays.stream(MAIL.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .toList();
        assertThat(mail).hasSize(1);
        var message = mail.getFirst();
        assertThat(message.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(message.getHeader("List-Unsubscribe", null)).startsWith("<https://feedback.example/u/");
        assertThat(message.getMessageID()).matches("<s\\.[a-z2-7]+@cedar\\.example>");
        return message;
    }

    private static boolean isTo(MimeMessage message, String address) {
        try {
            return message.getAllRecipients()[0].toString().contains(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path of the link with this score, which must stand in the plain text's page and in the HTML alike. */
    private static String link(MimeMessage message, String score) throws MessagingException, IOException {
        var html = part(message, "text/html");
        assertThat(part(message, "text/plain")).contains("https://feedback.example/r/");
        return LINK.matcher(html)
                .results()
                .map(found -> found.group(1))
                .filter(path -> path.endsWith(score))
                .findFirst()
                .orElseThrow(() -> new AssertionError(score + " is not in " + html));
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return (String) part.getContent();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                var found = part(inner, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private static void answer(Page page, String link, String comment) {
        page.navigate(link);
        assertThat(page.locator("input[name=recommend][value='" + link.substring(link.indexOf('=') + 1) + "']"))
                .isChecked();
        page.locator("input[name=satisfaction][value='4']")
                .check(new com.microsoft.playwright.Locator.CheckOptions().setForce(true));
        page.locator("textarea[name=comment]").fill(comment);
        page.locator("form button").first().click();
        page.waitForURL("**/thanks");
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
