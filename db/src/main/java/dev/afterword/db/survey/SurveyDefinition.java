package dev.afterword.db.survey;

import dev.afterword.db.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a survey asks: its title and its questions in order. */
public record SurveyDefinition(Texts title, List<Question> questions) {
    public SurveyDefinition {
        questions = List.copyOf(questions);
    }

    public Optional<Question> question(String key) {
        return questions.stream().filter(question -> question.key().equals(key)).findFirst();
    }

    /** Checks raw answers by question key; all that is wrong with them is found at once. */
    public Checked check(Map<String, ? extends @Nullable Object> raw) {
        var answers = new LinkedHashMap<String, Answer>();
        var problems = new ArrayList<Rejected>();
        raw.forEach((key, value) -> {
            try {
                answers.put(
                        key,
                        question(key)
                                .orElseThrow(() -> new Rejected("answer.question-unknown", "answers." + key, key))
                                .read(value));
            } catch (Rejected problem) {
                problems.add(problem);
            }
        });
        return new Checked(answers, problems);
    }

    /** Answers that may be kept, and what is wrong with the others. */
    public record Checked(Map<String, Answer> answers, List<Rejected> problems) {
        /** The answers, if nothing is wrong with any. */
        public Map<String, Answer> orThrow() {
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
