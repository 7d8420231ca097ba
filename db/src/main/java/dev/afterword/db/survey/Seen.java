package dev.afterword.db.survey;

import dev.afterword.db.survey.Condition.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a condition sees of its subject.
 *
 * @param exact what {@code is} compares with
 * @param words all that was chosen, ranked, bought or said
 */
record Seen(
        State state,
        Set<String> exact,
        List<String> words,
        @Nullable BigDecimal number,
        @Nullable LocalDate day) {
    static final Seen HIDDEN = nothing(State.HIDDEN);
    static final Seen UNKNOWN = nothing(State.SKIPPED);

    /** Whether there is something to compare. */
    enum State {
        HIDDEN,
        SKIPPED,
        NOT_APPLICABLE,
        ANSWERED
    }

    private static Seen nothing(State state) {
        return new Seen(state, Set.of(), List.of(), null, null);
    }

    static Seen number(long number) {
        return number(BigDecimal.valueOf(number));
    }

    static Seen number(BigDecimal number) {
        var words = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        return new Seen(State.ANSWERED, Set.of(words), List.of(words), number, null);
    }

    /** A fact in words, which may be a number too. */
    static Seen text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return UNKNOWN;
        }
        return new Seen(
                State.ANSWERED,
                Set.of(text),
                List.of(text),
                text.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?") ? new BigDecimal(text) : null,
                null);
    }

    /** A language with and without its region. */
    static Seen language(@Nullable String tag) {
        if (tag == null || tag.isBlank()) {
            return UNKNOWN;
        }
        var bare = Locale.forLanguageTag(tag).getLanguage();
        return new Seen(
                State.ANSWERED, bare.equals(tag) ? Set.of(tag) : Set.of(tag, bare), List.of(tag, bare), null, null);
    }

    static Seen several(Collection<String> words) {
        return words.isEmpty()
                ? UNKNOWN
                : new Seen(
                        State.ANSWERED,
                        words.size() == 1 ? Set.copyOf(words) : Set.of(),
                        List.copyOf(words),
                        null,
                        null);
    }

    static Seen value(Value value) {
        return switch (value) {
            case Condition.Figure figure -> number(figure.number());
            case Condition.Text text -> text(text.text());
            case Condition.Flag flag -> text(flag.text());
        };
    }

    static Seen answer(@Nullable Answer answer) {
        return switch (answer) {
            case null -> nothing(State.SKIPPED);
            case Answer.Skipped _ -> nothing(State.SKIPPED);
            case Answer.NotApplicable _ -> nothing(State.NOT_APPLICABLE);
            case Answer.Score score -> number(score.number());
            case Answer.Amount amount -> number(amount.number());
            case Answer.Choice choice ->
                new Seen(
                        State.ANSWERED,
                        Set.of(choice.option()),
                        choice.other() == null ? List.of(choice.option()) : List.of(choice.option(), choice.other()),
                        null,
                        null);
            case Answer.Choices choices -> several(choices.options());
            case Answer.Ranked ranked ->
                new Seen(State.ANSWERED, Set.of(ranked.options().getFirst()), ranked.options(), null, null);
            case Answer.Words words ->
                new Seen(State.ANSWERED, Set.of(words.text()), List.of(words.text()), null, null);
            case Answer.Day day ->
                new Seen(
                        State.ANSWERED,
                        Set.of(day.date().toString()),
                        List.of(day.date().toString()),
                        null,
                        day.date());
            case Answer.Agreed agreed -> {
                var given = Boolean.toString(agreed.given());
                yield new Seen(State.ANSWERED, Set.of(given), List.of(given), null, null);
            }
        };
    }

    boolean holds(Condition.Test test) {
        var value = test.value();
        return switch (test.operator()) {
            case ANSWERED -> state == State.ANSWERED;
            case SKIPPED -> state == State.SKIPPED;
            case IS -> state == State.ANSWERED && value != null && is(value);
            case IS_NOT -> state == State.ANSWERED && value != null && !is(value);
            case AT_LEAST -> state == State.ANSWERED && value != null && atLeast(value);
            case AT_MOST -> state == State.ANSWERED && value != null && atMost(value);
            case INCLUDES -> state == State.ANSWERED && value != null && words.contains(value.text());
            case INCLUDES_NONE -> state == State.ANSWERED && value != null && !words.contains(value.text());
            case CONTAINS -> state == State.ANSWERED && value != null && contains(value.text());
        };
    }

    private boolean is(Value value) {
        return exact.contains(value.text())
                || (number != null
                        && value instanceof Condition.Figure figure
                        && number.compareTo(figure.number()) == 0);
    }

    private boolean atLeast(Value value) {
        var since = day(value);
        return day != null
                ? since != null && !day.isBefore(since)
                : number != null && value instanceof Condition.Figure figure && number.compareTo(figure.number()) >= 0;
    }

    private boolean atMost(Value value) {
        var until = day(value);
        return day != null
                ? until != null && !day.isAfter(until)
                : number != null && value instanceof Condition.Figure figure && number.compareTo(figure.number()) <= 0;
    }

    private boolean contains(String part) {
        return words.stream().anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable LocalDate day(Value value) {
        try {
            return value instanceof Condition.Text text ? LocalDate.parse(text.text()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
