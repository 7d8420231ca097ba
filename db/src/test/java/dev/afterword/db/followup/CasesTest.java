package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.Cursor;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Leaf;
import dev.afterword.db.Rejected;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.ActOnCases;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseEntry;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseQuery;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.inbox.CaseStatus;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.Cases;
import dev.afterword.db.inbox.CaughtByRules;
import dev.afterword.db.inbox.CustomerCase;
import dev.afterword.db.inbox.CustomerCases;
import dev.afterword.db.inbox.ListedCase;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.inbox.MergeCases;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.inbox.PromiseInCase;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.inbox.WatchCases;
import dev.afterword.db.message.Sends;
import dev.afterword.db.order.Offer;
import dev.afterword.db.response.topic.TopicRule;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** What opens cases, what is done with them, what comes back into them, and what they stop and begin. */
@DatabaseTest
class CasesTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    Cases cases;

    @Autowired
    ActOnCase actOnCase;

    @Autowired
    ActOnCases actOnCases;

    @Autowired
    ListedCases listed;

    final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        beans.getBean(Grounds.class)
                .state(shop.workspaceId(), Purpose.TIPS, Ground.EXISTING_CUSTOMER, begin)
                .block();
    }

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
    void findsCasesByViewAndByEveryWordThatWasSaid() {
        var kettle = byHand("Kettle leaks", CaseKind.COMPLAINT);
        var spam = byHand("Win now", CaseKind.QUESTION);
        actOnCase
                .note(kettle.key(), null, "Ersatzteil bestellt", List.of(), false)
                .block();
        assertThat(actOnCases
                        .change(shop.workspaceId(), List.of(spam.key().id()), null, (one, now) -> one.spam(now))
                        .block()
                        .changed())
                .isEqualTo(1);
        assertThat(subjects(CaseView.OPEN, null)).containsExactly("Kettle leaks");
        assertThat(subjects(CaseView.UNASSIGNED, "ersatz")).containsExactly("Kettle leaks");
        assertThat(subjects(CaseView.ALL, "kettle broken")).containsExactly("Kettle leaks");
        assertThat(subjects(CaseView.ALL, "kettle nowhere")).isEmpty();
        assertThat(subjects(CaseView.SPAM, null)).containsExactly("Win now");
        for (var view : CaseView.values()) {
            subjects(view, "x");
        }
        assertThat(listed.counts(shop.workspaceId(), List.of(CaseView.values()), null, Instant.now())
                        .block())
                .containsEntry(CaseView.OPEN, 1L)
                .containsEntry(CaseView.SPAM, 1L)
                .containsEntry(CaseView.BREACHED, 0L);
    }

    @Test
    void listsWhatIsToBeDoneByWhenItIsDueAndWhatIsNotDueByWhenItCameAndLeafsThroughIt() {
        for (var hours : List.of(5, 1, 3)) {
            due(byHand("In " + hours, CaseKind.QUESTION), "now() + interval '%d hours'".formatted(hours));
        }
        due(byHand("No time", CaseKind.QUESTION), "null");
        due(byHand("No time either", CaseKind.QUESTION), "null");
        var open = subjects(CaseView.OPEN, null);
        assertThat(open).containsExactly("In 1", "In 3", "In 5", "No time", "No time either");
        assertThat(subjects(CaseView.UNASSIGNED, "broken")).isEqualTo(open);
        assertThat(subjects(CaseView.ALL, null)).containsExactly("No time either", "No time", "In 3", "In 1", "In 5");
        for (var view : List.of(CaseView.DUE, CaseView.OPEN)) {
            var all = view == CaseView.DUE ? open.subList(0, 3) : open;
            var first = leaf(view, null);
            var second = leaf(view, Cursor.decode(first.older()));
            assertThat(subjects(first)).isEqualTo(all.subList(0, 2));
            assertThat(subjects(second)).isEqualTo(all.subList(2, Math.min(4, all.size())));
            assertThat(subjects(leaf(view, Cursor.decode(second.newer())))).isEqualTo(all.subList(0, 2));
        }
        var fourth = leaf(CaseView.OPEN, Cursor.decode(leaf(CaseView.OPEN, null).older()));
        var last = leaf(CaseView.OPEN, Cursor.decode(fourth.older()));
        assertThat(subjects(last)).containsExactly("No time either");
        assertThat(subjects(leaf(CaseView.OPEN, Cursor.decode(last.newer())))).containsExactly("In 5", "No time");
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
    void opensANewCaseForAReplyToAnythingElseAndStopsWhatIsNotService() {
        var tips = follow(
                "tips",
                "order-delivered",
                "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + FollowUpsTest.MAIL);
        var service = follow("service", "order-delivered", FollowUpsTest.MAIL);
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
                        + FollowUpsTest.MAIL);
        var after = follow("service", "{\"on\": \"case-closed\", \"kind\": \"question\"}", FollowUpsTest.MAIL);
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

    private Case byHand(String subject, CaseKind kind) {
        var contacts = texts("select id::text from contact where workspace_id = $1");
        return actOnCase
                .open(new Opening(
                        shop.workspaceId(),
                        kind,
                        subject,
                        contacts.isEmpty() ? null : UUID.fromString(contacts.getFirst()),
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        null,
                        null,
                        "It is broken",
                        true,
                        null,
                        null))
                .block();
    }

    private void heard(UUID send, String messageId, String words) {
        run("""
                with m as (
                    insert into incoming_message (workspace_id, id, digest, kind, send_id, contact_id, matched_by, message_id, subject, words, received_at)
                    select workspace_id, gen_random_uuid(), decode(md5('%2$s'), 'hex'), 'reply', id, contact_id, 'token', '%2$s', 'Re: Hello', '%3$s', now()
                    from send where workspace_id = $1 and id = '%1$s' returning workspace_id, id, contact_id)
                insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'contact.replied', id, contact_id, now() from m
                """.formatted(send, messageId, words));
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
        var key = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), "Test", FollowUpReader.read(definition))
                .block()
                .key();
        assertThat(beans.getBean(PublishFollowUp.class)
                        .publish(key, null, false)
                        .block()
                        .problems())
                .isEmpty();
        beans.getBean(EnableFollowUp.class).enable(key).block();
        return key;
    }

    private void go() {
        var readers = beans.getBeansOfType(EventReader.class).values().stream()
                .filter(reader ->
                        reader.name().startsWith("case-") || reader.name().equals("follow-ups"))
                .toArray(EventReader[]::new);
        boolean more = true;
        while (more) {
            ReadToTheEnd.read(beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), readers);
            more = beans.getBean(AdvanceDue.class).round().block();
            more |= new Post(beans).send(shop.workspaceId(), Instant.now().plusSeconds(60)) > 0;
        }
    }

    private List<String> subjects(CaseView view, String search) {
        return subjects(
                listed.page(shop.workspaceId(), new CaseQuery(view, null, search, null, null), Instant.now(), null, 20)
                        .block());
    }

    private static List<String> subjects(Leaf<ListedCase> leaf) {
        return leaf.items().stream().map(one -> one.item().subject()).toList();
    }

    private void due(Case one, String at) {
        run("update support_case set first_due_at = null, solve_due_at = %s where workspace_id = $1 and id = '%s'"
                .formatted(at, one.key().id()));
    }

    private Leaf<ListedCase> leaf(CaseView view, Cursor cursor) {
        return listed.page(shop.workspaceId(), new CaseQuery(view, null, null, null, null), Instant.now(), cursor, 2)
                .block();
    }

    private List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspaceId())
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }
}
