package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Subject;
import dev.afterword.db.survey.Subject.AnswerTo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a name in another product's condition stands for here. */
sealed interface Named {
    /**
     * The answer to a question.
     *
     * @param row of a matrix, else empty
     * @param option of a question with several answers, whose being chosen is meant; null where the whole answer is
     * @param evenIfHidden whether “is not” holds too where the question was never shown
     * @param values our option's key by the value in the other product, where it is another
     */
    record ToAnswer(
            Question question, String row, @Nullable String option, boolean evenIfHidden, Map<String, String> values)
            implements Named {
        public ToAnswer {
            values = Map.copyOf(values);
        }

        static ToAnswer of(Question question, Map<String, String> values) {
            return new ToAnswer(question, "", null, true, values);
        }

        ToAnswer row(String other) {
            return new ToAnswer(question, other, option, evenIfHidden, values);
        }

        ToAnswer option(String other) {
            return new ToAnswer(question, row, other, evenIfHidden, values);
        }

        ToAnswer evenIfHidden(boolean whether) {
            return new ToAnswer(question, row, option, whether, values);
        }

        Subject subject() {
            return new AnswerTo(question.key(), row);
        }

        /** The options that can be chosen, each by its key. */
        List<Option> options() {
            return switch (question) {
                case Question.OfOptions several -> several.options();
                case Question.Matrix matrix -> matrix.columns();
                case Question.Scale _,
                        Question.Typed _,
                        Question.Figure _,
                        Question.Date _,
                        Question.Consent _,
                        Question.Statement _ -> List.of();
            };
        }

        /** The option that the other product calls so. */
        String key(String value) {
            var key = values.getOrDefault(value, value);
            if (options().stream().noneMatch(option -> option.key().equals(key))
                    && !(key.equals(Option.OTHER)
                            && question instanceof Question.Choosing choosing
                            && choosing.other() != null)) {
                throw new CannotSay(value);
            }
            return key;
        }
    }

    /** Something that the shop knows, or a variable. */
    record ToFact(Subject subject) implements Named {}
}
