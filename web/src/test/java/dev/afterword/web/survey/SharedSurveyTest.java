package dev.afterword.web.survey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** A marketer shares a survey, and people answer it at its links, in a browser. Pictures stand under {@code target/screens}. */
@WebTest
class SharedSurveyTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    Surveys surveys;

    @Autowired
    SettingsOfSurveys settings;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Environment environment;

    @Test
    void isSharedAndAnsweredOnAPageAtAKioskAndInTheShop() throws IOException {
        var shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.start();
        try {
            isSharedAndAnswered(shop);
        } finally {
            shop.stop(0);
        }
    }

    private void isSharedAndAnswered(HttpServer shop) {
        var origin = "http://localhost:" + shop.getAddress().getPort();
        var workspace = staff.workspace();
        var marketer = staff.member(workspace, Role.MARKETER);
        var page = staff.signIn(browser.page(), marketer);
        page.navigate(marketer.url("/surveys/post-purchase/settings"));
        page.getByLabel("Public page").check();
        page.getByLabel("Kiosk").check();
        page.getByLabel("Begin anew").fill("5");
        page.getByLabel("In the shop’s pages").check();
        page.getByLabel("On receipts").check();
        page.getByLabel("Opens").fill("2030-01-02T09:30");
        page.getByLabel("Closes").fill("2029-01-02T09:30");
        save(page);
        assertThat(page.locator("#closesAt-error")).isVisible();
        assertThat(page.locator("#origins-error")).isVisible();
        assertThat(page.getByLabel("Begin anew")).hasValue("5");
        page.getByLabel("Opens").fill("");
        page.getByLabel("Closes").fill("");
        page.getByLabel("Whose pages").fill(origin);
        save(page);
        assertThat(page.locator("#url-page")).containsText("/s/");
        assertThat(page.locator("#snippet")).containsText("data-afterword");
        for (var kind : new String[] {"page", "kiosk"}) {
            page.waitForFunction(
                    "kind => document.querySelector(`[aria-labelledby=link-${kind}] img`).naturalWidth > 20", kind);
        }
        Browser.axe(page);
        look(page, "survey-settings");

        var survey = surveys.find(workspace.id(), "post-purchase").block().key();
        var links = settings.links(survey).block();
        var base = "http://localhost:" + environment.getProperty("local.server.port");
        answeredWithoutAScript(base + links.get(Kind.PAGE).path(workspace.code(), secret));
        forgottenAtTheKiosk(base + links.get(Kind.KIOSK).path(workspace.code(), secret));
        shownInTheShop(shop, base, base + links.get(Kind.EMBEDDED).path(workspace.code(), secret));
    }

    private static void answeredWithoutAScript(String link) {
        var page = browser.page(Look.PHONE.withoutScripts());
        page.navigate(link);
        page.locator("#q-recommend-9").check();
        page.locator("textarea").first().fill("Good");
        page.locator(".go button").click();
        assertThat(page.locator("h1")).hasText("Thank you");
        assertThat(page.url()).contains("/r/");
        page.getByText("See or change my answer").click();
        assertThat(page.locator("#q-recommend-9")).isChecked();
    }

    private static void forgottenAtTheKiosk(String link) {
        var page = browser.page(Look.DESKTOP.withoutScripts());
        page.navigate(link);
        page.locator("#q-recommend-2").check();
        page.locator("textarea").first().fill("Only between us");
        page.locator(".go button").click();
        assertThat(page.locator("h1")).hasText("Thank you");
        assertThat(page.url()).isEqualTo(link + "/thanks");
        page.waitForURL(link);
        assertThat(page.locator("#q-recommend-2")).not().isChecked();
        for (int back = 0; back < 3; back++) {
            page.goBack();
            assertThat(page.content()).doesNotContain("Only between us", "checked=");
        }
    }

    private static void shownInTheShop(HttpServer shop, String base, String link) {
        var html = """
                <!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1>
                <iframe data-afterword src="%s" title="Survey" style="width:100%%;height:100px;border:0"></iframe>
                <script async src="%s/js/embed.js"></script></main>""".formatted(link, base).getBytes(StandardCharsets.UTF_8);
        shop.createContext("/", call -> {
            call.getResponseHeaders().set("Content-Type", "text/html");
            call.sendResponseHeaders(200, html.length);
            call.getResponseBody().write(html);
            call.close();
        });
        var page = browser.page(Look.PHONE);
        page.navigate("http://localhost:" + shop.getAddress().getPort() + "/");
        var frame = page.frameLocator("iframe");
        assertThat(frame.locator("#q-recommend-10")).isAttached();
        page.waitForFunction("document.querySelector('iframe').offsetHeight > 400");
        var asked = (int) page.locator("iframe").evaluate("frame => frame.offsetHeight");
        Browser.picture(page, "survey-embedded-390");
        frame.locator("#q-recommend-10").check();
        frame.locator(".go button").click();
        assertThat(frame.locator("h1")).hasText("Thank you");
        page.waitForFunction("before => document.querySelector('iframe').offsetHeight < before", asked);
        assertThat(page.context().cookies()).isEmpty();

        // Another origin may not show it.
        page.navigate("http://127.0.0.1:" + shop.getAddress().getPort() + "/");
        page.waitForCondition(() -> page.frames().size() > 1);
        assertThat(page.frameLocator("iframe").locator("#q-recommend-10")).hasCount(0);
    }

    private static void save(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .click();
    }

    private static void look(Page page, String name) {
        Browser.picture(page, name + "-1280-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        Browser.picture(page, name + "-1280-dark");
        page.setViewportSize(390, 844);
        Browser.picture(page, name + "-390-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        Browser.picture(page, name + "-390-light");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    }
}
