package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.followup.OutgoingMail;
import dev.afterword.db.followup.WriteMails;
import dev.afterword.db.message.Sends;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.db.message.attachment.Attachments;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.MailIntake;
import dev.afterword.db.message.incoming.MailIntakes;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import dev.afterword.db.message.incoming.TakeIncoming;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.db.message.incoming.UnmatchedMails;
import dev.afterword.db.message.incoming.WhyNoCase;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.ForgetOldData;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import dev.afterword.db.workspace.RetentionKind;
import dev.afterword.db.workspace.Retentions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** What people write to the support address: where it lands, who is told, and what becomes of what machines write. */
@DatabaseTest
class MailInTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    TakeIncoming taking;

    @Autowired
    TakeReplies replies;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    Cases cases;

    @Autowired
    ActOnCase act;

    @Autowired
    ReplyToCase answer;

    @Autowired
    MailIntakes intakes;

    @Autowired
    UnmatchedMails unmatched;

    @Autowired
    OpenFromMail openFromMail;

    @Autowired
    Attachments attachments;

    @Autowired
    CaseFiles caseFiles;

    @Autowired
    CustomerCases customerCases;

    @Autowired
    EraseContact erase;

    @Autowired
    Sends sends;

    @Autowired
    WriteMails writeMails;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Retentions retentions;

    @Autowired
    ForgetOldData forget;

    Rows rows;
    UUID workspace;
    String support;
    int mails;

    @BeforeEach
    void open() {
        rows = new Rows(database, openWorkspace);
        workspace = rows.workspace.id();
        support = "help@" + rows.workspace.code() + ".test";
        intakes.save(workspace, new MailIntake(true, support.toUpperCase(Locale.ROOT)), Instant.now())
                .block();
        change(
                "update workspace set sender_address = 'hello@' || code || '.test', postal_address = 'Street 1' where id = $1");
    }

    @Test
    void makesACaseOfWhatAStrangerWritesAndTellsThemOnce() {
        assertThat(write(person("ravi@x.test", "Ravi", "Do you ship to Goa?", support)))
                .isEqualTo(Taken.KEPT);

        var opened = theCase();
        assertThat(opened)
                .returns("mail", Case::source)
                .returns(CaseKind.QUESTION, Case::kind)
                .returns("Hello", Case::subject);
        assertThat(text("select name || ' ' || address || ' ' || stage from contact where workspace_id = $1"))
                .isEqualTo("Ravi ravi@x.test prospect");
        assertThat(
                        text(
                                "select string_agg(purpose || granted, ',' order by purpose) from consent where workspace_id = $1"))
                .isEqualTo("newsfalse,tipsfalse");
        assertThat(cases.entries(opened.key()).block()).singleElement().satisfies(entry -> {
            assertThat(entry.words()).isEqualTo("Do you ship to Goa?");
            assertThat(entry.by()).isEqualTo("mail");
        });
        var mail = mail("received");
        assertThat(mail.mail().text())
                .contains("Do you ship to Goa?", "https://feedback.example/c/")
                .contains("a message from this address reached Cedar & Salt");
        assertThat(mail.inReplyTo()).isEqualTo("<1@x.test>");
        assertThat(mail.byPerson()).isFalse();
    }

    @Test
    void putsTheReplyToAnArrivalMailAndWhatFollowsIntoTheSameCase() {
        write(person("ravi@x.test", "Ravi", "Do you ship to Goa?", support));
        var opened = theCase();

        write(person("ravi@elsewhere.test", "Ravi", "And by when?", token(send("received"))));
        write(person("ravi@x.test", "Ravi", "Hello?", support));
        act.change(opened.key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        write(in("ravi@x.test", "It came. One more thing", List.of(support), List.of("<1@x.test>")));

        assertThat(said(opened.key()))
                .containsExactly("Do you ship to Goa?", "And by when?", "Hello?", "It came. One more thing");
        assertThat(cases.find(opened.key()).block().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(number("select count(*) from send where workspace_id = $1")).isEqualTo(1);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(1);
    }

    @Test
    void knowsACustomerHoweverTheirDomainIsSpelt() {
        var ana = rows.contact("Ana Souza", "ana@bücher.example", "client");
        change("update workspace set sender_address = 'hello@läden.example' where id = $1");

        write(person("ana@xn--bcher-kva.example", "Ana", "It leaks", "Hello@xn--lden-loa.example"));
        write(person("hello@xn--lden-loa.example", "Shop", "Our own", support));

        assertThat(theCase().contactId()).isEqualTo(ana);
        assertThat(whys()).containsExactly(WhyNoCase.OWN);
    }

    @Test
    void answersByAPersonAndWithWhatIsKnownOfTheOrder() {
        var ana = rows.contact("Ana Souza", "ana@x.test", "client");
        var order = rows.order(ana, "A-17", Instant.parse("2025-03-01T00:00:00Z"), 3, "Kettle", "kitchen");
        write(person("ana@x.test", "Ana", "It leaks", support));
        change("update support_case set order_id = '%s' where workspace_id = $1".formatted(order));

        answer.reply(theCase().key(), null, "About {{order.number|your order}}: we send a new one.")
                .block();

        var mail = mail("reply");
        assertThat(mail.mail().text()).contains("About A-17: we send a new one.");
        assertThat(mail.byPerson()).isTrue();
        assertThat(text("select order_id::text from send where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(order.toString());
        change("update send set order_id = null where workspace_id = $1");
        assertThat(mail("reply").mail().text()).contains("About A-17");
    }

    @Test
    void believesNoForgedTokenAndNoThreadOfSomebodyElse() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        var anas = theCase();
        var twin = new Rows(database, openWorkspace).workspace;
        var genuine = token(send("received"));
        var changed = genuine.replace(genuine.charAt(40), genuine.charAt(40) == 'a' ? 'b' : 'a');
        var moved = twin.code() + genuine.substring(8);

        write(person("eve@x.test", "Eve", "One", changed, support));
        write(person("eve@x.test", "Eve", "Two", moved, support));
        write(in("eve@x.test", "Three", List.of(support), List.of("<1@x.test>", "<s." + genuine + "@x.test>")));
        var foreign = new LinkToken(twin.code(), send("received")).sign(Use.REPLY, secret);
        write(person("eve@x.test", "Eve", "Four", foreign + "@in.test", support));

        assertThat(said(anas.key())).containsExactly("It leaks");
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(2);
        assertThat(number("select count(*) from support_case where workspace_id = '" + twin.id()
                        + "' and $1 <> workspace_id"))
                .isZero();
    }

    @Test
    void opensANewCaseForAnAnswerToOneThatWasClosedLongAgo() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        var old = theCase();
        act.change(old.key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        change("update support_case set closed_at = closed_at - interval '31 days' where workspace_id = $1");

        write(person("ana@x.test", "Ana", "Again", token(send("received"))));

        assertThat(said(old.key())).containsExactly("It leaks");
        assertThat(text("select source from support_case where workspace_id = $1 and status = 'open'"))
                .isEqualTo("reply");
    }

    @Test
    void endsWhatTwoMachinesSayToEachOtherAfterOneMail() {
        for (int at = 0; at < 30; at++) {
            write(person("robot@x.test", "Robot", "I am away " + at, support));
            write(person("robot@x.test", "Robot", "Away, really " + at, token(send("received"))));
        }

        assertThat(number("select count(*) from send where workspace_id = $1")).isEqualTo(1);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(1);
        assertThat(number("select count(*) from case_entry where workspace_id = $1 and kind = 'said'"))
                .isEqualTo(40);
        assertThat(whys()).containsOnly(WhyNoCase.LIMIT).hasSize(20);
    }

    @Test
    void whoOnlyClaimsToBeACustomerUsesUpNothingOfTheirAnswers() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        for (int at = 0; at < 30; at++) {
            write(person("ana@x.test", "Ana", "Buy this " + at, support));
        }
        write(person("ana@x.test", "Ana", "It still leaks", token(send("received"))));

        assertThat(
                        text(
                                "select words from case_entry where workspace_id = $1 and kind = 'said' order by at desc, id desc limit 1"))
                .isEqualTo("It still leaks");
    }

    @Test
    void tellsOneAddressThreeTimesADayAndTheCaseSaysWhyNobodyWasTold() {
        for (int at = 0; at < 5; at++) {
            write(person("robot@x.test", "Robot", "Ticket " + at, support));
            change("update support_case set status = 'spam' where workspace_id = $1");
        }

        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(5);
        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'received'"))
                .isEqualTo(ArrivalMail.MOST);
        assertThat(
                        number(
                                "select count(distinct case_id) from case_entry where workspace_id = $1 and change -> 'silent' ->> 'to' = 'arrival'"))
                .isEqualTo(2);
    }

    /** More words than a tsvector holds must not keep the next from the case. */
    @Test
    void aCaseHoldsMoreThanCanBeLookedFor() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        var key = theCase().key();
        change("""
                update support_case set words = (select to_tsvector('simple', string_agg('aaaaaaaaa' || (10000000000 + n), ' ')) from generate_series(1, 43000) n)
                where workspace_id = $1
                """);
        var words = IntStream.range(0, 1_200)
                .mapToObj(word -> "bbbbbbbbbbbbbbbbbbb" + (1_000 + word))
                .collect(Collectors.joining(" "));
        assertThatThrownBy(() -> text("select (words || to_tsvector('simple', '" + words
                        + "'))::text from support_case where workspace_id = $1"))
                .hasMessageContaining("too long for tsvector");
        cases.add(Addition.said(key, words, null), Instant.now()).block();

        assertThat(write(person("ana@x.test", "Ana", "Still", support))).isEqualTo(Taken.KEPT);
        assertThat(said(key)).hasSize(3).last().isEqualTo("Still");
    }

    @Test
    void keepsApartWhatIsNobodysCaseAndMakesOneWhereSomebodyAsks() {
        write(in(NoticeKind.AUTOMATIC, "list@x.test", "Our newsletter", List.of(support), List.of()));
        write(in(NoticeKind.HARD, "mailer-daemon@x.test", "Undelivered", List.of(support), List.of()));
        write(person("HELLO@" + rows.workspace.code() + ".test", "Shop", "Our own", support));
        write(person(null, null, "Nobody", support));
        intakes.save(workspace, new MailIntake(false, support), Instant.now()).block();
        write(person("ana@x.test", "Ana", "Anybody there?", support));
        assertThat(whys())
                .containsExactly(
                        WhyNoCase.OFF, WhyNoCase.NO_SENDER, WhyNoCase.OWN, WhyNoCase.REPORT, WhyNoCase.AUTOMATIC);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isZero();

        var mail = unmatched.page(workspace, null, 25).block().items().getFirst();
        var opened = openFromMail.open(mail.key(), null).block();

        assertThat(said(opened.key())).containsExactly("Anybody there?");
        assertThat(opened.contactId()).isNotNull();
        assertThat(whys()).doesNotContain(WhyNoCase.OFF);
        assertThat(number("select count(*) from send where workspace_id = $1")).isZero();
        assertThatThrownBy(() -> openFromMail.open(mail.key(), null).block()).isInstanceOf(NotFound.class);
        var nobody = unmatched.page(workspace, null, 25).block().items().getFirst();
        assertThatThrownBy(() -> openFromMail.open(nobody.key(), null).block()).isInstanceOf(Rejected.class);
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> openFromMail
                        .open(new Key(twin, nobody.key().id()), null)
                        .block())
                .isInstanceOf(NotFound.class);
        assertThat(unmatched.page(twin, null, 25).block().items()).isEmpty();
    }

    @Test
    void keepsApartWhatSomebodyWritesWhoWasErased() {
        write(person("ana@x.test", "Ana", "It leaks", support));
        erase.erase(new Key(workspace, UUID.fromString(text("select id::text from contact where workspace_id = $1"))))
                .block();

        assertThat(write(person("ana@x.test", "Ana", "It still leaks", support)))
                .isEqualTo(Taken.UNMATCHED);

        assertThat(whys()).containsExactly(WhyNoCase.ERASED);
        var mail = unmatched.page(workspace, null, 25).block().items().getFirst();
        assertThat(mail.words()).isEqualTo("It still leaks");
        assertThat(mail.answerable()).isFalse();
        assertThatThrownBy(() -> openFromMail.open(mail.key(), null).block())
                .isInstanceOfSatisfying(
                        Rejected.class, error -> assertThat(error.code()).isEqualTo("unmatched-mail.erased"));
    }

    @Test
    void letsNoWorkspaceNameTheAddressOfAnother() {
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> intakes.save(twin, new MailIntake(true, support), Instant.now())
                        .block())
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> intakes.save(
                                twin, new MailIntake(true, "hello@" + rows.workspace.code() + ".test"), Instant.now())
                        .block())
                .isInstanceOf(Rejected.class);
    }

    @Test
    void saysOnceWhatComesByTwoAddressesOrIsReadAgain() {
        var mail = person("ana@x.test", "Ana", "It leaks", support);
        assertThat(write(mail, "by one way")).isEqualTo(Taken.KEPT);
        assertThat(write(mail, "by one way")).isEqualTo(Taken.KNOWN);
        assertThat(write(mail, "by another way")).isEqualTo(Taken.KNOWN);

        assertThat(said(theCase().key())).containsExactly("It leaks");
    }

    @Test
    void showsFilesOfMailsToStaffAndToTheOwnerOfTheAddressOnly() {
        var mail = person("ana@x.test", "Ana", "See this", support);
        var files = List.of(
                Attached.file("a.pdf", "application/pdf", new byte[] {1, 2, 3}),
                Attached.leftOut("film.mp4", "video/mp4", 30_000_000));
        write(new Incoming(
                mail.from(),
                mail.addresses(),
                mail.messageId(),
                mail.subject(),
                List.of(),
                List.of(),
                mail.notices(),
                mail.words(),
                mail.name(),
                files));
        var key = theCase().key();
        answer.reply(key, null, "Here it is.", List.of(Attached.file("b.pdf", "application/pdf", new byte[] {4})))
                .block();

        var shown = customerCases.find(key, true).block().parts();
        assertThat(shown.getFirst().files())
                .extracting(file -> file.name() + " " + file.kept())
                .containsExactly("a.pdf true", "film.mp4 false");
        var sent = shown.getLast().files().getFirst();
        assertThat(sent.name()).isEqualTo("b.pdf");
        assertThat(attachments.taken(new Key(workspace, send("reply"))).block()).hasSize(1);
        assertThat(caseFiles.file(sent.key()).block().bytes().get(0)).isEqualTo((byte) 4);
        assertThat(customerCases.file(key, true, sent.key().id()).block().attachment())
                .isEqualTo(sent);

        assertThatThrownBy(() -> customerCases.file(key, false, sent.key().id()).block())
                .isInstanceOf(NotFound.class);
        write(person("bob@x.test", "Bob", "Hello", support));
        var bobs = new Key(
                workspace,
                UUID.fromString(text(
                        "select id::text from support_case where workspace_id = $1 and id <> '" + key.id() + "'")));
        assertThatThrownBy(() -> customerCases.file(bobs, true, sent.key().id()).block())
                .isInstanceOf(NotFound.class);
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> caseFiles.file(new Key(twin, sent.key().id())).block())
                .isInstanceOf(NotFound.class);
    }

    @Test
    void forgetsWhatWasMailedOnceItsCaseWasClosedForLong() {
        write(person("ravi@x.test", "Ravi", "Do you ship to Goa?", support));
        act.change(theCase().key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        change("update support_case set closed_at = closed_at - interval '100 days' where workspace_id = $1");
        write(person("ana@x.test", "Ana", "It leaks", support));
        retentions.choose(workspace, RetentionKind.CASES, 60).block();

        forget.round().block();

        assertThat(
                        text(
                                "select string_agg(concat_ws(' ', message_id, sender, subject, words, octet_length(raw) > 0), ', ' order by received_at) from incoming_message where workspace_id = $1"))
                .isEqualTo("<1@x.test> […] […], <2@x.test> ana@x.test Hello It leaks t");
    }

    private Incoming person(String from, String name, String words, String... to) {
        mails++;
        return new Incoming(
                from,
                List.of(to),
                "<" + mails + "@x.test>",
                "Hello",
                List.of(),
                List.of(),
                List.of(new Notice(NoticeKind.REPLY, null, null, null, true)),
                words,
                name,
                List.of());
    }

    private Incoming in(String from, String words, List<String> to, List<String> answers) {
        return in(NoticeKind.REPLY, from, words, to, answers);
    }

    private Incoming in(NoticeKind kind, String from, String words, List<String> to, List<String> answers) {
        mails++;
        return new Incoming(
                from,
                to,
                "<" + mails + "@x.test>",
                "Hello",
                answers,
                List.of(),
                List.of(new Notice(kind, null, null, null, true)),
                words);
    }

    private Taken write(Incoming mail) {
        return write(mail, "raw " + mails);
    }

    private Taken write(Incoming mail, String raw) {
        var taken = taking.take((raw + workspace).getBytes(StandardCharsets.UTF_8), mail, Instant.now())
                .block();
        ReadToTheEnd.read(numbering, reading, replies);
        return taken;
    }

    private Case theCase() {
        return cases.find(new Key(
                        workspace, UUID.fromString(text("select id::text from support_case where workspace_id = $1"))))
                .block();
    }

    private List<String> said(Key key) {
        return cases.entries(key).block().stream()
                .filter(entry -> entry.kind() == CaseEntry.Kind.SAID)
                .map(CaseEntry::words)
                .toList();
    }

    private List<WhyNoCase> whys() {
        return unmatched.page(workspace, null, 25).block().items().stream()
                .map(one -> one.why())
                .toList();
    }

    private UUID send(String kind) {
        return UUID.fromString(text("select id::text from send where workspace_id = $1 and kind = '" + kind + "'"));
    }

    private String token(UUID send) {
        return new LinkToken(rows.workspace.code(), send).sign(Use.REPLY, secret) + "@in.test";
    }

    private OutgoingMail mail(String kind) {
        var send = sends.find(new Key(workspace, send(kind))).block();
        return writeMails
                .write(workspace, List.of(send), Instant.now())
                .block()
                .get(send.key().id());
    }

    private String text(String sql) {
        return database.sql(sql)
                .bind(0, workspace)
                .mapValue(String.class)
                .first()
                .block();
    }

    private long number(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(Long.class).one().block();
    }

    private void change(String sql) {
        database.sql(sql).bind(0, workspace).then().block();
    }
}
