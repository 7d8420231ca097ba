package dev.afterword.worker.message.incoming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.incoming.TakeIncoming;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.worker.WorkerProcess;
import dev.afterword.worker.message.incoming.MailboxSettings.Protocol;
import dev.afterword.worker.message.incoming.MailboxSettings.Tls;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/** Mail that comes back, from the mailbox to what follows from it. */
@SpringBootTest(classes = WorkerProcess.class, webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class ReadMailboxTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReadMailboxTest.class);
    private static final int MANY = Boolean.getBoolean("afterword.soak") ? 1_000 : 100;
    private static final int SOME = 60;
    static final GreenMail SERVER =
            new GreenMail(new ServerSetup[] {new ServerSetup(0, null, "imap"), new ServerSetup(0, null, "pop3")});

    @Autowired
    ApplicationContext beans;

    @Autowired
    TakeIncoming taking;

    @Autowired
    DatabaseTime time;

    @Autowired
    DatabaseClient database;

    @Autowired
    Suppressions suppressions;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    MeterRegistry meters;

    Shop shop;

    @DynamicPropertySource
    static void mailbox(DynamicPropertyRegistry properties) {
        SERVER.start();
        SERVER.setUser("loop@in.test", "loop", "secret");
        properties.add("afterword.mail.incoming.host", () -> "127.0.0.1");
        properties.add("afterword.mail.incoming.port", () -> SERVER.getImap().getPort());
        properties.add("afterword.mail.incoming.tls", () -> "none");
        properties.add("afterword.mail.incoming.user", () -> "loop");
        properties.add("afterword.mail.incoming.password", () -> "secret");
        properties.add("afterword.mail.incoming.pause", () -> "300ms");
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
    }

    @Test
    void readsTheMailboxAllTheTimeAndWritesNoMoreToWhoDoesNotExist() throws Exception {
        var token = sent("gone@x.test");

        deliver("loop", bounce(token));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !suppressions
                        .of(shop.workspaceId(), "gone@x.test")
                        .block()
                        .isEmpty());
        await().atMost(Duration.ofSeconds(20)).until(() -> held("loop") == 0);
    }

    @Test
    void takesWhatItReadOutOfTheMailboxOverPop3() throws Exception {
        SERVER.setUser("pop@in.test", "pop", "secret");
        deliver("pop", bounce(sent("pop@x.test")));
        deliver("pop", "Subject: Re: How was it?\r\nFrom: nobody@known.test\r\n\r\nHello");
        deliver("pop", "no head\0 at all \377\376");

        var read = reader(Protocol.POP3, "pop", null, DataSize.ofMegabytes(1))
                .round()
                .block();

        assertThat(read).isFalse();
        assertThat(held("pop")).isZero();
        assertThat(suppressions.of(shop.workspaceId(), "pop@x.test").block()).hasSize(1);
    }

    @Test
    void tellsMessagesApartToWhichThePop3ServerGivesNoNames() throws Exception {
        var support = support();
        try (var server = new NamelessPop3()) {
            var reader = reader(Protocol.POP3, server.port(), "nameless", null, DataSize.ofMegabytes(1));
            server.deliver("From: c@x.test\r\nSubject: withheld\r\n\r\nHello");
            server.deliver(question(7101, support));
            server.deliver(question(7102, support));
            reader.round().block();
            assertThat(server.held()).isEqualTo(1);
            assertThat(number("incoming_message")).isEqualTo(2);

            server.deliver(question(7103, support));
            server.deliver(question(7101, support));
            reader.round().block();
            assertThat(server.held()).isEqualTo(1);
            assertThat(server.withheld()).isEqualTo(1);
            assertThat(number("incoming_message")).isEqualTo(3);
        }
    }

    @Test
    void keepsWhatItReadInAnotherFolderAndReadsOnlyTheHeadOfWhatIsTooLarge() throws Exception {
        SERVER.setUser("imap@in.test", "imap", "secret");
        var token = sent("large@x.test");
        deliver("imap", bounce(token) + "x".repeat(20_000));
        var before = count("too-large");

        reader(Protocol.IMAP, "imap", "Read", DataSize.ofKilobytes(10)).round().block();

        assertThat(held("imap")).isZero();
        assertThat(SERVER.getManagers()
                        .getImapHostManager()
                        .getFolder(SERVER.getUserManager().getUser("imap"), "Read")
                        .getMessageCount())
                .isEqualTo(1);
        assertThat(count("too-large")).isEqualTo(before + 1);
        // The head alone says that it came back, and whose mail it was, but not why: nobody is blamed for that.
        assertThat(suppressions.of(shop.workspaceId(), "large@x.test").block()).isEmpty();
    }

    @Test
    void aMessageThatCannotBeKeptHoldsUpTheOthersForAFewRoundsOnly() throws Exception {
        SERVER.setUser("poison@in.test", "poison", "secret");
        var support = support();
        database.sql("alter table incoming_message add constraint poison check (subject <> 'Question 7001') not valid")
                .then()
                .block();
        try {
            deliver("poison", question(7001, support));
            deliver("poison", question(7002, support));
            var reader = reader(Protocol.IMAP, "poison", null, DataSize.ofMegabytes(1));
            for (int round = 1; round < ReadMailbox.MOST_TRIES; round++) {
                assertThatThrownBy(() -> reader.round().block()).isNotNull();
            }
            assertThat(number("incoming_message")).isZero();
            reader.round().block();
        } finally {
            database.sql("alter table incoming_message drop constraint poison")
                    .then()
                    .block();
        }
        assertThat(number("incoming_message")).isEqualTo(1);
        assertThat(held("poison")).isEqualTo(1);
    }

    @Test
    void takesEachMailOnceAlthoughTheReaderIsKilled() throws Exception {
        SERVER.setUser("many@in.test", "many", "secret");
        var support = support();
        for (int at = 0; at < SOME; at++) {
            deliver("many", question(at, support));
        }

        var killed = reader(Protocol.IMAP, "many", null, DataSize.ofMegabytes(1))
                .round()
                .subscribe();
        await().atMost(Duration.ofSeconds(60)).until(() -> number("incoming_message") > 5);
        killed.dispose();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            reader(Protocol.IMAP, "many", null, DataSize.ofMegabytes(1)).round().block();
            return held("many") == 0;
        });

        assertThat(number("incoming_message")).isEqualTo(SOME);
        await().atMost(Duration.ofSeconds(60)).until(() -> number("support_case") == SOME);
        assertThat(number("case_entry")).isEqualTo(SOME);
    }

    @Test
    void losesAndDoublesNoneOfManyMailsAtOnce() {
        var support = support();
        var all = Flux.range(0, MANY).concatMap(at -> {
            var raw = question(at, support).getBytes(StandardCharsets.UTF_8);
            return taking.take(raw, ReadIncoming.read(raw), Instant.now());
        });
        var begun = System.nanoTime();

        var killed = all.subscribe();
        await().atMost(Duration.ofSeconds(60)).until(() -> number("incoming_message") > MANY / 5);
        killed.dispose();
        all.blockLast();

        var read = System.nanoTime();
        assertThat(number("incoming_message")).isEqualTo(MANY);
        assertThat(number("contact")).isEqualTo(MANY);
        await().atMost(Duration.ofSeconds(120)).until(() -> number("support_case") == MANY);
        assertThat(number("case_entry")).isEqualTo(MANY);
        LOG.info(
                "{} mails taken in {} ms, all cases open {} ms later",
                MANY,
                Duration.ofNanos(read - begun).toMillis(),
                Duration.ofNanos(System.nanoTime() - read).toMillis());
    }

    private String support() {
        var support = "help@" + shop.workspace().code() + ".test";
        shop.set("reply_to = '" + support + "'");
        return support;
    }

    private static String question(int at, String support) {
        return "From: Customer <c%1$d@x.test>\r\nTo: %2$s\r\nSubject: Question %1$d\r\nMessage-ID: <%1$d.%2$s>\r\n\r\nWhere is order %1$d?\r\n"
                .formatted(at, support);
    }

    private long number(String table) {
        return database.sql("select count(*) from " + table + " where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private ReadMailbox reader(Protocol protocol, String user, String moveTo, DataSize largest) {
        int port = protocol == Protocol.IMAP
                ? SERVER.getImap().getPort()
                : SERVER.getPop3().getPort();
        return reader(protocol, port, user, moveTo, largest);
    }

    private ReadMailbox reader(Protocol protocol, int port, String user, String moveTo, DataSize largest) {
        return new ReadMailbox(
                new MailboxSettings("127.0.0.1", protocol, port, Tls.NONE, user, "secret", "INBOX", moveTo, largest),
                taking,
                time,
                meters);
    }

    private String sent(String email) {
        var contact = UUID.randomUUID();
        var send = UUID.randomUUID();
        var now = Instant.now();
        database.sql(
                        "insert into contact (workspace_id, id, version, email, address, created_at) values ($1, $2, 0, $3, $3, $4)")
                .bind(0, shop.workspaceId())
                .bind(1, contact)
                .bind(2, email)
                .bind(3, now)
                .then()
                .then(database.sql("""
                                insert into send (workspace_id, id, contact_id, purpose, step, kind, state, due_at, not_after, submitted_at, finished_at, created_at)
                                values ($1, $2, $3, 'questions', 'ask', 'ask', 'accepted', $4, $4, $4, $4, $4)
                                """)
                        .bind(0, shop.workspaceId())
                        .bind(1, send)
                        .bind(2, contact)
                        .bind(3, now)
                        .then())
                .block();
        return new LinkToken(shop.workspace().code(), send).sign(LinkToken.Use.BOUNCE, secret);
    }

    private static String bounce(String token) {
        return """
                From: MAILER-DAEMON@mx.test
                To: post+%s@in.test
                Subject: Undelivered Mail Returned to Sender
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.test

                Final-Recipient: rfc822; somebody@x.test
                Action: failed
                Status: 5.1.1
                --b--
                """.formatted(token).replace("\n", "\r\n");
    }

    private static void deliver(String login, String mail) throws MessagingException {
        SERVER.getUserManager()
                .getUser(login)
                .deliver(new MimeMessage(null, new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static int held(String login) throws Exception {
        return SERVER.getManagers()
                .getImapHostManager()
                .getInbox(SERVER.getUserManager().getUser(login))
                .getMessageCount();
    }

    private double count(String result) {
        return meters.counter("afterword.incoming", "result", result).count();
    }
}
