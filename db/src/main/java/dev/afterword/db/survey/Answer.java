package dev.afterword.db.survey;

/** What a person answered to one question that was shown. */
public sealed interface Answer {
    /** A point on the question's scale. */
    record Score(int number) implements Answer {}

    /** The person's own words. */
    record Words(String text) implements Answer {}

    /** Shown and left empty, or emptied again. */
    record Skipped() implements Answer {}
}
