package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes a follow-up, as a draft that writes to nobody before it is published and switched on. */
@Component
public class CreateFollowUp {
    static final int NAME_LENGTH = 200;
    private static final int KEY_LENGTH = 36;
    private static final int TRIES = 100;

    private final FollowUps followUps;
    private final Clock clock;

    CreateFollowUp(FollowUps followUps, Clock clock) {
        this.followUps = followUps;
        this.clock = clock;
    }

    /** The new follow-up, its key made from its name; otherwise {@code follow-up.name-length}. */
    public Mono<FollowUp> create(UUID workspaceId, String name, FollowUpDefinition definition) {
        return Mono.fromSupplier(() -> checkedName(name))
                .flatMap(words -> keys(words)
                        .concatMap(
                                key -> followUps
                                        .insert(Key.next(workspaceId), key, words, definition, clock.instant())
                                        .onErrorResume(DuplicateKeyException.class, taken -> Mono.empty()),
                                1)
                        .next()
                        .switchIfEmpty(Mono.error(() -> new Conflict("follow-up.key-taken", words))));
    }

    static String checkedName(String name) {
        var words = name.strip();
        if (words.isEmpty() || words.length() > NAME_LENGTH || words.indexOf('\0') >= 0) {
            throw new Rejected("follow-up.name-length", "name", NAME_LENGTH);
        }
        return words;
    }

    /** From “Nach der Lieferung!” nach-der-lieferung, then nach-der-lieferung-2 and so on. */
    private static Flux<String> keys(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        var cut = plain.substring(0, Math.min(KEY_LENGTH, plain.length())).replaceAll("-+$", "");
        var key = cut.isEmpty() ? "follow-up" : cut;
        return Flux.range(1, TRIES).map(number -> number == 1 ? key : key + "-" + number);
    }
}
