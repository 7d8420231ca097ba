package dev.afterword.db.response.mapping;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what stands in foreign cells: words of options for their keys, “9 - very likely” for 9, times without a zone. What it cannot read stays as it is, and is refused later by its field. */
final class MappedValues {
    private static final Pattern POINT = Pattern.compile("(-?[0-9]{1,3})(?![0-9.,/:-]).*", Pattern.DOTALL);
    private static final Pattern DAY = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})([T ].*)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{10}");
    private static final Pattern LOCAL = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)(\\s*UTC)?");
    private static final Set<String> YES = Set.of("y", "yes", "true", "1", "x", "checked", "selected");
    private static final Set<String> NO = Set.of("n", "no", "false", "0", "2", "unchecked");

    private MappedValues() {}

    /** An instant in ISO 8601. */
    static String time(String text, ZoneId zone) {
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text)).toString();
        }
        try {
            var local = LOCAL.matcher(text);
            if (local.matches()) {
                var at = LocalDateTime.parse(
                        local.group(1) + "T" + local.group(2), DateTimeFormatter.ISO_LOCAL_DATE_TIME);
                return at.atZone(local.group(3) == null ? zone : ZoneId.of("UTC"))
                        .toInstant()
                        .toString();
            }
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant().toString()
                    : text;
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** Whether a cell says that an option was chosen: yes, or the option itself. */
    static boolean isChosen(String text, String option, Question question) {
        var lower = text.toLowerCase(Locale.ROOT);
        return !NO.contains(lower)
                && (YES.contains(lower)
                        || key(options(question), text).map(option::equals).orElse(true));
    }

    /** The answer to a place as {@link dev.afterword.db.survey.SurveyDefinition#check} reads it: a text or a list of keys. */
    static Object answer(Question question, Slot slot, String text) {
        return switch (question) {
            case Question.Scale _ -> {
                var point = POINT.matcher(text);
                yield point.matches() ? point.group(1) : text;
            }
            case Question.Choosing _ when slot.row().equals(Option.OTHER) -> text;
            case Question.SingleChoice single -> key(single.options(), text).orElse(text);
            case Question.MultipleChoice multiple -> keys(multiple.options(), text);
            case Question.Ranking ranking -> slot.row().isEmpty() ? keys(ranking.options(), text) : text;
            case Question.Matrix matrix -> key(matrix.columns(), text).orElse(text);
            case Question.Date _ -> {
                var day = DAY.matcher(text);
                yield day.matches() ? day.group(1) : text;
            }
            case Question.Consent _ -> {
                var lower = text.toLowerCase(Locale.ROOT);
                yield YES.contains(lower) ? "true" : NO.contains(lower) ? "false" : text;
            }
            case Question.Typed _, Question.Figure _, Question.Statement _ -> text;
        };
    }

    private static List<String> keys(List<Option> options, String text) {
        var whole = key(options, text);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        return Arrays.stream(text.split(text.indexOf(';') >= 0 ? ";" : ",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> key(options, part).orElse(part))
                .toList();
    }

    /** The option of that key, or whose words in any language these are. */
    private static Optional<String> key(List<Option> options, String text) {
        return options.stream()
                .filter(option -> option.key().equals(text))
                .findFirst()
                .or(() -> options.stream()
                        .filter(option -> option.text().byLanguage().values().stream()
                                .anyMatch(words -> words.strip().equalsIgnoreCase(text)))
                        .findFirst())
                .map(Option::key);
    }

    private static List<Option> options(Question question) {
        return question instanceof Question.OfOptions several ? several.options() : List.of();
    }
}
