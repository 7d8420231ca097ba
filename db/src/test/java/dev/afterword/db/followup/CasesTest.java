package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseEntry;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseStatus;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.MergeCases;
import dev.afterword.db.inbox.PromiseInCase;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.inbox.RootCause;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What staff does with cases: changes, closes, undoes, and lets one go on in another. */
@DatabaseTest
class CasesTest extends CaseShop {
    @Test
    void tellsTheSecondOfTwoWhoChangeItAndKeepsWhatBothSaid() {
        var opened = byHand("Broken", CaseKind.COMPLAINT);
        actOnCase.change(opened.key(), 0, null, (one, now) -> one.ofPriority(1)).block();
        assertThatThrownBy(() -> actOnCase
                        .change(opened.key(), 0, null, (one, now) -> one.ofTeam("returns"))
                        .block())
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo("case.changed-meanwhile"));
        actOnCase.note(opened.key(), null, "Called twice", List.of(), false).block();
        actOnCase.note(opened.key(), null, "She is at home", List.of(), true).block();
        assertThat(cases.entries(opened.key()).block())
                .extracting(entry -> entry.kind().code() + " " + entry.words())
                .containsExactly("said It is broken", "change ", "note Called twice", "call She is at home");
        assertThat(cases.find(opened.key()).block())
                .returns(1, Case::priority)
                .satisfies(found -> assertThat(found.firstAnsweredAt()).isNotNull());
    }

    @Test
    void closesAComplaintOnlyWithItsCauseAndAnythingElseWithout() {
        var complaint = byHand("Broken", CaseKind.COMPLAINT);
        assertThatThrownBy(() -> actOnCase
                        .change(complaint.key(), null, null, (one, now) -> one.closed(null, "handle", now))
                        .block())
                .isInstanceOf(Rejected.class);
        actOnCase
                .change(complaint.key(), null, null, (one, now) -> one.closed(RootCause.PRODUCT, "handle", now))
                .block();
        var question = byHand("When?", CaseKind.QUESTION);
        actOnCase
                .change(question.key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        assertThat(
                        texts(
                                "select root_cause from support_case where workspace_id = $1 and status = 'closed' order by opened_at"))
                .hasSize(2)
                .contains("product");
        assertThat(texts("select kind from event where workspace_id = $1 and kind = 'case.closed'"))
                .hasSize(2);
    }

    @Test
    void undoesWhatWasDoneToManyExceptWhereSomebodyHasChangedItSince() {
        var one = byHand("One", CaseKind.QUESTION);
        var other = byHand("Other", CaseKind.QUESTION);
        var staff = UUID.randomUUID();
        run(
                "with w as (select $1::uuid) insert into staff (id, version, email, name, created_at) values ('%s', 0, '%s@x.test', 'Mira', now())"
                        .formatted(staff, staff));
        var ids = List.of(one.key().id(), other.key().id(), UUID.randomUUID());
        var urgent = actOnCases
                .change(shop.workspaceId(), ids, staff, (found, now) -> found.ofPriority(1))
                .block();
        assertThat(urgent.changed()).isEqualTo(2);
        actOnCase
                .change(other.key(), null, null, (found, now) -> found.ofPriority(2))
                .block();
        assertThat(actOnCases
                        .undo(shop.workspaceId(), urgent.batchId(), UUID.randomUUID())
                        .block())
                .isZero();
        assertThat(actOnCases.undo(shop.workspaceId(), urgent.batchId(), staff).block())
                .isEqualTo(1);
        assertThat(List.of(
                        cases.find(one.key()).block().priority(),
                        cases.find(other.key()).block().priority()))
                .containsExactly(3, 2);
        var spam = actOnCases.change(shop.workspaceId(), ids, staff, Case::spam).block();
        actOnCases.undo(shop.workspaceId(), spam.batchId(), staff).block();
        assertThat(subjects(CaseView.OPEN, null)).containsExactlyInAnyOrder("One", "Other");
    }

    @Test
    void letsOneCaseGoOnInAnother() {
        var one = byHand("Broken", CaseKind.COMPLAINT);
        var other = byHand("Still broken", CaseKind.COMPLAINT);
        beans.getBean(MergeCases.class).merge(other.key(), one.key(), null).block();
        assertThat(cases.find(other.key()).block())
                .returns(CaseStatus.MERGED, Case::status)
                .returns(one.key().id(), Case::mergedInto);
        assertThat(cases.entries(one.key()).block()).last().returns(CaseEntry.Kind.CHANGE, CaseEntry::kind);
        assertThatThrownBy(() -> beans.getBean(MergeCases.class)
                        .merge(other.key(), one.key(), null)
                        .block())
                .isInstanceOf(Conflict.class);
    }

    @Test
    void whatWasOursToDoIsOursInTheCaseInWhichItGoesOnAndIsReadThere() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var merge = beans.getBean(MergeCases.class);
        var first = byHand("Broken", CaseKind.QUESTION);
        var second = byHand("Still broken", CaseKind.QUESTION);
        var third = byHand("Hello?", CaseKind.QUESTION);
        beans.getBean(ReplyToCase.class)
                .reply(first.key(), null, "We look into it.")
                .block();
        go();
        var send = UUID.fromString(texts("select id::text from send where workspace_id = $1 and kind = 'reply'")
                .getFirst());
        beans.getBean(PromiseInCase.class)
                .promise(second.key(), null, LocalDate.now(shop.workspace().zone()))
                .block();
        actOnCase
                .change(third.key(), null, null, (one, now) -> one.snoozed(now.plus(Duration.ofDays(3)), now))
                .block();

        merge.merge(first.key(), third.key(), null).block();
        assertThat(cases.find(third.key()).block().snoozedUntil()).isNotNull();
        merge.merge(second.key(), third.key(), null).block();
        assertThat(cases.find(third.key()).block())
                .returns(CaseStatus.OPEN, Case::status)
                .returns(null, Case::snoozedUntil);
        assertThat(texts("select case_id::text from case_alarm where workspace_id = $1 and kind = 'promise-breached'"))
                .containsExactly(third.key().id().toString());
        assertThat(cases.entries(third.key()).block().stream().filter(entry -> entry.kind() == CaseEntry.Kind.SAID))
                .hasSize(3);

        var last = byHand("Now it burns", CaseKind.QUESTION);
        merge.merge(third.key(), last.key(), null).block();
        byHand("Another thing", CaseKind.QUESTION);
        heard(send, "<1@example.com>", "Thank you");
        go();
        assertThat(cases.entries(last.key()).block()).last().satisfies(entry -> {
            assertThat(entry.words()).isEqualTo("Thank you");
            assertThat(entry.caseId()).isEqualTo(last.key().id());
        });
    }
}
