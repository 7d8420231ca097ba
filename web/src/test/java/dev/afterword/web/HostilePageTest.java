package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.TestStaff.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Somebody who is signed in opens a page that means harm, in a real browser: once on a site of its own, and once on a neighbour of the same site, to which the
 * browser sends the session's cookie along.
 */
@WebTest
class HostilePageTest {
    private static final boolean SOAK = Boolean.getBoolean("afterword.soak");
    private static final String ELSEWHERE = "hostile.rebound.example";
    private static final String NEIGHBOUR = "localhost";

    @RegisterExtension
    static Browser browser = new Browser();

    private static HttpServer hostile;

    @Autowired
    TestStaff staff;

    @Autowired
    BeanFactory beans;

    @Autowired
    Sessions sessions;

    private AskedCustomer customer;
    private Member owner;

    @BeforeAll
    static void listen() throws IOException {
        hostile = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hostile.createContext("/", exchange -> {
            var page = "<!doctype html><title>You have won</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        hostile.start();
    }

    @AfterAll
    static void end() {
        hostile.stop(0);
    }

    @BeforeEach
    void ask() {
        customer = AskedCustomer.in(beans);
        owner = staff.member(customer.workspace(), Role.OWNER);
    }

    /** A page of somebody who is signed in, at the address of who means harm. */
    private Page lured(String host) {
        var page = staff.signIn(browser.page(), owner);
        page.navigate(origin(host));
        return page;
    }

    private static String origin(String host) {
        return "http://" + host + ":" + hostile.getAddress().getPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {ELSEWHERE, NEIGHBOUR})
    void readsNothing(String host) {
        var page = lured(host);
        for (var address : List.of(
                owner.url("/"),
                owner.url("/customers"),
                owner.url("/settings"),
                owner.url("/responses/codebook?survey=post-purchase"),
                owner.base() + answering(),
                owner.base() + "/api/v1/orders",
                owner.base() + "/js/app.js")) {
            assertThat(page.evaluate("""
                    async address => {
                        const got = [];
                        const read = (way, request) => request.then(answer => got.push(way + " " + answer.type), () => {});
                        const load = (name, set) => new Promise(done => {
                            const element = document.createElement(name);
                            element.onload = () => { got.push(name); done(); };
                            element.onerror = () => done();
                            set(element);
                            document.head.append(element);
                        });
                        await read("fetch", fetch(address, { credentials: "include" }));
                        await read("opaque", fetch(address, { credentials: "include", mode: "no-cors" }));
                        await load("script", element => element.src = address);
                        await load("img", element => element.src = address);
                        await load("link", element => { element.rel = "stylesheet"; element.href = address; });
                        return got;
                    }""", address)).as(address).isEqualTo(List.of());
        }
        assertThat(page.evaluate("""
                address => new Promise(done => {
                    const stream = new EventSource(address, { withCredentials: true });
                    stream.addEventListener("news", () => done("heard"));
                    stream.onopen = () => done("open");
                    stream.onerror = () => done("refused");
                })""", owner.url("/news"))).isEqualTo("refused");
        assertThat(page.evaluate("""
                address => new Promise(done => {
                    const socket = new WebSocket(address);
                    socket.onopen = () => done("open");
                    socket.onclose = () => done("refused");
                })""", owner.url("/news").replace("http:", "ws:")))
                .isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {ELSEWHERE, NEIGHBOUR})
    void doesNothing(String host) {
        var name = Map.of("name", "Taken over", "language", "en", "timeZone", "UTC");
        var page = lured(host);
        for (var encoding : List.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")) {
            for (var path : List.of(owner.path("/settings"), owner.path("/you/sessions/end"), "/sign-out")) {
                page.navigate(origin(host));
                var answer = page.waitForResponse(
                        response -> response.url().endsWith(path),
                        () -> submit(page, owner.base() + path, encoding, name));
                assertThat(answer.status()).as("%s %s", path, encoding).isEqualTo(403);
                page.waitForURL(owner.base() + path);
            }
        }
        page.navigate(origin(host));
        page.evaluate("""
                async address => {
                    const types = ["application/x-www-form-urlencoded", "text/plain", "application/json"];
                    for (const method of ["POST", "PUT", "DELETE"]) {
                        for (const type of types) {
                            for (const mode of ["cors", "no-cors"]) {
                                try {
                                    await fetch(address, { method, mode, credentials: "include", headers: { "Content-Type": type, "X-CSRF-TOKEN": "aaaa" }, body: "name=Taken+over" });
                                } catch (refused) {
                                    // As it should be.
                                }
                            }
                        }
                    }
                    navigator.sendBeacon(address, new URLSearchParams({ name: "Taken over" }));
                }""", owner.url("/settings"));
        page.navigate(owner.url("/settings"));
        assertThat(page.url()).as("still signed in").isEqualTo(owner.url("/settings"));
        assertThat(beans.getBean(Workspaces.class)
                        .findById(owner.workspace().id())
                        .block()
                        .name())
                .isEqualTo(owner.workspace().name());
        assertThat(sessions.find(owner.session(), Instant.now()).blockOptional())
                .isPresent();
    }

    /** The neighbour is the nearer of the two: it gets the cookies. */
    static Stream<String> hosts() {
        return SOAK ? Stream.of(ELSEWHERE, NEIGHBOUR) : Stream.of(NEIGHBOUR);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void signsNobodyInAsSomebodyElse(String host) {
        var page = browser.page();
        page.navigate(origin(host));
        var answer = page.waitForResponse(
                response -> response.url().endsWith("/sign-in"),
                () -> submit(
                        page,
                        owner.base() + "/sign-in",
                        "application/x-www-form-urlencoded",
                        Map.of("email", owner.staff().email(), "password", TestStaff.PASSWORD, "_csrf", "aaaa")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(page.context().cookies(owner.base().replace("http:", "https:")))
                .noneMatch(cookie -> cookie.name.equals("__Host-afterword"));
    }

    private static void submit(Page page, String address, String encoding, Map<String, String> fields) {
        page.evaluate("""
                ([address, encoding, fields]) => {
                    const form = document.createElement("form");
                    form.method = "post";
                    form.action = address;
                    form.enctype = encoding;
                    for (const [name, value] of Object.entries(fields)) {
                        const input = document.createElement("input");
                        input.name = name;
                        input.value = value;
                        form.append(input);
                    }
                    document.body.append(form);
                    form.submit();
                }""", List.of(address, encoding, fields));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void framesNothingButTheSurveyForWhomTheShopNames(String host) {
        var shop = origin("127.0.0.1");
        var embedded = owner.base() + embedded(List.of(shop));
        var page = lured(host);
        for (var address : List.of(
                owner.url("/"),
                owner.url("/settings"),
                owner.base() + "/",
                owner.base() + answering(),
                owner.base() + "/f/" + owner.workspace().code(),
                owner.base() + "/api/docs",
                owner.base() + "/nothing/here",
                embedded)) {
            assertThat(framed(page, address)).as(address).isFalse();
        }
        page.navigate(shop);
        assertThat(framed(page, embedded)).isTrue();
        assertThat(framed(page, owner.base() + answering())).isFalse();
    }

    /** What is not let in a frame leaves a page of the browser's own there. */
    private static boolean framed(Page page, String address) {
        page.evaluate("""
                address => new Promise(done => {
                    const frame = document.createElement("iframe");
                    frame.onload = done;
                    frame.src = address;
                    document.body.replaceChildren(frame);
                })""", address);
        return page.frames().stream().anyMatch(frame -> frame.url().startsWith(address));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void holdsNoWindowThatItOpened(String host) {
        var page = lured(host);
        for (var address : List.of(owner.url("/settings"), owner.base() + answering())) {
            var opened = page.waitForPopup(
                    () -> page.evaluate("address => { window.victim = open(address, 'victim'); }", address));
            opened.waitForLoadState();
            assertThat(opened.title()).isNotEmpty();
            page.waitForFunction("window.victim.closed");
            page.evaluate("victim.location = location.href");
            assertThat(opened.evaluate("opener")).isNull();
            assertThat(opened.url()).startsWith(address);
            opened.close();
        }
    }

    /** The script of frames is made for pages of shops; what it is told from elsewhere it does not believe. */
    @Test
    void getsTheScriptOfFramesAndNothingThroughIt() {
        var page = lured(ELSEWHERE);
        page.setContent(
                "<!doctype html><title>A shop</title><iframe data-afterword src='" + origin(ELSEWHERE) + "'></iframe>");
        var loaded = page.evaluate("""
                address => new Promise(done => {
                    const script = document.createElement("script");
                    script.onload = () => done(true);
                    script.onerror = () => done(false);
                    script.src = address;
                    document.head.append(script);
                })""", owner.base() + "/js/embed.js");
        assertThat(loaded).isEqualTo(true);
        assertThat(page.evaluate("""
                () => new Promise(done => {
                    addEventListener("message", () => setTimeout(() => done(document.querySelector("iframe").style.height)));
                    postMessage({ afterword: "height", height: 9000 }, "*");
                })""")).isEqualTo("");
    }

    /** Nothing that a page of ours shows is stopped by the rules that it sends along. */
    @Test
    void keepsOurOwnPagesWhole() {
        var page = staff.signIn(browser.page(), owner);
        var refused = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Policy") || message.text().contains("policy")) {
                refused.add(page.url() + " " + message.text());
            }
        });
        for (var path : List.of("/", owner.path("/"), owner.path("/settings"), answering(), "/api/docs")) {
            page.navigate(owner.base() + path);
        }
        if (SOAK) {
            // A large script draws a large description.
            page.locator(".swagger-ui .opblock").first().waitFor(new Locator.WaitForOptions().setTimeout(60_000));
            page.locator(".swagger-ui .opblock-summary").first().click();
            page.locator(".swagger-ui .opblock-body").first().waitFor();
            Browser.picture(page, "api-reader");
        }
        assertThat(refused).isEmpty();
    }

    private String answering() {
        return "/r/"
                + new LinkToken(customer.workspace().code(), customer.invited().id())
                        .sign(LinkToken.Use.ANSWER, beans.getBean(AfterwordSecret.class));
    }

    private String embedded(List<String> origins) {
        var survey = beans.getBean(Surveys.class)
                .find(customer.workspace().id(), "post-purchase")
                .block()
                .key();
        var sharing = new Sharing(EnumSet.allOf(SurveyLink.Kind.class), 7, origins);
        change(survey, new SurveySettings(null, null, null, false, false, sharing));
        return beans.getBean(SettingsOfSurveys.class)
                .links(survey)
                .block()
                .get(SurveyLink.Kind.EMBEDDED)
                .path(customer.workspace().code(), beans.getBean(AfterwordSecret.class));
    }

    private void change(Key survey, SurveySettings settings) {
        beans.getBean(ChangeSurveySettings.class).change(survey, settings).block();
    }
}
