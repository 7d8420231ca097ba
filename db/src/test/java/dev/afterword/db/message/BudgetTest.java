package dev.afterword.db.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BudgetTest {
    static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");
    static final AllowedHours ANY = new AllowedHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    static final ZoneId UTC = ZoneId.of("UTC");

    @Property(tries = 500)
    void neverGivesMoreThanTheBudgetInAnySevenDays(
            @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll @Size(max = 25) List<@IntRange(max = 40 * 24) Integer> wishes) {
        var budget = Budget.aWeek(most);
        var given = new ArrayList<Instant>();
        for (int hours : wishes) {
            var from = MONDAY.plus(Duration.ofHours(hours));
            budget.earliest(given, from, from.plus(Duration.ofDays(7)), at -> at)
                    .ifPresent(given::add);
        }
        for (var begin : given) {
            assertThat(given)
                    .filteredOn(at -> !at.isBefore(begin) && at.isBefore(begin.plus(Duration.ofDays(7))))
                    .hasSizeLessThanOrEqualTo(most);
        }
    }

    @Test
    void letsALowerPriorityWaitAndDropsWhatWouldBeTooLate() {
        var first = place(1, MONDAY);
        var second = place(2, MONDAY.minusSeconds(60));
        var places = GivePlaces.places(Budget.aWeek(1), ANY, List.of(), List.of(second, first), true);
        assertThat(places.get(first.sendId())).contains(MONDAY);
        assertThat(places.get(second.sendId())).contains(MONDAY.plus(Duration.ofDays(7)));

        var third = place(3, MONDAY);
        assertThat(GivePlaces.places(Budget.aWeek(1), ANY, List.of(), List.of(first, second, third), true)
                        .get(third.sendId()))
                .isEqualTo(Optional.empty());
    }

    @Test
    void countsWhatWentOutWhateverItsPriorityAndServiceAlwaysGoes() {
        var gone = new Taken("ana@example.com", UUID.randomUUID(), 9, MONDAY.minus(Duration.ofDays(1)), true);
        var mail = place(4, MONDAY);
        var service = new WantedPlace(
                UUID.randomUUID(), "ana@example.com", 1, true, MONDAY, MONDAY.plus(Duration.ofDays(8)), UTC);
        var places = GivePlaces.places(Budget.aWeek(1), ANY, List.of(gone), List.of(mail, service), false);
        assertThat(places.get(service.sendId())).contains(MONDAY);
        assertThat(places.get(mail.sendId())).contains(MONDAY.plus(Duration.ofDays(7)));
    }

    @Test
    void makesRoomForWhatGoesFirstAndIsPlanned() {
        var planned = new Taken("ana@example.com", UUID.randomUUID(), 2, MONDAY.plus(Duration.ofDays(3)), false);
        var low = place(6, MONDAY);
        var high = place(1, MONDAY);
        assertThat(GivePlaces.places(Budget.aWeek(1), ANY, List.of(planned), List.of(low), false)
                        .get(low.sendId()))
                .isEmpty();
        assertThat(GivePlaces.places(Budget.aWeek(1), ANY, List.of(planned), List.of(high), false)
                        .get(high.sendId()))
                .contains(MONDAY);
    }

    private static WantedPlace place(int priority, Instant due) {
        return new WantedPlace(
                UUID.randomUUID(), "ana@example.com", priority, false, due, due.plus(Duration.ofDays(8)), UTC);
    }
}
