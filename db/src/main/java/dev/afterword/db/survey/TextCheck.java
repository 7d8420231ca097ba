package dev.afterword.db.survey;

import dev.afterword.db.survey.Subject.AnswerTo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether texts are there in the language that the survey was written in, and mention only what is known where they stand. */
final class TextCheck {
    private static final Set<String> FIXED = Set.of("contact.firstName", "order.product", "order.number", "score");

    private final SurveyDefinition definition;
    private final Problems problems;

    TextCheck(SurveyDefinition definition, Problems problems) {
        this.definition = definition;
        this.problems = problems;
    }

    void question(Question question, String path, Set<String> earlier, boolean repeated) {
        var key = question.key();
        needed(question.text(), path + ".text", key, earlier, repeated);
        optional(question.asking().help(), path + ".help", key, earlier, repeated);
        switch (question) {
            case Question.Scale scale -> {
                optional(scale.low(), path + ".low", key, earlier, repeated);
                optional(scale.high(), path + ".high", key, earlier, repeated);
            }
            case Question.OfOptions several -> {
                options(several.options(), path + ".options", key, earlier, repeated);
                if (several instanceof Question.Choosing choosing) {
                    optional(choosing.other(), path + ".other", key, earlier, repeated);
                }
            }
            case Question.Matrix matrix -> {
                options(matrix.rows(), path + ".rows", key, earlier, repeated);
                options(matrix.columns(), path + ".columns", key, earlier, repeated);
            }
            case Question.Figure figure -> optional(figure.unit(), path + ".unit", key, earlier, repeated);
            case Question.Typed _, Question.Date _, Question.Consent _, Question.Statement _ -> {}
        }
    }

    private void options(List<Option> options, String path, String key, Set<String> earlier, boolean repeated) {
        for (int at = 0; at < options.size(); at++) {
            needed(options.get(at).text(), path + "[" + at + "].text", key, earlier, repeated);
        }
    }

    void needed(Texts texts, String path, @Nullable String question, Set<String> earlier, boolean repeated) {
        if (missing(texts)) {
            problems.add("survey.text-missing", path, question, source());
        }
        piped(texts, path, question, earlier, repeated);
    }

    /** What need not be there; but where it is, it is there in the survey's own language. */
    void optional(
            @Nullable Texts texts, String path, @Nullable String question, Set<String> earlier, boolean repeated) {
        if (texts != null && !texts.isEmpty()) {
            needed(texts, path, question, earlier, repeated);
        }
    }

    private boolean missing(Texts texts) {
        var text = texts.byLanguage().get(source());
        return !definition.languages().isEmpty() && (text == null || text.isBlank());
    }

    private String source() {
        return definition.languages().isEmpty() ? "" : definition.languages().getFirst();
    }

    private void piped(Texts texts, String path, @Nullable String question, Set<String> earlier, boolean repeated) {
        var names = new LinkedHashSet<String>();
        texts.byLanguage().values().forEach(text -> names.addAll(Piped.names(text)));
        for (var name : names) {
            var code = wrong(name, earlier, repeated);
            if (code != null) {
                problems.add(code, path, question, name);
            }
        }
    }

    private @Nullable String wrong(String name, Set<String> earlier, boolean repeated) {
        if (FIXED.contains(name)) {
            return null;
        }
        if (name.equals("line.name")) {
            return repeated ? null : "survey.line-outside";
        }
        if (name.startsWith("variable.")) {
            var key = name.substring("variable.".length());
            return definition.variables().stream()
                            .anyMatch(variable -> variable.key().equals(key))
                    ? null
                    : "survey.piping-unknown";
        }
        if (!(Subject.of(name).orElse(null) instanceof AnswerTo answer)) {
            return "survey.piping-unknown";
        }
        var asked = definition.question(answer.question()).orElse(null);
        if (asked == null || asked instanceof Question.Statement || !ConditionCheck.rowFits(asked, answer.row())) {
            return "survey.piping-unknown";
        }
        return earlier.contains(answer.question()) ? null : "survey.piping-later";
    }
}
