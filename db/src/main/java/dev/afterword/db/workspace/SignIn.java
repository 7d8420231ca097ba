package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.SecurityLog;
import dev.afterword.db.Transactions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins a session for who knows the password; whether the address or the password is wrong cannot be told, not even by the time it takes. */
@Component
public class SignIn {
    private final StaffMembers staff;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final EnterByCode enterByCode;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    SignIn(
            StaffMembers staff,
            Passwords passwords,
            SecondFactors factors,
            EnterByCode enterByCode,
            Sessions sessions,
            Transactions transactions,
            Clock clock) {
        this.factors = factors;
        this.enterByCode = enterByCode;
        this.staff = staff;
        this.passwords = passwords;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Where the right password leads.
     *
     * @param session the id of a new session, for the cookie; null where a second factor is asked for
     * @param ticket for {@link EnterByCode}; null where none is
     */
    public record Entry(@Nullable String session, @Nullable String ticket) {}

    /** Rejected with {@code sign-in.wrong} for who does not know the password. */
    public Mono<Entry> signIn(String email, String password, String device) {
        return staff.findByAddress(email)
                .filter(person -> person.passwordHash() != null)
                .flatMap(person -> check(person, password))
                .switchIfEmpty(Mono.defer(() -> passwords
                        .matchesNobody(password)
                        .doOnNext(_ -> SecurityLog.refused("sign-in.wrong", "nobody"))
                        .then(Mono.empty())))
                .switchIfEmpty(Mono.error(() -> new Rejected("sign-in.wrong", null)))
                .flatMap(person -> factors.of(person.id())
                        .flatMap(factor -> factor.on()
                                ? Mono.just(new Entry(null, enterByCode.ticket(person.id())))
                                : transactions
                                        .run(sessions.open(person.id(), clock.instant(), device))
                                        .doOnNext(_ -> SecurityLog.entered("sign-in.password", person.id()))
                                        .map(session -> new Entry(session, null))));
    }

    private Mono<Staff> check(Staff person, String password) {
        return passwords
                .matches(password, String.valueOf(person.passwordHash()))
                .flatMap(right -> {
                    if (right) {
                        return Mono.just(person);
                    }
                    SecurityLog.refused("sign-in.wrong", person.id());
                    return Mono.error(new Rejected("sign-in.wrong", null));
                });
    }
}
