package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.afterword.db.Key;
import dev.afterword.db.followup.EnableFollowUp;
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
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;

/** A shop that asks after the delivery at any hour, its program that tells of orders, and its customers who get mail and answer it. */
@TestComponent
public class TestShop {
    private static final Pattern LINK =
            Pattern.compile("https://feedback\\.example(/[a-z]/[a-z2-7]+(?:\\?[a-z]+=\\d+)?)");

    private final TestStaff staff;
    private final EnableFollowUp enableFollowUp;
    private final DatabaseClient database;

    TestShop(TestStaff staff, EnableFollowUp enableFollowUp, DatabaseClient database) {
        this.staff = staff;
        this.enableFollowUp = enableFollowUp;
        this.database = database;
    }

    /** A workspace whose follow-up is on. */
    public Workspace open() {
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

    /** Tells of an order that was delivered three days ago. */
    public void order(String secret, String number, String email, String name, String locale) {
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

    /** The mails to an address, once there are so many that fit. */
    public static List<MimeMessage> mailsTo(GreenMail mail, String address, int count, Predicate<String> subject) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> received(mail, address, subject).size() >= count);
        return received(mail, address, subject);
    }

    private static List<MimeMessage> received(GreenMail mail, String address, Predicate<String> subject) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> {
                    try {
                        return message.getAllRecipients()[0].toString().contains(address)
                                && subject.test(message.getSubject());
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** The path of the first link in the mail that fits. */
    public static String link(MimeMessage message, Predicate<String> which) throws MessagingException, IOException {
        var html = part(message, "text/html");
        return LINK.matcher(html)
                .results()
                .map(found -> found.group(1))
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No such link in " + html));
    }

    /** The text of that type in a mail; empty without one. */
    public static String part(Part part, String type) throws MessagingException, IOException {
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

    /** Answers the survey of a new workspace: the score of the link is chosen already. */
    public static void answer(Page page, String link, String comment) {
        page.navigate(link);
        assertThat(page.locator("input[name=recommend][value='" + link.substring(link.indexOf('=') + 1) + "']")
                        .isChecked())
                .isTrue();
        page.locator("input[name=satisfaction][value='4']").check(new Locator.CheckOptions().setForce(true));
        page.locator("textarea[name=comment]").fill(comment);
        page.locator("form button").first().click();
        page.waitForURL("**/thanks");
    }
}
