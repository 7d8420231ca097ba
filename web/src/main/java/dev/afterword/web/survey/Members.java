package dev.afterword.web.survey;

import dev.afterword.db.survey.QuestionType;
import java.util.Set;

/** Which settings the form of a question has beyond those that all have. */
final class Members {
    private Members() {}

    static Set<String> of(QuestionType type) {
        return switch (type) {
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
}
