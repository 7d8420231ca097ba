package dev.afterword.db.survey;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;

/** Whether a question can be answered at all, by its own type. */
final class QuestionCheck {
    private final Question question;
    private final String path;
    private final Problems problems;

    private QuestionCheck(Question question, String path, Problems problems) {
        this.question = question;
        this.path = path;
        this.problems = problems;
    }

    static void check(Question question, String path, Problems problems) {
        new QuestionCheck(question, path, problems).run();
    }

    private void run() {
        switch (question) {
            case Question.SingleChoice single -> {
                options(single.options(), "options", single.other() == null ? 2 : 1);
                other(single);
            }
            case Question.MultipleChoice multiple -> multiple(multiple);
            case Question.Matrix matrix -> {
                options(matrix.rows(), "rows", 1);
                options(matrix.columns(), "columns", 2);
            }
            case Question.Ranking ranking -> {
                options(ranking.options(), "options", 2);
                if (ranking.top() != null && ranking.top() > ranking.options().size()) {
                    add("survey.top-too-many", "top", ranking.options().size());
                }
            }
            case Question.Figure figure -> figure(figure);
            case Question.Date date -> {
                if (date.earliest() != null
                        && date.latest() != null
                        && date.earliest().isAfter(date.latest())) {
                    add("survey.range-empty", "latest");
                }
            }
            case Question.Statement statement -> {
                if (statement.asking().required()) {
                    add("survey.statement-required", "required");
                }
                if (statement.asking().notApplicable()) {
                    add("survey.statement-required", "notApplicable");
                }
            }
            case Question.Scale _, Question.Typed _, Question.Consent _ -> {}
        }
    }

    private void multiple(Question.MultipleChoice multiple) {
        options(multiple.options(), "options", 1);
        other(multiple);
        var together = multiple.options().stream()
                        .filter(option -> !option.exclusive())
                        .count()
                + (multiple.other() == null ? 0 : 1);
        if (multiple.least() > together) {
            add("survey.least-too-many", "least", together);
        }
        if (multiple.most() != null && multiple.most() < multiple.least()) {
            add("survey.range-empty", "most");
        }
    }

    private void figure(Question.Figure figure) {
        var least = figure.least();
        var most = figure.most();
        if (least != null
                && most != null
                && rounded(least, figure, RoundingMode.CEILING).compareTo(rounded(most, figure, RoundingMode.FLOOR))
                        > 0) {
            add("survey.range-empty", "most");
        }
    }

    private static BigDecimal rounded(BigDecimal number, Question.Figure figure, RoundingMode mode) {
        return number.setScale(figure.decimals(), mode);
    }

    private void options(List<Option> options, String name, int least) {
        if (options.size() < least) {
            add("survey.options-too-few", name, least);
        }
        var keys = new HashSet<String>();
        for (int at = 0; at < options.size(); at++) {
            if (!keys.add(options.get(at).key())) {
                add(
                        "survey.key-twice",
                        name + "[" + at + "].key",
                        options.get(at).key());
            }
        }
    }

    private void other(Question.Choosing choosing) {
        if (choosing.other() != null
                && choosing.options().stream().anyMatch(option -> option.key().equals(Option.OTHER))) {
            add("survey.other-taken", "other", Option.OTHER);
        }
    }

    private void add(String code, String name, Object... arguments) {
        problems.add(code, path + "." + name, question.key(), arguments);
    }
}
