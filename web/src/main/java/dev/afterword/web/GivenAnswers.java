package dev.afterword.web;

import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        var byQuestion = given.stream().collect(Collectors.groupingBy(ListedResponse.Given::question));
        var piped = new Piped(asked, Facts.NONE, Walk.of(asked, Facts.NONE, Map.of()), language, language);
        var scores = new ArrayList<Score>();
        var words = new ArrayList<Words>();
        var skipped = new ArrayList<String>();
        for (var question : asked.questions()) {
            for (var one : byQuestion.getOrDefault(question.key(), List.of())) {
                var answer = one.to(question);
                var text = text(question, one.row(), piped);
                if (question instanceof Question.Scale scale && answer instanceof Answer.Score score) {
                    scores.add(score(scale, score.number(), text, language));
                } else {
                    var shown = piped.shown(question, answer);
                    if (shown != null) {
                        words.add(new Words(text, shown));
                    } else {
                        skipped.add(text);
                    }
                }
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

    /** The question, and the row of it that was answered. */
    private static String text(Question question, String row, Piped piped) {
        var text = piped.text(question.text());
        return question instanceof Question.Matrix matrix
                ? matrix.rows().stream()
                        .filter(one -> one.key().equals(row))
                        .map(one -> text + " – " + piped.text(one.text()))
                        .findFirst()
                        .orElse(text)
                : text;
    }

    private static Score score(Question.Scale question, int value, String text, String language) {
        var band = ScoreBand.of(question, value);
        return new Score(
                question.type().code(),
                text,
                value,
                question.from(),
                question.to(),
                question.low().in(language, language),
                question.high().in(language, language),
                band.map(ScoreBand::code).orElse(""),
                band.map(found -> found.verdict().name().toLowerCase(Locale.ROOT))
                        .orElse(""));
    }
}
