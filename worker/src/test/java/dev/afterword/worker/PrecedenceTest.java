package dev.afterword.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.worker.Loop.Rest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private static final Rest USUAL = (more, took) -> more ? Duration.ofMillis(100) : Duration.ofMinutes(1);

    private final AtomicLong nanoseconds = new AtomicLong(Long.MAX_VALUE - 5);
    private final Precedence precedence = new Precedence(nanoseconds::get);
    private final Rest rest = precedence.givingWay(USUAL);

    @Test
    void leavesLoopsAloneAsLongAsNoMailWaits() {
        assertThat(rest.after(true, Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(100));
        assertThat(rest.after(false, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void givesMailFourFifthsOfTheTime() {
        precedence.mailWaits();
        assertThat(rest.after(true, Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(500));
        assertThat(rest.after(true, Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(4004));
        assertThat(rest.after(false, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void givesAllLoopsTogetherAFifthOfTheTime() {
        var other = precedence.givingWay(USUAL);
        precedence.mailWaits();
        assertThat(rest.after(true, Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(1200));
        assertThat(other.after(true, Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(2000));
        nanoseconds.addAndGet(Duration.ofMillis(1500).toNanos());
        assertThat(rest.after(true, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void letsNoLoopRestLongerThanFiveSeconds() {
        precedence.mailWaits();
        assertThat(rest.after(true, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(rest.after(true, Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void endsTwoSecondsAfterTheLastMailThatWaited() {
        precedence.mailWaits();
        nanoseconds.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
        assertThat(rest.after(true, Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        nanoseconds.addAndGet(1);
        assertThat(rest.after(true, Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
    }
}
