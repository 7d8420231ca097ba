package dev.afterword.db.response;

import dev.afterword.db.Rejected;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which responses somebody wants to see; null means any.
 *
 * @param survey the survey's key
 * @param from the first day in the workspace's zone
 * @param to the last day in the workspace's zone, included
 * @param text words of a comment
 * @param order the order's externalId
 * @param standings one of these
 * @param topic the id or the name of one, or {@code none} for answers without any
 * @param tag as it is kept
 */
public record ResponseFilter(
        @Nullable String survey,
        @Nullable Scores scores,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String text,
        @Nullable Segment segment,
        @Nullable UUID contactId,
        @Nullable String order,
        Set<Standing> standings,
        @Nullable Mark mark,
        @Nullable String topic,
        @Nullable String tag) {
    /** The topic of answers that have none. */
    public static final String NO_TOPIC = "none";

    /** All that counts. */
    public static final ResponseFilter ALL = new ResponseFilter(null, null, null, null, null, null, null, null);

    /** Of what counts. */
    public ResponseFilter(
            @Nullable String survey,
            @Nullable Scores scores,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String text,
            @Nullable Segment segment,
            @Nullable UUID contactId,
            @Nullable String order) {
        this(survey, scores, from, to, text, segment, contactId, order, Set.of(Standing.COUNTED), null, null, null);
    }

    /** The same of other standings, and with a mark. */
    public ResponseFilter of(Set<Standing> others, @Nullable Mark marked) {
        return new ResponseFilter(
                survey, scores, from, to, text, segment, contactId, order, others, marked, topic, tag);
    }

    /** The same of one topic, and with one tag. */
    public ResponseFilter about(@Nullable String topicOrNone, @Nullable String tagged) {
        return new ResponseFilter(
                survey, scores, from, to, text, segment, contactId, order, standings, mark, topicOrNone, tagged);
    }

    /** The standings that a word means: a standing's code, all, or those that count without one. */
    public static Set<Standing> standings(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return Set.of(Standing.COUNTED);
        }
        if (word.equals("all")) {
            return Set.of(Standing.values());
        }
        return Set.of(Standing.of(word).orElseThrow(() -> new Rejected("filter.standing", "standing", word)));
    }

    /** The mark that a word means; null for any or none. */
    public static @Nullable Mark mark(@Nullable String word) {
        return word == null || word.isBlank()
                ? null
                : Mark.of(word).orElseThrow(() -> new Rejected("filter.mark", "mark", word));
    }

    /** Scores of one question, both ends included. */
    public record Scores(String question, int from, int to) {}

    /** What was true when the answer was given, as delivery and late. */
    public record Segment(String dimension, String value) {}
}
