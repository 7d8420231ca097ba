package dev.afterword.worker.message;

import dev.afterword.db.message.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How fast this process sends, per sender and per receiving domain. A domain that says it is too fast gets half, after a pause, and a tenth more for each ten
 * minutes without such a word.
 */
final class Throttle {
    private static final int MOST_DOMAINS = 20_000;
    private static final Duration CLEAN = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Nobody waits longer for another word: by then the pace may be another. */
    private static final Duration FURTHEST = Duration.ofMinutes(10);

    private static final double MORE = 1.1;
    private static final double SLOWEST = 1 / 300.0;

    private final Map<String, Pace> senders = recent();
    private final Map<String, Pace> receivers = recent();
    private final double senderRate;
    private final double receiverRate;
    private final RandomGenerator random;

    /**
     * Rates are messages a second; 0: as fast as it goes.
     *
     * @param random spreads pauses, so that processes do not come back together
     */
    Throttle(double senderRate, double receiverRate, RandomGenerator random) {
        this.senderRate = senderRate;
        this.receiverRate = receiverRate;
        this.random = random;
    }

    /**
     * When a message that may not go now should be due again; empty when it may, which counts it. The lanes wait apart: one message does not queue behind those
     * for many. What would wait for long asks again before, among others, at the pace of then.
     */
    synchronized Optional<Instant> later(String sender, String receiver, Lane lane, Instant now) {
        var from = senders.computeIfAbsent(sender, key -> new Pace(senderRate));
        var to = receivers.computeIfAbsent(receiver, key -> new Pace(receiverRate));
        to.recover(now);
        boolean may = from.may(now) && to.may(now);
        if (may) {
            from.take(now);
            to.take(now);
            return Optional.empty();
        }
        var one = from.later(lane, now);
        var other = to.later(lane, now);
        var later = one.isAfter(other) ? one : other;
        var furthest = now.plus(FURTHEST);
        return Optional.of(later.isAfter(furthest) ? furthest.plusMillis(random.nextLong(FURTHEST.toMillis())) : later);
    }

    /** The receiving server says that it was too much, RFC 5321 421 or RFC 3463 4.7.x. */
    synchronized void tooFast(String receiver, Instant now) {
        receivers
                .computeIfAbsent(receiver, key -> new Pace(receiverRate))
                .halve(now, PAUSE.plusMillis(random.nextLong(PAUSE.toMillis())));
    }

    private static Map<String, Pace> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Pace> eldest) {
                return size() > MOST_DOMAINS;
            }
        };
    }

    /** The pace of one sender or towards one domain: the virtual scheduling of a token bucket that holds a second's worth. */
    private static final class Pace {
        private final double most;
        private double rate;
        private double troubled;
        private Instant next = Instant.EPOCH;
        private final Map<Lane, Instant> hints = new EnumMap<>(Lane.class);
        private Instant pausedUntil = Instant.EPOCH;
        private Instant changed = Instant.EPOCH;
        private Instant windowFrom = Instant.EPOCH;
        private int inWindow;
        private double seen;

        Pace(double most) {
            this.most = most;
            this.rate = most;
        }

        boolean may(Instant now) {
            return !now.isBefore(pausedUntil)
                    && (rate == 0 || !next.minus(burst()).isAfter(now));
        }

        void take(Instant now) {
            if (!windowFrom.plus(WINDOW).isAfter(now)) {
                seen = inWindow / (double) WINDOW.toSeconds();
                windowFrom = now;
                inWindow = 0;
            }
            inWindow++;
            if (rate > 0) {
                next = (next.isAfter(now) ? next : now).plus(interval());
            }
        }

        /** Each that waits gets a time of its own, so that they do not all come back at once; now where this pace holds nothing up. */
        Instant later(Lane lane, Instant now) {
            if (may(now)) {
                return now;
            }
            var earliest = next.isAfter(pausedUntil) ? next : pausedUntil;
            var hint = hints.getOrDefault(lane, earliest);
            var later = (hint.isAfter(earliest) ? hint : earliest).plus(interval());
            // Nobody takes the times that are too far ahead.
            if (!later.isAfter(now.plus(FURTHEST))) {
                hints.put(lane, later);
            }
            return later;
        }

        void halve(Instant now, Duration pause) {
            if (now.isBefore(pausedUntil)) {
                return;
            }
            double held = rate > 0 ? rate : Math.max(seen, inWindow / (double) WINDOW.toSeconds());
            if (troubled == 0) {
                troubled = held;
            }
            rate = Math.max(SLOWEST, held / 2);
            pausedUntil = now.plus(pause);
            changed = pausedUntil;
            next = pausedUntil;
            hints.clear();
        }

        void recover(Instant now) {
            while (troubled > 0 && !changed.plus(CLEAN).isAfter(now)) {
                changed = changed.plus(CLEAN);
                rate *= MORE;
                if (most > 0 && rate >= most) {
                    rate = most;
                    troubled = 0;
                } else if (most == 0 && rate >= 2 * Math.max(troubled, SLOWEST)) {
                    rate = 0;
                    troubled = 0;
                }
            }
        }

        private Duration interval() {
            return rate == 0 ? Duration.ZERO : Duration.ofNanos((long) (1_000_000_000 / rate));
        }

        private Duration burst() {
            return rate > 1 ? Duration.ofSeconds(1).minus(interval()) : Duration.ZERO;
        }
    }
}
