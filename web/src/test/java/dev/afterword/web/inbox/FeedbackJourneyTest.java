package dev.afterword.web.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.afterword.db.Key;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.r2dbc.core.DatabaseClient;

/** Customers speak without being asked, follow what becomes of it, and answer, on a telephone first. */
@WebTest
class FeedbackJourneyTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    FeedbackLinks links;

    @Autowired
    ReplyToCase reply;

    @Autowired
    CasePhotos photos;

    @Autowired
    FeedbackWork work;

    @Test
    void aCustomerComplainsWithAPhotoFollowsItAndAnswers() throws IOException {
        var rows = new Rows(database, openWorkspace);
        var workspace = rows.workspace;
        var ana = rows.contact("Ana Souza", "ana@example.com", "client");
        var order = rows.order(ana, "A-17", Instant.parse("2025-03-01T00:00:00Z"), 3, "Kettle", "kitchen");
        settle(workspace);

        var page = browser.page(Browser.Look.PHONE);
        page.navigate(staff.base() + "/f/" + workspace.code());
        assertThat(page.locator(".talk")).containsText("+55 11 5555-0100");
        assertThat(page.locator(".hours")).containsText("Monday to Friday");
        Browser.everyLook(page, "feedback");
        page.setViewportSize(390, 844);
        send(page);
        assertThat(page.locator("#kind-error")).isVisible();
        assertThat(page.locator("#words-error")).isVisible();
        page.locator("#kind-complaint").check();
        page.locator("#words").fill("The kettle leaks at its handle.");
        page.locator("#order").fill("#A-17");
        page.locator("#name").fill("Ana");
        page.locator("#email").fill("ana at example");
        page.locator("#photos").setInputFiles(new FilePayload[] {
            new FilePayload("leak.jpg", "image/jpeg", picture(3_000, 2_000)),
            new FilePayload("bill.jpg", "image/jpeg", "no picture".getBytes(StandardCharsets.UTF_8))
        });
        send(page);
        assertThat(page.locator("#photos-error")).containsText("bill.jpg");
        assertThat(page.locator("#email-error")).isVisible();
        assertThat(page.locator(".kept-photos")).containsText("One photo is kept");
        assertThat(page.locator("#words")).hasValue("The kettle leaks at its handle.");
        Browser.everyLook(page, "feedback-refused");
        page.setViewportSize(390, 844);
        page.locator("#email").fill("ana@example.com");
        until(page, "Thank you");
        Browser.everyLook(page, "feedback-thanks");
        page.locator("a[href^='/c/']").click();
        assertThat(page.locator("h1")).hasText("Your complaint");
        assertThat(page.locator(".story li")).hasCount(1);
        assertThat(page.locator(".story img")).hasCount(1);
        page.waitForFunction("document.querySelector('.story img').complete");
        assertThat((int) page.locator(".story img").evaluate("image => image.naturalWidth"))
                .isBetween(1, 2000);

        var caseKey = new Key(workspace.id(), id(workspace, "select id from support_case where workspace_id = $1"));
        assertThat(id(workspace, "select order_id from support_case where workspace_id = $1"))
                .isEqualTo(order);
        reply.reply(caseKey, null, "Dear {{contact.firstName|you}}, a new one is on its way.")
                .block();
        page.reload();
        assertThat(page.locator(".lede")).containsText("answered by mail");
        assertThat(page.getByText("a new one is on its way")).hasCount(0);

        page.navigate(staff.base() + links.mailed(workspace, caseKey.id()));
        assertThat(page.locator(".story .part-reply")).containsText("Dear Ana, a new one is on its way.");
        assertThat(page.locator("body")).not().containsText("ana@example.com");
        page.locator("#words").fill("Thank you, it has come.");
        send(page);
        assertThat(page.locator(".notice")).isVisible();
        assertThat(page.locator(".story li")).hasCount(3);
        Browser.everyLook(page, "own-case");

        var owner = staff.member(workspace, Role.OWNER);
        var photo = photos.of(caseKey).block().getFirst();
        staff.client(owner)
                .get()
                .uri(owner.path("/inbox/photos/" + photo.id()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff");
        staff.visitor()
                .get()
                .uri("/c/" + "a".repeat(50))
                .exchange()
                .expectStatus()
                .isNotFound();
        aReceipt(workspace, order);
        inArabicWithoutAScript(workspace);
    }

    @Test
    void aBrowserWorksForItsFormWhileAShopIsToldTooMuch() {
        var rows = new Rows(database, openWorkspace);
        var workspace = rows.workspace;
        settle(workspace);
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        while (!work.asked(workspace.code())) {
            work.passes(workspace.code(), new FormTokens.Token(Key.nextId(), "", Duration.ZERO, false), "", exchange)
                    .block();
        }
        var page = browser.page(Browser.Look.PHONE);
        page.navigate(staff.base() + "/f/" + workspace.code());
        page.locator("#kind-compliment").check();
        page.locator("#words").fill("A lovely kettle");
        // Who presses within three seconds is asked once more.
        for (int tries = 0; tries < 20; tries++) {
            send(page);
            page.waitForSelector(".notice, a[href^='/c/']");
            if (page.locator(".notice").count() == 0) {
                break;
            }
            assertThat(page.locator(".notice")).containsText("once more");
            page.waitForFunction("() => document.querySelector('[name=work]').value !== ''");
        }
        assertThat(page.locator("h1")).hasText("Thank you");

        var without = browser.page(Browser.Look.PHONE.withoutScripts());
        without.navigate(staff.base() + "/f/" + workspace.code());
        without.locator("#kind-compliment").check();
        without.locator("#words").fill("A lovely pan");
        // At a person's pace, so that no more comes than one network may send.
        await().pollInSameThread().pollInterval(Duration.ofSeconds(1)).until(() -> {
            send(without);
            return !without.locator(".notice").textContent().contains("once more: this came so quickly");
        });
        assertThat(without.locator(".notice")).containsText("Please wait half a minute");
        assertThat(without.locator("#words")).hasValue("A lovely pan");
    }

    private void settle(Workspace workspace) {
        var owner = staff.member(workspace, Role.OWNER);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/feedback"));
        page.locator("#phone").fill("call us");
        press(page, "Save");
        assertThat(page.locator("#phone-error")).isVisible();
        page.locator("#phone").fill("+55 11 5555-0100");
        page.locator("#hours").fill("Closed in the first week of January.");
        press(page, "Save");
        assertThat(page.locator("#phone")).hasValue("+55 11 5555-0100");
        assertThat(page.locator("#url")).hasText("https://feedback.example/f/" + workspace.code());
        Browser.everyLook(page, "feedback-settings");
    }

    /** The link of an order knows whose it is; staff finds it beside the order. */
    private void aReceipt(Workspace workspace, UUID order) {
        var owner = staff.member(workspace, Role.OWNER);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/inbox/orders/" + order));
        var url = page.locator("#url").textContent();
        Browser.everyLook(page, "order-link");
        page = browser.page(Browser.Look.PHONE.speaking("de"));
        page.navigate(staff.base() + url.substring(url.indexOf("/f/")));
        assertThat(page.locator(".thing")).containsText("A-17");
        assertThat(page.locator("#email")).hasCount(0);
        assertThat(page.locator("body")).not().containsText("Souza");
        page.locator("#kind-compliment").check();
        page.locator("#words").fill("Schön verpackt");
        page.locator("#product").selectOption("Kettle");
        Browser.picture(page, "feedback-receipt");
        until(page, "Danke");
    }

    /** Nobody need say who praises; the page is asked once more because it was so quick. */
    private void inArabicWithoutAScript(Workspace workspace) {
        var seen = browser.page(Browser.Look.PHONE.speaking("ar"));
        seen.navigate(staff.base() + "/f/" + workspace.code());
        assertThat(seen.locator("html")).hasAttribute("dir", "rtl");
        Browser.everyLook(seen, "feedback-ar");
        var page = browser.page(Browser.Look.PHONE.speaking("en").withoutScripts());
        page.navigate(staff.base() + "/f/" + workspace.code());
        page.locator("#words").fill("شكرًا");
        page.locator("button[value=ar]").click();
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("#words")).hasValue("شكرًا");
        page.locator("#kind-compliment").check();
        until(page, "شكرًا لك");
        Browser.picture(page, "feedback-thanks-ar");
        page.locator("a[href^='/c/']").click();
        assertThat(page.locator(".story li")).hasCount(1);
        page.locator("#words").fill("ومرة أخرى");
        send(page);
        assertThat(page.locator(".story li")).hasCount(2);
    }

    /** Who is quicker than people type is asked to press once more; at a person's pace, so that no more comes than one network may send. */
    private static void until(Page page, String thanks) {
        await().pollInSameThread()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    if (!thanks.equals(page.locator("h1").textContent())) {
                        send(page);
                    }
                    return thanks.equals(page.locator("h1").textContent());
                });
    }

    private static void send(Page page) {
        page.locator("form .go .button").click();
    }

    private static void press(Page page, String name) {
        page.locator("main")
                .getByText(name, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    private UUID id(Workspace workspace, String sql) {
        return database.sql(sql)
                .bind(0, workspace.id())
                .mapValue(UUID.class)
                .one()
                .block();
    }

    private static byte[] picture(int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(0x7a9cab));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.WHITE);
        graphics.fillOval(width / 4, height / 4, width / 2, height / 2);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
