package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Condition.Test;
import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Operator;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Subject;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import dev.afterword.db.survey.moving.Named.ToFact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares an answer or a fact with a value of another product, in our words; {@link CannotSay} where there are none. */
final class Comparison {
    private static final Set<String> YES = Set.of("Y", "1", "true", "yes");
    private static final Set<String> NO = Set.of("", "N", "0", "false", "no");

    private Comparison() {}

    static Condition answered(Named named) {
        return switch (named) {
            case ToFact fact -> Conditions.test(fact.subject(), Operator.ANSWERED, null);
            case ToAnswer answer
            when answer.question() instanceof Question.Matrix matrix
                    && answer.row().isEmpty() ->
                Conditions.any(
                        rows(matrix, answer).stream().map(Comparison::answered).toList());
            case ToAnswer answer when answer.option() != null -> includes(answer, answer.option());
            case ToAnswer answer -> Conditions.test(takesAnswer(answer).subject(), Operator.ANSWERED, null);
        };
    }

    /** Each row of a matrix by itself. */
    static List<ToAnswer> rows(Question.Matrix matrix, ToAnswer answer) {
        return matrix.rows().stream().map(row -> answer.row(row.key())).toList();
    }

    /** @param operator as in {@link Expression.Binary}, for one value */
    static Condition of(Named named, String operator, String value) {
        return switch (operator) {
            case "=" -> is(named, value);
            case "!=" -> isNot(named, value);
            case "<", "<=", ">", ">=" -> ordered(named, operator, value);
            case "contains" -> contains(named, value);
            case "notcontains" -> Conditions.not(contains(named, value));
            default -> throw new CannotSay(operator);
        };
    }

    private static Condition is(Named named, String value) {
        if (named instanceof ToAnswer answer && answer.option() != null) {
            if (NO.contains(value)) {
                return Conditions.not(includes(answer, answer.option()));
            }
            if (!YES.contains(value)) {
                throw new CannotSay(value);
            }
            return includes(answer, answer.option());
        }
        if (value.isEmpty()) {
            return Conditions.not(answered(named));
        }
        return switch (named) {
            case ToFact fact -> Conditions.test(fact.subject(), Operator.IS, plain(value));
            case ToAnswer answer -> isAnswer(takesAnswer(answer), value);
        };
    }

    private static Condition isAnswer(ToAnswer answer, String value) {
        var subject = answer.subject();
        return switch (answer.question()) {
            case Question.OfOptions _ -> Conditions.is(subject, answer.key(value));
            case Question.Matrix _ when answer.row().isEmpty() -> throw new CannotSay(value);
            case Question.Matrix _ -> Conditions.is(subject, answer.key(value));
            case Question.Scale _, Question.Figure _ ->
                Conditions.test(subject, Operator.IS, new Condition.Figure(number(value)));
            case Question.Typed _ -> Conditions.is(subject, value);
            case Question.Date _ -> Conditions.is(subject, day(value).toString());
            case Question.Consent _ -> Conditions.test(subject, Operator.IS, new Condition.Flag(YES.contains(value)));
            case Question.Statement _ -> throw new CannotSay(value);
        };
    }

    private static Condition isNot(Named named, String value) {
        if (value.isEmpty() && !(named instanceof ToAnswer answer && answer.option() != null)) {
            return answered(named);
        }
        var is = is(named, value);
        return named instanceof ToAnswer answer
                        && !answer.evenIfHidden()
                        && is instanceof Test(var subject, var operator, var wanted)
                        && (operator == Operator.IS || operator == Operator.INCLUDES)
                ? Conditions.any(List.of(
                        new Test(subject, operator == Operator.IS ? Operator.IS_NOT : Operator.INCLUDES_NONE, wanted),
                        new Test(subject, Operator.SKIPPED, null)))
                : Conditions.not(is);
    }

    static Condition includes(ToAnswer answer, String option) {
        return new Test(
                answer.subject(),
                answer.question() instanceof Question.SingleChoice ? Operator.IS : Operator.INCLUDES,
                Value.of(option));
    }

    private static Condition contains(Named named, String value) {
        if (named instanceof ToAnswer answer && !answer.options().isEmpty()) {
            return includes(answer, answer.key(value));
        }
        var subject = switch (named) {
            case ToFact fact -> fact.subject();
            case ToAnswer answer when answer.question() instanceof Question.Typed -> answer.subject();
            case ToAnswer _ -> throw new CannotSay(value);
        };
        return Conditions.test(subject, Operator.CONTAINS, Value.of(value));
    }

    private static Condition ordered(Named named, String operator, String value) {
        return switch (named) {
            case ToFact fact -> numbers(fact.subject(), operator, number(value), false);
            case ToAnswer answer -> {
                var subject = takesAnswer(answer).subject();
                yield switch (answer.question()) {
                    case Question.Scale _ -> numbers(subject, operator, number(value), true);
                    case Question.Figure figure -> numbers(subject, operator, number(value), figure.decimals() == 0);
                    case Question.Date _ ->
                        Conditions.test(
                                subject,
                                operator.startsWith("<") ? Operator.AT_MOST : Operator.AT_LEAST,
                                Value.of(day(value)
                                        .plusDays(operator.equals("<") ? -1 : operator.equals(">") ? 1 : 0)
                                        .toString()));
                    case Question.OfOptions _, Question.Matrix _ -> options(answer, operator, number(value));
                    case Question.Typed _, Question.Consent _, Question.Statement _ -> throw new CannotSay(operator);
                };
            }
        };
    }

    private static Condition numbers(Subject subject, String operator, BigDecimal number, boolean whole) {
        var test = Conditions.test(
                subject,
                operator.startsWith("<") ? Operator.AT_MOST : Operator.AT_LEAST,
                new Condition.Figure(
                        whole
                                ? switch (operator) {
                                    case "<" ->
                                        number.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
                                    case "<=" -> number.setScale(0, RoundingMode.FLOOR);
                                    case ">" ->
                                        number.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
                                    default -> number.setScale(0, RoundingMode.CEILING);
                                }
                                : number));
        return whole || operator.endsWith("=")
                ? test
                : Conditions.all(
                        List.of(test, Conditions.test(subject, Operator.IS_NOT, new Condition.Figure(number))));
    }

    /** Options whose names are numbers, as codes often are. */
    private static Condition options(ToAnswer answer, String operator, BigDecimal bound) {
        if (answer.question() instanceof Question.MultipleChoice
                || (answer.question() instanceof Question.Matrix && answer.row().isEmpty())) {
            throw new CannotSay(operator);
        }
        var fitting = answer.options().stream()
                .filter(option -> holds(code(answer, option).compareTo(bound), operator))
                .map(option -> Conditions.is(answer.subject(), option.key()))
                .toList();
        if (fitting.isEmpty()) {
            throw new CannotSay(operator + " " + bound.toPlainString());
        }
        return Conditions.any(fitting);
    }

    private static BigDecimal code(ToAnswer answer, Option option) {
        return number(answer.values().entrySet().stream()
                .filter(one -> one.getValue().equals(option.key()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(option.key()));
    }

    private static boolean holds(int compared, String operator) {
        return switch (operator) {
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            case ">" -> compared > 0;
            default -> compared >= 0;
        };
    }

    private static ToAnswer takesAnswer(ToAnswer answer) {
        if (answer.question() instanceof Question.Statement) {
            throw new CannotSay(answer.question().key());
        }
        return answer;
    }

    private static Value plain(String value) {
        var number = numberOrNull(value);
        return number == null ? Value.of(value) : new Condition.Figure(number);
    }

    private static BigDecimal number(String value) {
        var number = numberOrNull(value);
        if (number == null) {
            throw new CannotSay(value);
        }
        return number;
    }

    static @Nullable BigDecimal numberOrNull(String value) {
        return value.matches("-?[0-9]{1,15}(\\.[0-9]{1,10})?") ? new BigDecimal(value) : null;
    }

    private static LocalDate day(String value) {
        try {
            return LocalDate.parse(value.length() > 10 ? value.substring(0, 10) : value);
        } catch (DateTimeException e) {
            throw new CannotSay(value);
        }
    }
}
