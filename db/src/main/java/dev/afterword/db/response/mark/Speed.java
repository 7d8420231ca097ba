package dev.afterword.db.response.mark;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.Walk;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answered in less time than it takes to read what was answered. Zhang and Conrad (2014) take 300 ms a word for the least; half of it is taken here, because
 * customers are asked the same again, and nothing for what the mail asked already. Below three answers there is nothing to tell.
 */
final class Speed {
    private static final long A_WORD_MS = 150;
    private static final int ANSWERS = 3;

    private Speed() {}

    /**
     * Why it was too quick.
     *
     * @param chosen the question that the link answered; null without one
     */
    static Optional<Map<String, String>> of(Answered answered, @Nullable String chosen, Duration took) {
        var read = new HashSet<String>();
        long words = 0;
        int answers = 0;
        for (var one : answered.answers().entrySet()) {
            if (!Walk.isAnswered(one.getValue()) || one.getKey().question().equals(chosen)) {
                continue;
            }
            answers++;
            var question = answered.asked().question(one.getKey().question()).orElse(null);
            if (question != null) {
                words += words(question, one.getKey(), answered.language(), read) + typed(one.getValue());
            }
        }
        long least = words * A_WORD_MS;
        if (answers < ANSWERS || took.isNegative() || took.toMillis() >= least) {
            return Optional.empty();
        }
        var why = new LinkedHashMap<String, String>();
        why.put("seconds", Long.toString(took.toSeconds()));
        why.put("least", Long.toString(Math.ceilDiv(least, 1_000L)));
        return Optional.of(why);
    }

    /** Of the question once, of a row with its own words; options are glanced at, and not counted. */
    private static long words(Question question, Slot slot, String language, Set<String> read) {
        long words = read.add(slot.question() + "@" + slot.item())
                ? count(question.text().in(language, language))
                : 0;
        if (question instanceof Question.Matrix matrix) {
            words += matrix.rows().stream()
                    .filter(row -> row.key().equals(slot.row()))
                    .mapToLong(row -> count(row.text().in(language, language)))
                    .sum();
        }
        return words;
    }

    /** Words that were typed take time as well, as much at least as reading them. */
    private static long typed(Answer answer) {
        return answer instanceof Answer.Words words ? count(words.text()) : 0;
    }

    /** Words between spaces; where a script has no spaces, two characters are one. */
    static long count(String text) {
        long spaced = List.of(text.strip().split("\\s+", -1)).stream()
                .filter(word -> !word.isEmpty())
                .count();
        long dense = text.codePoints()
                .filter(point -> switch (Character.UnicodeScript.of(point)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                })
                .count();
        return Math.max(spaced, dense / 2);
    }
}
