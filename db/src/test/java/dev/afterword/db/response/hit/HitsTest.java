package dev.afterword.db.response.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.hit.Hit.Judged;
import dev.afterword.db.workspace.LinkToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class HitsTest {
    private static final Signals OFFICE = new Signals(false, true, Agent.CHROME, "windows");

    @Autowired
    HitQueue queue;

    @Autowired
    Hits hits;

    @Autowired
    JudgeNewHits judgeNewHits;

    @Autowired
    ReplayVerdicts replayVerdicts;

    @Autowired
    CountAgain countAgain;

    @Autowired
    DeleteOldHits deleteOldHits;

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    @Test
    void storesWhatComesInTogetherAndSkipsWhatNobodyKnows() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        var written = queue.written();
        for (int score = 0; score < 40; score++) {
            queue.offer(request(customer, invitation, Target.PAGE, "recommend=" + score % 11, Instant.now()));
        }
        queue.offer(
                request(customer, new Key(invitation.workspaceId(), Key.nextId()), Target.PAGE, null, Instant.now()));
        queue.offer(new Request(
                new LinkToken("zzzzzzzz", invitation.id()), Target.PAGE, "GET", 404, null, OFFICE, Instant.now()));
        await().atMost(Duration.ofSeconds(10)).until(() -> queue.written() == written + 40);
        var stored = hits.ofInvitation(invitation, 100).block();
        assertThat(stored).hasSize(40).allSatisfy(hit -> {
            assertThat(hit.judged()).isNull();
            assertThat(hit.signals()).isEqualTo(OFFICE);
        });
        assertThat(hits.ofInvitation(new Key(AskedCustomer.in(beans).workspace().id(), invitation.id()), 100)
                        .block())
                .isEmpty();
    }

    @Test
    void keepsNoHitsOfAnonymousSurveys() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        run(invitation, "update survey set anonymous = true where workspace_id = $1");
        assertThat(hits.insert(List.of(new Hits.Placed(
                                invitation, request(customer, invitation, Target.PAGE, null, Instant.now()))))
                        .block())
                .isZero();
    }

    @Test
    void measuresTheTimeSinceTheLatestMailWasTaken() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        var at = Instant.parse("2026-01-02T10:00:00Z");
        run(invitation, "update invitation set accepted_at = '2026-01-02T09:59:57.500Z' where workspace_id = $1");
        place(customer, invitation, Target.PAGE, "recommend=3", at);
        judge();
        assertThat(hits.ofInvitation(invitation, 1).block().getFirst().acceptedMs())
                .isEqualTo(2_500);
        assertThat(hits.ofInvitation(invitation, 1).block().getFirst().judged())
                .isEqualTo(new Judged(Verdict.MACHINE, Reason.AT_DELIVERY, 1));
    }

    @Test
    void judgesWhatIsLeftOfSomebodyWhoWasErased() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        place(customer, invitation, Target.PAGE, null, Instant.parse("2026-01-02T10:00:00Z"));
        run(invitation, "update hit set agent = '', platform = '' where workspace_id = $1");
        judge();
        assertThat(hits.ofInvitation(invitation, 1).block().getFirst().judged()).isNotNull();
    }

    @Test
    void discardsAnAnswerThatOnlyAMachineGaveAndCountsItAgainWhenAPersonAnswers() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        answeredByAMachine(customer, invitation);
        assertThat(standing(invitation)).isEqualTo("discarded too-quick 1");
        assertThat(one(invitation, "select answered_at::text from invitation where workspace_id = $1 and id = $2"))
                .isEqualTo("null");
        assertThat(kinds(invitation)).containsExactly("response.given", "response.judged");

        send(invitation, 9);
        assertThat(standing(invitation)).startsWith("counted");
        var now = Instant.now();
        place(customer, invitation, Target.PAGE, null, now.minusSeconds(40));
        place(customer, invitation, Target.SEEN, null, now.minusSeconds(39));
        place(customer, invitation, Target.ANSWER, null, now.minusSeconds(30));
        judge();
        assertThat(standing(invitation)).startsWith("counted");
        assertThat(kinds(invitation)).containsExactly("response.given", "response.judged", "response.given");
    }

    @Test
    void comesToAnEndWhereOneLinkIsFlooded() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        run(invitation, """
                insert into hit (workspace_id, id, invitation_id, at, target, method, status, prefetch, language, agent, platform)
                select v.workspace_id, gen_random_uuid(), v.id, now() - interval '10 minutes' + i * interval '1 millisecond', 'page', 'GET', 200, false, true, 'chrome', 'windows'
                from invitation v, generate_series(1, 3000) i where v.workspace_id = $1
                """);
        judge();
        assertThat(
                        one(
                                invitation,
                                "select count(*) filter (where rule is null) || ' ' || count(*) filter (where reason = 'flood') from hit where workspace_id = $1 and invitation_id = $2"))
                .startsWith("0 ")
                .isNotEqualTo("0 0");
    }

    @Test
    void countsWhatHasNoHitsAndWhatIsUnsure() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        send(invitation, 4);
        place(customer, invitation, Target.ANSWER, null, Instant.now().minusSeconds(30));
        judge();
        assertThat(standing(invitation)).startsWith("counted");
        assertThat(kinds(invitation)).containsExactly("response.given");
    }

    @Test
    void countsAgainWhatStaffSayUntilTheyLeaveItToTheRule() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        answeredByAMachine(customer, invitation);
        var staff = Key.nextId();
        countAgain.set(invitation, staff, true).block();
        assertThat(standing(invitation)).startsWith("counted");
        countAgain.set(invitation, staff, true).block();
        replayVerdicts.replay(invitation.workspaceId(), null, 10).block();
        assertThat(standing(invitation)).startsWith("counted");
        countAgain.set(invitation, staff, false).block();
        assertThat(standing(invitation)).startsWith("discarded");
        assertThat(kinds(invitation))
                .containsExactly("response.given", "response.judged", "response.judged", "response.judged");
    }

    @Test
    void replaysABetterRuleAndKeepsWhatTheOldOneSaid() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        answeredByAMachine(customer, invitation);
        var trusting = new HitRule() {
            @Override
            public int version() {
                return 2;
            }

            @Override
            public Judged judge(Evidence evidence) {
                return new Judged(Verdict.PERSON, Reason.ANSWERED, 2);
            }
        };
        var replayed = replayVerdicts
                .replay(invitation.workspaceId(), null, 10, trusting)
                .block();
        assertThat(replayed).isEqualTo(new ReplayVerdicts.Replayed(2, 2, 2, 0, 1, null));
        assertThat(standing(invitation)).startsWith("counted");
        assertThat(
                        one(
                                invitation,
                                "select earlier #>> '{0,verdict}' || (earlier #>> '{0,rule}') from hit where workspace_id = $1 and invitation_id = $2 and target = 'answer'"))
                .isEqualTo("machine1");
        assertThat(replayVerdicts.replay(invitation.workspaceId(), null, 10).block())
                .isEqualTo(new ReplayVerdicts.Replayed(1, 2, 2, 1, 0, null));
        assertThat(standing(invitation)).startsWith("discarded");
    }

    @Test
    void letsRawHitsGoAfterNinetyDaysAndKeepsWhatWasDecided() {
        var customer = AskedCustomer.in(beans);
        var invitation = customer.invited();
        answeredByAMachine(customer, invitation);
        var old = customer.invited();
        place(customer, old, Target.PAGE, null, Instant.now().minus(Duration.ofDays(91)));
        run(invitation, "update hit set at = at - interval '89 days' where workspace_id = $1 and target = 'answer'");
        assertThat(deleteOldHits.delete().block()).isFalse();
        assertThat(hits.ofInvitation(invitation, 10).block()).hasSize(2);
        assertThat(hits.ofInvitation(old, 10).block()).isEmpty();
        assertThat(standing(invitation)).startsWith("discarded");
    }

    private void answeredByAMachine(AskedCustomer customer, Key invitation) {
        send(invitation, 0);
        var at = Instant.now().minusSeconds(60);
        run(invitation, "update response set answered_at = now() - interval '60 seconds' where workspace_id = $1");
        place(customer, invitation, Target.PAGE, "recommend=0", at.minusMillis(80));
        place(customer, invitation, Target.ANSWER, null, at);
        judge();
    }

    private void judge() {
        while (judgeNewHits.judge().block()) {
            // Until there is nothing more.
        }
    }

    private void place(AskedCustomer customer, Key invitation, Target target, String chosen, Instant at) {
        hits.insert(List.of(new Hits.Placed(invitation, request(customer, invitation, target, chosen, at))))
                .block();
    }

    private static Request request(AskedCustomer customer, Key invitation, Target target, String chosen, Instant at) {
        return new Request(
                new LinkToken(customer.workspace().code(), invitation.id()),
                target,
                target == Target.ANSWER ? "POST" : "GET",
                target == Target.ANSWER ? 303 : 200,
                chosen,
                OFFICE,
                at);
    }

    private void send(Key invitation, int score) {
        giveAnswers
                .give(new GivenAnswers(invitation, Map.of("recommend", score), true, true, Instant.now()))
                .block();
    }

    private void run(Key invitation, String sql) {
        database.sql(sql).bind(0, invitation.workspaceId()).then().block();
    }

    private String standing(Key invitation) {
        return one(
                invitation,
                "select case when discarded_at is null then 'counted' else 'discarded ' || discarded_reason || ' ' || discarded_rule end from response where workspace_id = $1 and id = $2");
    }

    private String one(Key invitation, String sql) {
        return database.sql(sql)
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .map(row -> String.valueOf(row.get(0, String.class)))
                .one()
                .block();
    }

    private List<String> kinds(Key invitation) {
        return database.sql(
                        "select kind from event where workspace_id = $1 and subject_id = $2 order by created_at, id")
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
