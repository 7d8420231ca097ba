package dev.afterword.db.workspace;

import dev.afterword.db.NotFound;
import dev.afterword.db.Transactions;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sets the password of who followed an invitation or a password link, ends all their sessions and begins a new one where no second factor is asked for. */
@Component
public class ChoosePassword {
    private final StaffMembers staff;
    private final OneTimeLinks links;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    ChoosePassword(
            StaffMembers staff,
            OneTimeLinks links,
            Passwords passwords,
            SecondFactors factors,
            Sessions sessions,
            Transactions transactions,
            Clock clock) {
        this.staff = staff;
        this.links = links;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The id of the new session; none for who signs in with a second factor, which a mailbox does not replace. The link is void with that, and so is every other link of the same person. */
    public Mono<String> choose(String token, String password) {
        var now = clock.instant();
        return links.find(token, now)
                .flatMap(this::person)
                .flatMap(person -> passwords.hash(password, person.email(), person.name()))
                .flatMap(hash -> transactions.run(links.use(token, now)
                        .flatMap(this::person)
                        .flatMap(person -> keep(person.withPassword(hash), now))));
    }

    private Mono<Staff> person(OneTimeLinks.Link link) {
        return Mono.justOrEmpty(link.staffId())
                .flatMap(staff::findById)
                .switchIfEmpty(Mono.error(() -> new NotFound("link.void")));
    }

    private Mono<String> keep(Staff person, Instant now) {
        return staff.save(person)
                .then(links.endAllOf(person.id()))
                .then(sessions.endAllOf(person.id()))
                .then(factors.of(person.id()))
                .flatMap(factor -> factor.on() ? Mono.<String>empty() : sessions.open(person.id(), now));
    }
}
