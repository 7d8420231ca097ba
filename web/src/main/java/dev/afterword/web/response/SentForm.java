package dev.afterword.web.response;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.util.MultiValueMap;

/**
 * What a screen sent: the answers to what it showed, as far as they can be kept, and what is wrong with the others.
 *
 * @param shown the names of the steps that stood on the screen
 * @param fields everything as it was sent
 * @param answers what may be kept
 * @param problems by the text form of slots
 */
record SentForm(List<String> shown, AnswerFields fields, Map<Slot, Answer> answers, Map<String, Form.Wrong> problems) {
    /** The field that names what stood on the screen; no question can have this key. */
    static final String SHOWN = "_shown";

    static SentForm of(SurveyDefinition definition, List<String> shown, MultiValueMap<String, String> form) {
        var fields = AnswerFields.none();
        var problems = new LinkedHashMap<String, Form.Wrong>();
        for (var name : shown) {
            var slot = Slot.parse(name);
            definition.question(slot.question()).ifPresent(question -> {
                if (!read(question, slot, form, fields)) {
                    problems.put(name, wrong("exclusive"));
                }
            });
        }
        var checked = definition.check(fields.raw());
        for (var rejected : checked.problems()) {
            var field = Objects.requireNonNull(rejected.field());
            problems.putIfAbsent(
                    field.substring("answers.".length()),
                    new Form.Wrong(
                            "answer.error." + rejected.code().substring("answer.".length()), rejected.arguments()));
        }
        var answers = new HashMap<>(checked.answers());
        answers.keySet().removeIf(slot -> problems.containsKey(slot.toString()));
        return new SentForm(shown, fields, answers, problems);
    }

    static Form.Wrong wrong(String error) {
        return new Form.Wrong("answer.error." + error, List.of());
    }

    /** False where “does not apply” came together with something else. */
    private static boolean read(Question question, Slot slot, MultiValueMap<String, String> form, AnswerFields fields) {
        var names = new ArrayList<String>();
        switch (question) {
            case Question.Statement _ -> {
                return true;
            }
            case Question.Matrix matrix ->
                matrix.rows().forEach(row -> names.add(slot.row(row.key()).toString()));
            case Question.Ranking ranking ->
                ranking.options()
                        .forEach(option -> names.add(slot.row(option.key()).toString()));
            case Question.Choosing choosing
            when choosing.other() != null -> names.add(slot.row(Option.OTHER).toString());
            case Question.Scale _,
                    Question.Choosing _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _ -> {}
        }
        var own = given(form, slot.toString());
        var none = own.contains(SurveyDefinition.NOT_APPLICABLE);
        var said = own.stream().anyMatch(value -> !value.equals(SurveyDefinition.NOT_APPLICABLE));
        for (var name : names) {
            var values = given(form, name);
            said = said || !values.isEmpty();
            if (!values.isEmpty() || question instanceof Question.Matrix) {
                fields.put(name, values.isEmpty() ? List.of("") : values);
            }
        }
        var rows = question instanceof Question.Matrix || question instanceof Question.Ranking;
        if (!rows || none || !said) {
            fields.put(slot.toString(), own.isEmpty() ? List.of("") : own);
        }
        if (question instanceof Question.Matrix && !none) {
            fields.remove(slot.toString());
        }
        return !(none && said);
    }

    private static List<String> given(MultiValueMap<String, String> form, String name) {
        return form.getOrDefault(name, List.of()).stream()
                .filter(value -> value != null && !value.isBlank())
                .toList();
    }
}
