package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.RequestPasswordLink;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.StaffMail;
import dev.afterword.db.workspace.StaffMails;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;

@WebTest
class SecurityTest {
    private static final int TRIES = Boolean.getBoolean("afterword.soak") ? 10_000 : 250;

    /** Addresses of other people's pages, as a browser may read them. */
    private static final List<String> ELSEWHERE = List.of(
            "//evil.example",
            "/\\evil.example",
            "/w/aaaaaaaa/\r\nLocation: https://evil.example/",
            "https://evil.example/",
            "https:evil.example",
            "https:/evil.example",
            "///evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/w/aaaaaaaa//evil.example",
            "/w/aaaaaaaa/\\evil.example",
            "/w/aaaaaaaa@evil.example",
            "/w/aaaaaaaa.evil.example",
            "/w/../..//evil.example",
            "%2f%2fevil.example",
            "/%09/evil.example",
            "javascript:alert(1)",
            "data:text/html,hello",
            "evil.example");

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @Autowired
    TestStaff testStaff;

    @Autowired
    Sessions sessions;

    @Autowired
    RequestPasswordLink requestPasswordLink;

    @Autowired
    Attempts attempts;

    @Autowired
    StaffMails mails;

    @Autowired
    OneTimeLinks links;

    @Autowired
    ApplicationContext context;

    @Test
    void signsInWithANewSessionAndLeadsBackToWhereSomebodyWasGoing() {
        var owner = testStaff.owner();
        testStaff
                .visitor()
                .get()
                .uri(owner.path("/settings?a=b"))
                .exchange()
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/?next=" + encoded(owner.path("/settings?a=b")));

        var result = signIn(owner.staff().email(), TestStaff.PASSWORD, owner.path("/settings?a=b"))
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location(owner.path("/settings?a=b"))
                .returnResult(Void.class);

        var cookie = cookie(result.getResponseCookies(), "__Host-afterword");
        assertThat(cookie.getValue()).hasSizeGreaterThan(40).isNotEqualTo(owner.session());
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(sessions.find(cookie.getValue(), Instant.now()).block().staffId())
                .isEqualTo(owner.staff().id());
    }

    @Test
    void leadsNowhereElseAfterSignIn() {
        var owner = testStaff.owner();
        assertThat(ELSEWHERE).noneMatch(Paths::ours);
        for (var elsewhere : ELSEWHERE.subList(0, 3)) {
            signIn(owner.staff().email(), TestStaff.PASSWORD, elsewhere)
                    .expectStatus()
                    .isSeeOther()
                    .expectHeader()
                    .location("/");
        }
        var staff = testStaff.client(owner);
        var token = token(body(staff.get().uri(owner.path("/you/again")).exchange()));
        for (var elsewhere : ELSEWHERE.subList(0, 3)) {
            var form = new LinkedMultiValueMap<String, String>();
            form.setAll(Map.of("_csrf", token, "password", TestStaff.PASSWORD, "next", elsewhere));
            staff.post()
                    .uri(owner.path("/you/again"))
                    .body(BodyInserters.fromFormData(form))
                    .exchange()
                    .expectHeader()
                    .location(owner.path("/"));
        }
    }

    /** Whoever writes the form themselves may write braces; a redirect would take them for names of values that it has not. */
    @Test
    void leadsBackToASearchWithBraces() {
        var owner = testStaff.owner();
        signIn(owner.staff().email(), TestStaff.PASSWORD, owner.path("/responses?q={late}"))
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location(owner.path("/responses?q=%7Blate%7D"));
    }

    @Test
    void tellsAWrongPasswordFromAWrongAddressNeitherByWordsNorByStatus() {
        var owner = testStaff.owner();

        var known = body(signIn(owner.staff().email(), "not the password", ""))
                .replace(owner.staff().email(), "ADDRESS");
        var unknown =
                body(signIn("nobody@cedar.example", "not the password", "")).replace("nobody@cedar.example", "ADDRESS");

        assertThat(known).contains("do not belong together").contains("value=\"ADDRESS\"");
        assertThat(without(known)).isEqualTo(without(unknown));
    }

    @Test
    void answersAForgottenPasswordAlikeForEveryAddress() {
        var owner = testStaff.owner();
        for (var email : new String[] {owner.staff().email(), "nobody@cedar.example"}) {
            post("/forgotten", Map.of("email", email))
                    .expectStatus()
                    .isSeeOther()
                    .expectHeader()
                    .location("/forgotten?sent=true");
        }
        assertThat(mails.claim(100, Instant.now().plusSeconds(1)).block())
                .anyMatch(mail -> mail.email().equals(owner.staff().email()))
                .noneMatch(mail -> mail.email().equals("nobody@cedar.example"));
    }

    /** What is more than a few is counted and refused without being looked at; ten thousand where there is time, else a tenth. */
    @Test
    void manyWrongPasswordsNeitherGetInNorKeepTheirOwnerOut() {
        var owner = testStaff.owner();
        var email = owner.staff().email();
        var known = cookie(
                signIn(email, TestStaff.PASSWORD, "").returnResult(Void.class).getResponseCookies(),
                "__Host-afterword-device");
        assertThat(known.isHttpOnly()).isTrue();
        var visitor = visit();
        var elsewhere = WebTestClient.bindToApplicationContext(context)
                .webFilter((exchange, chain) -> chain.filter(exchange.mutate()
                        .request(request -> request.remoteAddress(new InetSocketAddress("203.0.113.7", 1)))
                        .build()))
                .build();
        for (int tries = 0; tries < TRIES; tries++) {
            enter(elsewhere, visitor, email, "guess " + tries, null)
                    .expectStatus()
                    .isEqualTo(tries < 10 ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.TOO_MANY_REQUESTS)
                    .expectHeader()
                    .doesNotExist("Set-Cookie");
        }
        enter(elsewhere, visitor, email, TestStaff.PASSWORD, null)
                .expectStatus()
                .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        enter(visitor, email, TestStaff.PASSWORD, null)
                .expectStatus()
                .isEqualTo(HttpStatus.TOO_MANY_REQUESTS)
                .expectHeader()
                .valueEquals("Retry-After", "900");
        enter(visitor, email, TestStaff.PASSWORD, "a" + known.getValue())
                .expectStatus()
                .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        enter(visitor, email, TestStaff.PASSWORD, known.getValue())
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/");
        for (int tries = 0; tries < 10; tries++) {
            enter(visitor, email, "guess " + tries, known.getValue())
                    .expectStatus()
                    .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        enter(visitor, email, TestStaff.PASSWORD, known.getValue())
                .expectStatus()
                .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    }

    @Test
    void manyMachinesTogetherGuessAHundredTimes() {
        var email = testStaff.owner().staff().email();
        var allowed = IntStream.range(0, TRIES)
                .filter(machine -> attempts.allowed("sign-in", email, from(machine)))
                .count();
        assertThat(allowed).isEqualTo(100);
    }

    /** A request of one of many machines, each in a network of its own. */
    private static MockServerWebExchange from(int machine) {
        var address = new InetSocketAddress("198.18." + machine / 256 % 256 + "." + machine % 256, 1);
        return MockServerWebExchange.from(MockServerHttpRequest.post("/sign-in").remoteAddress(address));
    }

    private record Visitor(String token, String cookie) {}

    private Visitor visit() {
        var first = testStaff
                .visitor()
                .get()
                .uri("/")
                .exchange()
                .expectBody(String.class)
                .returnResult();
        return new Visitor(
                token(first.getResponseBody()),
                cookie(first.getResponseCookies(), "__Host-afterword-visitor").getValue());
    }

    private WebTestClient.ResponseSpec enter(Visitor visitor, String email, String password, String device) {
        return enter(testStaff.visitor(), visitor, email, password, device);
    }

    private static WebTestClient.ResponseSpec enter(
            WebTestClient client, Visitor visitor, String email, String password, String device) {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("email", email);
        form.add("password", password);
        form.add("_csrf", visitor.token());
        var request = client.post().uri("/sign-in").cookie("__Host-afterword-visitor", visitor.cookie());
        return (device == null ? request : request.cookie("__Host-afterword-device", device))
                .body(BodyInserters.fromFormData(form))
                .exchange();
    }

    @Test
    void refusesAFormWithoutItsToken() {
        var owner = testStaff.owner();
        testStaff
                .client(owner)
                .post()
                .uri("/sign-out")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("open too long"));
        assertThat(sessions.find(owner.session(), Instant.now()).blockOptional())
                .isPresent();
    }

    @Test
    void takesATokenOfItsOwnSessionOnly() {
        var mine = testStaff.owner();
        var foreign = testStaff.owner();
        var token = token(body(
                testStaff.client(foreign).get().uri(foreign.path("/settings")).exchange()));
        testStaff
                .client(mine)
                .post()
                .uri("/sign-out")
                .body(BodyInserters.fromFormData("_csrf", token))
                .exchange()
                .expectStatus()
                .isForbidden();
        testStaff
                .client(foreign)
                .post()
                .uri("/sign-out")
                .header("X-CSRF-TOKEN", token)
                .exchange()
                .expectStatus()
                .isSeeOther();
        assertThat(sessions.find(foreign.session(), Instant.now()).blockOptional())
                .isEmpty();
    }

    @Test
    void hidesAWorkspaceFromWhoDoesNotBelongToIt() {
        var mine = testStaff.owner();
        var foreign = testStaff.owner();

        testStaff
                .client(mine)
                .get()
                .uri(foreign.path("/settings"))
                .exchange()
                .expectStatus()
                .isNotFound();
        testStaff
                .client(mine)
                .get()
                .uri("/w/aaaaaaaa/settings")
                .exchange()
                .expectStatus()
                .isNotFound();
        testStaff
                .client(mine)
                .get()
                .uri(mine.path("/settings"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void usesALinkOnce() {
        var owner = testStaff.owner();
        requestPasswordLink.request(owner.staff().email()).block();
        var mail = mails.claim(100, Instant.now().plusSeconds(1)).block().stream()
                .filter(sent -> sent.email().equals(owner.staff().email()))
                .findFirst()
                .orElseThrow();
        var path = "/password/"
                + links.token(((StaffMail.Link) mail.content()).id()).block();

        post(path, Map.of("password", "short")).expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        post(path, Map.of("password", "a new and long phrase")).expectStatus().isSeeOther();

        assertThat(sessions.find(owner.session(), Instant.now()).blockOptional())
                .as("sessions before the new password")
                .isEmpty();
        testStaff.visitor().get().uri(path).exchange().expectStatus().isNotFound();
        testStaff
                .visitor()
                .get()
                .uri(path.substring(0, path.length() - 1) + "x")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void sendsAPolicyWithNothingUnsafe() {
        var headers = testStaff
                .visitor()
                .get()
                .uri("/")
                .exchange()
                .returnResult(Void.class)
                .getResponseHeaders();

        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("X-Frame-Options")).isEqualTo("DENY");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Cache-Control")).contains("no-store");
        assertThat(headers.getFirst("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(headers.getFirst("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Permissions-Policy")).contains("camera=()");
    }

    @Test
    void believesForwardedHeadersFromNobodyUnlessTold() {
        testStaff
                .visitor()
                .get()
                .uri("/")
                .header("X-Forwarded-Proto", "https")
                .exchange()
                .expectHeader()
                .doesNotExist("Strict-Transport-Security");
    }

    @Test
    void knowsNoOtherAddresses() {
        testStaff.visitor().get().uri("/nothing/here").exchange().expectStatus().isNotFound();
        testStaff
                .visitor()
                .get()
                .uri("/password/aaaa")
                .exchange()
                .expectStatus()
                .isNotFound();
        testStaff.visitor().get().uri("/welcome/aaaa").exchange().expectStatus().isNotFound();
        testStaff
                .visitor()
                .get()
                .uri("/css/tokens.css")
                .exchange()
                .expectStatus()
                .isOk();
        testStaff
                .visitor()
                .get()
                .uri("/webjars/htmx.org/2.0.10/dist/htmx.min.js")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private WebTestClient.ResponseSpec signIn(String email, String password, String next) {
        return post("/sign-in", Map.of("email", email, "password", password, "next", next));
    }

    /** Loads the first page as a visitor, and sends a form with its token and cookie. */
    private WebTestClient.ResponseSpec post(String path, Map<String, String> fields) {
        var first = testStaff
                .visitor()
                .get()
                .uri("/")
                .exchange()
                .expectBody(String.class)
                .returnResult();
        var form = new LinkedMultiValueMap<String, String>();
        fields.forEach(form::add);
        form.add("_csrf", token(first.getResponseBody()));
        return testStaff
                .visitor()
                .post()
                .uri(path)
                .cookie(
                        "__Host-afterword-visitor",
                        cookie(first.getResponseCookies(), "__Host-afterword-visitor")
                                .getValue())
                .body(BodyInserters.fromFormData(form))
                .exchange();
    }

    private static ResponseCookie cookie(MultiValueMap<String, ResponseCookie> cookies, String name) {
        return Objects.requireNonNull(cookies.getFirst(name), name);
    }

    private static String body(WebTestClient.ResponseSpec response) {
        return response.expectBody(String.class).returnResult().getResponseBody();
    }

    private static String token(String page) {
        var matcher = TOKEN.matcher(page);
        assertThat(matcher.find()).as("a token in " + page).isTrue();
        return matcher.group(1);
    }

    private static String without(String page) {
        return TOKEN.matcher(page).replaceAll("");
    }

    private static String encoded(String text) {
        return org.springframework.web.util.UriUtils.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
