package dev.afterword.db.followup.journey;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody stands who goes through a follow-up, and what moves them.
 *
 * @param begunAt when what began it happened
 * @param passed by the key of the step
 * @param written by the key of the step
 * @param shippedAt of the order
 * @param deliveredAt of the order
 * @param zone where the customer lives
 * @param draw 0 inclusive to 1 exclusive for each split: a hash of the contact, always the same
 */
public record Standing(
        Instant begunAt,
        Map<String, Passed> passed,
        Map<String, Written> written,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        ZoneId zone,
        Known known,
        Draw draw) {
    public Standing {
        passed = Map.copyOf(passed);
        written = Map.copyOf(written);
    }

    /** Where somebody falls between 0 inclusive and 1 exclusive, and among what. */
    public interface Draw {
        double of(String split);

        /** The share of each arm of a split that learns, as far as anything has been learnt; without one an arm has its weight. */
        default Map<String, Double> shares(String split) {
            return Map.of();
        }
    }
}
