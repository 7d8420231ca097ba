package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.hit.Agent;
import dev.afterword.db.response.hit.Hit;
import dev.afterword.db.response.hit.Hits;
import dev.afterword.db.response.hit.Target;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@WebTest
class HitPagesTest {
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    @Autowired
    TestStaff staff;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Hits hits;

    @Autowired
    MeterRegistry meters;

    @Autowired
    DatabaseClient database;

    private WebTestClient http;
    private AskedCustomer customer;
    private Key invitation;
    private String link;

    @BeforeEach
    void ask() {
        http = staff.visitor();
        customer = AskedCustomer.in(beans);
        invitation = customer.invited();
        link = "/r/" + new LinkToken(customer.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }

    @Test
    void takesNoteOfEveryRequestAndOfNothingThatNamesAPerson() {
        http.get()
                .uri(link + "?recommend=9&_at=recommend")
                .header("User-Agent", PHONE)
                .header("Accept-Language", "de")
                .header("X-Forwarded-For", "203.0.113.9")
                .exchange()
                .expectStatus()
                .isOk();
        http.method(HttpMethod.HEAD)
                .uri(link)
                .header("User-Agent", "Barracuda Sentinel (EE)")
                .exchange()
                .expectStatus()
                .isOk();
        http.get().uri(link + "/seen").exchange().expectStatus().isNoContent();
        http.get()
                .uri(link + "/print")
                .header("Sec-Purpose", "prefetch;prerender")
                .exchange()
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location(link);
        http.post()
                .uri(link)
                .body(BodyInserters.fromFormData("recommend", "9"))
                .exchange()
                .expectStatus()
                .isSeeOther();
        http.get().uri("/u/" + unsubscribe()).exchange().expectStatus().isOk();

        var stored = stored(6);
        assertThat(stored.stream().map(Hit::target))
                .containsExactly(
                        Target.PAGE, Target.PAGE, Target.SEEN, Target.CANARY, Target.ANSWER, Target.UNSUBSCRIBE);
        var look = stored.getFirst();
        assertThat(look.chosen()).isEqualTo("recommend=9");
        assertThat(look.signals().agent()).isEqualTo(Agent.SAFARI);
        assertThat(look.signals().platform()).isEqualTo("ios");
        assertThat(look.signals().language()).isTrue();
        assertThat(stored.get(1).method()).isEqualTo("HEAD");
        assertThat(stored.get(1).signals().agent()).isEqualTo(Agent.ROBOT);
        assertThat(stored.get(3).signals().prefetch()).isTrue();
        assertThat(stored.get(4).status()).isEqualTo(303);
        assertThat(everything()).doesNotContain("203.0.113.9", "127.0.0.1", "Mozilla", "Barracuda");
        assertThat(meters.get("afterword.hits.written").functionCounter().count())
                .isGreaterThanOrEqualTo(6);
        assertThat(meters.get("afterword.hits.dropped").functionCounter().count())
                .isZero();
    }

    @Test
    void takesNoNoteOfForgedLinks() {
        var forged = link.substring(0, link.length() - 2) + "zz";
        for (var wrong : List.of(forged, forged + "/seen", forged + "/print", "/r/a%20%22b/print")) {
            http.get()
                    .uri(java.net.URI.create(staff.base() + wrong))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        http.get().uri(link).exchange().expectStatus().isOk();
        // What was forged waits before the link that is right, so that it would be there by then.
        assertThat(stored(1)).hasSize(1);
    }

    @Test
    void hidesALinkThatOnlyMachinesFollowAndAsksForSomethingWhenThePageIsDrawn() {
        var page = new String(
                http.get().uri(link).exchange().expectBody().returnResult().getResponseBody(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(page)
                .contains("<a hidden tabindex=\"-1\" aria-hidden=\"true\" rel=\"nofollow\" href=\"" + link
                        + "/print\"></a>")
                .contains(".go{background-image:url(" + link + "/seen)}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36|CHROME|windows",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0|EDGE|windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0|FIREFOX|macos",
                "Mozilla/5.0 (Linux; Android 15; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36|SAMSUNG|android",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0 Safari/537.36|HEADLESS|linux",
                "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) BingPreview/1.0b|ROBOT|other",
                "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)|ROBOT|other",
                "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)|MAIL|windows",
                "python-requests/2.32|LIBRARY|other",
                "curl/8.9.1|LIBRARY|other",
                "''|NONE|other"
            })
    void knowsFamiliesOfPrograms(String said, Agent agent, String platform) {
        assertThat(Agents.family(said)).isEqualTo(agent);
        assertThat(Agents.platform(said)).isEqualTo(platform);
    }

    private List<Hit> stored(int expected) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> hits.ofInvitation(invitation, 100).block().size() >= expected);
        return hits.ofInvitation(invitation, 100).block().reversed();
    }

    private String unsubscribe() {
        var id = Key.nextId();
        database.sql("""
                        insert into send (workspace_id, id, invitation_id, contact_id, purpose, step, kind, state, due_at, not_after, finished_at, created_at)
                        select workspace_id, $2, id, contact_id, 'questions', 'ask', 'ask', 'accepted', now(), now(), now(), now() from invitation where workspace_id = $1
                        """).bind(0, invitation.workspaceId()).bind(1, id).then().block();
        return new LinkToken(customer.workspace().code(), id).sign(LinkToken.Use.UNSUBSCRIBE, secret);
    }

    private String everything() {
        return database.sql("select string_agg(h::text, ' ') from hit h where h.workspace_id = $1")
                .bind(0, invitation.workspaceId())
                .mapValue(String.class)
                .one()
                .block();
    }
}
