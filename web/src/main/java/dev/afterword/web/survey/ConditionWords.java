package dev.afterword.web.survey;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Operator;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Subject;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Conditions as staff read them: “How likely …” is at most 6 and stage is client. */
@Component
class ConditionWords {
    private static final int LONGEST = 60;

    private final MessageSource messages;

    ConditionWords(MessageSource messages) {
        this.messages = messages;
    }

    /** Empty without a condition. */
    String of(@Nullable Condition condition, SurveyDefinition definition) {
        return switch (condition) {
            case null -> "";
            case Condition.All all -> joined(all.conditions(), "survey.and", definition);
            case Condition.Any any -> joined(any.conditions(), "survey.or", definition);
            case Condition.Not not -> say("survey.not", of(not.condition(), definition));
            case Condition.Test test -> test(test, definition);
        };
    }

    private String joined(List<Condition> conditions, String word, SurveyDefinition definition) {
        return conditions.stream()
                .map(one -> one instanceof Condition.All || one instanceof Condition.Any
                        ? "(" + of(one, definition) + ")"
                        : of(one, definition))
                .collect(Collectors.joining(" " + say(word) + " "));
    }

    private String test(Condition.Test test, SurveyDefinition definition) {
        var words = subject(test.subject(), definition) + " " + operator(test.operator());
        var value = test.value();
        return value == null ? words : words + " " + value(test.subject(), value.text(), definition);
    }

    String operator(Operator operator) {
        return say("survey.operator." + operator.code());
    }

    private String subject(Subject subject, SurveyDefinition definition) {
        return switch (subject) {
            case Subject.AnswerTo answer ->
                definition
                        .question(answer.question())
                        .map(question ->
                                "“" + cut(text(question, definition)) + "”" + row(question, answer.row(), definition))
                        .orElse(answer.code());
            case Subject.ContactAttribute attribute -> say("survey.subject.attribute", attribute.name());
            case Subject.VariableOf variable -> say("survey.subject.variable", variable.key());
            case Subject.Known known -> say("survey.subject." + known.code());
        };
    }

    private static String row(Question question, String row, SurveyDefinition definition) {
        return question instanceof Question.Matrix matrix && !row.isEmpty()
                ? " – " + option(matrix.rows(), row, definition)
                : "";
    }

    private String value(Subject subject, String value, SurveyDefinition definition) {
        if (subject instanceof Subject.AnswerTo answer) {
            return switch (definition.question(answer.question()).orElse(null)) {
                case Question.OfOptions several -> "“" + option(several.options(), value, definition) + "”";
                case Question.Matrix matrix -> "“" + option(matrix.columns(), value, definition) + "”";
                case Question.Consent _ -> say("survey.value." + (value.equals("true") ? "agreed" : "refused"));
                case null -> value;
                case Question.Scale _, Question.Typed _, Question.Figure _, Question.Date _, Question.Statement _ ->
                    value;
            };
        }
        return Objects.requireNonNullElse(
                messages.getMessage("survey.value." + value, null, value, Locale.ENGLISH), value);
    }

    private static String option(List<Option> options, String key, SurveyDefinition definition) {
        var language = definition.languages().getFirst();
        return options.stream()
                .filter(option -> option.key().equals(key))
                .map(option -> option.text().in(language, language))
                .findFirst()
                .orElse(key);
    }

    private static String text(Question question, SurveyDefinition definition) {
        var language = definition.languages().getFirst();
        var text = question.text().in(language, language);
        return text.isEmpty() ? question.key() : text;
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST).strip() + "…";
    }

    private String say(String code, Object... arguments) {
        return messages.getMessage(code, arguments, Locale.ENGLISH);
    }
}
