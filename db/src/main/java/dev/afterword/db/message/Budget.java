package dev.afterword.db.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How many mails a person gets at most in any stretch of time of that length, wherever it begins.
 *
 * @param most at least 1
 */
public record Budget(int most, Duration stretch) {
    public static Budget aWeek(int most) {
        return new Budget(most, Duration.ofDays(7));
    }

    /** Whether one more may go out then beside those that went out, or will, at these moments in any order. */
    public boolean fits(List<Instant> taken, Instant at) {
        var all = new ArrayList<>(taken);
        all.add(at);
        return all.stream()
                .filter(begin -> !begin.isAfter(at) && begin.plus(stretch).isAfter(at))
                .allMatch(begin -> within(all, begin) <= most);
    }

    private long within(List<Instant> all, Instant begin) {
        return all.stream()
                .filter(moment -> !moment.isBefore(begin) && moment.isBefore(begin.plus(stretch)))
                .count();
    }

    /**
     * The earliest moment at which one more may go out; empty when there is none by the end.
     *
     * @param allowed the moment itself, or the next at which mail may go out at all
     */
    public Optional<Instant> earliest(
            List<Instant> taken, Instant from, Instant until, UnaryOperator<Instant> allowed) {
        var at = allowed.apply(from);
        while (!at.isAfter(until)) {
            if (fits(taken, at)) {
                return Optional.of(at);
            }
            var now = at;
            // There is room again only when one of those before is a stretch away.
            var next = taken.stream()
                    .map(moment -> moment.plus(stretch))
                    .filter(moment -> moment.isAfter(now))
                    .min(Instant::compareTo);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = allowed.apply(next.get());
        }
        return Optional.empty();
    }
}
