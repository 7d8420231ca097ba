package dev.afterword.db.response;

import dev.afterword.db.Cursor;
import dev.afterword.db.Key;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A response as staff read it: what was answered, by whom, about which order.
 *
 * @param confirmed a person pressed a button; numbers count only these
 * @param segments what was true when the answer was given, dimension to values
 * @param externalId its name elsewhere, if it was imported
 * @param judgement whether it counts, and what is doubtful about it
 * @param items what the lines of the order were that answers are about, number to name
 */
public record ListedResponse(
        Key key,
        String surveyKey,
        String surveyName,
        UUID versionId,
        Instant answeredAt,
        boolean confirmed,
        boolean complete,
        boolean imported,
        @Nullable String language,
        @Nullable Person customer,
        @Nullable Purchase order,
        Map<String, List<String>> segments,
        @Nullable String externalId,
        Map<String, String> items,
        List<Given> answers,
        Judgement judgement,
        Labels labels) {

    /** Who answered. */
    public record Person(
            UUID id, @Nullable String name, @Nullable String email, String stage) {}

    /**
     * What it is about.
     *
     * @param items the names of the first three lines
     * @param lines how many lines the order has
     */
    public record Purchase(
            UUID id,
            String externalId,
            String status,
            Instant placedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant promisedAt,
            List<String> items,
            int lines) {}

    /**
     * One answer; skipped means shown and left empty.
     *
     * @param row of a matrix, else empty
     * @param item the line of the order that it is about, else empty
     */
    public record Given(
            String question,
            String row,
            String item,
            boolean skipped,
            boolean notApplicable,
            @Nullable BigDecimal number,
            @Nullable String text,
            @Nullable List<String> choices,
            @Nullable LocalDate day) {
        public Slot slot() {
            return new Slot(question, row, item);
        }

        /** The answer, by the type of its question. */
        public Answer to(Question asked) {
            return new StoredAnswer(skipped, notApplicable, number, text, choices, day).to(asked);
        }
    }

    /** For those who may read answers but not know whose they are. */
    public ListedResponse withoutNames() {
        return new ListedResponse(
                key,
                surveyKey,
                surveyName,
                versionId,
                answeredAt,
                confirmed,
                complete,
                imported,
                language,
                null,
                null,
                segments,
                externalId,
                items,
                answers,
                judgement,
                labels);
    }

    Cursor place() {
        return new Cursor(true, answeredAt, key.id());
    }
}
