package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@WebTest
class OpennessPagesTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    DatabaseClient database;

    private final Instant now = Instant.now();
    private WebTestClient http;

    @BeforeEach
    void connect() {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    @Test
    void saysWhenASurveyOpensInTheCustomersLanguage() {
        var opens = Instant.parse("2031-03-04T09:30:00Z");
        var english = AskedCustomer.in(beans);
        set(english, new SurveySettings(opens, null, null, false, false, Sharing.NONE));
        assertThat(page(english, english.invited(), 200))
                .contains("has not opened yet", "March 4, 2031", "9:30")
                .doesNotContain("<form", "??");
        var german = AskedCustomer.in(beans).speaking("de");
        set(german, new SurveySettings(opens, null, null, false, false, Sharing.NONE));
        assertThat(page(german, german.invited(), 200)).contains("4. März 2031");
        var arabic = AskedCustomer.in(beans).speaking("ar");
        set(arabic, new SurveySettings(opens, null, null, false, false, Sharing.NONE));
        assertThat(page(arabic, arabic.invited(), 200)).contains("dir=\"rtl\"", "مارس");
    }

    @Test
    void showsWhatWasAnsweredOnceItHasClosed() {
        var customer = AskedCustomer.in(beans).speaking("pt");
        var invitations = customer.invited(2);
        post(customer, invitations.getFirst(), 303);
        set(customer, new SurveySettings(null, now.minusSeconds(7_200), null, false, false, Sharing.NONE));
        assertThat(page(customer, invitations.getFirst(), 410)).contains("<dd><bdi>9</bdi></dd>");
        assertThat(page(customer, invitations.getLast(), 410)).doesNotContain("<dd");
        post(customer, invitations.getLast(), 410);
    }

    @Test
    void takesAnonymousAnswersForAnHourFromWhoHadThePageOpen() {
        var customer = AskedCustomer.in(beans);
        set(customer, new SurveySettings(null, null, null, false, true, Sharing.NONE));
        var invitations = customer.invited(2);
        set(customer, new SurveySettings(null, now.minusSeconds(60), null, false, true, Sharing.NONE));
        page(customer, invitations.getFirst(), 410);
        post(customer, invitations.getFirst(), 303);
        set(customer, new SurveySettings(null, now.minus(SurveySettings.GRACE), null, false, true, Sharing.NONE));
        post(customer, invitations.getLast(), 410);
    }

    @Test
    void saysThatThereAreEnoughAnswersAlsoToWhoSendsOneMeanwhile() {
        var customer = AskedCustomer.in(beans);
        var invitations = customer.invited(2);
        set(customer, new SurveySettings(null, null, 1, false, false, Sharing.NONE));
        post(customer, invitations.getFirst(), 303);
        assertThat(page(customer, invitations.getLast(), 410)).contains("all the answers we need");
        assertThat(post(customer, invitations.getLast(), 410)).contains("all the answers we need");
        assertThat(page(customer, invitations.getFirst(), 200)).contains("<form");
    }

    @Test
    void leadsWhoHasAnsweredElsewhereToTheirAnswer() {
        var customer = AskedCustomer.in(beans);
        var invitations = customer.invited(2);
        database.sql(
                        "update invitation set contact_id = (select contact_id from invitation where id = $1) where id = $2")
                .bind(0, invitations.getFirst().id())
                .bind(1, invitations.getLast().id())
                .then()
                .block();
        set(customer, new SurveySettings(null, null, null, true, false, Sharing.NONE));
        post(customer, invitations.getFirst(), 303);
        assertThat(page(customer, invitations.getLast(), 200))
                .contains("You have answered already", link(customer, invitations.getFirst()));
        assertThat(page(customer, invitations.getFirst(), 200)).contains("<form");
    }

    @Test
    void everybodyCanReadWhyItCannotBeAnswered() {
        for (var language : new String[] {"en", "de", "pt", "ar"}) {
            var customer = AskedCustomer.in(beans).speaking(language);
            var invitations = customer.invited(2);
            post(customer, invitations.getFirst(), 303);
            var page = browser.page(Look.PHONE.darkened());
            for (var settings : new SurveySettings[] {
                new SurveySettings(now.plusSeconds(9_000), null, null, false, false, Sharing.NONE),
                new SurveySettings(null, null, 1, false, false, Sharing.NONE),
                new SurveySettings(null, now.minusSeconds(9_000), null, false, false, Sharing.NONE)
            }) {
                set(customer, settings);
                var answered = settings.closesAt() != null;
                page.navigate("http://localhost:" + port
                        + link(customer, answered ? invitations.getFirst() : invitations.getLast()));
                Browser.axe(page);
                assertThat(page.locator("script").count()).isZero();
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(390);
                Browser.picture(
                        page,
                        "answer-" + (answered ? "closed" : settings.quota() == null ? "not-yet" : "full") + "-"
                                + language);
            }
        }
    }

    private void set(AskedCustomer customer, SurveySettings settings) {
        var survey = beans.getBean(Surveys.class)
                .find(customer.workspace().id(), "post-purchase")
                .block();
        beans.getBean(ChangeSurveySettings.class).change(survey.key(), settings).block();
    }

    private String link(AskedCustomer customer, Key invitation) {
        return "/r/" + new LinkToken(customer.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }

    private String page(AskedCustomer customer, Key invitation, int status) {
        return http.get()
                .uri(link(customer, invitation))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private String post(AskedCustomer customer, Key invitation, int status) {
        return http.post()
                .uri(link(customer, invitation))
                .body(BodyInserters.fromFormData("recommend", "9"))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
