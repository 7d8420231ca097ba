package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Picture;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.followup.WriteMails;
import dev.afterword.db.message.Sends;
import dev.afterword.db.workspace.Workspaces;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What customers say on pages: whose it is, who may read it, and where it goes on. */
@DatabaseTest
class FeedbackTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    TakeFeedback takeFeedback;

    @Autowired
    AnswerInCase answerInCase;

    @Autowired
    CustomerCases customerCases;

    @Autowired
    CasePhotos photos;

    @Autowired
    Cases cases;

    @Autowired
    ActOnCase act;

    @Autowired
    MergeCases merge;

    @Autowired
    ReplyToCase reply;

    @Autowired
    Sends sends;

    @Autowired
    WriteMails writeMails;

    @Autowired
    Workspaces workspaces;

    Rows rows;
    UUID workspace;

    @BeforeEach
    void open() {
        rows = new Rows(database, openWorkspace);
        workspace = rows.workspace.id();
    }

    @Test
    void linksTheOwnerOfAnAddressAndTheirOrderAndChangesNothingOfThem() {
        var ana = rows.contact("Ana Souza", "Ana@example.com", "client");
        var order = rows.order(ana, "A-17", Instant.parse("2025-03-01T00:00:00Z"), 3, "Kettle", "kitchen");
        var taken = take(said(CaseKind.COMPLAINT, "It leaks", "Somebody Else", " ana@EXAMPLE.com ", "#A-17"));

        assertThat(taken.contactId()).isEqualTo(ana);
        assertThat(taken.orderId()).isEqualTo(order);
        assertThat(taken.source()).isEqualTo("page");
        assertThat(text("select name || ' ' || email from contact where workspace_id = $1"))
                .isEqualTo("Ana Souza Ana@example.com");
        assertThat(number("select count(*) from consent where workspace_id = $1"))
                .isZero();
    }

    @Test
    void doesNotLinkAnOrderOfSomebodyElse() {
        rows.contact("Ana Souza", "ana@example.com", "client");
        var bob = rows.contact("Bob", "bob@example.com", "client");
        rows.order(bob, "B-1", Instant.parse("2025-03-01T00:00:00Z"), 3, "Kettle", "kitchen");
        var taken = take(said(CaseKind.QUESTION, "Where is it?", "Ana", "ana@example.com", "B-1"));

        assertThat(taken.orderId()).isNull();
        assertThat(cases.entries(taken.key()).block().getFirst().words()).contains("B-1");
    }

    @Test
    void makesAContactOfAStrangerWhoGetsTheAnswerAndNoNews() {
        var taken = take(said(CaseKind.QUESTION, "Do you ship to Goa?", "Ravi", "ravi@example.com", null));

        assertThat(text("select address || ' ' || name || ' ' || stage from contact where workspace_id = $1"))
                .isEqualTo("ravi@example.com Ravi prospect");
        assertThat(
                        text(
                                "select string_agg(purpose || granted, ',' order by purpose) from consent where workspace_id = $1"))
                .isEqualTo("newsfalse,tipsfalse");
        assertThat(taken.contactId()).isNotNull();
    }

    @Test
    void needsAnAddressOnlyWhereSomebodyWaitsForAnAnswer() {
        assertThatThrownBy(() -> take(said(CaseKind.QUESTION, "How?", null, null, null)))
                .isInstanceOfSatisfying(
                        Rejected.class, no -> assertThat(no.code()).isEqualTo("feedback.address-missing"));
        var taken = take(said(CaseKind.COMPLIMENT, "Lovely kettle", null, null, null));
        assertThat(taken.contactId()).isNull();
        assertThat(number("select count(*) from send where workspace_id = $1")).isZero();
    }

    @Test
    void knowsTheCustomerByTheLinkOfTheirOrder() {
        var ana = rows.contact("Ana Souza", "ana@example.com", "client");
        var order = rows.order(ana, "A-17", Instant.parse("2025-03-01T00:00:00Z"), 3, "Kettle", "kitchen");
        var taken = take(
                new Feedback(workspace, Key.nextId(), CaseKind.QUESTION, "When?", "", null, null, null, order, "pt"));

        assertThat(taken.contactId()).isEqualTo(ana);
        assertThat(taken.orderId()).isEqualTo(order);
    }

    @Test
    void saysOnceWhatComesTwiceAndKeepsWhatWasChangedMeanwhile() {
        var form = Key.nextId();
        var first = said(form, "It leaks");
        var opened = Flux.range(0, 8)
                .flatMap(any -> takeFeedback.take(first).subscribeOn(Schedulers.parallel()), 8)
                .map(Case::key)
                .distinct()
                .collectList()
                .block();
        assertThat(opened).hasSize(1);
        assertThat(cases.entries(opened.getFirst()).block()).hasSize(1);

        takeFeedback.take(said(form, "It leaks at the handle")).block();
        assertThat(cases.entries(opened.getFirst()).block())
                .extracting(CaseEntry::words)
                .containsExactly("It leaks\n\n— Ana", "It leaks at the handle\n\n— Ana");
        assertThat(number("select count(*) from send where workspace_id = $1")).isEqualTo(1);

        reply.reply(opened.getFirst(), null, "We look into it.").block();
        takeFeedback.take(said(form, "It leaks at the handle")).block();
        assertThat(cases.find(opened.getFirst()).block().status()).isEqualTo(CaseStatus.WAITING);
        takeFeedback.take(said(form, "It leaks at the lid")).block();
        assertThat(cases.find(opened.getFirst()).block().status()).isEqualTo(CaseStatus.OPEN);
    }

    @Test
    void keepsWhatWasChangedInAnAnswerThatIsSentAgainAndSaysItOnce() {
        var taken = take(said(CaseKind.QUESTION, "Where is it?", "Ana", "ana@example.com", null));
        var form = Key.nextId();
        answerInCase.answer(taken.key(), true, form, "Hello?").block();
        reply.reply(taken.key(), null, "It is under way.").block();
        answerInCase.answer(taken.key(), true, form, "Hello?").block();
        assertThat(cases.find(taken.key()).block().status()).isEqualTo(CaseStatus.WAITING);
        answerInCase.answer(taken.key(), true, form, "Hello? It is late").block();
        answerInCase.answer(taken.key(), true, form, "Hello? It is late").block();
        assertThat(cases.find(taken.key()).block().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(cases.entries(taken.key()).block())
                .extracting(CaseEntry::words)
                .containsExactly("Where is it?\n\n— Ana", "Hello?", "It is under way.", "Hello? It is late");
    }

    @Test
    void tellsAnAddressAtMostThreeTimesADayThatSomethingArrived() {
        for (int time = 0; time < 5; time++) {
            take(said(CaseKind.QUESTION, "Hello " + time, "Ana", "ana@example.com", null));
        }
        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'received'"))
                .isEqualTo(ArrivalMail.MOST);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(5);
    }

    @Test
    void writesWhatArrivedAndALinkAndNeverAnAddressOfStrangers() {
        sender();
        take(said(CaseKind.QUESTION, "Does **it** fit {{greeting}}?", "Ana", "ana@example.com", null));
        var mail = mails().getFirst();
        assertThat(mail.text())
                .contains("Does **it** fit {{greeting}}?", "https://feedback.example/c/")
                .contains("a message on the feedback page of Cedar & Salt");
        take(said(CaseKind.QUESTION, "Win at cheap.example/win", "Ana", "bob@example.com", null));
        assertThat(mails().getLast().text()).doesNotContain("cheap.example");
    }

    @Test
    void showsAnswersToTheOwnerOfTheAddressOnly() {
        sender();
        var taken = take(said(CaseKind.QUESTION, "Where is it?", "Ana", "ana@example.com", null));
        reply.reply(taken.key(), null, "Dear {{contact.firstName|you}}, it is **on its way**.")
                .block();
        act.note(taken.key(), null, "She always asks", List.of(), false).block();

        var mailed = customerCases.find(taken.key(), true).block();
        assertThat(mailed.parts()).extracting(CustomerCase.Part::what).containsExactly("said", "reply");
        assertThat(mailed.parts().getLast().words()).isEqualTo("Dear Ana, it is on its way.");
        assertThat(mailed.status()).isEqualTo(CaseStatus.WAITING);
        var opened = customerCases.find(taken.key(), false).block();
        assertThat(opened.parts()).extracting(CustomerCase.Part::what).containsExactly("said");
        assertThat(mails().getLast().text()).contains("/c/");

        answerInCase.answer(taken.key(), true, Key.nextId(), "Thank you").block();
        assertThat(customerCases.find(taken.key(), false).block().parts()).hasSize(1);
        assertThat(customerCases.find(taken.key(), true).block().parts()).hasSize(3);
        assertThat(cases.find(taken.key()).block().status()).isEqualTo(CaseStatus.OPEN);
    }

    @Test
    void opensAgainWhatWasClosedNotLongAgoAndElseANewCase() {
        var taken = take(said(CaseKind.QUESTION, "Where is it?", "Ana", "ana@example.com", null));
        var key = taken.key();
        close(key);
        var form = Key.nextId();
        assertThat(answerInCase.answer(key, false, form, "Still nothing").block())
                .isEqualTo(key);
        assertThat(answerInCase.answer(key, false, form, "Still nothing").block())
                .isEqualTo(key);
        assertThat(cases.entries(key).block())
                .filteredOn(entry -> entry.kind() == CaseEntry.Kind.SAID)
                .hasSize(2);
        assertThat(cases.find(key).block().status()).isEqualTo(CaseStatus.OPEN);

        close(key);
        change("update support_case set closed_at = closed_at - interval '31 days' where workspace_id = $1");
        assertThat(customerCases.find(key, true).block().goesOn()).isFalse();
        var late = Key.nextId();
        var other = answerInCase.answer(key, true, late, "And again").block();
        assertThat(other).isNotEqualTo(key);
        assertThat(answerInCase.answer(key, true, late, "And again").block()).isEqualTo(other);
        assertThat(cases.find(other).block().contactId()).isEqualTo(taken.contactId());
        assertThat(cases.find(key).block().status()).isEqualTo(CaseStatus.CLOSED);
    }

    @Test
    void goesOnWhereItWasMergedIntoForTheOwnerOfTheAddressOnly() {
        var one = take(said(CaseKind.QUESTION, "Where is it?", "Ana", "ana@example.com", null));
        var other = take(said(CaseKind.QUESTION, "Hello?", "Ana", "ana@example.com", null));
        merge.merge(one.key(), other.key(), null).block();

        var whole = customerCases.find(one.key(), true).block();
        assertThat(whole.key()).isEqualTo(other.key());
        assertThat(whole.parts()).hasSize(2);
        assertThat(customerCases.find(one.key(), false).block().elsewhere()).isTrue();
        assertThat(answerInCase.answer(one.key(), true, Key.nextId(), "Me").block())
                .isEqualTo(other.key());
        assertThatThrownBy(() -> answerInCase
                        .answer(one.key(), false, Key.nextId(), "Me")
                        .block())
                .isInstanceOf(Conflict.class);
    }

    @Test
    void knowsNothingOfSpamAndOfOtherWorkspaces() {
        var taken = take(said(CaseKind.QUESTION, "Buy", "Ana", "ana@example.com", null));
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> customerCases
                        .find(new Key(twin, taken.key().id()), true)
                        .block())
                .isInstanceOf(NotFound.class);
        act.change(taken.key(), null, null, Case::spam).block();
        assertThatThrownBy(() -> customerCases.find(taken.key(), true).block()).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> answerInCase
                        .answer(taken.key(), true, Key.nextId(), "Buy more")
                        .block())
                .isInstanceOf(NotFound.class);
    }

    @Test
    void keepsPhotosForTheirFormThenForTheirCaseAndItsPeople() {
        var form = Key.nextId();
        photos.add(workspace, form, List.of(picture(1), picture(2), picture(3))).block();
        assertThatThrownBy(() -> photos.add(workspace, form, List.of(picture(4), picture(5), picture(6)))
                        .block())
                .isInstanceOf(Rejected.class);
        assertThat(photos.waiting(workspace, form).block()).isEqualTo(3);
        var taken = takeFeedback.take(said(form, "It leaks")).block();
        var kept = photos.of(taken.key()).block();
        assertThat(kept).extracting(CasePhoto::size).containsExactly(1, 2, 3);
        assertThat(kept.getFirst().entryId()).isEqualTo(form);
        var first = kept.getFirst().id();
        assertThat(customerCases.photo(taken.key(), false, first).block().remaining())
                .isEqualTo(1);

        var later = Key.nextId();
        photos.add(workspace, later, List.of(picture(7))).block();
        answerInCase.answer(taken.key(), true, later, "Here").block();
        var last = photos.of(taken.key()).block().getLast().id();
        assertThat(customerCases.photo(taken.key(), true, last).block().remaining())
                .isEqualTo(7);
        assertThatThrownBy(() -> customerCases.photo(taken.key(), false, last).block())
                .isInstanceOf(NotFound.class);
        var other = take(said(CaseKind.COMPLIMENT, "Nice", null, null, null));
        assertThatThrownBy(() -> customerCases.photo(other.key(), true, first).block())
                .isInstanceOf(NotFound.class);
        assertThat(photos.bytes(new Key(workspace, first)).block().remaining()).isEqualTo(1);
    }

    @Test
    void forgetsPhotosWhoseFormNeverWasWhole() {
        var left = Key.nextId();
        photos.add(workspace, left, List.of(picture(1))).block();
        change("update case_photo set added_at = added_at - interval '25 hours' where workspace_id = $1");
        photos.add(workspace, Key.nextId(), List.of(picture(2))).block();
        assertThat(photos.waiting(workspace, left).block()).isEqualTo(1);
        photos.forgetLeft().block();
        assertThat(photos.waiting(workspace, left).block()).isZero();
        assertThat(number("select count(*) from case_photo where workspace_id = $1"))
                .isEqualTo(1);
    }

    @Test
    void saysByWhenSomebodyIsAnswered() {
        var taken = take(said(CaseKind.QUESTION, "Where is it?", "Ana", "ana@example.com", null));
        assertThat(customerCases.find(taken.key(), false).block().answerBy()).isEqualTo(taken.firstDueAt());
        act.note(taken.key(), null, "I called", List.of(), true).block();
        assertThat(customerCases.find(taken.key(), false).block().answerBy())
                .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    }

    private Picture picture(int bytes) {
        return new Picture(4, 3, ByteBuffer.allocate(bytes));
    }

    private Feedback said(UUID form, String words) {
        return new Feedback(workspace, form, CaseKind.COMPLAINT, words, "", "Ana", "ana@example.com", null, null, "en");
    }

    private Feedback said(CaseKind kind, String words, String name, String email, String order) {
        return new Feedback(
                workspace,
                Key.nextId(),
                kind,
                words,
                order == null ? "" : "Order: " + order,
                name,
                email == null ? null : email.strip(),
                order,
                null,
                "en");
    }

    private Case take(Feedback said) {
        return takeFeedback.take(said).block();
    }

    private void close(Key key) {
        act.change(key, null, null, (found, now) -> found.closed(null, null, now))
                .block();
    }

    private void sender() {
        workspaces
                .save(workspaces
                        .findById(workspace)
                        .block()
                        .from("Cedar & Salt", "hello@cedar.example", null, "Cedar Street 1"))
                .block();
    }

    private List<dev.afterword.db.message.Mail> mails() {
        var ids = database.sql("select id from send where workspace_id = $1 order by id")
                .bind(0, workspace)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .block();
        var planned = ids.stream()
                .map(id -> sends.find(new Key(workspace, id)).block())
                .toList();
        var written = writeMails.write(workspace, planned, Instant.now()).block();
        return ids.stream().map(id -> written.get(id).mail()).toList();
    }

    private void change(String sql) {
        database.sql(sql).bind(0, workspace).then().block();
    }

    private String text(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(String.class).one().block();
    }

    private long number(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(Long.class).one().block();
    }
}
