package dev.afterword.db.response;

import java.time.LocalDate;
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
 */
public record ResponseFilter(
        @Nullable String survey,
        @Nullable Scores scores,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String text,
        @Nullable Segment segment,
        @Nullable UUID contactId,
        @Nullable String order) {

    public static final ResponseFilter ALL = new ResponseFilter(null, null, null, null, null, null, null, null);

    /** Scores of one question, both ends included. */
    public record Scores(String question, int from, int to) {}

    /** What was true when the answer was given, as delivery and late. */
    public record Segment(String dimension, String value) {}
}
