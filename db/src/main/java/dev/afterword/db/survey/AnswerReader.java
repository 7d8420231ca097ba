package dev.afterword.db.survey;

import dev.afterword.db.Rejected;
import dev.afterword.db.survey.SurveyDefinition.Checked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads raw answers, as they came from JSON, CSV or a form, against what was asked. */
final class AnswerReader {
    private static final Pattern ITEM = Pattern.compile("[0-9]{1,4}");
    private static final Set<String> CHOSEN = Set.of("", "option", "options");
    private static final int DEPTH = 3;

    private final SurveyDefinition definition;
    private final Map<Slot, @Nullable Object> raw = new LinkedHashMap<>();
    private final Map<Slot, Answer> answers = new LinkedHashMap<>();
    private final List<Rejected> problems = new ArrayList<>();
    private final Set<Slot> whole = new HashSet<>();

    private AnswerReader(SurveyDefinition definition) {
        this.definition = definition;
    }

    static Checked check(SurveyDefinition definition, Map<String, ? extends @Nullable Object> raw) {
        var reader = new AnswerReader(definition);
        raw.forEach((name, value) -> reader.flatten(name, value, 1));
        reader.raw.keySet().forEach(reader::take);
        return new Checked(reader.answers, reader.problems);
    }

    /** Rows and lines of the order may be members of an object: {@code {"features": {"speed": "good"}}} is {@code {"features.speed": "good"}}. */
    private void flatten(String name, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> members && !members.isEmpty() && depth <= DEPTH) {
            members.forEach((member, inner) -> flatten(join(name, String.valueOf(member)), inner, depth + 1));
        } else {
            raw.put(Slot.parse(name), value);
        }
    }

    private static String join(String name, String member) {
        var at = name.indexOf('@');
        if (member.startsWith("@")) {
            return name + member;
        }
        return at < 0 ? name + "." + member : name.substring(0, at) + "." + member + name.substring(at);
    }

    private void take(Slot slot) {
        try {
            var question = definition.question(slot.question()).orElseThrow(() -> unknown(slot));
            var repeated = definition.isRepeated(question);
            if (repeated && !ITEM.matcher(slot.item()).matches()) {
                throw new Rejected("answer.item-needed", field(slot), slot.question());
            }
            if (!repeated && !slot.item().isEmpty()) {
                throw unknown(slot);
            }
            switch (question) {
                case Question.Matrix matrix -> matrix(matrix, slot);
                case Question.Choosing choosing -> choosing(choosing, slot);
                case Question.Ranking ranking -> ranking(ranking, slot);
                case Question.Statement _ -> {
                    if (!isBlank(raw.get(slot))) {
                        throw new Rejected("answer.takes-none", field(slot));
                    }
                }
                case Question.Scale _, Question.Typed _, Question.Figure _, Question.Date _, Question.Consent _ -> {
                    if (!slot.row().isEmpty()) {
                        throw unknown(slot);
                    }
                    answers.put(slot, read(question, slot, raw.get(slot), null));
                }
            }
        } catch (Rejected problem) {
            problems.add(problem);
        }
    }

    private void matrix(Question.Matrix matrix, Slot slot) {
        var given = raw.get(slot);
        if (slot.row().isEmpty()) {
            if (!isBlank(given) && !isNotApplicable(matrix, given)) {
                throw new Rejected("answer.row-needed", field(slot), slot.question());
            }
            matrix.rows().forEach(row -> answers.putIfAbsent(slot.row(row.key()), read(matrix, slot, given, null)));
        } else if (matrix.rows().stream().noneMatch(row -> row.key().equals(slot.row()))) {
            throw new Rejected("answer.row-unknown", field(slot), slot.row());
        } else {
            answers.put(slot, read(matrix, slot, given, null));
        }
    }

    /** The option and the words beside “other” come apart, and are one answer. */
    private void choosing(Question.Choosing choosing, Slot slot) {
        var place = slot.row("");
        if (!CHOSEN.contains(slot.row()) && !(slot.row().equals(Option.OTHER) && choosing.other() != null)) {
            throw unknown(slot);
        }
        if (whole.add(place)) {
            var chosen = CHOSEN.stream()
                    .map(place::row)
                    .filter(raw::containsKey)
                    .findFirst()
                    .map(raw::get)
                    .orElse(null);
            answers.put(place, read(choosing, place, chosen, raw.get(place.row(Option.OTHER))));
        }
    }

    /** Options may come as a list, or each with its place. */
    private void ranking(Question.Ranking ranking, Slot slot) {
        var place = slot.row("");
        if (slot.row().isEmpty()) {
            answers.put(slot, read(ranking, slot, raw.get(slot), null));
        } else if (ranking.options().stream().noneMatch(option -> option.key().equals(slot.row()))) {
            throw new Rejected("answer.option-unknown", field(slot), slot.row());
        } else if (whole.add(place)) {
            var places = new TreeMap<Integer, String>();
            for (var option : ranking.options()) {
                var given = raw.get(place.row(option.key()));
                if (given != null && !isBlank(given)) {
                    var number = RawValues.integer(place.row(option.key()), given, 1, ranking.places());
                    if (places.put(number, option.key()) != null) {
                        throw new Rejected("answer.ranked-twice", field(place), number);
                    }
                }
            }
            answers.put(place, read(ranking, place, List.copyOf(places.values()), null));
        }
    }

    /** Reads the answer to one slot. */
    static Answer read(Question question, Slot slot, @Nullable Object raw, @Nullable Object other) {
        if (isNotApplicable(question, raw)) {
            return new Answer.NotApplicable();
        }
        if (isBlank(raw) && isBlank(other)) {
            return new Answer.Skipped();
        }
        return RawValues.read(question, slot, raw == null ? "" : raw, other);
    }

    private static boolean isNotApplicable(Question question, @Nullable Object raw) {
        return question.asking().notApplicable()
                && raw instanceof String text
                && text.strip().equalsIgnoreCase(SurveyDefinition.NOT_APPLICABLE);
    }

    static boolean isBlank(@Nullable Object raw) {
        return switch (raw) {
            case null -> true;
            case String text -> text.isBlank();
            case Collection<?> items -> items.stream().allMatch(AnswerReader::isBlank);
            default -> false;
        };
    }

    static String field(Slot slot) {
        return "answers." + slot;
    }

    private static Rejected unknown(Slot slot) {
        return new Rejected("answer.question-unknown", field(slot), slot.toString());
    }
}
