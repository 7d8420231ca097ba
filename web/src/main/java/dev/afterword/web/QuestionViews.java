package dev.afterword.web;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Walk;
import dev.afterword.web.QuestionView.Field;
import dev.afterword.web.QuestionView.Grid;
import dev.afterword.web.QuestionView.Options;
import dev.afterword.web.QuestionView.Placed;
import dev.afterword.web.QuestionView.Places;
import dev.afterword.web.QuestionView.Point;
import dev.afterword.web.QuestionView.Points;
import dev.afterword.web.QuestionView.Row;
import dev.afterword.web.QuestionView.Tick;
import dev.afterword.web.QuestionView.Typed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the questions of one way through a survey into what the page shows.
 *
 * @param texts in the language that they are read in
 * @param fields what stands in the fields
 * @param abouts what was bought, by line of the order
 * @param seed whose order of shuffled options it is: the same person always sees the same
 * @param opens the step where the page opens; empty for none
 */
public record QuestionViews(
        Piped texts,
        AnswerFields fields,
        QuestionView.Problems problems,
        Map<String, QuestionView.About> abouts,
        UUID seed,
        String opens) {

    /** The name of a step: its question, and the line of the order. */
    public static String name(Walk.Step step) {
        return slot(step).toString();
    }

    private static Slot slot(Walk.Step step) {
        return new Slot(step.question().key(), "", step.item());
    }

    public QuestionView of(Walk.Step step) {
        var question = step.question();
        var slot = slot(step);
        var name = slot.toString();
        var problem = problem(slot);
        return new QuestionView(
                name,
                id(slot),
                texts.text(question.text(), step.item()),
                texts.text(question.asking().help(), step.item()),
                question.asking().required(),
                (question.asking().notApplicable() && !(question instanceof Question.Statement))
                        ? fields.has(name, SurveyDefinition.NOT_APPLICABLE)
                        : null,
                about(step),
                field(question, slot, name.equals(opens)),
                problem,
                name.equals(opens));
    }

    /** Which product it is; not said twice where the text names it and there is no picture. */
    private QuestionView.@Nullable About about(Walk.Step step) {
        var about = step.item().isEmpty() ? null : abouts.get(step.item());
        return about != null
                        && about.imageUrl() == null
                        && texts.text(step.question().text(), step.item()).contains(about.name())
                ? null
                : about;
    }

    private Form.@Nullable Wrong problem(Slot slot) {
        return problems.bySlot().entrySet().stream()
                .filter(entry -> {
                    var wrong = Slot.parse(entry.getKey());
                    return wrong.question().equals(slot.question())
                            && wrong.item().equals(slot.item());
                })
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Field field(Question question, Slot slot, boolean opened) {
        var name = slot.toString();
        return switch (question) {
            case Question.Scale scale ->
                new Points(
                        look(scale),
                        points(scale, fields.first(name), opened),
                        texts.text(scale.low(), slot.item()),
                        texts.text(scale.high(), slot.item()));
            case Question.Choosing choosing -> options(choosing, slot);
            case Question.Matrix matrix -> grid(matrix, slot);
            case Question.Ranking ranking ->
                new Places(
                        shuffled(ranking.options(), ranking.shuffled(), slot).stream()
                                .map(option -> placed(option, slot))
                                .toList(),
                        ranking.places());
            case Question.ShortText line -> typed("line", name, line.longest(), "", "", "");
            case Question.LongText words -> typed("words", name, words.longest(), "", "", "");
            case Question.Email email -> typed("email", name, email.longest(), "", "", "");
            case Question.Figure figure ->
                typed(
                        "number",
                        name,
                        40,
                        figure.least() == null ? "" : figure.least().toPlainString(),
                        figure.most() == null ? "" : figure.most().toPlainString(),
                        texts.text(figure.unit(), slot.item()));
            case Question.Date date ->
                typed("date", name, 10, Objects.toString(date.earliest(), ""), Objects.toString(date.latest(), ""), "");
            case Question.Consent _ -> new QuestionView.Consent(fields.typed(name));
            case Question.Statement _ -> new QuestionView.Statement();
        };
    }

    private Typed typed(String kind, String name, int longest, String least, String most, String unit) {
        return new Typed(kind, fields.typed(name), longest, least, most, unit);
    }

    private static String look(Question.Scale scale) {
        return switch (scale) {
            case Question.Nps _, Question.Csat _, Question.Ces _ -> "numbers";
            case Question.Stars _ -> "stars";
            case Question.Smileys _ -> "smileys";
            case Question.Thumbs _ -> "thumbs";
        };
    }

    private static List<Point> points(Question.Scale scale, String chosen, boolean opened) {
        var onScale = IntStream.rangeClosed(scale.from(), scale.to())
                .mapToObj(Integer::toString)
                .anyMatch(chosen::equals);
        var focused = onScale ? chosen : Integer.toString(scale.from());
        return IntStream.rangeClosed(scale.from(), scale.to())
                .mapToObj(number -> new Point(
                        number,
                        Integer.toString(number).equals(chosen),
                        opened && Integer.toString(number).equals(focused),
                        mouth((number - scale.from()) * 2.0 / (scale.to() - scale.from()) - 1)))
                .toList();
    }

    /** From -1, the corners down, to 1, the corners up. */
    private static String mouth(double mood) {
        return String.format(Locale.ROOT, "M8 %.1fQ12 %.1f 16 %1$.1f", 15.7 - mood, 15.7 + 2.6 * mood);
    }

    private Options options(Question.Choosing choosing, Slot slot) {
        var name = slot.toString();
        var ticks = new ArrayList<Tick>();
        for (var option : shuffled(choosing.options(), choosing.shuffled(), slot)) {
            ticks.add(tick(option, slot, fields.has(name, option.key())));
        }
        var other = choosing.other();
        var beside = slot.row(Option.OTHER).toString();
        var typed = fields.first(beside);
        if (other != null) {
            // Words stand for “other” only where nothing else was chosen, or several may be.
            var said = !typed.isBlank()
                    && (choosing instanceof Question.MultipleChoice
                            || fields.first(name).isEmpty());
            // Above “none of these”, which stays last.
            var at = ticks.size();
            while (at > 0 && ticks.get(at - 1).alone()) {
                at--;
            }
            ticks.add(
                    at,
                    new Tick(
                            Option.OTHER,
                            texts.text(other, slot.item()),
                            fields.has(name, Option.OTHER) || said,
                            false,
                            true));
        }
        return choosing instanceof Question.MultipleChoice several
                ? new Options(
                        true, ticks, beside, typed, several.least(), Objects.requireNonNullElse(several.most(), 0))
                : new Options(false, ticks, beside, typed, 0, 0);
    }

    private Tick tick(Option option, Slot slot, boolean chosen) {
        return new Tick(option.key(), texts.text(option.text(), slot.item()), chosen, option.exclusive(), false);
    }

    private Grid grid(Question.Matrix matrix, Slot slot) {
        return new Grid(
                shuffled(matrix.rows(), matrix.shuffled(), slot).stream()
                        .map(row -> row(row, slot))
                        .toList(),
                matrix.columns().stream()
                        .map(column -> tick(column, slot, false))
                        .toList());
    }

    private Row row(Option row, Slot slot) {
        var place = slot.row(row.key());
        var name = place.toString();
        return new Row(
                name,
                id(place),
                texts.text(row.text(), slot.item()),
                fields.first(name),
                problems.bySlot().containsKey(name));
    }

    private Placed placed(Option option, Slot slot) {
        var place = slot.row(option.key());
        var given = fields.first(place.toString()).strip();
        return new Placed(
                place.toString(),
                id(place),
                texts.text(option.text(), slot.item()),
                given.matches("[0-9]{1,3}") ? Integer.parseInt(given) : 0);
    }

    /** What excludes the others stays at the end. */
    private List<Option> shuffled(List<Option> options, boolean shuffle, Slot slot) {
        if (!shuffle) {
            return options;
        }
        var mixed = new ArrayList<>(options);
        Collections.shuffle(
                mixed, new Random(seed.hashCode() * 31L + slot.question().hashCode()));
        mixed.sort((one, other) -> Boolean.compare(one.exclusive(), other.exclusive()));
        return mixed;
    }

    private static String id(Slot slot) {
        return "q-" + slot;
    }
}
