package dev.afterword.db.survey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of questions, by the word that definitions, the API and texts use. */
public enum QuestionType {
    NPS,
    CSAT,
    CES,
    STARS,
    SMILEYS,
    THUMBS,
    SINGLE_CHOICE,
    MULTIPLE_CHOICE,
    MATRIX,
    RANKING,
    SHORT_TEXT,
    LONG_TEXT,
    NUMBER,
    DATE,
    CONSENT,
    EMAIL,
    STATEMENT;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type of that word; {@code text} is what long texts were called once. */
    public static Optional<QuestionType> of(String code) {
        return code.equals("text")
                ? Optional.of(LONG_TEXT)
                : Arrays.stream(values())
                        .filter(type -> type.code().equals(code))
                        .findFirst();
    }
}
