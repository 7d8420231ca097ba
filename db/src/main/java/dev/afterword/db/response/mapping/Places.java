package dev.afterword.db.response.mapping;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places of answers that a column can stand for, by question. */
public final class Places {
    private Places() {}

    /** By the question's key, the names of its places as {@link ResponseMapping#targets()} has them. Questions that are repeated stand there for the first two lines. */
    public static Map<String, List<String>> of(SurveyDefinition definition) {
        var places = new LinkedHashMap<String, List<String>>();
        for (var question : definition.questions()) {
            var names = new ArrayList<String>();
            for (var item : definition.isRepeated(question) ? List.of("@1", "@2") : List.of("")) {
                add(names, question, ResponseMapping.ANSWERS + question.key(), item);
            }
            if (!names.isEmpty()) {
                places.put(question.key(), names);
            }
        }
        return places;
    }

    private static void add(List<String> names, Question question, String name, String item) {
        switch (question) {
            case Question.Matrix matrix -> matrix.rows().forEach(row -> names.add(name + "." + row.key() + item));
            case Question.Choosing choosing -> {
                names.add(name + item);
                if (choosing.other() != null) {
                    names.add(name + "." + Option.OTHER + item);
                }
                if (choosing instanceof Question.MultipleChoice) {
                    choosing.options().forEach(option -> names.add(name + item + "=" + option.key()));
                }
            }
            case Question.Ranking ranking -> {
                names.add(name + item);
                ranking.options().forEach(option -> names.add(name + "." + option.key() + item));
            }
            case Question.Statement _ -> {}
            case Question.Scale _, Question.Typed _, Question.Figure _, Question.Date _, Question.Consent _ ->
                names.add(name + item);
        }
    }
}
