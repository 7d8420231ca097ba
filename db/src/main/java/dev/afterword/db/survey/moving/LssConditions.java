package dev.afterword.db.survey.moving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The equation that a question is shown for: its own, or, in older files, made from the table of conditions. */
final class LssConditions {
    private static final Set<String> METHODS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Map<String, List<Map<String, String>>> byQuestion;

    LssConditions(LssTables tables) {
        this.byQuestion = tables.by("conditions", "qid");
    }

    String of(Map<String, String> question) {
        var relevance = question.getOrDefault("relevance", "").strip();
        var rows = byQuestion.getOrDefault(question.getOrDefault("qid", ""), List.of());
        if (rows.isEmpty() || !(relevance.isEmpty() || relevance.equals("1"))) {
            return relevance;
        }
        var scenarios = new LinkedHashMap<String, Map<String, List<String>>>();
        for (var row : rows) {
            scenarios
                    .computeIfAbsent(row.getOrDefault("scenario", "1"), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(row.getOrDefault("cfieldname", ""), _ -> new ArrayList<>())
                    .add(equation(row));
        }
        return scenarios.values().stream().map(LssConditions::scenario).collect(Collectors.joining(" or "));
    }

    /** Of the same question one condition is enough; of different ones all are needed. */
    private static String scenario(Map<String, List<String>> byField) {
        return byField.values().stream()
                .map(several -> "(" + String.join(" or ", several) + ")")
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    private static String equation(Map<String, String> row) {
        var field = row.getOrDefault("cfieldname", "");
        var method = row.getOrDefault("method", "==").strip();
        var value = row.getOrDefault("value", "").strip();
        if (field.startsWith("+")) {
            return field.substring(1) + ".NAOK " + method + " \"Y\"";
        }
        return METHODS.contains(method)
                ? field + ".NAOK " + method + " \""
                        + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : method + "(" + field + ", \"" + value.replace("\"", "") + "\")";
    }
}
