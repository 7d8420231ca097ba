package dev.afterword.db.endpoint;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One message to one endpoint, and every attempt to deliver it.
 *
 * @param kind what it tells of, as {@code order.changed}
 * @param body JSON, ids only, never a mail address
 * @param dueAt when it is tried next
 * @param attempts the latest first
 */
public record Delivery(
        Key key,
        String kind,
        String body,
        State state,
        Instant dueAt,
        @Nullable Instant finishedAt,
        Instant createdAt,
        List<Attempt> attempts) {
    public Delivery {
        attempts = List.copyOf(attempts);
    }

    /** What became of it. */
    public enum State {
        PLANNED,
        LEASED,
        DELIVERED,
        /** Tried often enough. */
        FAILED,
        /** The endpoint was off. */
        CANCELLED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * One attempt.
     *
     * @param status of HTTP; null where no answer came
     * @param error why no answer came
     * @param answer how it begins
     */
    public record Attempt(
            Instant at,
            int tookMillis,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String answer) {
        private static final int LONGEST = 1_024;

        public Attempt {
            error = shortened(error);
            answer = shortened(answer);
        }

        private static @Nullable String shortened(@Nullable String text) {
            return text == null
                    ? null
                    : text.substring(0, Math.min(LONGEST, text.length())).replace('\0', ' ');
        }

        public boolean delivered() {
            return status != null && status >= 200 && status < 300;
        }

        /** The receiver wants no more. */
        boolean gone() {
            return status != null && status == 410;
        }
    }
}
