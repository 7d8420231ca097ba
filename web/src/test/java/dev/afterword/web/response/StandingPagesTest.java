package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.insight.RollUp;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.hit.JudgeNewHits;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@WebTest
class StandingPagesTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern SPACE = Pattern.compile("<[^>]*>|\\s+");

    @Autowired
    TestStaff staff;

    @Autowired
    BeanFactory beans;

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    JudgeNewHits judgeNewHits;

    @Autowired
    RollUp rollUp;

    @Autowired
    DatabaseClient database;

    private Member owner;
    private List<Key> invited;

    /** One that counts, one that nobody sent, one that a machine sent. */
    @BeforeEach
    void answer() {
        var customer = AskedCustomer.in(beans);
        invited = customer.invited(3);
        owner = staff.member(customer.workspace(), Role.OWNER);
        give(invited.get(0), 9, true);
        give(invited.get(1), 5, false);
        give(invited.get(2), 0, true);
        run("update response set answered_at = now() - interval '60 seconds' where workspace_id = $1 and id = '%s'"
                .formatted(invited.get(2).id()));
        hit("page", "GET", 200, 60_100);
        hit("answer", "POST", 303, 60_000);
        judgeNewHits.judge().block();
        run(
                "update response set marks = '{\"nonsense\": {\"rule\": 1, \"why\": {\"question\": \"comment\", \"kind\": \"keyboard\"}}}' where workspace_id = $1 and id = '%s'"
                        .formatted(invited.get(0).id()));
        rollUp.again(owner.workspace().id()).block();
        while (Boolean.TRUE.equals(rollUp.compute().block())) {
            // The next batch of days.
        }
    }

    @Test
    void showsWhatCountsBesideWhatDoesNot() {
        assertThat(words("/responses"))
                .contains("1 response", "1 counted · 1 provisional · 1 discarded", "nonsense")
                .doesNotContain("2 responses");
        assertThat(words("/responses?standing=discarded"))
                .contains("1 response", "sent in less than half a second")
                .doesNotContain("keys beside each other");
        assertThat(words("/responses?standing=all")).contains("3 responses");
        assertThat(words("/responses?mark=nonsense")).contains("1 response");
        assertThat(words("/responses?mark=speeder")).contains("No response fits");
        assertThat(words("/trends")).contains("Responses of the period: 1 counted · 1 provisional · 1 discarded");
        client().get()
                .uri(owner.path("/responses?standing=nonsense"))
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void letsStaffCountWhatARuleDiscardedAndLeaveItToTheRuleAgain() {
        var page = "/responses/" + invited.get(2).id();
        assertThat(words(page))
                .contains("discarded", "Rule 1 takes it for a machine’s", "Requests of the link (2)", "sent answers");
        post(page, "/counting");
        assertThat(words(page)).contains("Staff said that it counts all the same", "counted");
        assertThat(words("/responses")).contains("2 counted · 1 provisional · 0 discarded");
        post(page, "/judging");
        assertThat(words("/responses")).contains("1 counted · 1 provisional · 1 discarded");
    }

    @Test
    void callsProductsFollowUpsAndSurveysByTheirNames() {
        run(
                "insert into product (workspace_id, id, sku, name, version, created_at) values ($1, '%s', 'b1-204', 'Kettle', 0, now())"
                        .formatted(Key.nextId()));
        run(
                "update response set segments = '{\"product\": [\"b1-204\", \"x-9\"], \"followUp\": [\"post-purchase\"]}' where workspace_id = $1 and id = '%s'"
                        .formatted(invited.get(0).id()));
        assertThat(words("/responses/" + invited.get(0).id()))
                .contains("Product Kettle , x-9", "Follow-up After the purchase")
                .doesNotContain("b1-204");
        assertThat(words("/responses?survey=post-purchase&segment=followUp=post-purchase"))
                .contains("survey After the purchase")
                .doesNotContain("survey post-purchase");
    }

    @Test
    void letsNobodyElseDecide() {
        var page = "/responses/" + invited.get(2).id();
        var support = staff.member(owner.workspace(), Role.SUPPORT);
        assertThat(text(staff.client(support), support.path(page))).doesNotContain("/counting");
        var other = staff.owner();
        staff.client(other)
                .post()
                .uri(other.path(page + "/counting"))
                .body(BodyInserters.fromFormData("_csrf", token(text(staff.client(other), other.path("/responses")))))
                .exchange();
        assertThat(words("/responses")).contains("1 counted · 1 provisional · 1 discarded");
    }

    private void post(String page, String below) {
        client().post()
                .uri(owner.path(page + below))
                .body(BodyInserters.fromFormData("_csrf", token(text(client(), owner.path(page)))))
                .exchange()
                .expectStatus()
                .isSeeOther();
    }

    private static String token(String page) {
        var found = TOKEN.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private WebTestClient client() {
        return staff.client(owner);
    }

    /** What the page says, without its markup. */
    private String words(String below) {
        return SPACE.matcher(text(client(), owner.path(below)).replaceAll("title=\"([^\"]*)\"[^>]*>", "> $1 "))
                .replaceAll(" ")
                .replaceAll(" +", " ");
    }

    private static String text(WebTestClient client, String path) {
        return client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private void give(Key invitation, int score, boolean confirmed) {
        giveAnswers
                .give(new GivenAnswers(invitation, Map.of("recommend", score), confirmed, confirmed, Instant.now()))
                .block();
    }

    private void hit(String target, String method, int status, int before) {
        run("""
                insert into hit (workspace_id, id, invitation_id, at, target, method, status, prefetch, language, agent, platform)
                select workspace_id, '%s', id, now() - interval '%s milliseconds', '%s', '%s', %s, false, true, 'chrome', 'windows'
                from invitation where workspace_id = $1 and id = '%s'
                """.formatted(
                Key.nextId(), before, target, method, status, invited.get(2).id()));
    }

    private void run(String sql) {
        database.sql(sql).bind(0, owner.workspace().id()).then().block();
    }
}
