package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.WebTest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.netty.http.client.HttpClient;

@WebTest
@TestPropertySource(properties = {"afterword.web.beginnings-burst=40", "afterword.web.beginnings-per-minute=1"})
class LinkPagesTest {
    private static final Sharing ALL =
            new Sharing(EnumSet.allOf(Kind.class), 7, List.of("https://shop.example", "https://www.shop.example:8443"));
    private static final String ONE_BY_ONE = """
            {"title": {"en": "How was it?", "de": "Wie war es?"}, "presentation": "one-by-one", "languages": ["en", "de"], "pages": [{"key": "p", "questions": [
             {"key": "recommend", "type": "nps", "text": {"en": "Recommend?", "de": "Empfehlen?"}, "required": true},
             {"key": "why", "type": "long-text", "text": {"en": "Why?", "de": "Warum?"}, "showIf": {"subject": "answer.recommend", "operator": "at-most", "value": 6}},
             {"key": "more", "type": "short-text", "text": {"en": "More?", "de": "Mehr?"}}]}]}""";

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    DatabaseClient database;

    @Autowired
    SettingsOfSurveys settings;

    private WebTestClient http;
    private AskedCustomer customer;
    private Key survey;

    @BeforeEach
    void share() {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        customer = AskedCustomer.in(beans);
        survey = beans.getBean(Surveys.class)
                .find(customer.workspace().id(), "post-purchase")
                .block()
                .key();
        set(new SurveySettings(null, null, null, false, false, ALL));
    }

    @Test
    void looksWithoutStoringAndBeginsWithTheFirstAnswer() {
        var link = path(Kind.PAGE);
        var page = get(link, 200);
        get(link, 200);
        assertThat(page)
                .contains("would like to know what you think", "name=\"_begin\"")
                .doesNotContain("you bought");
        assertThat(count("invitation")).isZero();

        var form = form(page, Map.of("recommend", "9"));
        var first = redirected(link, form);
        assertThat(first).startsWith("/r/").endsWith("/thanks");
        assertThat(redirected(link, form)).isEqualTo(first);
        assertThat(count("response")).isEqualTo(1);
        assertThat(text("select origin from invitation where workspace_id = $1"))
                .isEqualTo("link");
        assertThat(text("select contact_id::text from response where workspace_id = $1"))
                .isNull();
        assertThat(get(first, 200)).contains(link, "Begin anew").doesNotContain("reply to our mail");

        redirected(link, form(get(link, 200), Map.of("recommend", "2")));
        assertThat(count("response")).isEqualTo(2);
    }

    @Test
    void goesOnFromScreenToScreenAtTheResponsesOwnLink() {
        customer.asking(ONE_BY_ONE);
        var link = path(Kind.PAGE);
        http = http.mutate().defaultHeader("Accept-Language", "de-AT, en;q=0.5").build();
        var page = get(link, 200);
        assertThat(page).contains("Wie war es?");
        assertThat(post(link, form(page, Map.of()), 422)).contains("_begin");
        assertThat(count("invitation")).isZero();
        assertThat(redirected(link, form(page, Map.of("_go", "in en"))))
                .startsWith(link)
                .contains("_lang=en");
        assertThat(count("invitation")).isZero();
        var next = redirected(link, form(page, Map.of("recommend", "3")));
        assertThat(next).contains("/r/", "_at=why");
        assertThat(get(next, 200)).contains("Warum?");
        assertThat(text("select confirmed_at::text from response where workspace_id = $1"))
                .isNotNull();
    }

    @Test
    void choosesOneOptionAgainThoughWordsStandBesideOther() {
        customer.asking("""
            {"title": {"en": "T"}, "presentation": "one-page", "languages": ["en"], "pages": [{"key": "p", "questions": [
             {"key": "recommend", "type": "nps", "text": {"en": "R"}, "required": true},
             {"key": "found", "type": "single-choice", "text": {"en": "F"}, "other": {"en": "Other"}, "options": [{"key": "search", "text": {"en": "S"}}, {"key": "friend", "text": {"en": "A"}}]},
             {"key": "liked", "type": "multiple-choice", "text": {"en": "L"}, "other": {"en": "Other"}, "options": [{"key": "price", "text": {"en": "P"}}, {"key": "speed", "text": {"en": "Q"}}]}]}]}""");
        var link = path(Kind.PAGE);
        var form = form(
                get(link, 200), Map.of("found", "search", "found.other", "x", "liked", "price", "liked.other", "y"));
        assertThat(post(link, form, 422))
                .contains("id=\"q-found-search\" name=\"found\" value=\"search\" checked=\"checked\"", "value=\"x\"")
                .contains("id=\"q-liked-other\" name=\"liked\" value=\"other\" checked=\"checked\"")
                .doesNotContain("id=\"q-found-other\" name=\"found\" value=\"other\" checked=\"checked\"");
        form.remove("found");
        assertThat(post(link, form, 422))
                .contains("id=\"q-found-other\" name=\"found\" value=\"other\" checked=\"checked\"");
    }

    @Test
    void tellsHeadingsThatSayTheSameApart() {
        customer.asking("""
            {"title": {"en": "T"}, "presentation": "one-page", "languages": ["en"], "pages": [
             {"key": "p", "title": {"en": "Same"}, "questions": [{"key": "one", "type": "nps", "text": {"en": "O"}}]},
             {"key": "q", "title": {"en": "Same"}, "questions": [{"key": "two", "type": "nps", "text": {"en": "T"}}]}]}""");
        assertThat(get(path(Kind.PAGE), 200)).contains("data-step=\"=Same one\"", "data-step=\"=Same two\"");
    }

    @Test
    void keepsTheLanguageThatWasChosenOnThePage() {
        customer.asking(ONE_BY_ONE.replace("one-by-one", "one-page"));
        var language = "select language from response where workspace_id = $1";
        var link = path(Kind.PAGE);
        var page = get(link + "?_lang=de", 200);
        assertThat(page).contains("Wie war es?", "action=\"" + link + "?_lang=de\"");
        var own = redirected(link + "?_lang=de", form(page, Map.of("recommend", "9")))
                .replace("/thanks", "");
        assertThat(text(language)).isEqualTo("de");
        assertThat(get(own, 200)).contains("Wie war es?");
        assertThat(redirected(own + "?_lang=en", form("", Map.of("recommend", "8"))))
                .isEqualTo(own + "/thanks?_lang=en");
        assertThat(text(language)).isEqualTo("en");
    }

    @Test
    void keepsNothingAtAKioskBeforeTheLastButtonAndLeadsNowhereBack() {
        customer.asking(ONE_BY_ONE);
        var link = path(Kind.KIOSK);
        var begun = form(get(link, 200), Map.of("recommend", "3"));
        var why = post(link, begun, 200);
        assertThat(why).contains("Why?", "name=\"recommend\" value=\"3\"", "data-plain=\"1\"");
        var more = post(link, form(why, Map.of("why", "Late & \"wet\"")), 200);
        assertThat(more).contains("More?", "Late &amp; &quot;wet&quot;");
        var back = post(link, form(more, Map.of("_go", "back", "more", "Nothing")), 200);
        assertThat(back).contains("Why?", "Late &amp;", "value=\"Nothing\"");
        assertThat(count("invitation")).isZero();

        var last = form(post(link, form(back, Map.of("why", "Late")), 200), Map.of());
        assertThat(redirected(link, last)).isEqualTo(link + "/thanks");
        assertThat(text("select complete::text from response where workspace_id = $1"))
                .isEqualTo("true");
        assertThat(count("answer")).isEqualTo(3);
        var thanks = exchange(link + "/thanks");
        assertThat(thanks.getResponseHeaders().getFirst("Refresh")).isEqualTo("7; url=" + link);
        assertThat(thanks.getResponseHeaders().getFirst("Cache-Control")).contains("no-store");
        assertThat(thanks.getResponseBody()).doesNotContain("/r/", "Late");
        // The form of the person before leads to a fresh beginning.
        assertThat(redirected(link, last)).isEqualTo(link);
        assertThat(redirected(link, begun)).isEqualTo(link);
        assertThat(count("response")).isEqualTo(1);
    }

    @Test
    void keepsNoPersonWithAnAnonymousAnswer() {
        set(new SurveySettings(null, null, null, false, true, ALL));
        var link = path(Kind.PAGE);
        var page = get(link, 200);
        assertThat(page).contains("Nobody can tell", "data-plain=\"1\"").doesNotContain("data-draft", "/seen");
        var form = form(page, Map.of("recommend", "9"));
        assertThat(redirected(link, form)).isEqualTo(link + "/thanks");
        assertThat(redirected(link, form)).isEqualTo(link + "/thanks");
        assertThat(count("sealed_answer")).isEqualTo(1);
        assertThat(count("invitation") + count("response") + count("event")).isZero();

        var own = "/r/"
                + new LinkToken(customer.workspace().code(), customer.invited().id())
                        .sign(LinkToken.Use.ANSWER, secret);
        assertThat(get(own, 200)).doesNotContain("Ana", "Kettle");
        assertThat(redirected(own, form("", Map.of("recommend", "3")))).isEqualTo(own + "/thanks");
        assertThat(get(own + "/thanks", 200)).doesNotContain("Ana", "See or change");
        assertThat(get(own, 200)).contains("You have answered already").doesNotContain("<form", "<dd");
        post(own, form("", Map.of("recommend", "3")), 200);
        assertThat(count("sealed_answer")).isEqualTo(2);
        assertThat(count("response")).isZero();
    }

    @Test
    void isFramedOnlyByTheShopsPages() {
        var embedded = exchange(path(Kind.EMBEDDED));
        assertThat(embedded.getResponseHeaders().getFirst("Content-Security-Policy"))
                .endsWith("frame-ancestors https://shop.example https://www.shop.example:8443");
        assertThat(embedded.getResponseHeaders().getFirst("X-Frame-Options")).isNull();
        assertThat(embedded.getResponseHeaders().getFirst("Set-Cookie")).isNull();
        assertThat(embedded.getResponseBody()).contains("/js/frame.js");
        var thanks = redirected(path(Kind.EMBEDDED), form(embedded.getResponseBody(), Map.of("recommend", "9")));
        assertThat(exchange(thanks).getResponseHeaders().getFirst("Content-Security-Policy"))
                .contains("frame-ancestors https://shop.example");
        var page = exchange(path(Kind.PAGE));
        assertThat(page.getResponseHeaders().getFirst("Content-Security-Policy"))
                .endsWith("frame-ancestors 'none'");
        assertThat(page.getResponseHeaders().getFirst("X-Frame-Options")).isEqualTo("DENY");
        assertThat(get("/js/embed.js", 200)).contains("postMessage");
    }

    @Test
    void takesOneAnswerForTheOrderOnAReceipt() {
        customer.invited();
        database.sql("delete from invitation where workspace_id = $1")
                .bind(0, survey.workspaceId())
                .then()
                .block();
        var order = text("select external_id from customer_order where workspace_id = $1");
        var link = settings.links(survey).block().get(Kind.RECEIPT);
        var address = path(Kind.RECEIPT) + "/" + order + "/" + link.signature(order, secret);
        var page = get(address, 200);
        assertThat(page).contains("Kettle", order).doesNotContain("Ana");
        var thanks = redirected(address, form(page, Map.of("recommend", "4")));
        assertThat(redirected(address)).isEqualTo(thanks.replace("/thanks", ""));
        assertThat(redirected(address, form(page, Map.of("recommend", "5")))).isEqualTo(thanks);
        assertThat(count("response")).isEqualTo(1);
        assertThat(text("select contact_id::text from response where workspace_id = $1"))
                .isNotNull();

        get(path(Kind.RECEIPT) + "/" + order + "/" + "0".repeat(20), 404);
        get(path(Kind.RECEIPT) + "/other/" + link.signature(order, secret), 404);
        get(path(Kind.RECEIPT).replace("/o/", "/s/"), 404);
        get(path(Kind.RECEIPT) + "/later%201/" + link.signature("later 1", secret), 200);
    }

    @Test
    void leadsNowhereWhenForgedRevokedOrSwitchedOff() {
        var link = path(Kind.PAGE);
        var page = get(link, 200);
        var forged = link.substring(0, link.length() - 1) + (link.endsWith("a") ? "b" : "a");
        get(forged, 404);
        get(link.replace("/s/", "/r/"), 404);
        get("/s/" + "a".repeat(50), 404);
        var other = AskedCustomer.in(beans);
        var crossed = "/s/" + other.workspace().code() + link.substring(11);
        get(crossed, 404);

        beans.getBean(ChangeSurveySettings.class).renew(survey, Kind.PAGE).block();
        assertThat(get(link, 410)).contains("closed");
        assertThat(post(link, form(page, Map.of("recommend", "9")), 410)).contains("closed");
        get(path(Kind.PAGE), 200);
        set(SurveySettings.DEFAULT);
        get(path(Kind.PAGE), 410);
        assertThat(count("invitation")).isZero();
    }

    @Test
    void takesWhatWasOpenedBeforeItClosedAndRefusesWhatWasNot() {
        var link = path(Kind.PAGE);
        var page = get(link, 200);
        var closes = Instant.now();
        set(new SurveySettings(null, closes, null, false, false, ALL));
        get(link, 410);
        redirected(link, form(page, Map.of("recommend", "9")));
        var late = form(page, Map.of("recommend", "9"));
        late.remove("_begin");
        post(link, late, 410);
        assertThat(count("response")).isEqualTo(1);
    }

    @Test
    void takesAnonymousAnswersOfAPageThatWasOpenedBeforeItClosed() {
        set(new SurveySettings(null, null, null, false, true, ALL));
        var link = path(Kind.PAGE);
        var page = get(link, 200);
        set(new SurveySettings(null, Instant.now(), null, false, true, ALL));
        get(link, 410);
        assertThat(post(link + "/live", form("", Map.of("recommend", "9")), 410))
                .doesNotContain("_begin");
        post(link, form("", Map.of("recommend", "9")), 410);
        assertThat(redirected(link, form(page, Map.of("recommend", "9")))).isEqualTo(link + "/thanks");
        assertThat(count("sealed_answer")).isEqualTo(1);
        beans.getBean(ChangeSurveySettings.class).renew(survey, Kind.PAGE).block();
        post(link, form(page, Map.of("recommend", "3")), 410);
        set(new SurveySettings(null, Instant.now().minus(SurveySettings.GRACE), null, false, true, ALL));
        post(path(Kind.PAGE), form(page, Map.of("recommend", "3")), 410);
        assertThat(count("sealed_answer")).isEqualTo(1);
    }

    @Test
    void slowsDownWhoBeginsMoreThanPeopleWould() {
        var link = path(Kind.PAGE);
        var another = HttpClient.create().bindAddress(() -> new InetSocketAddress("127.0.0.2", 0));
        var neighbour = http;
        http = WebTestClient.bindToServer(new ReactorClientHttpConnector(another))
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        for (int one = 0; one < 40; one++) {
            redirected(link, form("", Map.of("recommend", "9")));
        }
        assertThat(post(link, form("", Map.of("recommend", "9", "comment", "Kept")), 429))
                .contains("One moment, please", "name=\"comment\" value=\"Kept\"", "action=\"" + link);
        get(link, 200);
        http = neighbour;
        redirected(link, form("", Map.of("recommend", "9")));
        assertThat(count("response")).isEqualTo(41);
    }

    private void set(SurveySettings wished) {
        beans.getBean(ChangeSurveySettings.class).change(survey, wished).block();
    }

    private String path(Kind kind) {
        SurveyLink link = settings.links(survey).block().get(kind);
        return link.path(customer.workspace().code(), secret);
    }

    /** What the form of a page sends without a script, with these values in the place of what stands there. */
    private static MultiValueMap<String, String> form(String page, Map<String, String> filled) {
        var form = new LinkedMultiValueMap<String, String>();
        var hidden = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")
                .matcher(page);
        while (hidden.find()) {
            form.add(hidden.group(1), hidden.group(2).replace("&quot;", "\"").replace("&amp;", "&"));
        }
        filled.forEach(form::set);
        return form;
    }

    private EntityExchangeResult<String> exchange(String path) {
        return http.get()
                .uri(URI.create("http://localhost:" + port + path))
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    private String get(String path, int status) {
        var result = exchange(path);
        assertThat(result.getStatus().value()).as(path).isEqualTo(status);
        return result.getResponseBody();
    }

    private String redirected(String path) {
        var result = exchange(path);
        assertThat(result.getStatus().value()).isEqualTo(303);
        return result.getResponseHeaders().getFirst("Location");
    }

    private String post(String path, MultiValueMap<String, String> form, int status) {
        return http.post()
                .uri(path)
                .body(BodyInserters.fromFormData(form))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private String redirected(String path, MultiValueMap<String, String> form) {
        return http.post()
                .uri(path)
                .body(BodyInserters.fromFormData(form))
                .exchange()
                .expectStatus()
                .isSeeOther()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Location");
    }

    private long count(String table) {
        return database.sql("select count(*) from " + table + " where workspace_id = $1")
                .bind(0, survey.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private String text(String sql) {
        return database.sql(sql)
                .bind(0, survey.workspaceId())
                .map(row -> Optional.ofNullable(row.get(0, String.class)))
                .one()
                .block()
                .orElse(null);
    }
}
