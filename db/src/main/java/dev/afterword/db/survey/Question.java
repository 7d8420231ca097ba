package dev.afterword.db.survey;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.afterword.db.Rejected;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One question of a survey, and which answers it takes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Question.Nps.class, name = "nps"),
    @JsonSubTypes.Type(value = Question.Csat.class, name = "csat"),
    @JsonSubTypes.Type(value = Question.Ces.class, name = "ces"),
    @JsonSubTypes.Type(value = Question.Text.class, name = "text")
})
public sealed interface Question {
    /** The name under which answers are given and counted; unique in its survey. */
    String key();

    Texts text();

    /** A question that is answered with a point on a scale. */
    sealed interface Scale extends Question permits Nps, Csat, Ces {
        /** What the lowest point means. */
        Texts low();

        /** What the highest point means. */
        Texts high();

        @JsonIgnore
        int from();

        @JsonIgnore
        int to();
    }

    /** Likelihood to recommend, 0 to 10. */
    record Nps(String key, Texts text, Texts low, Texts high) implements Scale {
        @Override
        public int from() {
            return 0;
        }

        @Override
        public int to() {
            return 10;
        }
    }

    /** Satisfaction, 1 to 5. */
    record Csat(String key, Texts text, Texts low, Texts high) implements Scale {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public int to() {
            return 5;
        }
    }

    /**
     * Effort, 1 to 5 or 1 to 7.
     *
     * @param highIsGood whether the highest point means least effort, as in CES 2.0
     */
    record Ces(String key, Texts text, Texts low, Texts high, int scale, boolean highIsGood) implements Scale {
        public Ces {
            if (scale != 5 && scale != 7) {
                throw new Rejected("survey.scale-unknown", "scale", scale);
            }
        }

        @Override
        public int from() {
            return 1;
        }

        @Override
        public int to() {
            return scale;
        }
    }

    /** A question that is answered in words, at most {@value #MAX_LENGTH} characters. */
    record Text(String key, Texts text) implements Question {
        public static final int MAX_LENGTH = 10_000;
    }

    /**
     * Reads a raw answer as it came from JSON, CSV or a form: null and blank mean skipped, a score may be a number or its digits.
     *
     * @throws Rejected for the field {@code answers.<key>}
     */
    default Answer read(@Nullable Object raw) {
        if (raw == null || (raw instanceof String text && text.isBlank())) {
            return new Answer.Skipped();
        }
        return switch (this) {
            case Scale scale -> score(scale, raw);
            case Text text -> words(text, raw);
        };
    }

    private static Answer score(Scale scale, Object raw) {
        BigDecimal number;
        try {
            number = switch (raw) {
                case Number given -> new BigDecimal(given.toString());
                case String given when given.strip().matches("-?[0-9]{1,9}") -> new BigDecimal(given.strip());
                default -> throw new Rejected("answer.not-integer", field(scale), scale.from(), scale.to());
            };
        } catch (NumberFormatException e) {
            throw new Rejected("answer.not-integer", field(scale), scale.from(), scale.to());
        }
        if (number.compareTo(BigDecimal.valueOf(scale.from())) < 0
                || number.compareTo(BigDecimal.valueOf(scale.to())) > 0) {
            throw new Rejected("answer.out-of-range", field(scale), scale.from(), scale.to());
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw new Rejected("answer.not-integer", field(scale), scale.from(), scale.to());
        }
        return new Answer.Score(number.intValueExact());
    }

    private static Answer words(Text question, Object raw) {
        if (!(raw instanceof String text)) {
            throw new Rejected("answer.not-text", field(question));
        }
        // Browsers send line ends as CR LF; they count as one character, as the page's own counter does.
        var words = text.replace("\r\n", "\n").strip();
        if (words.indexOf('\0') >= 0) {
            throw new Rejected("answer.unreadable", field(question));
        }
        if (words.length() > Text.MAX_LENGTH) {
            throw new Rejected("answer.too-long", field(question), Text.MAX_LENGTH, words.length());
        }
        return new Answer.Words(words);
    }

    private static String field(Question question) {
        return "answers." + question.key();
    }
}
