package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Texts;
import org.jspecify.annotations.Nullable;

/** Scales of other products as ours: the numbers stay, the looks may change, and that is said. */
final class Ratings {
    private Ratings() {}

    /** Null where we have no scale with these ends. */
    static @Nullable Question scale(
            Findings findings, Asking asking, Texts low, Texts high, int from, int to, boolean faces, String place) {
        if (from == 0 && to == 10) {
            findings.add("rating-as-nps", place, asking.key());
            return new Question.Nps(asking, low, high);
        }
        if (from != 1 || to < 3 || to > 10) {
            return null;
        }
        if (faces && (to == 3 || to == 5)) {
            return new Question.Smileys(asking, low, high, to);
        }
        findings.add("rating-as-stars", place, asking.key(), to);
        return new Question.Stars(asking, low, high, to);
    }
}
