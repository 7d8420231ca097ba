package dev.afterword.web;

import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one response beside what was asked, in the survey's order.
 *
 * @param headline the first score; null when none was given
 * @param others the other scores
 * @param skipped texts of the questions that were shown and left empty
 */
public record GivenAnswers(@Nullable Score headline, List<Score> others, List<Words> words, List<String> skipped) {
    /**
     * A point on a scale.
     *
     * @param type nps, csat or ces; texts go by it
     * @param band the code of its band
     * @param verdict good, middling or bad
     */
    public record Score(
            String type,
            String question,
            int value,
            int from,
            int to,
            String low,
            String high,
            String band,
            String verdict) {}

    /** An answer in words. */
    public record Words(String question, String text) {}

    public static GivenAnswers of(List<ListedResponse.Given> given, SurveyDefinition asked, String language) {
        var byQuestion = given.stream().collect(Collectors.toMap(ListedResponse.Given::question, Function.identity()));
        var scores = new ArrayList<Score>();
        var words = new ArrayList<Words>();
        var skipped = new ArrayList<String>();
        for (var question : asked.questions()) {
            var answer = byQuestion.get(question.key());
            if (answer == null) {
                continue;
            }
            if (question instanceof Question.Scale scale && answer.number() != null) {
                scores.add(score(scale, answer.number().intValue(), language));
            } else if (answer.text() != null) {
                words.add(new Words(question.text().in(language, language), answer.text()));
            } else {
                skipped.add(question.text().in(language, language));
            }
        }
        return new GivenAnswers(
                scores.isEmpty() ? null : scores.getFirst(),
                scores.isEmpty() ? List.of() : scores.subList(1, scores.size()),
                words,
                skipped);
    }

    /** All scores, the headline first. */
    public List<Score> scores() {
        var all = new ArrayList<Score>();
        if (headline != null) {
            all.add(headline);
        }
        all.addAll(others);
        return all;
    }

    private static Score score(Question.Scale question, int value, String language) {
        var band = ScoreBand.of(question, value);
        return new Score(
                type(question),
                question.text().in(language, language),
                value,
                question.from(),
                question.to(),
                question.low().in(language, language),
                question.high().in(language, language),
                band.map(ScoreBand::code).orElse(""),
                band.map(found -> found.verdict().name().toLowerCase(Locale.ROOT))
                        .orElse(""));
    }

    /** The type of a question, as texts name it. */
    public static String type(Question question) {
        return switch (question) {
            case Question.Nps _ -> "nps";
            case Question.Csat _ -> "csat";
            case Question.Ces _ -> "ces";
            case Question.Text _ -> "text";
        };
    }
}
