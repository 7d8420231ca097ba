package dev.afterword.db.survey;

import dev.afterword.db.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a survey asks: its pages and their questions in order.
 *
 * @param welcome what is said before the first question
 * @param thanks what is said after the last
 * @param progress whether it is shown how far one has come
 * @param theme how it looks
 * @param languages BCP 47; the first is the one that it was written in
 */
public record SurveyDefinition(
        Texts title,
        @Nullable Texts welcome,
        @Nullable Texts thanks,
        Presentation presentation,
        boolean progress,
        Theme theme,
        List<String> languages,
        List<SurveyPage> pages,
        List<Variable> variables) {
    /** The raw answer “does not apply”, to questions that allow it; no option can have this key. */
    public static final String NOT_APPLICABLE = "n/a";

    public SurveyDefinition {
        languages = List.copyOf(languages);
        pages = List.copyOf(pages);
        variables = List.copyOf(variables);
    }

    /** All questions of all pages, in order. */
    public List<Question> questions() {
        return pages.size() == 1
                ? pages.getFirst().questions()
                : pages.stream().flatMap(page -> page.questions().stream()).toList();
    }

    public Optional<Question> question(String key) {
        for (var page : pages) {
            for (var question : page.questions()) {
                if (question.key().equals(key)) {
                    return Optional.of(question);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a question is asked once for each line of the order, by itself or with its page. */
    public boolean isRepeated(Question question) {
        if (question.asking().perOrderLine()) {
            return true;
        }
        for (var page : pages) {
            if (page.perOrderLine()
                    && page.questions().stream().anyMatch(one -> one.key().equals(question.key()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether everybody is asked the same and may leave anything out: then no answer depends on another. */
    public boolean isPlain() {
        for (var page : pages) {
            if (page.showIf() != null || page.endIf() != null || page.perOrderLine()) {
                return false;
            }
            for (var question : page.questions()) {
                var asking = question.asking();
                if (asking.required() || asking.showIf() != null || asking.endIf() != null || asking.perOrderLine()) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Checks raw answers by the text form of their slots, or nested by row and line; all that is wrong with them is found at once.
     *
     * @see Slot#toString()
     */
    public Checked check(Map<String, ? extends @Nullable Object> raw) {
        return AnswerReader.check(this, raw);
    }

    /** Answers that may be kept, and what is wrong with the others. */
    public record Checked(Map<Slot, Answer> answers, List<Rejected> problems) {
        /** The answers, if nothing is wrong with any. */
        public Map<Slot, Answer> orThrow() {
            if (!problems.isEmpty()) {
                throw problems.getFirst();
            }
            return answers;
        }

        /** Whether nothing was answered: every question was skipped, or none given. */
        public boolean empty() {
            return answers.values().stream().allMatch(Answer.Skipped.class::isInstance);
        }
    }
}
