package dev.afterword.db.message.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.contact.SuppressionReason;
import dev.afterword.db.message.incoming.Consequence.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsequenceTest {
    private final Instant start = Instant.parse("2026-11-01T09:00:00Z");

    @Test
    void stopsAtOnceWhereTheAddressDoesNotExist() {
        assertThat(Consequence.of(List.of(failure(NoticeKind.HARD, "5.1.1", true, 0))))
                .contains(SuppressionReason.HARD_BOUNCE);
    }

    @Test
    void waitsForASecondTimeWhereItIsDisabledOrGuessed() {
        var disabled = failure(NoticeKind.HARD, "5.2.1", true, 0);
        var guessed = failure(NoticeKind.HARD, null, false, 3);

        assertThat(Consequence.of(List.of(disabled))).isEmpty();
        assertThat(Consequence.of(List.of(guessed))).isEmpty();
        assertThat(Consequence.of(List.of(guessed, disabled))).contains(SuppressionReason.HARD_BOUNCE);
    }

    @Test
    void stopsWhatFailsAgainAndAgainOnlyAfterSomeTime() {
        assertThat(Consequence.of(soft(0, 1, 2, 3, 4, 5))).isEmpty();
        assertThat(Consequence.of(soft(0, 5, 10))).isEmpty();
        assertThat(Consequence.of(soft(10, 0, 5, 7))).contains(SuppressionReason.SOFT_BOUNCE);
    }

    private List<Failure> soft(int... days) {
        return IntStream.of(days)
                .mapToObj(day -> failure(NoticeKind.SOFT, "5.2.2", true, day))
                .toList();
    }

    private Failure failure(NoticeKind kind, String status, boolean sure, int day) {
        return new Failure(kind, status, sure, start.plus(Duration.ofDays(day)));
    }
}
