package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes somebody a member of a workspace and, when they have no password yet, sends them a link to choose one; where the workspace's provider is the only way in,
 * the address of its door.
 */
@Component
public class InviteStaff {
    private final StaffMembers staff;
    private final Memberships memberships;
    private final OneTimeLinks links;
    private final StaffMails mails;
    private final Transactions transactions;
    private final Clock clock;

    InviteStaff(
            StaffMembers staff,
            Memberships memberships,
            OneTimeLinks links,
            StaffMails mails,
            Transactions transactions,
            Clock clock) {
        this.staff = staff;
        this.memberships = memberships;
        this.links = links;
        this.mails = mails;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The person invited; rejected with {@code staff.member-already} who belongs to the workspace and has been in. Inviting who has not sends the mail again. */
    public Mono<Staff> invite(UUID workspaceId, String name, String email, Role role) {
        var now = clock.instant();
        return Mono.fromSupplier(() -> Staff.of(email, name, now))
                .flatMap(somebody -> transactions.run(staff.findByAddress(somebody.email())
                        .switchIfEmpty(Mono.defer(() -> staff.save(somebody)))
                        .flatMap(person -> join(person, workspaceId, role, now))));
    }

    private Mono<Staff> join(Staff person, UUID workspaceId, Role role, Instant now) {
        return memberships
                .add(workspaceId, person.id(), role, now)
                .flatMap(added -> memberships
                        .standing(workspaceId, person.id())
                        .flatMap(standing -> standing.byProviderOnly()
                                ? showDoor(person, workspaceId, added, now)
                                : sendLink(person, workspaceId, added, now)));
    }

    private Mono<Staff> showDoor(Staff person, UUID workspaceId, boolean added, Instant now) {
        return memberships
                .find(workspaceId, person.id())
                .filter(member -> added || !member.joined())
                .switchIfEmpty(Mono.error(() -> new Rejected("staff.member-already", "email")))
                .then(mails.addDoor(person.id(), workspaceId, now))
                .thenReturn(person);
    }

    private Mono<Staff> sendLink(Staff person, UUID workspaceId, boolean added, Instant now) {
        if (person.passwordHash() == null) {
            return links.create(OneTimeLinks.Purpose.INVITATION, person.id(), now)
                    .flatMap(link -> mails.addLink(link, person.id(), workspaceId, now))
                    .thenReturn(person);
        }
        return added ? Mono.just(person) : Mono.error(new Rejected("staff.member-already", "email"));
    }
}
