package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets who is signed in prove once more who they are, before what cannot be undone; with both factors where they have two. */
@Component
public class ProveAgain {
    private final StaffMembers staff;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Clock clock;

    ProveAgain(StaffMembers staff, Passwords passwords, SecondFactors factors, Sessions sessions, Clock clock) {
        this.staff = staff;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.clock = clock;
    }

    public Mono<Void> prove(Session session, String password, String code) {
        session.ofThePerson();
        return staff.findById(session.staffId())
                .flatMap(person -> passwords.matches(password, String.valueOf(person.passwordHash())))
                .filter(right -> right)
                .switchIfEmpty(Mono.error(() -> new Rejected("password.wrong", "password")))
                .then(factors.of(session.staffId()))
                .flatMap(factor -> factor.on() ? factors.check(session.staffId(), code) : Mono.<Void>empty())
                .then(Mono.defer(() -> sessions.refresh(session, clock.instant())));
    }
}
