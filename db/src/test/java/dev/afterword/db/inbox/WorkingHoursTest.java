package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.inbox.WorkingHours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WorkingHoursTest {
    static final Span NINE_TO_FIVE = new Span(LocalTime.of(9, 0), LocalTime.of(17, 0));
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Example
    void passesOverEveningsWeekendsAndHolidays() {
        var hours = new WorkingHours(BERLIN, week(NINE_TO_FIVE, 5), Set.of(LocalDate.of(2026, 5, 1)));
        assertThat(hours.after(Instant.parse("2026-04-30T14:00:00Z"), Duration.ofHours(2)))
                .isEqualTo("2026-05-04T08:00:00Z");
        assertThat(hours.after(Instant.parse("2026-05-02T10:00:00Z"), Duration.ofHours(8)))
                .isEqualTo("2026-05-04T15:00:00Z");
        assertThat(hours.after(Instant.parse("2026-04-30T03:00:00Z"), Duration.ofHours(40)))
                .isEqualTo("2026-05-07T15:00:00Z");
    }

    @Example
    void countsTheHoursThatThereAreWhereClocksChange() {
        var night = new WorkingHours(BERLIN, week(new Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT), 7), Set.of());
        assertThat(night.after(Instant.parse("2026-03-28T23:00:00Z"), Duration.ofHours(23)))
                .isEqualTo("2026-03-29T22:00:00Z");
    }

    @Example
    void worksAlwaysWhereNobodySaysWhen() {
        assertThat(new WorkingHours(BERLIN, Map.of(), Set.of()).after(Instant.EPOCH, Duration.ofHours(5)))
                .isEqualTo(Instant.EPOCH.plusSeconds(5 * 3600));
    }

    /** So much work lies between the beginning and the end, whatever the zone and its clocks do, and the end is the first such moment. */
    @Property(tries = 500)
    void endsWhenExactlySoMuchWasWorked(
            @ForAll("hours") WorkingHours hours, @ForAll("moments") Instant from, @ForAll("work") Duration work) {
        var end = hours.after(from, work);
        assertThat(hours.between(from, end)).isEqualTo(work);
        assertThat(hours.between(from, end.minusSeconds(1))).isLessThan(work);
        assertThat(end).isAfter(from);
    }

    @Provide
    Arbitrary<WorkingHours> hours() {
        var zones =
                Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        return Combinators.combine(
                        zones,
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(1, 24),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(0, 3650))
                .as((zone, from, length, days, holiday) -> {
                    int until = Math.min(24, from + length);
                    return new WorkingHours(
                            ZoneId.of(zone),
                            week(new Span(LocalTime.of(from, 0), LocalTime.of(until % 24, 0)), days),
                            Set.of(LocalDate.of(2020, 1, 1).plusDays(holiday)));
                });
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(0, 10L * 365 * 24 * 60)
                .map(minute -> Instant.parse("2020-01-01T00:00:00Z").plusSeconds(60 * minute));
    }

    @Provide
    Arbitrary<Duration> work() {
        return Arbitraries.integers().between(1, 100 * 60).map(Duration::ofMinutes);
    }

    static Map<DayOfWeek, Span> week(Span span, int days) {
        var week = new EnumMap<DayOfWeek, Span>(DayOfWeek.class);
        for (int day = 1; day <= days; day++) {
            week.put(DayOfWeek.of(day), span);
        }
        return week;
    }
}
