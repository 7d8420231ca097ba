package dev.afterword.db.response.topic;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Words that stand in some answers more often than in others.
 *
 * @param language of those answers; empty where nobody knows it
 * @param words as most people wrote them
 * @param here in how many of the answers that are looked at
 * @param there in how many of the others
 * @param ratio how many times as large its share of them is; null where there is nothing to compare with
 */
public record Standout(
        String language,
        String words,
        long here,
        long there,
        @Nullable Double ratio) {
    static final Comparator<Standout> SUREST_FIRST =
            Comparator.comparingDouble(Standout::weight).reversed().thenComparing(Standout::words);

    /** Many answers and a large ratio both count. */
    private double weight() {
        return here * Math.log(ratio == null ? Math.E : Math.min(ratio, 50));
    }
}
