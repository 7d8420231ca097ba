package dev.afterword.db.survey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

    /** The members that a definition of this type may have beside those of every question. */
    public Set<String> members() {
        return switch (this) {
            case NPS, CSAT, THUMBS -> Set.of("low", "high");
            case CES -> Set.of("low", "high", "scale", "highIsGood");
            case STARS, SMILEYS -> Set.of("low", "high", "most");
            case SINGLE_CHOICE -> Set.of("options", "other", "shuffled");
            case MULTIPLE_CHOICE -> Set.of("options", "other", "shuffled", "least", "most");
            case MATRIX -> Set.of("rows", "columns", "shuffled");
            case RANKING -> Set.of("options", "top", "shuffled");
            case NUMBER -> Set.of("least", "most", "decimals", "unit");
            case DATE -> Set.of("earliest", "latest");
            case CONSENT -> Set.of("purpose");
            case SHORT_TEXT, LONG_TEXT, EMAIL, STATEMENT -> Set.of();
        };
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
