package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives somebody another password, and ends all their other sessions: who stole one has nothing of it any more. */
@Component
public class ChangePassword {
    private final StaffMembers staff;
    private final Passwords passwords;
    private final Sessions sessions;
    private final OneTimeLinks links;
    private final Transactions transactions;

    ChangePassword(
            StaffMembers staff, Passwords passwords, Sessions sessions, OneTimeLinks links, Transactions transactions) {
        this.staff = staff;
        this.passwords = passwords;
        this.sessions = sessions;
        this.links = links;
        this.transactions = transactions;
    }

    public Mono<Void> change(Session session, String present, String next) {
        session.ofThePerson();
        var staffId = session.staffId();
        return staff.findById(staffId)
                .filterWhen(person -> passwords.matches(present, String.valueOf(person.passwordHash())))
                .switchIfEmpty(Mono.error(() -> new Rejected("password.wrong", "present")))
                .flatMap(person -> passwords.hash(next, person.email(), person.name()))
                .flatMap(hash -> transactions.run(staff.findById(staffId)
                        .flatMap(person -> staff.save(person.withPassword(hash)))
                        .then(links.endAllOf(staffId))
                        .then(sessions.endOthers(session))));
    }
}
