package dev.afterword.db.survey;

import dev.afterword.db.Rejected;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one raw value, which is not blank, as the answer to a question of any type. */
final class RawValues {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]+\\.[^\\s@,;<>\".]{2,}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
    /** Not where three digits follow: that may be a thousand. */
    private static final Pattern COMMA = Pattern.compile("-?[0-9]{1,20},(?![0-9]{3}$)[0-9]{1,20}");

    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0");

    private RawValues() {}

    static Answer read(Question question, Slot slot, Object raw, @Nullable Object other) {
        return switch (question) {
            case Question.Scale scale -> new Answer.Score(integer(slot, raw, scale.from(), scale.to()));
            case Question.SingleChoice single -> choice(single, slot, raw, other);
            case Question.MultipleChoice multiple -> choices(multiple, slot, raw, other);
            case Question.Matrix matrix -> new Answer.Choice(known(matrix.columns(), slot, option(slot, raw)), null);
            case Question.Ranking ranking -> ranked(ranking, slot, raw);
            case Question.Email email -> address(words(slot, raw, email.longest()), slot);
            case Question.Typed typed -> new Answer.Words(words(slot, raw, typed.longest()));
            case Question.Figure figure -> amount(figure, slot, raw);
            case Question.Date date -> day(date, slot, raw);
            case Question.Consent _ -> agreed(slot, raw);
            case Question.Statement _ -> throw new Rejected("answer.takes-none", AnswerReader.field(slot));
        };
    }

    static int integer(Slot slot, Object raw, int from, int to) {
        BigDecimal number;
        try {
            number = switch (raw) {
                case Number given -> new BigDecimal(given.toString());
                case String given when INTEGER.matcher(given.strip()).matches() -> new BigDecimal(given.strip());
                default -> throw new Rejected("answer.not-integer", AnswerReader.field(slot), from, to);
            };
        } catch (NumberFormatException e) {
            throw new Rejected("answer.not-integer", AnswerReader.field(slot), from, to);
        }
        if (number.compareTo(BigDecimal.valueOf(from)) < 0 || number.compareTo(BigDecimal.valueOf(to)) > 0) {
            throw new Rejected("answer.out-of-range", AnswerReader.field(slot), from, to);
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw new Rejected("answer.not-integer", AnswerReader.field(slot), from, to);
        }
        return number.intValueExact();
    }

    private static String words(Slot slot, Object raw, int longest) {
        if (!(raw instanceof String text)) {
            throw new Rejected("answer.not-text", AnswerReader.field(slot));
        }
        // Browsers send line ends as CR LF; they count as one character, as the page's own counter does.
        var words = text.replace("\r\n", "\n").strip();
        if (words.indexOf('\0') >= 0) {
            throw new Rejected("answer.unreadable", AnswerReader.field(slot));
        }
        if (words.length() > longest) {
            throw new Rejected("answer.too-long", AnswerReader.field(slot), longest, words.length());
        }
        return words;
    }

    private static @Nullable String typed(Slot slot, @Nullable Object other) {
        return other == null || AnswerReader.isBlank(other)
                ? null
                : words(slot.row(Option.OTHER), other, Question.ShortText.MAX_LENGTH);
    }

    private static Answer choice(Question.SingleChoice single, Slot slot, Object raw, @Nullable Object other) {
        var typed = typed(slot, other);
        // Whoever typed something beside “other” has chosen it.
        var option = AnswerReader.isBlank(raw) ? Option.OTHER : option(slot, raw);
        if (!single.has(option)) {
            throw unknown(slot, option);
        }
        return new Answer.Choice(option, option.equals(Option.OTHER) ? typed : null);
    }

    private static Answer choices(Question.MultipleChoice multiple, Slot slot, Object raw, @Nullable Object other) {
        var typed = typed(slot, other);
        var chosen = new LinkedHashSet<>(options(slot, raw));
        if (typed != null) {
            chosen.add(Option.OTHER);
        }
        // Nothing but separators.
        if (chosen.isEmpty()) {
            return new Answer.Skipped();
        }
        for (var option : chosen) {
            if (!multiple.has(option)) {
                throw unknown(slot, option);
            }
        }
        var exclusive = multiple.options().stream()
                .filter(option -> option.exclusive() && chosen.contains(option.key()))
                .findFirst();
        if (exclusive.isPresent() && chosen.size() > 1) {
            throw new Rejected(
                    "answer.exclusive",
                    AnswerReader.field(slot),
                    exclusive.get().key());
        }
        if (exclusive.isEmpty() && chosen.size() < multiple.least()) {
            throw new Rejected("answer.too-few", AnswerReader.field(slot), multiple.least());
        }
        var most = multiple.most();
        if (most != null && chosen.size() > most) {
            throw new Rejected("answer.too-many", AnswerReader.field(slot), most);
        }
        var inOrder = new ArrayList<String>();
        multiple.options().stream().map(Option::key).filter(chosen::contains).forEach(inOrder::add);
        if (chosen.contains(Option.OTHER) && !inOrder.contains(Option.OTHER)) {
            inOrder.add(Option.OTHER);
        }
        return new Answer.Choices(inOrder, typed);
    }

    private static Answer ranked(Question.Ranking ranking, Slot slot, Object raw) {
        var options = options(slot, raw);
        if (options.isEmpty()) {
            return new Answer.Skipped();
        }
        options.forEach(option -> known(ranking.options(), slot, option));
        if (Set.copyOf(options).size() < options.size()) {
            throw new Rejected("answer.ranked-twice", AnswerReader.field(slot), 1);
        }
        if (options.size() > ranking.places()) {
            throw new Rejected("answer.too-many", AnswerReader.field(slot), ranking.places());
        }
        return new Answer.Ranked(options);
    }

    private static String option(Slot slot, Object raw) {
        return switch (raw) {
            case String text -> text.strip();
            case Number number -> number.toString();
            case Collection<?> one
            when one.size() == 1 -> option(slot, String.valueOf(one.iterator().next()));
            default -> throw new Rejected("answer.not-one-option", AnswerReader.field(slot));
        };
    }

    private static List<String> options(Slot slot, Object raw) {
        return switch (raw) {
            case String text ->
                Arrays.stream(text.split("[,;\n]", -1))
                        .map(String::strip)
                        .filter(option -> !option.isEmpty())
                        .toList();
            case Number number -> List.of(number.toString());
            case Collection<?> several ->
                several.stream()
                        .filter(one -> !AnswerReader.isBlank(one))
                        .map(one -> option(slot, one))
                        .toList();
            default -> throw new Rejected("answer.not-options", AnswerReader.field(slot));
        };
    }

    private static String known(List<Option> options, Slot slot, String key) {
        if (options.stream().noneMatch(option -> option.key().equals(key))) {
            throw unknown(slot, key);
        }
        return key;
    }

    private static Rejected unknown(Slot slot, String option) {
        return new Rejected(
                "answer.option-unknown",
                AnswerReader.field(slot),
                option.length() <= 60 ? option : option.substring(0, 60) + "…");
    }

    private static Answer amount(Question.Figure figure, Slot slot, Object raw) {
        var digits = western(raw.toString().strip());
        if (raw instanceof String && COMMA.matcher(digits).matches()) {
            digits = digits.replace(',', '.');
        }
        if (raw instanceof Number
                || (raw instanceof String && DECIMAL.matcher(digits).matches())) {
            return new Answer.Amount(within(figure, slot, number(slot, digits)));
        }
        throw new Rejected("answer.not-number", AnswerReader.field(slot));
    }

    /** Phones that speak Arabic, Persian or Hindi type figures and a decimal sign of their own. */
    private static String western(String typed) {
        var digits = new StringBuilder();
        typed.codePoints().map(RawValues::western).forEach(digits::appendCodePoint);
        return digits.toString();
    }

    private static int western(int typed) {
        if (Character.isDigit(typed)) {
            return '0' + Character.digit(typed, 10);
        }
        return switch (typed) {
            case '\u066b' -> '.';
            case '\u060c' -> ',';
            case '\u2212' -> '-';
            default -> typed;
        };
    }

    private static BigDecimal number(Slot slot, String digits) {
        try {
            var number = new BigDecimal(digits);
            if (number.precision() <= 40 && Math.abs(number.scale()) <= 40) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Rejected("answer.not-number", AnswerReader.field(slot));
        }
        throw new Rejected("answer.not-number", AnswerReader.field(slot));
    }

    private static BigDecimal within(Question.Figure figure, Slot slot, BigDecimal number) {
        if (number.stripTrailingZeros().scale() > figure.decimals()) {
            throw new Rejected("answer.too-many-decimals", AnswerReader.field(slot), figure.decimals());
        }
        var least = figure.least();
        if (least != null && number.compareTo(least) < 0) {
            throw new Rejected("answer.too-small", AnswerReader.field(slot), least.toPlainString());
        }
        var most = figure.most();
        if (most != null && number.compareTo(most) > 0) {
            throw new Rejected("answer.too-large", AnswerReader.field(slot), most.toPlainString());
        }
        return number;
    }

    private static Answer day(Question.Date date, Slot slot, Object raw) {
        LocalDate day;
        try {
            day = LocalDate.parse(raw instanceof String text ? text.strip() : "");
        } catch (DateTimeException e) {
            throw new Rejected("answer.not-a-day", AnswerReader.field(slot));
        }
        if (day.getYear() < 1900 || day.getYear() > 2200) {
            throw new Rejected("answer.not-a-day", AnswerReader.field(slot));
        }
        var earliest = date.earliest();
        if (earliest != null && day.isBefore(earliest)) {
            throw new Rejected("answer.too-early", AnswerReader.field(slot), earliest.toString());
        }
        var latest = date.latest();
        if (latest != null && day.isAfter(latest)) {
            throw new Rejected("answer.too-late", AnswerReader.field(slot), latest.toString());
        }
        return new Answer.Day(day);
    }

    private static Answer agreed(Slot slot, Object raw) {
        var said = raw.toString().strip().toLowerCase(Locale.ROOT);
        if (YES.contains(said)) {
            return new Answer.Agreed(true);
        }
        if (NO.contains(said)) {
            return new Answer.Agreed(false);
        }
        throw new Rejected("answer.not-yes-or-no", AnswerReader.field(slot));
    }

    private static Answer address(String words, Slot slot) {
        if (!ADDRESS.matcher(words).matches()) {
            throw new Rejected("answer.not-an-address", AnswerReader.field(slot));
        }
        return new Answer.Words(words);
    }
}
