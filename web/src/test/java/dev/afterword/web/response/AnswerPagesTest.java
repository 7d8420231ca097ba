package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.Responses;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;

@WebTest
class AnswerPagesTest {
    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Responses responses;

    @Autowired
    DatabaseClient database;

    private WebTestClient http;
    private AskedCustomer customer;
    private Key invitation;
    private String link;

    @BeforeEach
    void ask() {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        ask(AskedCustomer.in(beans));
    }

    @Test
    void showsWhoAsksAboutWhatAndAllQuestions() {
        var page = get(link);
        assertThat(page.getStatus().value()).isEqualTo(200);
        assertThat(body(page))
                .contains("Cedar &amp; Salt", "Ana,", "Kettle, 1.2 l", "Order", "under a minute")
                .contains("name=\"recommend\"", "name=\"satisfaction\"", "name=\"ease\"", "name=\"comment\"")
                .doesNotContain("checked", "_csrf", "@example.com", "??");
        var headers = page.getResponseHeaders();
        assertThat(headers.getFirst("X-Robots-Tag")).isEqualTo("noindex");
        assertThat(headers.getFirst("Cache-Control")).contains("no-store");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(headers.get("Set-Cookie")).isNull();
    }

    @Test
    void fitsInThirtyKilobytesWithItsStyleAndScript() {
        var page = get(link).getResponseBody();
        var style = get("/css/answer.css").getResponseBody();
        var script = get("/js/answer.js").getResponseBody();
        assertThat(page.length + style.length + script.length).isLessThan(28_000);
        System.out.println("answer page: " + page.length + " + " + style.length + " + " + script.length + " bytes");
    }

    @Test
    void countsNothingForFiftyLooksAndOncePerPost() {
        for (int look = 0; look < 50; look++) {
            var score = look * 7 % 11;
            http.method(look % 3 == 0 ? HttpMethod.HEAD : HttpMethod.GET)
                    .uri(link + "?recommend=" + score)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        get(link + "/thanks");
        assertThat(responses.toInvitation(invitation).block()).isNull();
        assertThat(count("response") + count("answer") + count("event")).isZero();

        post(Map.of("recommend", "9")).expectStatus().isSeeOther();
        assertThat(count("response")).isEqualTo(1);
        assertThat(count("event")).isEqualTo(1);
    }

    @Test
    void choosesTheScoreOfTheMailAndOnlyChoosesIt() {
        assertThat(body(get(link + "?recommend=9")))
                .contains("id=\"q-recommend-9\" name=\"recommend\" value=\"9\" checked");
        for (var wrong : new String[] {"99", "-1", "x", "%00", "9.5", ""}) {
            assertThat(body(get(link + "?recommend=" + wrong))).doesNotContain("checked");
        }
    }

    @Test
    void keepsTheAnswerThanksAndShowsItAgain() {
        post(Map.of(
                        "recommend",
                        "9",
                        "satisfaction",
                        "5",
                        "ease",
                        "",
                        "comment",
                        "Two\r\nlines <script>alert(1)</script>"))
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location(link + "/thanks");
        assertThat(body(get(link + "/thanks"))).contains("Thank you, Ana", "href=\"" + link + "\"");
        assertThat(responses.toInvitation(invitation).block().answers())
                .containsEntry(Slot.of("recommend"), new Answer.Score(9))
                .containsEntry(Slot.of("ease"), new Answer.Skipped())
                .containsEntry(Slot.of("comment"), new Answer.Words("Two\nlines <script>alert(1)</script>"));
        assertThat(body(get(link)))
                .contains("value=\"9\" checked", "&lt;script&gt;alert(1)&lt;/script&gt;", "You have answered already")
                .doesNotContain("<script>alert", "data-draft");
    }

    @Test
    void keepsADraftThatDoesNotCount() {
        http.post()
                .uri(link + "/draft")
                .body(BodyInserters.fromFormData("recommend", "4"))
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(responses.toInvitation(invitation).block().confirmed()).isFalse();
        assertThat(count("event")).isZero();
        assertThat(body(get(link)))
                .contains("id=\"q-recommend-4\" name=\"recommend\" value=\"4\" checked", "data-draft");
        get(link + "/thanks");
    }

    @Test
    void saysWhatIsWrongBesideTheFieldAndKeepsWhatWasTyped() {
        var comment = "é".repeat(100_000);
        var page = post(Map.of("recommend", "11", "satisfaction", "4", "comment", comment))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .returnResult();
        assertThat(body(page))
                .contains(comment, "Please choose one of these points", "100,000", "10,000", "marked below")
                .contains("id=\"q-satisfaction-4\" name=\"satisfaction\" value=\"4\" checked")
                .containsOnlyOnce("autofocus=");
        assertThat(responses.toInvitation(invitation).block()).isNull();

        post(Map.of("comment", "a\0b")).expectStatus().isEqualTo(422);
        post(Map.of("comment", " ")).expectStatus().isEqualTo(422);
        post(Map.of()).expectStatus().isEqualTo(422);
        assertThat(responses.toInvitation(invitation).block()).isNull();
    }

    @Test
    void turnsAwayABodyThatIsTooLarge() {
        post(Map.of("comment", "x".repeat(3_000_000))).expectStatus().isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "de,ltr,Wie war es?,Antwort senden",
        "pt-BR,ltr,Como foi?,Enviar minha resposta",
        "ar,rtl,كيف كانت تجربتك؟,إرسال إجابتي",
        "fr,ltr,How did it go?,Send my answer"
    })
    void speaksTheCustomersLanguage(String language, String direction, String title, String button) {
        ask(AskedCustomer.in(beans).speaking(language));
        var page = http.get()
                .uri(link)
                .header("Accept-Language", "en-GB")
                .exchange()
                .expectBody()
                .returnResult();
        assertThat(body(page))
                .contains("dir=\"" + direction + "\"", title, button)
                .doesNotContain("??");
    }

    @Test
    void isKindWhenItHasClosed() {
        ask(AskedCustomer.in(beans).longAgo());
        assertThat(get(link).getStatus().value()).isEqualTo(410);
        assertThat(body(get(link))).contains("This survey has closed").doesNotContain("<form");
        post(Map.of("recommend", "9")).expectStatus().isEqualTo(410);
        assertThat(responses.toInvitation(invitation).block()).isNull();
    }

    @Test
    void findsNothingBehindForgedAndForeignTokens() {
        var twin = AskedCustomer.in(beans).workspace();
        var forged = link.substring(0, link.length() - 1) + (link.endsWith("a") ? "b" : "a");
        var foreign = "/r/" + new LinkToken(twin.code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
        var otherUse = "/r/"
                + new LinkToken(customer.workspace().code(), invitation.id()).sign(LinkToken.Use.UNSUBSCRIBE, secret);
        var noWorkspace = "/r/" + new LinkToken("aaaaaaaa", invitation.id()).sign(LinkToken.Use.ANSWER, secret);
        for (var wrong :
                new String[] {forged, foreign, otherUse, noWorkspace, "/r/x", "/u/x", "/r/" + "a".repeat(500)}) {
            var page = http.get()
                    .uri(java.net.URI.create("http://localhost:" + port + wrong))
                    .header("Accept-Language", "de-AT, en")
                    .exchange();
            assertThat(body(page.expectStatus().isNotFound().expectBody().returnResult()))
                    .contains("Hier ist nichts", "lang=\"de")
                    .doesNotContain("Cedar", "invitation.unknown");
            http.post()
                    .uri(java.net.URI.create("http://localhost:" + port + wrong))
                    .body(BodyInserters.fromFormData("recommend", "9"))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        assertThat(responses.toInvitation(invitation).block()).isNull();
    }

    private void ask(AskedCustomer asked) {
        customer = asked;
        invitation = asked.invited();
        link = "/r/" + new LinkToken(asked.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }

    private EntityExchangeResult<byte[]> get(String path) {
        return http.get()
                .uri(java.net.URI.create("http://localhost:" + port + path))
                .exchange()
                .expectBody()
                .returnResult();
    }

    private WebTestClient.ResponseSpec post(Map<String, String> fields) {
        var form = new LinkedMultiValueMap<String, String>();
        new HashMap<>(fields).forEach(form::add);
        return http.post()
                .uri(link)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(BodyInserters.fromFormData(form))
                .exchange();
    }

    private static String body(EntityExchangeResult<byte[]> page) {
        return new String(page.getResponseBody(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private long count(String table) {
        return database.sql("select count(*) from " + table + " where workspace_id = $1")
                .bind(0, workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private UUID workspaceId() {
        return customer.workspace().id();
    }
}
