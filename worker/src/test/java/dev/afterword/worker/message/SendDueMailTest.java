package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.message.sender.MakeSenderKeys;
import dev.afterword.db.message.sender.StartSigning;
import dev.afterword.worker.WorkerProcess;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {"afterword.mail.connections=3", "afterword.mail.incoming.address=post@in.example"})
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class SendDueMailTest {
    static final SmtpSink SINK = new SmtpSink(0);

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    MeterRegistry meters;

    final Instant fiveDaysAgo = Instant.now().minus(5, ChronoUnit.DAYS);
    Shop shop;

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", SINK::port);
    }

    @BeforeEach
    void open() {
        shop = Shop.open(beans).enabled();
    }

    @Test
    void saysWhereItComesBackToAndByWhichNameAndSignsIt() {
        var keys = beans.getBean(MakeSenderKeys.class)
                .make(shop.workspaceId(), "shop.example")
                .block();
        beans.getBean(StartSigning.class).start(keys.key()).block();

        var order = shop.delivered("A-78", address("eva"), fiveDaysAgo);

        assertThat(finished(order).state()).isEqualTo(SendState.ACCEPTED);
        var code = shop.workspace().code();
        assertThat(SINK.envelopes)
                .anyMatch(line -> line.matches("MAIL FROM:<post\\+" + code
                        + "[a-z2-7]{42}@in\\.example> RET=HDRS ENVID=" + code + "[a-z2-7]{42}"))
                .anyMatch(line -> line.equals("RCPT TO:<" + address("eva") + "> NOTIFY=FAILURE"));
        assertThat(SINK.to(address("eva")).getFirst())
                .contains("\nDKIM-Signature: v=1; a=ed25519-sha256;", "\nDKIM-Signature: v=1; a=rsa-sha256;")
                .contains(",\r\n <mailto:post+" + code)
                .contains("\nReply-To: post+" + code);
    }

    @Test
    void sendsNoMoreThanANewDomainMayAndTheRestTomorrow() {
        database.sql("insert into warm_up values ($1, 'shop.example', current_date - 3, 2, 1.5)")
                .bind(0, shop.workspaceId())
                .then()
                .block();
        var orders = IntStream.range(0, 5)
                .mapToObj(at -> shop.delivered("W-" + at, address("warm" + at), fiveDaysAgo))
                .toList();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> orders.stream()
                                .flatMap(order -> shop.sends(order).stream())
                                .filter(send -> send.state() == SendState.ACCEPTED
                                        || (send.state() == SendState.PLANNED
                                                && send.dueAt()
                                                        .isAfter(Instant.now().plus(1, ChronoUnit.MINUTES))))
                                .filter(send -> send.kind() == SendKind.ASK)
                                .count()
                        == 5);

        var sends = orders.stream()
                .flatMap(order -> shop.sends(order).stream())
                .filter(send -> send.kind() == SendKind.ASK)
                .toList();
        assertThat(sends).filteredOn(send -> send.state() == SendState.ACCEPTED).hasSize(2);
        assertThat(sends)
                .filteredOn(send -> send.state() == SendState.PLANNED)
                .hasSize(3)
                .allMatch(send -> send.attempt() == 0);
    }

    @Test
    void sendsWhatIsDueWithTheQuestionInsideAndOneClickToUnsubscribe() throws Exception {
        var order = shop.delivered("A-77", address("ana"), fiveDaysAgo);

        var sent = finished(order);
        assertThat(sent.state()).isEqualTo(SendState.ACCEPTED);

        var message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(SINK.to(address("ana")).getFirst().getBytes(StandardCharsets.UTF_8)));
        assertThat(message.getSubject()).isEqualTo("How was your order from Cedar & Salt?");
        assertThat(message.getFrom()[0].toString()).isEqualTo("Cedar & Salt <hello@shop.example>");
        assertThat(message.getHeader("List-Unsubscribe", null))
                .startsWith("<https://feedback.example/u/" + shop.workspace().code());
        assertThat(message.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(message.getHeader("List-Id", null)).contains(shop.workspace().code());
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(message.getHeader("Feedback-ID", null)).startsWith("post-purchase:ask:questions:");
        assertThat(message.getMessageID())
                .isEqualTo(sent.messageId())
                .startsWith("<s.")
                .endsWith("@shop.example>");
        var parts = (MimeMultipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat((String) parts.getBodyPart(0).getContent())
                .contains(
                        "Hello Ana Souza,", "0: https://feedback.example/r/", "?recommend=10", "Hauptstraße 1", "A-77");
        assertThat((String) parts.getBodyPart(1).getContent())
                .contains("Cedar &amp; Salt", "?recommend=0\"", "?recommend=10\"", "/u/")
                .doesNotContain("<img");
        var accepted = database.sql(
                        "select accepted_at is not null and asked_at is not null from invitation where workspace_id = $1 and order_id = $2")
                .bind(0, shop.workspaceId())
                .bind(1, order)
                .mapValue(Boolean.class)
                .one()
                .block();
        assertThat(accepted).isTrue();
        assertThat(meters.counter("afterword.sends", "outcome", "accepted").count())
                .isPositive();
        // The reminder follows.
        await().until(() -> shop.sends(order).size() == 2);
    }

    @Test
    void triesAgainWhatTheServerDefers() {
        SINK.answerRecipient(address("full"), "452 4.2.2 mailbox full");
        var order = shop.delivered("1", address("full"), fiveDaysAgo);

        await().until(() ->
                shop.sends(order).size() == 1 && shop.sends(order).getFirst().smtpCode() != null);

        var send = shop.sends(order).getFirst();
        assertThat(send.state()).isEqualTo(SendState.PLANNED);
        assertThat(send.attempt()).isEqualTo(1);
        assertThat(send.smtpCode()).isEqualTo(452);
        assertThat(send.dueAt()).isAfter(Instant.now());
        assertThat(suppressed("full")).isFalse();
    }

    @Test
    void blamesAnAddressThatDoesNotExistButNobodyForPolicy() {
        SINK.answerRecipient(address("gone"), "550 5.1.1 no such user");
        SINK.answerEnd(address("policy"), "550 5.7.1 looks like spam");
        var gone = shop.delivered("1", address("gone"), fiveDaysAgo);
        var policy = shop.delivered("2", address("policy"), fiveDaysAgo);

        assertThat(finished(gone).state()).isEqualTo(SendState.REJECTED);
        assertThat(finished(policy).state()).isEqualTo(SendState.REJECTED);
        assertThat(finished(policy).smtpCode()).isEqualTo(550);
        assertThat(suppressed("gone")).isTrue();
        assertThat(suppressed("policy")).isFalse();
    }

    @Test
    void doesNotKnowWhenTheConnectionBreaksAfterTheEndAndSendsAgainWhenBefore() {
        SINK.answerEnd(address("after"), "hang up");
        SINK.answerEnd(address("before"), "hang up early");
        var after = shop.delivered("1", address("after"), fiveDaysAgo);
        var before = shop.delivered("2", address("before"), fiveDaysAgo);

        assertThat(finished(after).state()).isEqualTo(SendState.UNKNOWN);
        assertThat(finished(before).state()).isEqualTo(SendState.ACCEPTED);
        assertThat(SINK.to(address("before"))).hasSize(1);
        assertThat(SINK.to(address("after"))).hasSize(1);
    }

    @Test
    void waitsWhileTheWorkspacePausesAllMail() {
        shop.set("mail_paused_at = now()");
        var order = shop.delivered("1", address("paused"), fiveDaysAgo);
        await().until(() -> shop.sends(order).size() == 1);
        await().during(Duration.ofMillis(2500))
                .until(() -> shop.sends(order).getFirst().attempt() == 0);

        shop.set("mail_paused_at = null");

        assertThat(finished(order).state()).isEqualTo(SendState.ACCEPTED);
    }

    @Test
    void givesBackWhatWouldGoOutAtNight() {
        shop.set("mail_paused_at = now()");
        var order = shop.delivered("1", address("night"), fiveDaysAgo);
        await().until(() -> shop.sends(order).size() == 1);
        var local = Instant.now().atZone(ZoneId.of("Europe/Berlin")).toLocalTime();

        shop.writesBetween(
                        local.plusHours(2).truncatedTo(ChronoUnit.SECONDS),
                        local.plusHours(3).truncatedTo(ChronoUnit.SECONDS))
                .set("mail_paused_at = null");

        await().until(() -> shop.sends(order).getFirst().dueAt().isAfter(Instant.now()));
        assertThat(shop.sends(order).getFirst().attempt()).isZero();
        assertThat(shop.sends(order).getFirst().state()).isEqualTo(SendState.PLANNED);
        assertThat(LocalTime.from(shop.sends(order).getFirst().dueAt().atZone(ZoneId.of("Europe/Berlin"))))
                .isEqualTo(local.plusHours(2).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void asksOnceMoreBeforeItSends() {
        shop.set("mail_paused_at = now()");
        var order = shop.delivered("1", address("back"), fiveDaysAgo);
        await().until(() -> shop.sends(order).size() == 1);
        database.sql("update customer_order set status = 'refunded' where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .then()
                .block();

        shop.set("mail_paused_at = null");

        assertThat(finished(order).skipReason()).isEqualTo(SkipReason.REFUNDED);
        assertThat(SINK.to(address("back"))).isEmpty();
    }

    @Test
    void givesBackWhatItCannotPrepareBecauseTheDatabaseDoesNotAnswer() {
        shop.set("mail_paused_at = now()");
        var order = shop.delivered("1", address("hiccup"), fiveDaysAgo);
        await().until(() -> shop.sends(order).size() == 1);
        run("alter table ground rename to ground_away");
        try {
            shop.set("mail_paused_at = null");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> shop.sends(order)
                            .getFirst()
                            .dueAt()
                            .isAfter(Instant.now().plusSeconds(20)));
        } finally {
            run("alter table ground_away rename to ground");
        }

        assertThat(shop.sends(order).getFirst().state()).isEqualTo(SendState.PLANNED);
        assertThat(shop.sends(order).getFirst().attempt()).isZero();
        assertThat(beans.getBean(Ledger.class).held()).isEmpty();
    }

    private void run(String sql) {
        database.sql(sql).then().block();
    }

    private String address(String name) {
        return name + "@" + shop.workspace().code() + ".example";
    }

    private Send finished(UUID order) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var sends = shop.sends(order);
            return !sends.isEmpty() && sends.getLast().state().finished();
        });
        return shop.sends(order).getLast();
    }

    private boolean suppressed(String name) {
        return !beans.getBean(Suppressions.class)
                .of(shop.workspaceId(), address(name))
                .block()
                .isEmpty();
    }
}
