package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseStatus;
import dev.afterword.db.inbox.CustomerCase;
import dev.afterword.db.inbox.CustomerCases;
import dev.afterword.db.inbox.PromiseInCase;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.inbox.WatchCases;
import dev.afterword.db.message.Sends;
import dev.afterword.db.order.Offer;
import dev.afterword.db.reward.ChangePools;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written to the customer of a case, what comes back, and what was promised. */
@DatabaseTest
class AnsweredCasesTest extends CaseShop {
    @Test
    void putsAReplyIntoTheCaseOfTheMailThatItAnswersAndOpensItAgain() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var opened = byHand("Broken", CaseKind.COMPLAINT);
        var other = byHand("Another thing", CaseKind.QUESTION);
        beans.getBean(ReplyToCase.class)
                .reply(opened.key(), null, "Hello {{contact.firstName|there}}, we *send* a new one.")
                .block();
        assertThat(cases.find(opened.key()).block().status()).isEqualTo(CaseStatus.WAITING);
        go();
        var send = UUID.fromString(texts("select id::text from send where workspace_id = $1 and kind = 'reply'")
                .getFirst());
        assertThat(texts("select state from send where workspace_id = $1 and kind = 'reply'"))
                .containsExactly("accepted");
        heard(send, "<1@example.com>", "It came, thank you");
        go();
        assertThat(cases.find(opened.key()).block().status()).isEqualTo(CaseStatus.OPEN);
        actOnCase
                .change(opened.key(), null, null, (one, now) -> one.closed(RootCause.PROCESS, "packing", now))
                .block();
        heard(send, "<2@example.com>", "Broken again!");
        go();
        go();
        assertThat(cases.entries(opened.key()).block())
                .extracting(entry -> entry.kind().code())
                .containsExactly("said", "reply", "said", "change", "said");
        assertThat(cases.find(opened.key()).block().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(cases.entries(other.key()).block()).hasSize(1);
        beans.getBean(ReplyToCase.class).reply(opened.key(), null, "Once more").block();
        var second = texts("select id::text from send where workspace_id = $1 and kind = 'reply' and state = 'planned'")
                .getFirst();
        var mail = beans.getBean(WriteMails.class)
                .write(
                        shop.workspaceId(),
                        List.of(beans.getBean(Sends.class)
                                .find(new Key(shop.workspaceId(), UUID.fromString(second)))
                                .block()),
                        begin)
                .block()
                .values()
                .iterator()
                .next();
        assertThat(mail.mail().subject()).isEqualTo("Re: Broken");
        assertThat(mail.inReplyTo()).isEqualTo("<2@example.com>");
    }

    @Test
    void sendsNoAnswerWithAGapInIt() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var opened = byHand("Broken", CaseKind.COMPLAINT);
        for (var words :
                List.of("It comes on [[day]].", "Hello {{contact.frstName|there}}", "Hello {{contact.firstName}}")) {
            assertThatThrownBy(() -> beans.getBean(ReplyToCase.class)
                            .reply(opened.key(), null, words)
                            .block())
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            problem -> assertThat(problem.code()).startsWith("mail."));
        }
        assertThat(cases.entries(opened.key()).block()).hasSize(1);
    }

    @Test
    void raisesACaseWhoseCustomerWasPromisedADayThatPassed() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var opened = byHand("Broken", CaseKind.QUESTION);
        var promise = beans.getBean(PromiseInCase.class);
        var reply = beans.getBean(ReplyToCase.class);
        var today = LocalDate.now(shop.workspace().zone());
        assertThatThrownBy(() ->
                        promise.promise(opened.key(), null, today.minusDays(1)).block())
                .hasMessageContaining("case.promise-day");
        reply.reply(opened.key(), null, "We look into it.").block();
        promise.promise(opened.key(), null, today).block();
        reply.reply(opened.key(), null, "Here it is.").block();
        assertThat(promises()).isEmpty();

        promise.promise(opened.key(), null, today.plusDays(2)).block();
        promise.promise(opened.key(), null, today).block();
        assertThat(promises()).hasSize(1);
        run(
                "update case_alarm set at = now() - interval '1 minute' where workspace_id = $1 and kind = 'promise-breached'");
        beans.getBean(WatchCases.class).round().block();
        beans.getBean(WatchCases.class).round().block();
        assertThat(cases.find(opened.key()).block())
                .returns(CaseStatus.OPEN, Case::status)
                .returns(2, Case::priority);
        assertThat(cases.entries(opened.key()).block().stream()
                        .filter(entry -> entry.change().containsKey("promiseBroken")))
                .singleElement()
                .satisfies(entry -> assertThat(entry.change()).containsOnlyKeys("promiseBroken", "status", "priority"));
        assertThat(promises()).isEmpty();
        assertThat(beans.getBean(CustomerCases.class)
                        .find(opened.key(), true)
                        .block()
                        .parts())
                .extracting(CustomerCase.Part::what)
                .doesNotContain("opened");
    }

    @Test
    void goodwillKeepsAPromiseAndClosingEndsIt() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var opened = byHand("Broken", CaseKind.QUESTION);
        var promise = beans.getBean(PromiseInCase.class);
        var today = LocalDate.now(shop.workspace().zone());
        beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "sorry",
                        new ChangePools.Wish("Sorry", "SORRY", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        promise.promise(opened.key(), null, today).block();
        beans.getBean(ReplyToCase.class).give(opened.key(), null, "sorry").block();
        assertThat(promises()).isEmpty();
        promise.promise(opened.key(), null, today).block();
        actOnCase
                .change(opened.key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        assertThat(promises()).isEmpty();
        actOnCase.change(opened.key(), null, null, (one, now) -> one.reopened()).block();
        assertThat(beans.getBean(CustomerCases.class)
                        .find(opened.key(), true)
                        .block()
                        .parts())
                .extracting(CustomerCase.Part::what)
                .endsWith("closed", "opened");
    }

    private List<String> promises() {
        return texts("select kind from case_alarm where workspace_id = $1 and kind like 'promise%'");
    }
}
