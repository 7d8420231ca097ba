package dev.afterword.db.message.incoming;

import dev.afterword.db.contact.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an address is written to again after its mail came back. An address that does not exist is not; one that a server calls disabled, or of which that was
 * only guessed, when it is said a second time; one whose mail failed for a reason that may pass, when that went on for long enough with no success between.
 * What was held against us never counts.
 */
public final class Consequence {
    private static final int TIMES_GUESSED = 2;
    private static final int TIMES_SOFT = 4;
    private static final Duration SOFT_FOR = Duration.ofDays(10);
    private static final String DISABLED = "5.2.1";

    private Consequence() {}

    /** A mail to the address that did not arrive; each is another mail. */
    public record Failure(NoticeKind kind, @Nullable String status, boolean sure, Instant at) {}

    /** Whether it is enough by itself. */
    public static boolean certain(Notice notice) {
        return certain(notice.kind(), notice.status(), notice.sure());
    }

    private static boolean certain(NoticeKind kind, @Nullable String status, boolean sure) {
        return kind == NoticeKind.HARD && sure && !DISABLED.equals(status);
    }

    /**
     * Why nothing more goes to the address; empty while it may be written to.
     *
     * @param failures all since the last mail that arrived, in any order
     */
    public static Optional<SuppressionReason> of(List<Failure> failures) {
        if (failures.stream().anyMatch(failure -> certain(failure.kind, failure.status, failure.sure))) {
            return Optional.of(SuppressionReason.HARD_BOUNCE);
        }
        var hard = failures.stream()
                .filter(failure -> failure.kind == NoticeKind.HARD)
                .count();
        if (hard >= TIMES_GUESSED) {
            return Optional.of(SuppressionReason.HARD_BOUNCE);
        }
        var passing = failures.stream()
                .filter(failure -> failure.kind == NoticeKind.SOFT || failure.kind == NoticeKind.HARD)
                .map(Failure::at)
                .sorted()
                .toList();
        return passing.size() >= TIMES_SOFT
                        && !Duration.between(passing.getFirst(), passing.getLast())
                                .minus(SOFT_FOR)
                                .isNegative()
                ? Optional.of(SuppressionReason.SOFT_BOUNCE)
                : Optional.empty();
    }
}
