package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.contact.Suppression;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.Invitations;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@WebTest
class UnsubscribePagesTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Grounds grounds;

    @Autowired
    DatabaseClient database;

    private Key contact;
    private String link;

    @BeforeEach
    void write() {
        write(AskedCustomer.in(beans));
    }

    @Test
    void stopsAtOneClickOfAMailProgramInEveryForm() {
        var form = BodyInserters.fromFormData("List-Unsubscribe", "One-Click");
        client().post().uri(link).body(form).exchange().expectStatus().isOk();
        assertThat(stopped()).containsExactly(Purpose.QUESTIONS);
        client().post().uri(link).body(form).exchange().expectStatus().isOk();

        write(AskedCustomer.in(beans));
        var parts = new MultipartBodyBuilder();
        parts.part("List-Unsubscribe", "One-Click");
        client().post()
                .uri(link)
                .body(BodyInserters.fromMultipartData(parts.build()))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(stopped()).containsExactly(Purpose.QUESTIONS);
    }

    @Test
    void changesNothingForALook() {
        for (int look = 0; look < 5; look++) {
            client().get().uri(link).exchange().expectStatus().isOk();
            client().head().uri(link).exchange().expectStatus().isOk();
        }
        assertThat(stopped()).isEmpty();
    }

    @Test
    void offersWhatTheShopMayWriteAboutAndNeverShowsTheAddress() {
        grounds.state(contact.workspaceId(), Purpose.NEWS, Ground.OPT_IN, Instant.now())
                .block();
        var page = browser.page(Look.PHONE);
        page.navigate("http://localhost:" + port + link);
        assertThat(page.content())
                .doesNotContain(contact.id().toString(), "@example.com")
                .contains("…@….com");
        Browser.picture(page, "customer/unsubscribe-en-390");
        Browser.axe(page);

        assertThat(page.locator("#p-tips").count())
                .as("a purpose without a ground")
                .isZero();
        page.uncheck("#p-news");
        page.click(".choices button");
        assertThat(page.isChecked("#p-news")).isFalse();
        assertThat(stopped()).containsExactly(Purpose.NEWS);
        page.click("main > form > button");
        assertThat(page.textContent("h1")).isEqualTo("You are unsubscribed");
        Browser.picture(page, "customer/unsubscribed-en-390");
        Browser.axe(page);
        assertThat(stopped()).containsExactlyInAnyOrder(Purpose.NEWS, Purpose.QUESTIONS);

        page.check("#p-questions");
        page.click(".choices button");
        assertThat(stopped()).containsExactly(Purpose.NEWS);
    }

    @Test
    void speaksTheCustomersLanguage() {
        write(AskedCustomer.in(beans).speaking("ar"));
        var page = browser.page(Look.PHONE.darkened());
        page.navigate("http://localhost:" + port + link);
        assertThat(page.getAttribute("html", "dir")).isEqualTo("rtl");
        Browser.picture(page, "customer/unsubscribe-ar-390-dark");
        Browser.axe(page);
    }

    @Test
    void speaksTheLanguageOfTheMailWhereOnlyTheCountryIsKnown() {
        database.sql("update send set invitation_id = null where workspace_id = $1")
                .bind(0, contact.workspaceId())
                .then()
                .then(database.sql("update contact set locale = null, country = 'DE' where workspace_id = $1")
                        .bind(0, contact.workspaceId())
                        .then())
                .block();
        client().get().uri(link).exchange().expectStatus().isOk().expectHeader().valueEquals("Content-Language", "de");
    }

    @Test
    void leadsNowhereWithTheTokenOfAnAnswer() {
        var answer = "/u/" + new LinkToken(link.substring(3, 11), contact.id()).sign(LinkToken.Use.ANSWER, secret);
        client().post().uri(answer).exchange().expectStatus().isNotFound();
        client().get().uri(answer).exchange().expectStatus().isNotFound();
    }

    private void write(AskedCustomer customer) {
        var invitation =
                beans.getBean(Invitations.class).find(customer.invited()).block();
        contact = new Key(customer.workspace().id(), invitation.contactId());
        var send = Key.nextId();
        database.sql("""
                        insert into send (workspace_id, id, invitation_id, contact_id, purpose, step, kind, state, due_at, not_after, finished_at, created_at)
                        values ($1, $2, $3, $4, 'questions', 'ask', 'ask', 'accepted', now(), now(), now(), now())
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, send)
                .bind(2, invitation.key().id())
                .bind(3, contact.id())
                .then()
                .block();
        link = "/u/" + new LinkToken(customer.workspace().code(), send).sign(LinkToken.Use.UNSUBSCRIBE, secret);
    }

    private List<Purpose> stopped() {
        return suppressions.of(contact.workspaceId(), contact.id() + "@example.com").block().stream()
                .map(Suppression::purpose)
                .toList();
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }
}
