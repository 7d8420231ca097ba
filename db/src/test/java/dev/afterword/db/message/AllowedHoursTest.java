package dev.afterword.db.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AllowedHoursTest {
    @Property(tries = 20_000)
    void movesToTheNextAllowedMomentAndNoFurther(
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant at,
            @ForAll @IntRange(max = 47) int from,
            @ForAll @IntRange(max = 47) int until,
            @ForAll @Size(max = 3) Set<DayOfWeek> quiet) {
        var hours =
                new AllowedHours(LocalTime.of(from / 2, from % 2 * 30), LocalTime.of(until / 2, until % 2 * 30), quiet);

        var next = hours.next(at, zone);

        assertThat(hours.allow(next, zone)).isTrue();
        assertThat(next).isAfterOrEqualTo(at);
        // A day, an hour for the clocks, another day where a change of the clocks leaves the hours out, and quiet days.
        assertThat(Duration.between(at, next)).isLessThan(Duration.ofHours(50 + 24L * quiet.size()));
        for (var between = at; between.isBefore(next); between = between.plus(Duration.ofMinutes(10))) {
            assertThat(hours.allow(between, zone)).isFalse();
        }
        assertThat(next.equals(at) || !hours.allow(next.minusNanos(1), zone)).isTrue();
    }

    @Test
    void takesTheHourThatComesTwiceAndTheRestOfAnHourThatIsCutShort() {
        var berlin = ZoneId.of("Europe/Berlin");
        var early = new AllowedHours(LocalTime.of(2, 30), LocalTime.of(9, 0));
        assertThat(early.next(at("2027-03-28T01:30+01:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2027-03-28T03:00+02:00[Europe/Berlin]"));
        var lost = new AllowedHours(LocalTime.of(2, 0), LocalTime.of(3, 0));
        assertThat(lost.next(at("2027-03-28T01:30+01:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2027-03-29T02:00+02:00[Europe/Berlin]"));
        var twice = new AllowedHours(LocalTime.of(2, 30), LocalTime.of(2, 0));
        assertThat(twice.next(at("2026-10-25T02:10+01:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2026-10-25T02:30+01:00[Europe/Berlin]"));
        var back = new AllowedHours(LocalTime.of(1, 0), LocalTime.of(2, 30));
        assertThat(back.next(at("2026-10-25T02:40+02:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2026-10-25T02:00+01:00[Europe/Berlin]"));
    }

    @Test
    void keepsTheHourWhenTheClocksGoForward() {
        var berlin = ZoneId.of("Europe/Berlin");
        var hours = new AllowedHours(LocalTime.of(8, 0), LocalTime.of(20, 0));
        assertThat(hours.next(at("2027-03-28T01:30+01:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2027-03-28T08:00+02:00[Europe/Berlin]"));
        assertThat(hours.next(at("2026-10-25T02:30+02:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2026-10-25T08:00+01:00[Europe/Berlin]"));
        assertThat(hours.next(at("2026-10-25T02:30+01:00[Europe/Berlin]"), berlin))
                .isEqualTo(at("2026-10-25T08:00+01:00[Europe/Berlin]"));
    }

    @Test
    void movesABeginningThatDoesNotExistToTheEndOfTheGap() {
        var santiago = ZoneId.of("America/Santiago");
        var hours = new AllowedHours(LocalTime.MIDNIGHT, LocalTime.of(6, 0));
        assertThat(hours.next(at("2026-09-05T23:30-04:00[America/Santiago]"), santiago))
                .isEqualTo(at("2026-09-06T01:00-03:00[America/Santiago]"));
    }

    @Test
    void allowsOverMidnightAndAnyHour() {
        var utc = ZoneId.of("UTC");
        var night = new AllowedHours(LocalTime.of(22, 0), LocalTime.of(2, 0));
        assertThat(night.allow(at("2026-01-01T23:00Z[UTC]"), utc)).isTrue();
        assertThat(night.allow(at("2026-01-01T02:00Z[UTC]"), utc)).isFalse();
        assertThat(night.next(at("2026-01-01T02:00Z[UTC]"), utc)).isEqualTo(at("2026-01-01T22:00Z[UTC]"));
        assertThat(new AllowedHours(LocalTime.NOON, LocalTime.NOON).allow(Instant.EPOCH, utc))
                .isTrue();
    }

    @Test
    void findsZoneAndLanguageOfACustomerTheirCountryOrTheWorkspace() {
        var berlin = ZoneId.of("Europe/Berlin");
        assertThat(Locality.zone("America/Lima", "BR", berlin)).isEqualTo(ZoneId.of("America/Lima"));
        assertThat(Locality.zone("Mars/Olympus", "BR", berlin)).isEqualTo(ZoneId.of("America/Sao_Paulo"));
        assertThat(Locality.zone(null, null, berlin)).isEqualTo(berlin);
        assertThat(Locality.language("pt-BR", "DE", "en")).isEqualTo("pt");
        assertThat(Locality.language("fr", "EG", "de")).isEqualTo("ar");
        assertThat(Locality.language(null, "JP", "de")).isEqualTo("de");
        assertThat(Locality.language(null, null, "ja")).isEqualTo("en");
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(List.of(
                        "Europe/Berlin",
                        "America/Santiago",
                        "America/Sao_Paulo",
                        "Africa/Cairo",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "America/New_York",
                        "Pacific/Apia",
                        "Asia/Gaza",
                        "UTC"))
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<Instant> instants() {
        // Three years of minutes, so that every change of the clocks is met.
        return Arbitraries.longs()
                .between(0, 3L * 366 * 24 * 60)
                .map(minutes -> Instant.parse("2025-01-01T00:00:00Z").plusSeconds(60 * minutes));
    }

    private static Instant at(String text) {
        return ZonedDateTime.parse(text).toInstant();
    }
}
