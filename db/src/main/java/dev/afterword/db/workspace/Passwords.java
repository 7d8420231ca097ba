package dev.afterword.db.workspace;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Hashes and compares passwords with Argon2id, on two threads of their own: each takes 16 MB and tens of milliseconds, which no event loop may wait for. */
@Component
public class Passwords implements DisposableBean {
    public static final int SHORTEST = 12;
    public static final int LONGEST = 128;
    /** Beyond what somebody tries who is not held up; those who guess at the door are, see {@code docs/people.md}. */
    private static final double FEWEST_GUESSES = 1e8;

    /** A hash that no password has, of the same cost, compared when there is no such person. */
    private static final String NOBODY =
            "$argon2id$v=19$m=16384,t=2,p=1$bm9ib2R5bm9ib2R5MDAwMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Scheduler scheduler = Schedulers.newBoundedElastic(2, 100, "passwords");

    /**
     * The hash of a new password; rejected when it is shorter than 12 or longer than 128 characters, or when few guesses find it, as zxcvbn counts them (Wheeler,
     * USENIX Security 2016): it is made of common passwords, words, names, dates or rows of keys.
     *
     * @param known what is known of the person, and so guessed first: their address and name
     */
    public Mono<String> hash(String password, String... known) {
        var length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Mono.error(new Rejected("password.too-short", "password", SHORTEST));
        }
        if (length > LONGEST) {
            return Mono.error(new Rejected("password.too-long", "password", LONGEST));
        }
        return Mono.fromSupplier(() -> {
                    if (guessedSoon(password, known)) {
                        throw new Rejected("password.easy-to-guess", "password");
                    }
                    return String.valueOf(encoder.encode(password));
                })
                .subscribeOn(scheduler)
                .onErrorMap(RejectedExecutionException.class, busy -> new Unavailable("password.busy", busy));
    }

    /** The lists are read anew each time: new passwords are rare, and the lists large. */
    private static boolean guessedSoon(String password, String... known) {
        var words = Stream.concat(
                        Stream.of("afterword"), Stream.of(known).flatMap(text -> Stream.of(text.split("[\\s@.]+"))))
                .toList();
        return new Zxcvbn().measure(password, words).getGuesses() < FEWEST_GUESSES;
    }

    /** Whether it is the password of that hash. */
    Mono<Boolean> matches(String password, String hash) {
        return Mono.fromSupplier(() -> password.length() <= 2 * LONGEST && encoder.matches(password, hash))
                .subscribeOn(scheduler)
                .onErrorMap(RejectedExecutionException.class, busy -> new Unavailable("password.busy", busy));
    }

    /** Takes as long as comparing, and is never right. */
    Mono<Boolean> matchesNobody(String password) {
        return matches(password, NOBODY).thenReturn(false);
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
