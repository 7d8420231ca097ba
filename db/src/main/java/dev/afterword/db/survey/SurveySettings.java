package dev.afterword.db.survey;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a survey takes answers, how many and from whom, and at which links.
 *
 * @param opensAt null: as soon as it is published
 * @param closesAt null: never, except that each invitation closes by itself
 * @param quota how many responses it takes at most; null: any number
 * @param oneAnswer whether a customer who is known answers it only once, however often they are invited
 * @param anonymous whether nobody can tell who gave which answer
 */
public record SurveySettings(
        @Nullable Instant opensAt,
        @Nullable Instant closesAt,
        @Nullable Integer quota,
        boolean oneAnswer,
        boolean anonymous,
        Sharing sharing) {
    /** How long somebody who began before it closed may still finish, and how long a place is held for somebody who began before it was full. */
    public static final Duration GRACE = Duration.ofHours(1);

    public static final int MOST_QUOTA = 100_000;

    /** Always open, for everybody, at no public link. */
    public static final SurveySettings DEFAULT = new SurveySettings(null, null, null, false, false, Sharing.NONE);

    public boolean opensAfter(Instant now) {
        return opensAt != null && opensAt.isAfter(now);
    }

    /** Nobody begins any more. */
    public boolean closed(Instant now) {
        return closesAt != null && !closesAt.isAfter(now);
    }

    /** Nobody finishes any more either. */
    public boolean over(Instant now) {
        return closesAt != null && !closesAt.plus(GRACE).isAfter(now);
    }
}
