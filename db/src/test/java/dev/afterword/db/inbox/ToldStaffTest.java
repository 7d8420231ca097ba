package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Rows;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.inbox.notice.Choice;
import dev.afterword.db.inbox.notice.CollectNotices;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.NoticeMails;
import dev.afterword.db.inbox.notice.Telling;
import dev.afterword.db.inbox.notice.Tellings;
import dev.afterword.db.message.Mail;
import dev.afterword.db.workspace.ChangeRole;
import dev.afterword.db.workspace.CustomRoles;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.RemoveMember;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** What staff is told of: once, not of their own acts, at once or in a digest, and only who may hear of it; and what time does to cases. */
@DatabaseTest
class ToldStaffTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    StaffMembers staff;

    @Autowired
    Memberships memberships;

    @Autowired
    CustomRoles roles;

    @Autowired
    ChangeRole changeRole;

    @Autowired
    RemoveMember removeMember;

    @Autowired
    ActOnCase actOnCase;

    @Autowired
    Cases cases;

    @Autowired
    TellStaff tellStaff;

    @Autowired
    WatchCases watchCases;

    @Autowired
    CollectNotices collect;

    @Autowired
    NoticeMails mails;

    @Autowired
    Tellings tellings;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    Rows shop;
    UUID owner;
    UUID mira;

    @BeforeEach
    void open() {
        shop = new Rows(database, openWorkspace);
        owner = member(Role.OWNER, "Olga");
        mira = member(Role.SUPPORT, "Mira");
    }

    @Test
    void tellsOnceHoweverOftenEventsAreReadAndHoweverManyProcessesSend() {
        var opened = opened("Kettle leaks, write to ana@example.com", null);
        actOnCase
                .change(opened.key(), null, owner, (one, now) -> one.ownedBy(mira))
                .block();
        actOnCase
                .note(opened.key(), owner, "Look at her last order", List.of(mira), false)
                .block();
        read();
        var again = Event.of(
                shop.workspace.id(), EventKind.CASE_CHANGED, opened.key().id(), null, false, Instant.now());
        tellStaff.handle(shop.workspace.id(), List.of(again)).block();
        assertThat(waiting(mira)).containsExactlyInAnyOrder("assigned", "mentioned");
        Flux.range(0, 4).flatMap(process -> collect.round(), 4).blockLast();
        assertThat(waiting(mira)).isEmpty();
        assertThat(mailsTo(mira)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Cedar & Salt: 1 case assigned to you, 1 note mentions you");
            assertThat(mail.text())
                    .contains(
                            "Olga gave you this case.",
                            "> Look at her last order",
                            "/inbox/" + opened.key().id(),
                            "/told");
            assertThat(mail.html()).contains("Look at her last order").contains("Cedar &amp; Salt");
        });
        assertThat(mailsTo(owner)).isEmpty();
    }

    @Test
    void saysWhatItIsInTheSubjectAndNoAddress() {
        var opened = opened("Kettle leaks, write to ana@example.com", null);
        actOnCase
                .change(opened.key(), null, null, (one, now) -> one.ownedBy(mira))
                .block();
        read();
        collect.round().block();
        assertThat(mailsTo(mira))
                .singleElement()
                .satisfies(mail -> assertThat(mail.subject()).isEqualTo("Assigned to you: Kettle leaks, write to …"));
    }

    @Test
    void tellsNobodyOfTheirOwnActs() {
        var opened = opened("Kettle leaks", mira);
        actOnCase
                .change(opened.key(), null, mira, (one, now) -> one.ownedBy(null))
                .block();
        actOnCase
                .change(opened.key(), null, mira, (one, now) -> one.ownedBy(mira))
                .block();
        actOnCase
                .note(opened.key(), mira, "For me and Olga", List.of(mira, owner), false)
                .block();
        read();
        assertThat(waiting(mira)).isEmpty();
        assertThat(waiting(owner)).containsExactly("mentioned");
    }

    @Test
    void tellsTheOwnerOfACaseWhatACustomerAnswered() {
        var opened = opened("Kettle leaks", mira);
        database.sql("""
                        with e as (
                            insert into case_entry (workspace_id, id, case_id, kind, words, at) values ($1, gen_random_uuid(), $2, 'said', 'It <b>still</b> leaks', now()))
                        insert into event (workspace_id, id, kind, subject_id, created_at) values ($1, gen_random_uuid(), 'case.changed', $2, now())
                        """)
                .bind(0, shop.workspace.id())
                .bind(1, opened.key().id())
                .then()
                .block();
        read();
        collect.round().block();
        assertThat(mailsTo(mira)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("A customer answered: Kettle leaks");
            assertThat(mail.text()).contains("> It <b>still</b> leaks");
            assertThat(mail.html()).contains("It &lt;b&gt;still&lt;/b&gt; leaks");
        });
    }

    @Test
    void keepsBadAnswersForTheDigestAndTellsEachOnce() {
        var ana = shop.contact("Ana Souza", "ana@example.com", "customer");
        var bad = shop.response(ana, null, Instant.now(), Map.of("recommend", 2, "comment", "Péssimo"), Map.of());
        var good = shop.response(ana, null, Instant.now(), Map.of("recommend", 10), Map.of());
        happened("response.given", bad, good);
        happened("response.changed", bad);
        read();
        assertThat(waiting(mira)).containsExactly("bad-answer");
        collect.round().block();
        assertThat(mailsTo(mira)).isEmpty();
        dueNow();
        collect.round().block();
        collect.round().block();
        assertThat(mailsTo(mira)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).startsWith("A bad answer to “");
            assertThat(mail.text()).contains("Ana Souza gave 2 of 10.", "> Péssimo", "/responses/" + bad);
        });
    }

    @Test
    void tellsAsEachWantsItFromNowOn() {
        tellings.save(
                        shop.workspace,
                        mira,
                        new Telling(8, Map.of(NoticeKind.BAD_ANSWER, Choice.NOW, NoticeKind.ASSIGNED, Choice.NEVER)))
                .block();
        happened("response.given", shop.response(null, null, Instant.now(), Map.of("recommend", 0), Map.of()));
        var opened = opened("Kettle leaks", null);
        actOnCase
                .change(opened.key(), null, owner, (one, now) -> one.ownedBy(mira))
                .block();
        read();
        assertThat(waiting(mira)).containsExactly("bad-answer");
        collect.round().block();
        assertThat(mailsTo(mira))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("A customer gave 0 of 10."));
        assertThat(waiting(owner)).containsExactly("bad-answer");
        tellings.save(shop.workspace, owner, new Telling(8, Map.of(NoticeKind.BAD_ANSWER, Choice.NEVER)))
                .block();
        assertThat(waiting(owner)).isEmpty();
        assertThat(mailsTo(owner)).isEmpty();
    }

    @Test
    void tellsNothingToWhoLeftOrMaySeeNoCustomers() {
        var viewer = member(Role.VIEWER, "Vera");
        var opened = opened("Kettle leaks", null);
        actOnCase
                .note(opened.key(), owner, "Look", List.of(mira, viewer), false)
                .block();
        read();
        assertThat(waiting(viewer)).isEmpty();
        collect.round().block();
        run("update membership set role = 'viewer' where workspace_id = $1 and staff_id = '" + mira + "'");
        assertThat(mailsTo(mira)).isEmpty();
        run("delete from membership where workspace_id = $1 and staff_id = '" + mira + "'");
        assertThat(mailsTo(mira)).isEmpty();
    }

    @Test
    void tellsThatItIsDueSoonThenTooLateThenTheOwnersAndEachOnce() {
        var opened = opened("Kettle leaks", mira);
        assertThat(alarms(opened)).hasSize(6);
        ring(opened, "first-soon", "now() + interval '2 hours'");
        assertThat(waiting(mira)).containsExactly("due-soon");
        assertThat(
                        texts(
                                "select 'in time' from staff_notice where workspace_id = $1 and due_at < now() + interval '2 hours'"))
                .as("although the digest would come later")
                .hasSize(1);
        ring(opened, "first-breached", "now() - interval '1 minute'");
        assertThat(waiting(mira)).containsExactlyInAnyOrder("due-soon", "breached");
        ring(opened, "first-escalated", "now() - interval '8 hours'");
        ring(opened, "solve-escalated", "now() - interval '8 hours'");
        assertThat(waiting(owner)).containsExactly("escalated");
        assertThat(cases.find(opened.key()).block().priority()).isEqualTo(1);
        assertThat(cases.entries(opened.key()).block())
                .filteredOn(entry -> entry.kind() == CaseEntry.Kind.CHANGE)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.staffId()).isNull();
                    assertThat(entry.change())
                            .containsEntry("priority", new CaseEntry.Change("3", "1"))
                            .containsEntry("escalated", new CaseEntry.Change("", "first"));
                });
        collect.round().block();
        assertThat(mailsTo(owner)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Urgent now: Kettle leaks");
            assertThat(mail.text()).contains("A first answer was due by").contains("priority 1");
        });
        assertThat(alarms(opened)).containsExactlyInAnyOrder("solve-soon", "solve-breached");
    }

    @Test
    void doesNothingByTimeToACaseThatWasAnsweredOrClosed() {
        var answered = opened("Answered", mira);
        actOnCase.note(answered.key(), mira, "Called her", List.of(), true).block();
        ring(answered, "first-breached", "now()");
        ring(answered, "first-escalated", "now()");
        var closed = opened("Closed", mira);
        actOnCase
                .change(closed.key(), null, mira, (one, now) -> one.closed(null, null, now))
                .block();
        ring(closed, "solve-breached", "now()");
        assertThat(waiting(mira)).isEmpty();
        assertThat(waiting(owner)).isEmpty();
        assertThat(cases.find(answered.key()).block().priority()).isEqualTo(3);
    }

    @Test
    void doesNotTellOfWhatWasDoneSince() {
        var opened = opened("Kettle leaks", mira);
        ring(opened, "first-breached", "now()");
        collect.round().block();
        actOnCase.note(opened.key(), mira, "Called her", List.of(), true).block();
        assertThat(mailsTo(mira)).isEmpty();
    }

    @Test
    void tellsSupportAndOwnersOfACaseThatIsNobodys() {
        var marketer = member(Role.MARKETER, "Max");
        var opened = opened("Kettle leaks", null);
        ring(opened, "solve-breached", "now()");
        assertThat(waiting(mira)).containsExactly("breached");
        assertThat(waiting(owner)).containsExactly("breached");
        assertThat(waiting(marketer)).isEmpty();
    }

    @Test
    void bringsBackWhatWasPutOffAndTellsWhoseItIs() {
        var opened = opened("Kettle leaks", mira);
        actOnCase
                .change(opened.key(), null, mira, (one, now) -> one.snoozed(now.plus(Duration.ofDays(1)), now))
                .block();
        watchCases.round().block();
        assertThat(cases.find(opened.key()).block().snoozedUntil()).isNotNull();
        run("update support_case set snoozed_until = now() - interval '1 minute' where workspace_id = $1");
        Flux.range(0, 3).flatMap(process -> watchCases.round(), 3).blockLast();
        assertThat(cases.find(opened.key()).block().snoozedUntil()).isNull();
        assertThat(waiting(mira)).containsExactly("returned");
        assertThat(cases.entries(opened.key()).block()).last().returns(null, CaseEntry::staffId);
    }

    @Test
    void tellsNothingOfWhatHappenedLongAgo() {
        happened("response.given", shop.response(null, null, Instant.now(), Map.of("recommend", 0), Map.of()));
        run("update event set created_at = now() - interval '4 days' where workspace_id = $1");
        read();
        assertThat(waiting(mira)).isEmpty();
        happened("response.given", shop.response(null, null, Instant.now(), Map.of("recommend", 0), Map.of()));
        read();
        run("update staff_notice set due_at = now() - interval '4 days' where workspace_id = $1");
        collect.round().block();
        assertThat(waiting(mira)).isEmpty();
        assertThat(mailsTo(mira)).isEmpty();
    }

    private Case opened(String subject, UUID whose) {
        return actOnCase
                .open(new Opening(
                        shop.workspace.id(),
                        CaseKind.QUESTION,
                        subject,
                        null,
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        whose,
                        null,
                        "It leaks",
                        true,
                        null,
                        whose))
                .block();
    }

    /** Lets one alarm ring, of something due at that time in SQL. */
    private void ring(Case opened, String kind, String due) {
        run(
                "update case_alarm set at = now() - interval '1 second', due_at = %s where workspace_id = $1 and case_id = '%s' and kind = '%s'"
                        .formatted(due, opened.key().id(), kind));
        Flux.range(0, 2).flatMap(process -> watchCases.round(), 2).blockLast();
    }

    private List<String> alarms(Case opened) {
        return texts("select kind from case_alarm where workspace_id = $1 and case_id = '"
                + opened.key().id() + "'");
    }

    private void happened(String kind, UUID... subjects) {
        for (var subject : subjects) {
            run(
                    "insert into event (workspace_id, id, kind, subject_id, created_at) values ($1, gen_random_uuid(), '%s', '%s', now())"
                            .formatted(kind, subject));
        }
    }

    private void read() {
        ReadToTheEnd.read(numbering, reading, tellStaff);
    }

    private void dueNow() {
        run("update staff_notice set due_at = now() where workspace_id = $1 and told_at is null");
    }

    private List<String> waiting(UUID who) {
        return texts("select kind from staff_notice where workspace_id = $1 and told_at is null and staff_id = '" + who
                + "'");
    }

    private List<Mail> mailsTo(UUID who) {
        return texts("select id::text from staff_mail where workspace_id = $1 and staff_id = '" + who + "'").stream()
                .map(id -> mails.compose(shop.workspace.id(), UUID.fromString(id), "Mira")
                        .blockOptional())
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    private List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspace.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspace.id()).then().block();
    }

    @Test
    void tellsThoseWhoComeByTheCompanysAccountAndNobodyWhoseInvitationWaits() {
        var pia = newcomer("Pia");
        var ingo = newcomer("Ingo");
        database.sql("""
                        insert into provider_account (workspace_id, issuer, subject, staff_id, created_at)
                        values ($1, 'https://accounts.example', 'pia', $2, now())
                        """).bind(0, shop.workspace.id()).bind(1, pia).then().block();
        var opened = opened("Kettle leaks", null);
        actOnCase
                .note(opened.key(), owner, "Look at her last order", List.of(pia, ingo), false)
                .block();
        read();
        assertThat(waiting(pia)).containsExactly("mentioned");
        assertThat(waiting(ingo)).isEmpty();
    }

    @Test
    void casesOfWhoLeavesOrMayNotAnswerAnyMoreAreNobodys() {
        var role = roles.add(shop.workspace.id(), "Desk", Set.of(Permission.ANSWER_CASES), Instant.now())
                .block();
        var dora = member(role, "Dora");
        var vera = member(Role.SUPPORT, "Vera");
        var stays = opened("Broken", owner);
        var left = opened("Kettle leaks", mira);
        var lost = opened("Lid", vera);
        var less = opened("Cup", dora);
        changeRole.change(shop.workspace.id(), vera, Role.VIEWER).block();
        roles.change(shop.workspace.id(), UUID.fromString(role.code()), "Desk", Set.of(Permission.VIEW))
                .block();
        removeMember.remove(shop.workspace.id(), mira).block();
        for (var one : List.of(left, lost, less)) {
            assertThat(cases.find(one.key()).block().ownerId()).isNull();
            assertThat(cases.entries(one.key()).block())
                    .last()
                    .satisfies(entry -> assertThat(entry.change()).containsOnlyKeys("owner"));
        }
        assertThat(cases.find(stays.key()).block().ownerId()).isEqualTo(owner);
    }

    private UUID newcomer(String name) {
        var person = staff.save(
                        Staff.of(name.toLowerCase() + "-" + Key.nextId() + "@cedar.example", name, Instant.now()))
                .block();
        memberships
                .add(shop.workspace.id(), person.id(), Role.SUPPORT, Instant.now())
                .block();
        return person.id();
    }

    private UUID member(Role role, String name) {
        var person = staff.save(
                        Staff.of(name.toLowerCase() + "-" + Key.nextId() + "@cedar.example", name, Instant.now())
                                .withPassword("hash"))
                .block();
        memberships.add(shop.workspace.id(), person.id(), role, Instant.now()).block();
        return person.id();
    }
}
