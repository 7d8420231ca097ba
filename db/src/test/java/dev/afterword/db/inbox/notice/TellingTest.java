package dev.afterword.db.inbox.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TellingTest {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Example
    void strikesTheSameHourOnBothSidesOfAChangeOfClocks() {
        var eight = Telling.USUAL;
        assertThat(eight.due(NoticeKind.BAD_ANSWER, Instant.parse("2026-03-28T06:59:00Z"), BERLIN))
                .isEqualTo("2026-03-28T07:00:00Z");
        assertThat(eight.due(NoticeKind.BAD_ANSWER, Instant.parse("2026-03-28T07:00:00Z"), BERLIN))
                .isEqualTo("2026-03-29T06:00:00Z");
        assertThat(eight.due(NoticeKind.BAD_ANSWER, Instant.parse("2026-10-24T06:00:00Z"), BERLIN))
                .isEqualTo("2026-10-25T07:00:00Z");
    }

    @Example
    void tellsOnceADayWhereClocksJumpOverTheHourOrStrikeItTwice() {
        var two = new Telling(2, Map.of());
        assertThat(two.due(NoticeKind.BAD_ANSWER, Instant.parse("2026-03-29T00:30:00Z"), BERLIN))
                .isEqualTo("2026-03-29T01:00:00Z");
        assertThat(two.due(NoticeKind.BAD_ANSWER, Instant.parse("2026-10-25T00:30:00Z"), BERLIN))
                .isEqualTo("2026-10-26T01:00:00Z");
    }

    @Example
    void tellsAtOnceOrNeverWhoeverWantsItSo() {
        var choosy = new Telling(8, Map.of(NoticeKind.BAD_ANSWER, Choice.NOW, NoticeKind.ASSIGNED, Choice.NEVER));
        var now = Instant.parse("2026-03-29T00:30:00Z");
        assertThat(choosy.due(NoticeKind.BAD_ANSWER, now, BERLIN)).isEqualTo(now);
        assertThat(choosy.due(NoticeKind.ASSIGNED, now, BERLIN)).isNull();
        assertThat(choosy.due(NoticeKind.MENTIONED, now, BERLIN)).isEqualTo(now);
    }

    /** Nobody waits longer than a day, whatever the zone: some have had days of 25 hours, and one lost a whole day. */
    @Property(tries = 500)
    void isStillToComeAndSoon(
            @ForAll("zones") ZoneId zone, @ForAll("moments") Instant now, @ForAll @IntRange(max = 23) int hour) {
        assertThat(new Telling(hour, Map.of()).due(NoticeKind.BAD_ANSWER, now, zone))
                .isAfter(now)
                .isBeforeOrEqualTo(now.plusSeconds(50 * 3600));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(0, 10L * 365 * 24 * 60)
                .map(minute -> LocalDate.of(2020, 1, 1)
                        .atStartOfDay(BERLIN)
                        .toInstant()
                        .plusSeconds(60 * minute));
    }
}
