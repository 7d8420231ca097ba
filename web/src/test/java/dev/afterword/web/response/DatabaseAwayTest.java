package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseLine;
import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.Responses;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.AfterwordApplication;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "afterword.api.changes-per-minute=10000")
@ContextConfiguration(initializers = DatabaseLine.Between.class)
@Import(TestStaff.class)
class DatabaseAwayTest {
    /** Longer than anybody waits for a connection. */
    private static final Duration AWAY = Duration.ofSeconds(Boolean.getBoolean("afterword.soak") ? 10 : 5);

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @LocalServerPort
    int port;

    @Autowired
    DatabaseLine line;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Responses responses;

    @Test
    void turnsAnswersAwayWhileTheDatabaseIsGoneAndTakesThemAfterwards() throws Exception {
        var customers = AskedCustomer.in(beans);
        var invitations = customers.invited(40);
        var code = customers.workspace().code();
        assertThat(post(code, invitations.getFirst(), 9)).isEqualTo("303 -");

        line.cut();
        var gone = System.nanoTime();
        var turnedAway = new ArrayList<Key>();
        var heard = new TreeSet<String>();
        for (int next = 1; System.nanoTime() - gone < AWAY.toNanos(); next = next % 30 + 1) {
            heard.add(post(code, invitations.get(next), 3));
            heard.add(put(code, invitations.get(next)));
            turnedAway.add(invitations.get(next));
        }
        line.mend();

        assertThat(heard).containsExactly("503 5");
        assertThat(turnedAway).isNotEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(post(code, invitations.get(39), 8)).isEqualTo("303 -"));
        for (var invitation : Set.copyOf(turnedAway)) {
            assertThat(responses.toInvitation(invitation).block()).isNull();
            assertThat(post(code, invitation, 7)).isEqualTo("303 -");
        }
    }

    @Test
    void showsPeopleAPageThatSaysSoAndTriesAgain() throws Exception {
        var customers = AskedCustomer.in(beans);
        var token = token(customers.workspace().code(), customers.invited());
        var owner = testStaff.member(customers.workspace(), Role.OWNER);
        var answer = browser.page();
        var settings = testStaff.signIn(browser.page(), owner);
        line.cut();
        try {
            answer.navigate(owner.base() + "/r/" + token);
            Browser.everyLook(answer, "away-answer");
            settings.navigate(owner.url("/settings"));
            assertThat(settings.locator("h1").innerText()).isEqualTo("One moment, please");
            Browser.everyLook(settings, "away-staff");
        } finally {
            line.mend();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            settings.locator(".acts a.button").click();
            assertThat(settings.locator("h1").innerText()).isEqualTo("Settings");
        });
    }

    private String post(String code, Key invitation, int score) {
        return heard(client().post()
                .uri("/r/" + token(code, invitation))
                .body(BodyInserters.fromFormData("recommend", Integer.toString(score))
                        .with("comment", "typed"))
                .exchange());
    }

    private String put(String code, Key invitation) {
        return heard(client().put()
                .uri("/api/v1/invitations/" + token(code, invitation) + "/response")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"answers\": {\"recommend\": 3}, \"complete\": true}")
                .exchange());
    }

    private static String heard(WebTestClient.ResponseSpec response) {
        var result = response.expectBody().returnResult();
        var retry = result.getResponseHeaders().getFirst("Retry-After");
        return result.getStatus().value() + " " + (retry == null ? "-" : retry);
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    private String token(String code, Key invitation) {
        return new LinkToken(code, invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }
}
