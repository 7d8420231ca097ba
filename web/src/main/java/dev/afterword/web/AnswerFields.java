package dev.afterword.web;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers as they stand in the fields of a form: by the text form of their slots, with fields of their own for what is typed beside “other” and for places. */
public final class AnswerFields {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private AnswerFields() {}

    public static AnswerFields none() {
        return new AnswerFields();
    }

    public static AnswerFields of(Map<Slot, Answer> answers) {
        var fields = new AnswerFields();
        answers.forEach(fields::put);
        return fields;
    }

    private void put(Slot slot, Answer answer) {
        switch (answer) {
            case Answer.Score score -> set(slot, Integer.toString(score.number()));
            case Answer.Words words -> set(slot, words.text());
            case Answer.Amount amount -> set(slot, amount.number().toPlainString());
            case Answer.Day day -> set(slot, day.date().toString());
            case Answer.Agreed agreed -> set(slot, Boolean.toString(agreed.given()));
            case Answer.NotApplicable _ -> set(slot, SurveyDefinition.NOT_APPLICABLE);
            case Answer.Skipped _ -> set(slot, "");
            case Answer.Choice choice -> {
                set(slot, choice.option());
                if (choice.other() != null) {
                    set(slot.row(Option.OTHER), choice.other());
                }
            }
            case Answer.Choices choices -> {
                values.put(slot.toString(), choices.options());
                if (choices.other() != null) {
                    set(slot.row(Option.OTHER), choices.other());
                }
            }
            case Answer.Ranked ranked -> {
                for (int place = 1; place <= ranked.options().size(); place++) {
                    set(slot.row(ranked.options().get(place - 1)), Integer.toString(place));
                }
            }
        }
    }

    private void set(Slot slot, String value) {
        values.put(slot.toString(), List.of(value));
    }

    public void remove(String name) {
        values.remove(name);
    }

    public AnswerFields put(String name, List<String> given) {
        values.put(name, List.copyOf(given));
        return this;
    }

    /** What stands in the field; empty where nothing does. */
    public String first(String name) {
        var given = values.getOrDefault(name, List.of());
        return given.isEmpty() ? "" : given.getFirst();
    }

    /** What was typed, where the field may also say that the question does not apply. */
    public String typed(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.equals(SurveyDefinition.NOT_APPLICABLE))
                .findFirst()
                .orElse("");
    }

    public boolean has(String name, String value) {
        return values.getOrDefault(name, List.of()).contains(value);
    }

    /** What stands in each field. */
    public Map<String, List<String>> all() {
        return Map.copyOf(values);
    }

    /** As answers are taken: one value as it is, several as a list. */
    public Map<String, Object> raw() {
        var raw = new LinkedHashMap<String, Object>();
        values.forEach((name, given) -> raw.put(name, given.size() == 1 ? given.getFirst() : given));
        return raw;
    }

    /** Removes all fields of one step. */
    public void without(String step) {
        values.keySet().removeIf(name -> Slot.parse(name).row("").toString().equals(step));
    }

    public AnswerFields putAll(AnswerFields others) {
        values.putAll(others.values);
        return this;
    }
}
