package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.inbox.notice.Choice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.Telling;
import dev.afterword.db.inbox.notice.Tellings;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Staff;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;

/** What staff is told of: once, not of their own acts, at once or in a digest, and only who may hear of it. */
@DatabaseTest
class ToldStaffTest extends StaffOfShop {
    @Autowired
    ReadEvents reading;

    @Autowired
    NumberEvents numbering;

    @Autowired
    TellStaff tellStaff;

    @Autowired
    Tellings tellings;

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
    void tellsSupportAndOwnersOfACaseThatIsNobodys() {
        var marketer = member(Role.MARKETER, "Max");
        var opened = opened("Kettle leaks", null);
        ring(opened, "solve-breached", "now()");
        assertThat(waiting(mira)).containsExactly("breached");
        assertThat(waiting(owner)).containsExactly("breached");
        assertThat(waiting(marketer)).isEmpty();
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

    private UUID newcomer(String name) {
        var person = staff.save(
                        Staff.of(name.toLowerCase() + "-" + Key.nextId() + "@cedar.example", name, Instant.now()))
                .block();
        memberships
                .add(shop.workspace.id(), person.id(), Role.SUPPORT, Instant.now())
                .block();
        return person.id();
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
}
