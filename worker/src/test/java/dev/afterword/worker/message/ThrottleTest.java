package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Instant start = Instant.parse("2026-11-22T09:00:00Z");

    @Test
    void sendsAsFastAsItGoesWhereNothingIsSet() {
        var throttle = throttle(0, 0);

        assertThat(sentWithin(throttle, start, Duration.ofSeconds(1), 1_000)).isEqualTo(1_000);
    }

    @Test
    void keepsToTheRateOfASenderAndOfADomain() {
        assertThat(sentWithin(throttle(5, 0), start, Duration.ofSeconds(60), 10_000))
                .isBetween(300, 306);
        assertThat(sentWithin(throttle(0, 2), start, Duration.ofSeconds(60), 10_000))
                .isBetween(120, 123);
        assertThat(sentWithin(throttle(0, 0.1), start, Duration.ofSeconds(100), 10_000))
                .isBetween(10, 11);
    }

    @Test
    void holdsUpOneDomainAndNoOther() {
        var throttle = throttle(0, 1);
        throttle.later("a.test", "x.test", Lane.BULK, start);

        assertThat(throttle.later("a.test", "x.test", Lane.BULK, start)).isPresent();
        assertThat(throttle.later("a.test", "y.test", Lane.BULK, start)).isEmpty();
    }

    @Test
    void givesEachThatWaitsATimeOfItsOwn() {
        var throttle = throttle(0, 1);
        throttle.later("a.test", "x.test", Lane.BULK, start);
        var times = new HashSet<Instant>();
        for (int at = 0; at < 50; at++) {
            times.add(throttle.later("a.test", "x.test", Lane.BULK, start).orElseThrow());
        }

        assertThat(times).hasSize(50).allMatch(start::isBefore);
        assertThat(times).allMatch(time -> time.isBefore(start.plusSeconds(60)));
    }

    @Test
    void letsOneMessageQueueBehindNoneForMany() {
        var throttle = throttle(0, 1);
        for (int at = 0; at < 500; at++) {
            throttle.later("a.test", "x.test", Lane.BULK, start);
        }

        assertThat(throttle.later("a.test", "x.test", Lane.SINGLE, start))
                .hasValueSatisfying(time -> assertThat(time).isBefore(start.plusSeconds(5)));
    }

    @Test
    void hasWhatWaitsForLongAskAgainBeforeBecauseThePaceMayBeAnother() {
        var throttle = throttle(0, 1);
        for (int at = 0; at < 5_000; at++) {
            assertThat(throttle.later("a.test", "x.test", Lane.BULK, start).orElse(start))
                    .isBefore(start.plus(Duration.ofMinutes(20)));
        }

        var later = start.plus(Duration.ofMinutes(5));
        throttle.later("a.test", "x.test", Lane.BULK, later);
        assertThat(throttle.later("a.test", "x.test", Lane.BULK, later))
                .hasValueSatisfying(time -> assertThat(time).isBefore(later.plus(Duration.ofMinutes(6))));
    }

    @Test
    void halvesAfterAPauseAndRecoversByATenthEveryTenMinutes() {
        var throttle = throttle(0, 10);
        throttle.tooFast("x.test", start);
        throttle.tooFast("x.test", start.plusSeconds(1));

        assertThat(throttle.later("a.test", "x.test", Lane.BULK, start.plusSeconds(29)))
                .isPresent();
        var after = start.plusSeconds(61);
        assertThat(sentWithin(throttle, after, Duration.ofSeconds(60), 10_000)).isBetween(300, 306);

        var later = start.plus(Duration.ofMinutes(11));
        assertThat(sentWithin(throttle, later, Duration.ofSeconds(60), 10_000)).isBetween(330, 336);
        var muchLater = start.plus(Duration.ofHours(2));
        assertThat(sentWithin(throttle, muchLater, Duration.ofSeconds(60), 10_000))
                .isBetween(600, 611);
    }

    @Test
    void slowsADomainWithoutALimitToHalfOfWhatWentThere() {
        var throttle = throttle(0, 0);
        for (int second = 0; second < 120; second++) {
            throttle.later("a.test", "x.test", Lane.BULK, start.plusSeconds(second));
        }
        var trouble = start.plusSeconds(120);
        throttle.tooFast("x.test", trouble);

        assertThat(sentWithin(throttle, trouble.plusSeconds(60), Duration.ofSeconds(120), 10_000))
                .isBetween(55, 63);
        assertThat(sentWithin(throttle, trouble.plus(Duration.ofHours(4)), Duration.ofSeconds(1), 1_000))
                .isEqualTo(1_000);
    }

    private static Throttle throttle(double sender, double receiver) {
        return new Throttle(sender, receiver, new Random(1));
    }

    /** How many of so many go, asking again all the time. */
    private static int sentWithin(Throttle throttle, Instant from, Duration length, int most) {
        int sent = 0;
        for (long step = 0; step < length.toMillis() / 10 && sent < most; step++) {
            while (sent < most
                    && throttle.later("a.test", "x.test", Lane.BULK, from.plusMillis(step * 10))
                            .isEmpty()) {
                sent++;
            }
        }
        return sent;
    }
}
