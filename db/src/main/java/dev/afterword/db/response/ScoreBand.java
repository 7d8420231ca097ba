package dev.afterword.db.response;

import dev.afterword.db.survey.Question;
import java.util.List;
import java.util.Optional;

/**
 * A band of a question's scale that the field has a name for; both ends belong to it.
 *
 * @param code as promoter, satisfied or hard
 * @param verdict good, middling or bad, so that bands of different questions can be shown alike
 */
public record ScoreBand(String code, int from, int to, Verdict verdict) {
    /** What a band says about the shop. */
    public enum Verdict {
        GOOD,
        MIDDLING,
        BAD
    }

    public boolean holds(int score) {
        return from <= score && score <= to;
    }

    /** The bands of a question, the best first; a question in words has none. */
    public static List<ScoreBand> of(Question question) {
        return switch (question) {
            case Question.Nps _ -> List.of(good("promoter", 9, 10), middling("passive", 7, 8), bad("detractor", 0, 6));
            case Question.Csat _ ->
                List.of(good("satisfied", 4, 5), middling("neutral", 3, 3), bad("dissatisfied", 1, 2));
            case Question.Ces ces -> ces(ces);
            case Question.Stars stars -> faces(stars.most());
            case Question.Smileys smileys -> faces(smileys.most());
            case Question.Thumbs _ -> List.of(good("up", 1, 1), bad("down", 0, 0));
            case Question.OfOptions _,
                    Question.Matrix _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _,
                    Question.Statement _ -> List.of();
        };
    }

    /** The band that a score belongs to. */
    public static Optional<ScoreBand> of(Question question, int score) {
        return of(question).stream().filter(band -> band.holds(score)).findFirst();
    }

    /** As with CSAT: 4 and 5 of 5 are good, 3 is middling; other scales in proportion. */
    private static List<ScoreBand> faces(int most) {
        int good = most * 7 / 10 + 1;
        int middling = most * 9 / 20 + 1;
        return List.of(
                good("satisfied", good, most),
                middling("neutral", middling, good - 1),
                bad("dissatisfied", 1, middling - 1));
    }

    private static List<ScoreBand> ces(Question.Ces ces) {
        int middle = (ces.scale() + 1) / 2;
        var low = new int[] {1, middle - 1};
        var high = new int[] {middle + 1, ces.scale()};
        var easy = ces.highIsGood() ? high : low;
        var hard = ces.highIsGood() ? low : high;
        return List.of(
                good("easy", easy[0], easy[1]), middling("undecided", middle, middle), bad("hard", hard[0], hard[1]));
    }

    private static ScoreBand good(String code, int from, int to) {
        return new ScoreBand(code, from, to, Verdict.GOOD);
    }

    private static ScoreBand middling(String code, int from, int to) {
        return new ScoreBand(code, from, to, Verdict.MIDDLING);
    }

    private static ScoreBand bad(String code, int from, int to) {
        return new ScoreBand(code, from, to, Verdict.BAD);
    }
}
