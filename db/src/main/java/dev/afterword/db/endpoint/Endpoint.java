package dev.afterword.db.endpoint;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.event.EventKind;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A webhook subscription: where a shop's program wants to hear what happens.
 *
 * @param name what people and steps of follow-ups call it by; it never changes
 * @param kinds what it hears of; one that is only called by steps hears of nothing
 * @param failingSince since when nothing has come through; null while it works
 */
public record Endpoint(
        Key key,
        String name,
        URI url,
        Set<EventKind> kinds,
        @Nullable Instant failingSince,
        @Nullable Instant disabledAt,
        @Nullable Because disabledBecause,
        Instant createdAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    public Endpoint {
        kinds = Set.copyOf(kinds);
    }

    /** Why an endpoint is off. */
    public enum Because {
        /** Somebody switched it off. */
        STAFF,
        /** It answered 410. */
        GONE,
        /** Nothing came through for days. */
        FAILING;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Because of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public boolean enabled() {
        return disabledAt == null;
    }

    /** Whether staff should know: it was switched off by itself, or nothing comes through. */
    public boolean alarming() {
        return failingSince != null || disabledBecause == Because.GONE || disabledBecause == Because.FAILING;
    }

    /** A name that an endpoint may have; otherwise {@code endpoint.name-invalid}. */
    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Rejected("endpoint.name-invalid", "name");
        }
        return name;
    }

    /** Kinds of events by their codes; otherwise {@code endpoint.event-unknown}. */
    public static Set<EventKind> kinds(Collection<String> codes) {
        var kinds = EnumSet.noneOf(EventKind.class);
        for (var code : codes) {
            kinds.add(Arrays.stream(EventKind.values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new Rejected("endpoint.event-unknown", "events", code)));
        }
        return kinds;
    }
}
