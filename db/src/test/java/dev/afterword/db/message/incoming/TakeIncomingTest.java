package dev.afterword.db.message.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Remnants;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.contact.Timeline;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.Sends;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class TakeIncomingTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    TakeIncoming taking;

    @Autowired
    ForgetIncoming forgetting;

    @Autowired
    RecordBounce bounces;

    @Autowired
    Suppressions suppressions;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseTime time;

    @Autowired
    AfterwordSecret secret;

    final Instant now = Instant.now();
    Shop shop;
    Shop twin;

    @BeforeEach
    void open() {
        shop = Shop.open(beans).enabled();
        twin = Shop.open(beans).enabled();
    }

    @Test
    void writesNoMoreToAnAddressThatDoesNotExistWhicheverWayItIsKnown() {
        var byToken = sent("one@x.test");
        var byId = sent("two@x.test");
        var byLink = sent("three@x.test");
        var hard = notice(NoticeKind.HARD, "5.1.1", true);

        assertThat(take(
                        "1",
                        incoming(
                                hard,
                                List.of("post+" + token(byToken, Use.BOUNCE) + "@in.test"),
                                List.of(),
                                List.of())))
                .isEqualTo(Taken.KEPT);
        assertThat(take(
                        "2",
                        incoming(
                                hard,
                                List.of(),
                                List.of("<s." + token(byId, Use.MESSAGE) + "@shop.example>"),
                                List.of())))
                .isEqualTo(Taken.KEPT);
        assertThat(take(
                        "3",
                        incoming(
                                hard,
                                List.of(),
                                List.of(),
                                List.of("https://x.test/u/" + token(byLink, Use.UNSUBSCRIBE)))))
                .isEqualTo(Taken.KEPT);

        for (var address : List.of("one@x.test", "two@x.test", "three@x.test")) {
            assertThat(suppressed(shop, address)).containsExactly("all hard-bounce");
            assertThat(suppressed(twin, address)).isEmpty();
        }
        assertThat(events("send.bounced"))
                .containsExactlyInAnyOrder(
                        byToken.key().id(), byId.key().id(), byLink.key().id());
    }

    @Test
    void changesNothingTheSecondTime() {
        var send = sent("ana@x.test");
        var incoming = incoming(
                notice(NoticeKind.HARD, "5.1.1", true),
                List.of(token(send, Use.BOUNCE) + "@in.test"),
                List.of(),
                List.of());

        assertThat(take("same", incoming)).isEqualTo(Taken.KEPT);
        assertThat(take("same", incoming)).isEqualTo(Taken.KNOWN);
        assertThat(take("same again through another server", incoming)).isEqualTo(Taken.KEPT);

        assertThat(events("send.bounced")).hasSize(1);
        assertThat(count("bounce")).isEqualTo(1);
        assertThat(count("incoming_message")).isEqualTo(2);
    }

    @Test
    void neverBlamesThePersonForAPolicyFailure() {
        for (int at = 0; at < 8; at++) {
            var send = sent("pia@x.test");
            take(
                    "policy " + at,
                    incoming(
                            notice(NoticeKind.POLICY, "5.7.1", true),
                            List.of(token(send, Use.BOUNCE) + "@in.test"),
                            List.of(),
                            List.of()));
        }

        assertThat(suppressed(shop, "pia@x.test")).isEmpty();
        assertThat(events("send.bounced")).hasSize(8);
    }

    @Test
    void believesNobodyWhoHasNoTokenOfOurs() {
        var send = sent("ana@x.test");
        var forged = incoming(
                notice(NoticeKind.HARD, "5.1.1", true),
                List.of("a".repeat(50) + "@in.test", token(send, Use.ANSWER) + "@in.test"),
                List.of("<s." + token(send, Use.REPLY) + "@x>"),
                List.of());

        assertThat(take("forged", forged)).isEqualTo(Taken.UNMATCHED);
        assertThat(take("forged", forged)).isEqualTo(Taken.KNOWN);

        assertThat(suppressed(shop, "ana@x.test")).isEmpty();
    }

    @Test
    void stopsMarketingAfterASpamReportAndNothingElse() {
        var send = sent("ana@x.test");

        take(
                "report",
                incoming(
                        notice(NoticeKind.SPAM_REPORT, null, true),
                        List.of(),
                        List.of("<s." + token(send, Use.MESSAGE) + "@shop.example>"),
                        List.of()));

        assertThat(suppressed(shop, "ana@x.test"))
                .containsExactlyInAnyOrder("questions spam-report", "tips spam-report", "news spam-report");
        assertThat(events("send.reported-as-spam")).containsExactly(send.key().id());
    }

    @Test
    void stopsAFullMailboxOnlyWhenItStaysFullAndForgivesWhatArrivedBetween() {
        for (int at = 0; at < 3; at++) {
            record(sent("ole@x.test"), NoticeKind.SOFT, now.minus(Duration.ofDays(60 - at * 6)));
        }
        arrived(sent("ole@x.test"), now.minus(Duration.ofDays(40)));
        for (int at = 0; at < 3; at++) {
            record(sent("ole@x.test"), NoticeKind.SOFT, now.minus(Duration.ofDays(30 - at * 6)));
        }
        assertThat(suppressed(shop, "ole@x.test")).isEmpty();

        record(sent("ole@x.test"), NoticeKind.SOFT, now.minus(Duration.ofDays(10)));

        assertThat(suppressed(shop, "ole@x.test")).containsExactly("all soft-bounce");
    }

    @Test
    void keepsAReplyForTheCustomerWhoWroteIt() {
        var address = "ana-" + shop.workspace().code() + "@x.test";
        var send = sent(address);
        var reply = new Incoming(
                address,
                List.of("post+" + token(send, Use.REPLY) + "@in.test"),
                "<r@x.test>",
                "Re: How was it?",
                List.of(),
                List.of(),
                List.of(notice(NoticeKind.REPLY, null, true)),
                "The lid is broken");
        var plain = new Incoming(
                address.toUpperCase(Locale.ROOT),
                List.of("hello@shop.example"),
                "<q@x.test>",
                "Hello",
                List.of(),
                List.of(),
                List.of(notice(NoticeKind.REPLY, null, true)),
                "Me again");

        assertThat(take("reply", reply)).isEqualTo(Taken.KEPT);
        assertThat(events("contact.replied")).hasSize(1);
        var timeline = beans.getBean(Timeline.class)
                .of(new Key(shop.workspaceId(), send.contactId()), null, 50)
                .block();
        assertThat(timeline.items().toString()).contains("The lid is broken");

        database.sql("update send set state = 'accepted', submitted_at = $2, finished_at = $2 where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .bind(1, now.minus(Duration.ofDays(2)))
                .then()
                .block();
        assertThat(take("by sender", plain)).isEqualTo(Taken.KEPT);
        assertThat(events("contact.replied")).hasSize(2);
    }

    @Test
    void unsubscribesWhoWritesToTheAddressForThat() {
        var send = sent("ana@x.test");

        take(
                "unsubscribe",
                new Incoming(
                        "ana@x.test",
                        List.of(token(send, Use.UNSUBSCRIBE) + "@in.test"),
                        null,
                        "",
                        List.of(),
                        List.of(),
                        List.of(notice(NoticeKind.REPLY, null, true)),
                        ""));

        assertThat(suppressed(shop, "ana@x.test")).containsExactly("questions unsubscribed");
        assertThat(events("contact.replied")).isEmpty();
    }

    @Test
    void ignoresWhoIsOutOfOffice() {
        var send = sent("ana@x.test");

        take(
                "away",
                incoming(
                        notice(NoticeKind.AUTOMATIC, null, true),
                        List.of(token(send, Use.REPLY) + "@in.test"),
                        List.of(),
                        List.of()));

        assertThat(events("contact.replied")).isEmpty();
        assertThat(count("bounce")).isZero();
        assertThat(count("incoming_message")).isEqualTo(1);
    }

    @Test
    void forgetsHowItReadAfterThirtyDays() {
        var send = sent("ana@x.test");
        take(
                "old",
                incoming(
                        notice(NoticeKind.SOFT, null, true),
                        List.of(token(send, Use.BOUNCE) + "@in.test"),
                        List.of(),
                        List.of()));
        take("older", incoming(notice(NoticeKind.SOFT, null, true), List.of(), List.of(), List.of()));

        forgetting.forget().block();
        assertThat(countRaw()).isEqualTo(1);

        time.shift(Duration.ofDays(31)).block();
        try {
            forgetting.forget().block();
        } finally {
            time.shift(Duration.ZERO).block();
        }

        assertThat(countRaw()).isZero();
        assertThat(count("incoming_message")).isEqualTo(1);
        assertThat(count("bounce")).isEqualTo(1);
    }

    @Test
    void forgetsWhoWroteWhatBelongsToNoCaseAfterThirtyDays() {
        var mine = "ana-" + shop.workspace().code();
        var send = sent(mine + "@x.test");
        var said = person(mine, List.of(token(send, Use.REPLY) + "@in.test"));
        take(
                "away",
                from(mine, notice(NoticeKind.AUTOMATIC, null, true), List.of(token(send, Use.REPLY) + "@in.test")));
        take("stop", person(mine, List.of(token(send, Use.UNSUBSCRIBE) + "@in.test")));
        database.sql("update incoming_message set message_id = 'another' where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .then()
                .block();
        take("said", said);
        database.sql("""
                        with k as (
                            insert into support_case (workspace_id, id, version, kind, subject, contact_id, source, status, priority, opened_at, latest_at, words)
                            select $1, gen_random_uuid(), 0, 'question', 'Hm', $2, 'reply', 'open', 3, now(), now(), '' returning id)
                        insert into case_entry (workspace_id, id, case_id, kind, words, incoming_id, at)
                        select $1, gen_random_uuid(), k.id, 'said', m.words, m.id, now() from k, incoming_message m
                        where m.workspace_id = $1 and m.digest = (select digest from incoming_message where workspace_id = $1 order by id desc limit 1)
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, send.contactId())
                .then()
                .block();

        time.shift(Duration.ofDays(31)).block();
        try {
            forgetting.forget().block();
        } finally {
            time.shift(Duration.ZERO).block();
        }

        assertThat(database.sql("""
                                select kind || ' ' || coalesce(sender, '-') || ' ' || subject || ' ' || coalesce(words, '-') || ' ' || coalesce(message_id, '-')
                                from incoming_message where workspace_id = $1 order by id
                                """)
                        .bind(0, shop.workspaceId())
                        .mapValue(String.class)
                        .all()
                        .collectList()
                        .block())
                .containsExactly(
                        "automatic - […] - -",
                        "reply - […] […] -",
                        "reply " + mine + "@x.test Of " + mine + " By " + mine + " <" + mine + "@x.test>");
    }

    @Test
    void whatComesLateOfTheMailToWhoWasErasedIsKeptApartForThirtyDays() {
        var mine = "ilse-" + shop.workspace().code();
        var send = sent(mine + "@x.test");
        beans.getBean(EraseContact.class)
                .erase(new Key(shop.workspaceId(), send.contactId()))
                .block();

        assertThat(take("late words", person(mine, List.of(token(send, Use.REPLY) + "@in.test"))))
                .isEqualTo(Taken.UNMATCHED);
        assertThat(take(
                        "late bounce",
                        from(
                                mine,
                                notice(NoticeKind.HARD, "5.1.1", true),
                                List.of(token(send, Use.BOUNCE) + "@in.test"))))
                .isEqualTo(Taken.UNMATCHED);

        assertThat(count("incoming_message")).isZero();
        assertThat(events("contact.replied")).isEmpty();
        assertThat(beans.getBean(UnmatchedMails.class)
                        .page(shop.workspaceId(), null, 10)
                        .block()
                        .items())
                .extracting(UnmatchedMail::why)
                .containsExactly(WhyNoCase.ERASED);
        time.shift(Duration.ofDays(31)).block();
        try {
            forgetting.forget().block();
        } finally {
            time.shift(Duration.ZERO).block();
        }
        assertThat(Remnants.of(database, mine)).isEmpty();
    }

    @Test
    void takesAMessageWithZerosInItsHead() {
        var mine = "zero-" + shop.workspace().code();
        var send = sent(mine + "@x.test");
        var zero = new Incoming(
                mine + "@x.test",
                List.of(token(send, Use.REPLY) + "@in.test"),
                "<\0" + mine + "@x.test>",
                "\0",
                List.of("<\0@x.test>"),
                List.of(),
                List.of(notice(NoticeKind.REPLY, "5.1.\0", true)),
                "\0");

        assertThat(take("zero", zero)).isEqualTo(Taken.KEPT);
        assertThat(take("zero", zero)).isEqualTo(Taken.KNOWN);
    }

    private static Incoming person(String name, List<String> addresses) {
        return from(name, notice(NoticeKind.REPLY, null, true), addresses);
    }

    private static Incoming from(String name, Notice notice, List<String> addresses) {
        return new Incoming(
                name + "@x.test",
                addresses,
                "<" + name + "@x.test>",
                "Of " + name,
                List.of(),
                List.of(),
                List.of(notice),
                "By " + name);
    }

    /** A mail that went out just now. */
    private Send sent(String email) {
        var contact = UUID.nameUUIDFromBytes((shop.workspaceId() + email).getBytes(StandardCharsets.UTF_8));
        database.sql(
                        "insert into contact (workspace_id, id, version, external_id, email, address, created_at) values ($1, $2, 0, $3, $3, $3, $4) on conflict do nothing")
                .bind(0, shop.workspaceId())
                .bind(1, contact)
                .bind(2, email)
                .bind(3, now)
                .then()
                .block();
        var id = Key.nextId();
        database.sql("""
                        insert into send (workspace_id, id, contact_id, purpose, step, kind, state, due_at, not_after, submitted_at, finished_at, created_at)
                        values ($1, $2, $3, 'questions', 'ask', 'ask', 'accepted', $4, $4, $4, $4, $4)
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, id)
                .bind(2, contact)
                .bind(3, now)
                .then()
                .block();
        return beans.getBean(Sends.class).find(new Key(shop.workspaceId(), id)).block();
    }

    private void record(Send send, NoticeKind kind, Instant at) {
        bounces.record(new RecordBounce.Said(send.key(), send.contactId(), notice(kind, "5.2.2", true), null, at))
                .block();
    }

    private void arrived(Send send, Instant at) {
        database.sql(
                        "update send set state = 'accepted', submitted_at = $3, finished_at = $3 where workspace_id = $1 and id = $2")
                .bind(0, send.key().workspaceId())
                .bind(1, send.key().id())
                .bind(2, at)
                .then()
                .block();
    }

    private Taken take(String raw, Incoming incoming) {
        return taking.take((raw + shop.workspaceId()).getBytes(StandardCharsets.UTF_8), incoming, now)
                .block();
    }

    private static Notice notice(NoticeKind kind, String status, boolean sure) {
        return new Notice(kind, null, status, "said so", sure);
    }

    private static Incoming incoming(Notice notice, List<String> addresses, List<String> answers, List<String> links) {
        return new Incoming(
                "mailer-daemon@x.test", addresses, null, "Undelivered", answers, links, List.of(notice), null);
    }

    private String token(Send send, Use use) {
        return new LinkToken(shop.workspace().code(), send.key().id()).sign(use, secret);
    }

    private List<String> suppressed(Shop of, String address) {
        return suppressions.of(of.workspaceId(), address).block().stream()
                .map(one -> (one.purpose() == null ? "all" : one.purpose().code()) + " "
                        + one.reason().code())
                .toList();
    }

    private List<UUID> events(String kind) {
        return database.sql("select subject_id from event where workspace_id = $1 and kind = $2")
                .bind(0, shop.workspaceId())
                .bind(1, kind)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .block();
    }

    private long count(String table) {
        return database.sql("select count(*) from " + table + " where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private long countRaw() {
        return database.sql("select count(*) from incoming_message where workspace_id = $1 and raw is not null")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }
}
