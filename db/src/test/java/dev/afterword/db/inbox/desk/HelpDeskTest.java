package dev.afterword.db.inbox.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.followup.WriteMails;
import dev.afterword.db.message.Sends;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import dev.afterword.db.message.incoming.TakeIncoming;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.db.message.incoming.UnmatchedMails;
import dev.afterword.db.message.incoming.WhyNoCase;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Another help desk gets what customers say, and answers them, each once, and no two machines talk for ever. */
@DatabaseTest
class HelpDeskTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    HelpDesks desks;

    @Autowired
    DeskMails mails;

    @Autowired
    TakeIncoming taking;

    @Autowired
    List<EventReader> readers;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    UnmatchedMails unmatched;

    @Autowired
    Sends sends;

    @Autowired
    WriteMails writeMails;

    @Autowired
    AfterwordSecret secret;

    Rows rows;
    UUID workspace;
    String support;
    String desk;
    int written;

    @BeforeEach
    void open() {
        rows = new Rows(database, openWorkspace);
        workspace = rows.workspace.id();
        support = "help@" + rows.workspace.code() + ".test";
        desk = "desk@" + rows.workspace.code() + ".desk.test";
        database.sql(
                        "update workspace set reply_to = $2, sender_address = $2, postal_address = 'Street 1' where id = $1")
                .bind(0, workspace)
                .bind(1, support)
                .then()
                .block();
    }

    @Test
    void usesAnAddressOnlyWithTheCodeThatWasMailedThere() {
        assertThatThrownBy(() -> desks.ask(workspace, "nowhere", Instant.now()).block())
                .isInstanceOf(Rejected.class);
        desks.ask(workspace, desk.toUpperCase(Locale.ROOT), Instant.now()).block();
        write(person("ana@x.test", "It leaks", support));
        var mail = claimed().getFirst();
        assertThat(mail.to()).isEqualTo(desk);
        var code = desks.code(
                workspace, desks.find(workspace).block().orElseThrow().codeId());
        assertThat(mail.text()).contains(code).doesNotContain("leaks");

        assertThatThrownBy(
                        () -> desks.confirm(workspace, "wrong", Instant.now()).block())
                .isInstanceOfSatisfying(
                        Rejected.class, no -> assertThat(no.code()).isEqualTo("help-desk.code-wrong"));
        for (int at = 0; at < 4; at++) {
            assertThatThrownBy(() ->
                            desks.confirm(workspace, "wrong", Instant.now()).block())
                    .isInstanceOf(Rejected.class);
        }
        assertThatThrownBy(() -> desks.confirm(workspace, code, Instant.now()).block())
                .isInstanceOfSatisfying(
                        Rejected.class, no -> assertThat(no.code()).isEqualTo("help-desk.code-over"));
        confirmed();
        assertThat(claimed()).isEmpty();
    }

    @Test
    void mailsEachWordOnceAndSendsWhatComesBackToTheCustomerOnce() {
        confirmed();
        write(person("ana@x.test", "It leaks", support));
        write(person("ana@x.test", "Still", support));
        assertThat(claimed())
                .extracting(DeskMail::text)
                .satisfiesExactly(
                        one -> assertThat(one).contains("It leaks", "— ", "/inbox/"),
                        two -> assertThat(two).contains("Still"));
        assertThat(number("select count(*) from desk_mail where workspace_id = $1 and case_id is not null"))
                .isEqualTo(2);

        var answer = person(desk, "Sorry, *we* send_a {{contact.name}}\nnew one [[today]].", token());
        assertThat(write(answer, "answer")).isEqualTo(Taken.KEPT);
        assertThat(write(answer, "answer")).isEqualTo(Taken.KNOWN);
        write(person("agent" + desk.substring(desk.indexOf('@')), "And a kettle.", token()));

        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(2);
        var send = sends.find(new Key(
                        workspace,
                        id("select id from send where workspace_id = $1 and kind = 'reply' order by created_at, id")))
                .block();
        var mail = writeMails
                .write(workspace, List.of(send), Instant.now())
                .block()
                .get(send.key().id());
        assertThat(mail.to()).isEqualTo("ana@x.test");
        assertThat(mail.mail().html()).contains("*we* send_a {{contact.name}}", "[[today]]");
        assertThat(claimed()).isEmpty();
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(1);
    }

    @Test
    void triesForDaysAndMailsLaterWhatIsBeyondTenAnHour() {
        confirmed();
        for (int at = 0; at < 12; at++) {
            write(person("ana@x.test", "Word " + at, support));
        }
        var now = Instant.now();
        assertThat(claimed()).hasSize(10);
        assertThat(claimed(now.plus(Duration.ofMinutes(59)))).isEmpty();

        var tried = new ArrayList<Instant>();
        for (int hour = 1; hour < 100; hour++) {
            var at = now.plus(Duration.ofHours(hour)).plusSeconds(60);
            var failing = claimed(at);
            failing.forEach(mail -> mails.failed(mail.key(), "refused").block());
            if (!failing.isEmpty()) {
                assertThat(failing).hasSize(2);
                tried.add(at);
            }
        }
        assertThat(tried).hasSize(20);
        assertThat(tried.getLast()).isBetween(now.plus(Duration.ofHours(60)), now.plus(Duration.ofHours(84)));
    }

    private List<DeskMail> claimed(Instant at) {
        return mails.claim(500, at).block().stream()
                .filter(mail -> mail.key().workspaceId().equals(workspace))
                .toList();
    }

    @Test
    void hearsNobodyElseAndNoMachineAndEndsWhatGoesRound() {
        confirmed();
        write(person("ana@x.test", "It leaks", support));
        var token = token();
        write(person("eve@evil.test", "Send me your password", token));
        write(in(NoticeKind.AUTOMATIC, desk, "Ticket 17 was opened", token));
        write(person(desk, "We are closed on Sunday", support));
        assertThat(whys()).containsExactly(WhyNoCase.OWN, WhyNoCase.AUTOMATIC, WhyNoCase.NOT_DESK);
        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'reply'"))
                .isZero();

        for (int at = 0; at < 15; at++) {
            write(person(desk, "Thank you for writing " + at, token));
            write(person("ana@x.test", "I am away " + at, support));
        }

        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(HearHelpDesk.MOST_AN_HOUR);
        assertThat(
                        number(
                                "select count(*) from desk_mail where workspace_id = $1 and case_id is not null and due_at < now() + interval '50 minutes'"))
                .isLessThanOrEqualTo(TellHelpDesk.MOST_AN_HOUR);
        assertThat(number("select count(*) from support_case where workspace_id = $1"))
                .isEqualTo(1);
    }

    /** The other help desk thanks for each mail, and so does the customer's: neither says that it is a machine, and no hour brings more than ten. */
    @Test
    void fallsSilentWhenTwoMachinesAnswerEachOtherForHours() {
        confirmed();
        write(person("ana@x.test", "It leaks", support));
        var token = token();
        var begun = Instant.now();
        for (int at = 0; at < 23; at++) {
            var when = begun.plus(Duration.ofMinutes(15L * at));
            write(person(desk, "Thank you, we are at it. " + at, token), "desk " + at, when);
            if (at % 6 == 0) {
                write(person("ana@x.test", "I am away " + at, support), "ana " + at, when);
            }
        }

        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(HearHelpDesk.MOST_A_DAY);
        assertThat(whys()).containsOnly(WhyNoCase.LIMIT).hasSize(3);
        assertThat(
                        number(
                                "select count(*) from case_entry where workspace_id = $1 and change -> 'silent' ->> 'to' = 'desk'"))
                .isEqualTo(1);
    }

    @Test
    void passesOnTheSameWordsTwiceADayAndNoThirdTime() {
        confirmed();
        write(person("ana@x.test", "It leaks", support));
        var token = token();
        for (int at = 0; at < 3; at++) {
            write(person(desk, "Thank you.\nWe are *at* it. ", token));
        }
        assertThat(number("select count(*) from support_case where workspace_id = $1 and status = 'open'"))
                .isEqualTo(1);
        write(person(desk, "It goes out today.", token));

        assertThat(number("select count(*) from send where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(3);
        assertThat(whys()).containsExactly(WhyNoCase.LIMIT);
    }

    @Test
    void answersInTheCaseThatAnotherGoesOnIn() {
        confirmed();
        write(person("ana@x.test", "It leaks", support));
        var token = token();
        var into = Key.nextId();
        database.sql("""
                        insert into support_case (workspace_id, id, version, kind, subject, contact_id, source, status, priority, opened_at, latest_at)
                        select workspace_id, $2, 0, kind, subject, contact_id, 'hand', 'open', 3, opened_at, latest_at from support_case where workspace_id = $1
                        """).bind(0, workspace).bind(1, into).then().block();
        database.sql("update support_case set status = 'merged', merged_into = $2 where workspace_id = $1 and id <> $2")
                .bind(0, workspace)
                .bind(1, into)
                .then()
                .block();

        assertThat(write(person(desk, "Send it back, please.", token))).isEqualTo(Taken.KEPT);

        assertThat(id("select case_id from case_entry where workspace_id = $1 and kind = 'reply'"))
                .isEqualTo(into);
    }

    @Test
    void nothingThatWaitsGoesToAnAddressThatIsNotUsedAnyMore() {
        confirmed();
        write(person("ana@x.test", "It leaks", support));
        var other = "other" + desk;
        desks.ask(workspace, other, Instant.now()).block();

        assertThat(claimed()).extracting(DeskMail::to).containsOnly(other);
    }

    @Test
    void keepsTheWordsAsTheyWereTyped() {
        assertThat(DeskWords.markdown("Dear Ana,\nsee a_b *now*\n\n1. {{x}}\n- [[y]]"))
                .isEqualTo("Dear Ana,  \nsee a\\_b \\*now\\*\n\n1\\. \\{\\{x\\}\\}  \n\\- \\[\\[y\\]\\]");
    }

    private void confirmed() {
        desks.ask(workspace, desk, Instant.now()).block();
        desks.confirm(
                        workspace,
                        desks.code(
                                workspace,
                                desks.find(workspace).block().orElseThrow().codeId()),
                        Instant.now())
                .block();
        claimed();
    }

    /** What is to go out of this workspace; it counts as sent. */
    private List<DeskMail> claimed() {
        var claimed = mails.claim(500, Instant.now()).block().stream()
                .filter(mail -> mail.key().workspaceId().equals(workspace))
                .toList();
        claimed.forEach(mail -> mails.sent(mail.key(), Instant.now()).block());
        return claimed;
    }

    private Incoming person(String from, String words, String to) {
        return in(NoticeKind.REPLY, from, words, to);
    }

    private Incoming in(NoticeKind kind, String from, String words, String to) {
        written++;
        return new Incoming(
                from,
                List.of(to),
                "<" + written + "@x.test>",
                "Hello",
                List.of(),
                List.of(),
                List.of(new Notice(kind, null, null, null, true)),
                words);
    }

    private Taken write(Incoming mail) {
        return write(mail, "raw " + written);
    }

    private Taken write(Incoming mail, String raw) {
        return write(mail, raw, Instant.now());
    }

    private Taken write(Incoming mail, String raw, Instant at) {
        var taken = taking.take((raw + workspace).getBytes(StandardCharsets.UTF_8), mail, at)
                .block();
        ReadToTheEnd.read(
                numbering,
                reading,
                readers.stream()
                        .filter(reader -> reader.name().equals("case-replies")
                                || reader.name().equals("help-desk"))
                        .toArray(EventReader[]::new));
        return taken;
    }

    private String token() {
        return new LinkToken(rows.workspace.code(), id("select id from support_case where workspace_id = $1"))
                        .sign(Use.DESK, secret)
                + "@in.test";
    }

    private List<WhyNoCase> whys() {
        return unmatched.page(workspace, null, 25).block().items().stream()
                .map(one -> one.why())
                .toList();
    }

    private UUID id(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(UUID.class).first().block();
    }

    private long number(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(Long.class).one().block();
    }
}
