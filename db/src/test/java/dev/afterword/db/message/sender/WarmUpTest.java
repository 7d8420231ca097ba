package dev.afterword.db.message.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.sender.WarmUp.Day;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final LocalDate start = LocalDate.of(2026, 11, 1);
    private final WarmUp plan = new WarmUp(start, 100, 2);

    @Test
    void doublesEachDayThatWentWellUntilItIsOver() {
        var days = new ArrayList<Day>();
        long cap = 100;
        for (int day = 0; day < 10; day++) {
            assertThat(plan.cap(start.plusDays(day), days)).hasValue(cap);
            days.add(new Day(start.plusDays(day), cap, 0, 0, 0));
            cap *= 2;
        }
        assertThat(plan.cap(start.plusDays(10), days)).isEmpty();
    }

    @Test
    void staysAsItIsAfterADayOnWhichTooMuchCameBack() {
        assertThat(plan.cap(start.plusDays(1), List.of(new Day(start, 100, 3, 0, 0))))
                .hasValue(100);
        assertThat(plan.cap(start.plusDays(1), List.of(new Day(start, 100, 0, 1, 0))))
                .hasValue(100);
        assertThat(plan.cap(start.plusDays(1), List.of(new Day(start, 100, 0, 0, 6))))
                .hasValue(100);
        assertThat(plan.cap(start.plusDays(1), List.of(new Day(start, 100, 2, 0, 5))))
                .hasValue(200);
    }

    @Test
    void doesNotGrowWhileNothingGoesOut() {
        assertThat(plan.cap(start.plusDays(30), List.of())).hasValue(100);
        assertThat(plan.cap(start.plusDays(1), List.of(new Day(start, 49, 0, 0, 0))))
                .hasValue(100);
    }
}
