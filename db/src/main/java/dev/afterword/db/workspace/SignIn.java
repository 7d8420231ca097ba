package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins a session for who knows the password; whether the address or the password is wrong cannot be told, not even by the time it takes. */
@Component
public class SignIn {
    private final StaffMembers staff;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    SignIn(StaffMembers staff, Passwords passwords, Sessions sessions, Transactions transactions, Clock clock) {
        this.staff = staff;
        this.passwords = passwords;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The id of a new session, for the cookie; otherwise rejected with {@code sign-in.wrong}. */
    public Mono<String> signIn(String email, String password) {
        return staff.findByAddress(email)
                .filter(person -> person.passwordHash() != null)
                .flatMap(person -> check(person, password))
                .switchIfEmpty(
                        Mono.defer(() -> passwords.matchesNobody(password).then(Mono.empty())))
                .switchIfEmpty(Mono.error(() -> new Rejected("sign-in.wrong", null)))
                .flatMap(person -> transactions.run(sessions.open(person.id(), clock.instant())));
    }

    private Mono<Staff> check(Staff person, String password) {
        return passwords
                .matches(password, String.valueOf(person.passwordHash()))
                .flatMap(right -> right ? Mono.just(person) : Mono.error(new Rejected("sign-in.wrong", null)));
    }
}
