package dev.afterword.db.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a message that did not come through is tried again: the schedule that Standard Webhooks recommends, a little spread so that not all come back at once. */
final class RetrySchedule {
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final double SPREAD = 0.2;

    private RetrySchedule() {}

    /**
     * How long to wait; empty when it was tried often enough.
     *
     * @param tries how often it was tried
     * @param asked what the receiver asked for by Retry-After; it counts where it is longer, up to a day
     * @param draw 0 inclusive to 1 exclusive
     */
    static Optional<Duration> after(int tries, @Nullable Duration asked, double draw) {
        if (tries > WAITS.size()) {
            return Optional.empty();
        }
        var wait = WAITS.get(tries - 1);
        var spread = wait.plusMillis((long) (wait.toMillis() * SPREAD * draw));
        var least = asked == null || asked.compareTo(LONGEST) <= 0 ? asked : LONGEST;
        return Optional.of(least == null || spread.compareTo(least) > 0 ? spread : least);
    }
}
