package dev.afterword.db.survey;

import dev.afterword.db.survey.Condition.Test;
import dev.afterword.db.survey.Subject.AnswerTo;
import dev.afterword.db.survey.Subject.ContactAttribute;
import dev.afterword.db.survey.Subject.Known;
import dev.afterword.db.survey.Subject.VariableOf;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The values of a subject among which those are that some tests tell apart: where no value passes the tests, none can. */
final class Candidates {
    private static final String SOMETHING_ELSE = "\u0001";

    private final SurveyDefinition definition;

    Candidates(SurveyDefinition definition) {
        this.definition = definition;
    }

    List<Seen> of(Subject subject, List<Test> tests) {
        return switch (subject) {
            case AnswerTo answer ->
                definition
                        .question(answer.question())
                        .map(question -> answers(question, tests))
                        .orElse(List.of(Seen.HIDDEN));
            case ContactAttribute _ -> facts(Stream.concat(words(tests), numbers(tests, BigDecimal.ONE)));
            case VariableOf variable -> variable(variable.key());
            case Known known -> known(known, tests);
        };
    }

    private List<Seen> answers(Question question, List<Test> tests) {
        var seen = new ArrayList<Seen>();
        seen.add(Seen.HIDDEN);
        if (!question.asking().required()) {
            seen.add(Seen.answer(null));
        }
        if (question.asking().notApplicable()) {
            seen.add(Seen.answer(new Answer.NotApplicable()));
        }
        given(question, tests).map(Seen::answer).forEach(seen::add);
        return seen;
    }

    private Stream<? extends Answer> given(Question question, List<Test> tests) {
        return switch (question) {
            case Question.Scale scale ->
                IntStream.rangeClosed(scale.from(), scale.to()).mapToObj(Answer.Score::new);
            case Question.SingleChoice single ->
                Stream.concat(
                        single.options().stream().map(option -> new Answer.Choice(option.key(), null)),
                        single.other() == null
                                ? Stream.empty()
                                : typed(tests).map(words -> new Answer.Choice(Option.OTHER, words)));
            case Question.Matrix matrix ->
                matrix.columns().stream().map(column -> new Answer.Choice(column.key(), null));
            case Question.MultipleChoice multiple -> choices(multiple, tests);
            case Question.Ranking ranking -> ranked(ranking, tests);
            case Question.Typed _ -> typed(tests).map(Answer.Words::new);
            case Question.Figure figure -> amounts(figure, tests).map(Answer.Amount::new);
            case Question.Date date -> days(date, tests).map(Answer.Day::new);
            case Question.Consent _ -> Stream.of(new Answer.Agreed(true), new Answer.Agreed(false));
            case Question.Statement _ -> Stream.empty();
        };
    }

    /** Each option alone, and what is named together, each with as many others as must be, and with one more: then it is no longer that alone. */
    private Stream<Answer.Choices> choices(Question.MultipleChoice multiple, List<Test> tests) {
        var all = new ArrayList<>(multiple.options().stream().map(Option::key).toList());
        if (multiple.other() != null) {
            all.add(Option.OTHER);
        }
        var exclusive = multiple.options().stream()
                .filter(Option::exclusive)
                .map(Option::key)
                .collect(Collectors.toSet());
        var named = named(tests);
        var fillers = all.stream()
                .filter(option -> !named.contains(option) && !exclusive.contains(option))
                .toList();
        return subsets(named.stream().filter(all::contains).toList(), all)
                .flatMap(subset -> Stream.of(multiple.least(), Math.max(multiple.least(), subset.size() + 1))
                        .map(least -> filled(subset, fillers, least, exclusive)))
                .filter(subset -> !subset.isEmpty()
                        && (multiple.most() == null || subset.size() <= multiple.most())
                        && (subset.size() == 1 || subset.stream().noneMatch(exclusive::contains))
                        && (subset.size() >= multiple.least() || subset.stream().allMatch(exclusive::contains)))
                .flatMap(subset -> typed(tests)
                        .map(words ->
                                new Answer.Choices(List.copyOf(subset), subset.contains(Option.OTHER) ? words : null)));
    }

    private static Set<String> filled(Set<String> subset, List<String> fillers, int least, Set<String> exclusive) {
        var filled = new LinkedHashSet<>(subset);
        if (subset.stream().noneMatch(exclusive::contains)) {
            fillers.stream().limit(Math.max(0, least - subset.size())).forEach(filled::add);
        }
        return filled;
    }

    /** All subsets of what is named, while these are few, and each option alone. */
    private static Stream<Set<String>> subsets(List<String> named, List<String> all) {
        var few = named.stream().limit(8).toList();
        var subsets = IntStream.range(0, 1 << few.size()).mapToObj(bits -> {
            Set<String> subset = new LinkedHashSet<>();
            for (int at = 0; at < few.size(); at++) {
                if ((bits & (1 << at)) != 0) {
                    subset.add(few.get(at));
                }
            }
            return subset;
        });
        return Stream.of(subsets, all.stream().map(Set::of), Stream.of(new LinkedHashSet<>(named)))
                .flatMap(stream -> stream);
    }

    private static Stream<Answer.Ranked> ranked(Question.Ranking ranking, List<Test> tests) {
        var all = ranking.options().stream().map(Option::key).toList();
        var named = named(tests).stream().filter(all::contains).toList();
        return subsets(named, all)
                .flatMap(subset -> all.stream().map(first -> {
                    var order = new LinkedHashSet<String>();
                    order.add(first);
                    order.addAll(subset);
                    return List.copyOf(order);
                }))
                .filter(order -> order.size() <= ranking.places())
                .map(Answer.Ranked::new);
    }

    private static Stream<BigDecimal> amounts(Question.Figure figure, List<Test> tests) {
        var step = BigDecimal.ONE.movePointLeft(figure.decimals());
        var bounds = Stream.of(figure.least(), figure.most()).filter(Objects::nonNull);
        return Stream.concat(bounds, boundaries(tests, step))
                .flatMap(number -> Stream.of(
                        number.setScale(figure.decimals(), RoundingMode.FLOOR),
                        number.setScale(figure.decimals(), RoundingMode.CEILING)))
                .filter(number -> figure.least() == null || number.compareTo(figure.least()) >= 0)
                .filter(number -> figure.most() == null || number.compareTo(figure.most()) <= 0);
    }

    private static Stream<LocalDate> days(Question.Date date, List<Test> tests) {
        var named = tests.stream()
                .flatMap(test -> day(test).stream())
                .flatMap(day -> Stream.of(day.minusDays(1), day, day.plusDays(1)));
        var bounds = Stream.of(date.earliest(), date.latest()).filter(Objects::nonNull);
        return Stream.of(named, bounds, Stream.of(LocalDate.of(2020, 1, 1)))
                .flatMap(stream -> stream)
                .filter(day -> date.earliest() == null || !day.isBefore(date.earliest()))
                .filter(day -> date.latest() == null || !day.isAfter(date.latest()));
    }

    private static List<LocalDate> day(Test test) {
        try {
            return test.value() == null
                    ? List.of()
                    : List.of(LocalDate.parse(test.value().text()));
        } catch (DateTimeException e) {
            return List.of();
        }
    }

    private List<Seen> variable(String key) {
        return definition.variables().stream()
                .filter(variable -> variable.key().equals(key))
                .flatMap(variable -> Stream.concat(
                        variable.cases().stream().map(Variable.Case::value), Stream.of(variable.otherwise())))
                .map(Seen::value)
                .toList();
    }

    private static List<Seen> known(Known known, List<Test> tests) {
        return switch (known) {
            case SCORE -> boundaries(tests, BigDecimal.ONE).map(Seen::number).toList();
            case AMOUNT -> facts(numbers(tests, new BigDecimal("0.01")).filter(seen -> true));
            case STAGE, DELIVERY ->
                facts(Objects.requireNonNull(Comparison.of(known).words()).stream()
                        .map(Seen::text));
            case LANGUAGE -> facts(typed(tests).map(Seen::language));
            case CHANNEL, COUNTRY, LINE_SKU, LINE_CATEGORY -> facts(words(tests));
            case PRODUCT, CATEGORY -> {
                var all = new ArrayList<>(named(tests));
                all.add(SOMETHING_ELSE);
                yield facts(subsets(all, all).filter(set -> !set.isEmpty()).map(Seen::several));
            }
        };
    }

    private static List<Seen> facts(Stream<Seen> known) {
        return Stream.concat(Stream.of(Seen.UNKNOWN), known).toList();
    }

    private static Stream<Seen> words(List<Test> tests) {
        return typed(tests).map(Seen::text);
    }

    private static Stream<Seen> numbers(List<Test> tests, BigDecimal step) {
        return boundaries(tests, step).map(number -> Seen.text(number.toPlainString()));
    }

    private static Stream<BigDecimal> boundaries(List<Test> tests, BigDecimal step) {
        var named = tests.stream()
                .flatMap(test -> test.value() instanceof Condition.Figure figure
                        ? Stream.of(
                                figure.number().subtract(step),
                                figure.number(),
                                figure.number().add(step))
                        : Stream.empty());
        return Stream.concat(named, Stream.of(BigDecimal.ZERO, BigDecimal.ONE));
    }

    /** What is named, all that is named in one, and something else. */
    private static Stream<String> typed(Collection<Test> tests) {
        var named = named(tests);
        return Stream.concat(named.stream(), Stream.of(String.join(" ", named) + SOMETHING_ELSE, SOMETHING_ELSE));
    }

    private static Set<String> named(Collection<Test> tests) {
        var named = new LinkedHashSet<String>();
        for (var test : tests) {
            if (test.value() != null) {
                named.add(test.value().text());
            }
        }
        return named;
    }
}
