package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.inbox.CaughtByRules;
import dev.afterword.db.response.topic.TopicRule;
import dev.afterword.db.response.topic.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What opens cases without staff: rules, replies and steps; and what that stops and begins. */
@DatabaseTest
class OpenedCasesTest extends CaseShop {
    @Test
    void opensOneForABadAnswerOfWhoSpentEnoughAndOnlyOne() {
        beans.getBean(CaseRules.class)
                .add(new CaseRule(
                        Key.next(shop.workspaceId()),
                        "Unhappy",
                        "bad",
                        List.of(),
                        List.of(),
                        BigDecimal.valueOf(100),
                        CaseKind.COMPLAINT,
                        2,
                        "care"))
                .block();
        shop.enabled();
        var bad = shop.delivered("1", "ana@example.com", begin.minus(3, ChronoUnit.DAYS));
        var good = shop.delivered("2", "ben@example.com", begin.minus(3, ChronoUnit.DAYS));
        var spread = shop.delivered("3", "cem@example.com", begin.minus(3, ChronoUnit.DAYS));
        shop.delivered("4", "cem@example.com", begin.minus(300, ChronoUnit.DAYS));
        run(
                "update customer_order o set contact_id = c.contact_id, total_amount = case when o.external_id in ('3', '4') then 60 else 120 end, total_currency = case o.external_id when '4' then 'SEK' else 'EUR' end from customer_order c where o.workspace_id = $1 and c.workspace_id = $1 and c.external_id = case o.external_id when '4' then '3' else o.external_id end");
        go();
        answer(bad, 2);
        answer(good, 10);
        answer(spread, 2);
        go();
        run(
                "insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'response.changed', id, contact_id, now() from response where workspace_id = $1");
        go();
        assertThat(
                        texts(
                                "select concat_ws(' ', kind, priority, team, status) from support_case where workspace_id = $1"))
                .containsExactly("complaint 2 care open");
        assertThat(
                        texts(
                                "select o.external_id from support_case k join customer_order o on o.workspace_id = k.workspace_id and o.id = k.order_id where k.workspace_id = $1"))
                .containsExactly("1");
    }

    @Test
    void opensOneForWhatAnAnswerIsAbout() {
        var topics = beans.getBean(Topics.class);
        var delivery = topics.add(shop.workspaceId(), "Delivery").block().key();
        topics.add(new TopicRule(Key.next(shop.workspaceId()), delivery.id(), "en", "late"), UUID.randomUUID())
                .block();
        var rule = beans.getBean(CaseRules.class)
                .add(new CaseRule(
                        Key.next(shop.workspaceId()),
                        0,
                        "Delivery",
                        null,
                        List.of(),
                        List.of(),
                        null,
                        CaseKind.COMPLAINT,
                        3,
                        null,
                        List.of(delivery.id())))
                .block();
        assertThat(beans.getBean(CaseRules.class).find(rule.key()).block()).isEqualTo(rule);
        shop.enabled();
        var late = shop.delivered("1", "ana@example.com", begin.minus(3, ChronoUnit.DAYS));
        var fine = shop.delivered("2", "ben@example.com", begin.minus(3, ChronoUnit.DAYS));
        go();
        answer(late, 9);
        answer(fine, 9);
        run(
                "insert into answer (workspace_id, response_id, question_key, text, answered_at) select r.workspace_id, r.id, 'comment', case when o.external_id = '1' then 'It was late' else 'All is well' end, now() from response r join customer_order o on o.workspace_id = r.workspace_id and o.id = r.order_id where r.workspace_id = $1");
        go();
        assertThat(texts("select subject from support_case where workspace_id = $1"))
                .containsExactly("It was late");
        assertThat(beans.getBean(CaughtByRules.class)
                        .last90Days(shop.workspaceId(), Instant.now())
                        .block()
                        .of(rule.key().id()))
                .isEqualTo(1);
    }

    @Test
    void opensANewCaseForAReplyToAnythingElseAndStopsWhatIsNotService() {
        var tips = follow(
                "tips",
                "order-delivered",
                "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + FollowUpShop.MAIL);
        var service = follow("service", "order-delivered", FollowUpShop.MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        var send = UUID.fromString(texts("select id::text from send where workspace_id = $1 and follow_up_id = '%s'"
                        .formatted(service.id()))
                .getFirst());
        heard(send, "<1@example.com>", "The lid is missing");
        go();
        assertThat(
                        texts(
                                "select concat_ws(' ', source, kind, status, subject) from support_case where workspace_id = $1"))
                .containsExactly("reply question open Re: Hello");
        assertThat(texts(
                        "select concat_ws(' ', state, skip_reason) from send where workspace_id = $1 and follow_up_id = '%s'"
                                .formatted(tips.id())))
                .containsExactly("skipped open-case");
        assertThat(texts("select end_reason from enrollment where workspace_id = $1 and follow_up_id = '%s'"
                        .formatted(tips.id())))
                .containsExactly("open-case");
    }

    @Test
    void opensACaseByAStepAndAsksAfterItIsClosed() {
        var rescue = follow(
                "tips",
                "order-delivered",
                "{\"key\": \"look\", \"type\": \"open-case\", \"kind\": \"question\", \"subject\": \"Look into it\", \"priority\": 1}, "
                        + FollowUpShop.MAIL);
        var after = follow("service", "{\"on\": \"case-closed\", \"kind\": \"question\"}", FollowUpShop.MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        go();
        assertThat(texts("select id::text from support_case where workspace_id = $1 and source = 'follow-up'"))
                .hasSize(1);
        assertThat(texts("select state from send where workspace_id = $1 and follow_up_id = '%s'"
                        .formatted(rescue.id())))
                .containsExactly("accepted");
        var id = UUID.fromString(texts("select id::text from support_case where workspace_id = $1")
                .getFirst());
        actOnCase
                .change(new Key(shop.workspaceId(), id), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        go();
        assertThat(texts(
                        "select state from send where workspace_id = $1 and follow_up_id = '%s'".formatted(after.id())))
                .containsExactly("accepted");
    }

    private void answer(UUID order, int score) {
        run("""
                with r as (
                    insert into response (workspace_id, id, survey_id, version_id, invitation_id, contact_id, order_id, complete, confirmed_at, started_at, answered_at, created_at)
                    select workspace_id, id, survey_id, version_id, id, contact_id, order_id, true, now(), now(), now(), now() from invitation where workspace_id = $1 and order_id = '%s'
                    returning workspace_id, id, contact_id
                ), a as (
                    insert into answer (workspace_id, response_id, question_key, number, answered_at) select workspace_id, id, 'recommend', %d, now() from r
                )
                insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'response.given', id, contact_id, now() from r
                """.formatted(order, score));
    }

    private String delivered() {
        return "\"status\": \"delivered\", \"deliveredAt\": \"" + begin + "\"";
    }

    private Key follow(String purpose, String on, String steps) {
        var definition = "{\"purpose\": \"%s\", \"trigger\": %s, \"steps\": [%s]}"
                .formatted(purpose, on.startsWith("{") ? on : "{\"on\": \"" + on + "\"}", steps);
        return shop.follow("Test", definition);
    }
}
