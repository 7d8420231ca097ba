package dev.afterword.db.survey;

import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Subject.Known;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a subject can be compared.
 *
 * @param words the only words that it can have; null where any are possible
 */
record Comparison(
        Kind kind, Set<Operator> operators, @Nullable Set<String> words) {
    private static final Set<Operator> PRESENCE = EnumSet.of(Operator.ANSWERED, Operator.SKIPPED);
    private static final Set<Operator> EQUALITY = EnumSet.of(Operator.IS, Operator.IS_NOT);
    private static final Set<Operator> ORDER = EnumSet.of(Operator.AT_LEAST, Operator.AT_MOST);
    private static final Set<Operator> MEMBERSHIP = EnumSet.of(Operator.INCLUDES, Operator.INCLUDES_NONE);
    private static final Set<Operator> PART = EnumSet.of(Operator.CONTAINS);

    static final Comparison WORDS_OR_NUMBER = new Comparison(Kind.ANY, union(EQUALITY, ORDER, PART), null);

    /** What it is compared with. */
    enum Kind {
        NUMBER,
        WORD,
        DAY,
        FLAG,
        ANY
    }

    static Comparison of(Question question) {
        return switch (question) {
            case Question.Scale _, Question.Figure _ -> new Comparison(Kind.NUMBER, union(EQUALITY, ORDER), null);
            case Question.Choosing choosing -> {
                var keys = new HashSet<String>();
                choosing.options().forEach(option -> keys.add(option.key()));
                if (choosing.other() != null) {
                    keys.add(Option.OTHER);
                }
                yield new Comparison(Kind.WORD, union(EQUALITY, MEMBERSHIP, PART), keys);
            }
            case Question.Ranking ranking -> new Comparison(Kind.WORD, union(EQUALITY, MEMBERSHIP), keys(ranking));
            case Question.Matrix matrix -> {
                var keys = new HashSet<String>();
                matrix.columns().forEach(column -> keys.add(column.key()));
                yield new Comparison(Kind.WORD, union(EQUALITY, MEMBERSHIP), keys);
            }
            case Question.Typed _ -> new Comparison(Kind.WORD, union(EQUALITY, PART), null);
            case Question.Date _ -> new Comparison(Kind.DAY, union(EQUALITY, ORDER), null);
            case Question.Consent _ -> new Comparison(Kind.FLAG, union(EQUALITY), null);
            case Question.Statement _ -> new Comparison(Kind.WORD, Set.of(), null);
        };
    }

    private static Set<String> keys(Question.Ranking ranking) {
        var keys = new HashSet<String>();
        ranking.options().forEach(option -> keys.add(option.key()));
        return keys;
    }

    static Comparison of(Known known) {
        return switch (known) {
            case STAGE ->
                new Comparison(
                        Kind.WORD, union(EQUALITY), Set.of("prospect", "customer", "client", "supporter", "advocate"));
            case DELIVERY -> new Comparison(Kind.WORD, union(EQUALITY), Set.of("on-time", "late", "undelivered"));
            case LANGUAGE, CHANNEL, COUNTRY, LINE_SKU, LINE_CATEGORY ->
                new Comparison(Kind.WORD, union(EQUALITY, PART), null);
            case PRODUCT, CATEGORY -> new Comparison(Kind.WORD, union(EQUALITY, MEMBERSHIP), null);
            case AMOUNT, SCORE -> new Comparison(Kind.NUMBER, union(EQUALITY, ORDER), null);
        };
    }

    @SafeVarargs
    private static Set<Operator> union(Set<Operator>... sets) {
        var all = EnumSet.copyOf(PRESENCE);
        for (var set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }

    boolean takes(Operator operator) {
        return operators.contains(operator);
    }

    boolean takes(Operator operator, Value value) {
        return switch (kind) {
            case ANY -> !value.text().isBlank();
            case NUMBER -> value instanceof Condition.Figure;
            case FLAG -> value instanceof Condition.Flag;
            case DAY -> value instanceof Condition.Text text && isDay(text.text());
            case WORD ->
                value instanceof Condition.Text text
                        && !text.text().isBlank()
                        && (words == null || operator == Operator.CONTAINS || words.contains(text.text()));
        };
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
