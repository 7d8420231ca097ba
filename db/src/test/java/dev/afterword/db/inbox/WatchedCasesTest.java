package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.workspace.ChangeRole;
import dev.afterword.db.workspace.CustomRoles;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.RemoveMember;
import dev.afterword.db.workspace.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;

/** What becomes of cases without staff’s doing: what time does to them, and who leaves. */
@DatabaseTest
class WatchedCasesTest extends StaffOfShop {
    @Autowired
    Cases cases;

    @Autowired
    RemoveMember removeMember;

    @Autowired
    ChangeRole changeRole;

    @Autowired
    CustomRoles roles;

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

    private List<String> alarms(Case opened) {
        return texts("select kind from case_alarm where workspace_id = $1 and case_id = '"
                + opened.key().id() + "'");
    }
}
