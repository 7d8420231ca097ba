package dev.afterword.db.response.export;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked under each column, and what each code means.
 *
 * @param languages in which anything is written
 * @param lines each with the numbers of the versions that have it just so
 */
record CodeBook(Set<String> languages, Map<Entry, List<Integer>> lines) {
    /**
     * A column, or one code in it.
     *
     * @param code of an answer; empty where the line is about the whole column
     * @param about the unit, purpose or end of a scale
     */
    record Entry(
            String column,
            String type,
            String required,
            String repeated,
            String code,
            String least,
            String most,
            String about,
            Texts text) {}

    /** From all versions of a survey, the newest first. */
    static CodeBook of(List<SurveyVersion> versions) {
        var book = new CodeBook(new LinkedHashSet<>(), new LinkedHashMap<>());
        for (var version : versions) {
            book.languages.addAll(version.definition().languages());
            version.definition().questions().forEach(question -> book.add(version, question));
        }
        book.lines
                .keySet()
                .forEach(
                        entry -> book.languages.addAll(entry.text().byLanguage().keySet()));
        return book;
    }

    private void add(SurveyVersion version, Question question) {
        var slot = Slot.of(question.key());
        switch (question) {
            case Question.Scale scale -> {
                column(version, question, slot, scale.from(), scale.to(), "", question.text());
                code(version, question, slot, Integer.toString(scale.from()), scale.low());
                code(version, question, slot, Integer.toString(scale.to()), scale.high());
            }
            case Question.Matrix matrix -> {
                for (var row : matrix.rows()) {
                    column(
                            version,
                            question,
                            slot.row(row.key()),
                            null,
                            null,
                            row.text().in("", ""),
                            question.text());
                    options(version, question, slot.row(row.key()), matrix.columns());
                }
            }
            case Question.OfOptions several -> {
                column(version, question, slot, least(question), most(question), "", question.text());
                options(version, question, slot, several.options());
                if (several instanceof Question.Choosing choosing && choosing.other() != null) {
                    code(version, question, slot, Option.OTHER, choosing.other());
                    column(version, question, slot.row(Option.OTHER), null, null, "", choosing.other());
                }
            }
            case Question.Figure figure -> {
                var unit = figure.unit();
                column(
                        version,
                        question,
                        slot,
                        figure.least(),
                        figure.most(),
                        unit == null ? "" : unit.in("", ""),
                        question.text());
            }
            case Question.Date date ->
                column(version, question, slot, date.earliest(), date.latest(), "", question.text());
            case Question.Consent consent -> {
                column(version, question, slot, null, null, consent.purpose(), question.text());
                code(version, question, slot, "true", Texts.NONE);
                code(version, question, slot, "false", Texts.NONE);
            }
            case Question.Typed _ -> column(version, question, slot, null, null, "", question.text());
            case Question.Statement _ -> {}
        }
        if (question.asking().notApplicable()) {
            code(version, question, slot, SurveyDefinition.NOT_APPLICABLE, Texts.NONE);
        }
        if (!(question instanceof Question.Statement)) {
            code(version, question, slot, Values.SKIPPED, Texts.NONE);
        }
    }

    private static @Nullable Integer least(Question question) {
        return question instanceof Question.MultipleChoice multiple && multiple.least() > 0 ? multiple.least() : null;
    }

    private static @Nullable Integer most(Question question) {
        return switch (question) {
            case Question.MultipleChoice multiple -> multiple.most();
            case Question.Ranking ranking -> ranking.places();
            default -> null;
        };
    }

    private void options(SurveyVersion version, Question question, Slot slot, List<Option> options) {
        options.forEach(option -> code(version, question, slot, option.key(), option.text()));
    }

    private void column(
            SurveyVersion version,
            Question question,
            Slot slot,
            @Nullable Object least,
            @Nullable Object most,
            String about,
            Texts text) {
        add(
                version,
                new Entry(
                        "answers." + slot,
                        question.type().code(),
                        Boolean.toString(question.asking().required()),
                        Boolean.toString(version.definition().isRepeated(question)),
                        "",
                        least == null ? "" : least.toString(),
                        most == null ? "" : most.toString(),
                        about,
                        text));
    }

    private void code(SurveyVersion version, Question question, Slot slot, String code, Texts text) {
        add(version, new Entry("answers." + slot, question.type().code(), "", "", code, "", "", "", text));
    }

    private void add(SurveyVersion version, Entry entry) {
        var numbers = lines.computeIfAbsent(entry, none -> new ArrayList<>());
        numbers.add(version.number());
    }
}
