package dev.afterword.db.contact.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OccasionTest {
    @Test
    void comesAgainOnItsDayAndOnTheTwentyEighthInYearsWithoutIt() {
        assertThat(next("1990-05-14", true, "2026-05-14")).isEqualTo("2026-05-14");
        assertThat(next("1990-05-14", true, "2026-05-15")).isEqualTo("2027-05-14");
        assertThat(next("2024-02-29", true, "2026-11-22")).isEqualTo("2027-02-28");
        assertThat(next("2024-02-29", true, "2027-03-01")).isEqualTo("2028-02-29");
        assertThat(next("2026-11-23", false, "2026-11-22")).isEqualTo("2026-11-23");
        assertThat(next("2026-11-21", false, "2026-11-22")).isEqualTo("null");
    }

    private static String next(String on, boolean yearly, String today) {
        return String.valueOf(Occasion.next(LocalDate.parse(on), yearly, LocalDate.parse(today)));
    }
}
