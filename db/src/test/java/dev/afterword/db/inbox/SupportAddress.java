package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rows;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.OpenWorkspace;
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
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A shop with a support address, and what people and machines write to it. */
abstract class SupportAddress {
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
    AfterwordSecret secret;

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

    Incoming person(String from, String name, String words, String... to) {
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

    Incoming in(String from, String words, List<String> to, List<String> answers) {
        return in(NoticeKind.REPLY, from, words, to, answers);
    }

    Incoming in(NoticeKind kind, String from, String words, List<String> to, List<String> answers) {
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

    Taken write(Incoming mail) {
        return write(mail, "raw " + mails);
    }

    Taken write(Incoming mail, String raw) {
        var taken = taking.take((raw + workspace).getBytes(StandardCharsets.UTF_8), mail, Instant.now())
                .block();
        ReadToTheEnd.read(numbering, reading, replies);
        return taken;
    }

    Case theCase() {
        return cases.find(new Key(
                        workspace, UUID.fromString(text("select id::text from support_case where workspace_id = $1"))))
                .block();
    }

    List<String> said(Key key) {
        return cases.entries(key).block().stream()
                .filter(entry -> entry.kind() == CaseEntry.Kind.SAID)
                .map(CaseEntry::words)
                .toList();
    }

    List<WhyNoCase> whys() {
        return unmatched.page(workspace, null, 25).block().items().stream()
                .map(one -> one.why())
                .toList();
    }

    UUID send(String kind) {
        return UUID.fromString(text("select id::text from send where workspace_id = $1 and kind = '" + kind + "'"));
    }

    String token(UUID send) {
        return new LinkToken(rows.workspace.code(), send).sign(Use.REPLY, secret) + "@in.test";
    }

    String text(String sql) {
        return database.sql(sql)
                .bind(0, workspace)
                .mapValue(String.class)
                .first()
                .block();
    }

    long number(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(Long.class).one().block();
    }

    void change(String sql) {
        database.sql(sql).bind(0, workspace).then().block();
    }
}
