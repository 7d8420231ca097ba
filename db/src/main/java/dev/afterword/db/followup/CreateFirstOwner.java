package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.Passwords;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMembers;
import dev.afterword.db.workspace.Workspace;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Opens the installation's first workspace for who followed the first-owner link, makes them its owner and signs them in. */
@Component
public class CreateFirstOwner {
    private final OpenWorkspace openWorkspace;
    private final StaffMembers staff;
    private final Memberships memberships;
    private final OneTimeLinks links;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    CreateFirstOwner(
            OpenWorkspace openWorkspace,
            StaffMembers staff,
            Memberships memberships,
            OneTimeLinks links,
            Passwords passwords,
            Sessions sessions,
            Transactions transactions,
            Clock clock) {
        this.openWorkspace = openWorkspace;
        this.staff = staff;
        this.memberships = memberships;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What came of it: the workspace, and the session's id for the cookie. */
    public record Created(Workspace workspace, String sessionId) {}

    public Mono<Created> create(String token, Workspace workspace, String name, String email, String password) {
        var now = clock.instant();
        return Mono.fromSupplier(() -> Staff.of(email, name, now))
                .flatMap(owner -> links.find(token, now)
                        .then(passwords.hash(password, email, name, workspace.name()))
                        .map(owner::withPassword))
                .flatMap(owner -> transactions.run(links.use(token, now)
                        .filter(link -> link.purpose() == OneTimeLinks.Purpose.FIRST_OWNER)
                        .switchIfEmpty(Mono.error(() -> new NotFound("link.void")))
                        .then(staff.count())
                        .flatMap(anybody -> anybody == 0
                                ? settle(workspace, owner, now)
                                : Mono.error(new Conflict("staff.owner-exists")))));
    }

    private Mono<Created> settle(Workspace workspace, Staff owner, Instant now) {
        return openWorkspace
                .open(workspace)
                .flatMap(opened -> staff.save(owner)
                        .then(memberships.add(opened.id(), owner.id(), Role.OWNER, now))
                        .then(sessions.open(owner.id(), now))
                        .map(session -> new Created(opened, session)));
    }
}
