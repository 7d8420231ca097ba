package dev.afterword.db.survey.moving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file of LimeSurvey holds, whichever of its two layouts it has: texts in the rows themselves, or in tables of their own by language. */
final class LssContent {
    private static final String LANGUAGE = "language";

    private final LssTables tables;
    private final Map<String, Map<String, Map<String, String>>> questionTexts = new HashMap<>();
    private final Map<String, Map<String, Map<String, String>>> groupTexts = new HashMap<>();
    private final Map<String, List<Map<String, String>>> attributes;
    private final Map<String, List<Answer>> answers = new HashMap<>();
    private final Map<String, List<Map<String, String>>> parts = new HashMap<>();
    private final String base;

    /** One of the answers that a question offers, with what it is worth. */
    record Answer(String code, int scale, int points, Map<String, String> text) {}

    LssContent(LssTables tables) {
        this.tables = tables;
        this.base = tables.rows("surveys").stream()
                .map(row -> row.getOrDefault(LANGUAGE, "").strip())
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse(tables.languages().isEmpty() ? "en" : tables.languages().getFirst());
        for (var table : List.of("questions", "subquestions", "question_l10ns")) {
            collect(table, "qid", List.of("question", "help"), questionTexts);
        }
        for (var table : List.of("groups", "group_l10ns")) {
            collect(table, "gid", List.of("group_name", "description"), groupTexts);
        }
        this.attributes = tables.by("question_attributes", "qid");
        tables.distinct("subquestions", "qid", "question_order")
                .forEach(row -> parts.computeIfAbsent(row.getOrDefault("parent_qid", ""), _ -> new ArrayList<>())
                        .add(row));
        answers();
    }

    /** The language that it was written in. */
    String base() {
        return base;
    }

    LssTables tables() {
        return tables;
    }

    private void collect(
            String table, String id, List<String> columns, Map<String, Map<String, Map<String, String>>> into) {
        for (var row : tables.rows(table)) {
            var language = row.getOrDefault(LANGUAGE, base);
            for (var column : columns) {
                var text = row.getOrDefault(column, "");
                if (!text.isBlank()) {
                    into.computeIfAbsent(row.getOrDefault(id, ""), _ -> new HashMap<>())
                            .computeIfAbsent(column, _ -> new LinkedHashMap<>())
                            .put(language, text);
                }
            }
        }
    }

    private void answers() {
        var byAid = tables.by("answer_l10ns", "aid");
        var texts = new LinkedHashMap<String, Map<String, String>>();
        var first = new LinkedHashMap<String, Map<String, String>>();
        for (var row : tables.rows("answers")) {
            var id = row.getOrDefault("qid", "") + " " + row.getOrDefault("scale_id", "0") + " "
                    + row.getOrDefault("code", "");
            first.putIfAbsent(id, row);
            var own = texts.computeIfAbsent(id, _ -> new LinkedHashMap<>());
            if (!row.getOrDefault("answer", "").isBlank()) {
                own.put(row.getOrDefault(LANGUAGE, base), row.getOrDefault("answer", ""));
            }
            byAid.getOrDefault(row.getOrDefault("aid", "?"), List.of())
                    .forEach(text -> own.put(text.getOrDefault(LANGUAGE, base), text.getOrDefault("answer", "")));
        }
        first.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> LssTables.number(entry.getValue(), "sortorder")))
                .forEach(entry -> {
                    var row = entry.getValue();
                    answers.computeIfAbsent(row.getOrDefault("qid", ""), _ -> new ArrayList<>())
                            .add(new Answer(
                                    row.getOrDefault("code", ""),
                                    LssTables.number(row, "scale_id"),
                                    LssTables.number(row, "assessment_value"),
                                    texts.getOrDefault(entry.getKey(), Map.of())));
                });
    }

    List<Map<String, String>> groups() {
        return tables.distinct("groups", "gid", "group_order");
    }

    /** The questions of all groups; those that are parts of others stand apart. */
    Map<String, List<Map<String, String>>> questionsByGroup() {
        var found = new HashMap<String, List<Map<String, String>>>();
        tables.distinct("questions", "qid", "question_order").stream()
                .filter(row -> LssTables.number(row, "parent_qid") == 0)
                .forEach(row -> found.computeIfAbsent(row.getOrDefault("gid", ""), _ -> new ArrayList<>())
                        .add(row));
        return found;
    }

    /** Rows of an array, options of a multiple choice, fields of a form. */
    List<Map<String, String>> parts(String qid, int scale) {
        return parts.getOrDefault(qid, List.of()).stream()
                .filter(row -> LssTables.number(row, "scale_id") == scale)
                .toList();
    }

    List<Answer> answers(String qid, int scale) {
        return answers.getOrDefault(qid, List.of()).stream()
                .filter(answer -> answer.scale() == scale)
                .toList();
    }

    /** A text of a question by language: {@code question} or {@code help}. */
    Map<String, String> text(String qid, String column) {
        return questionTexts.getOrDefault(qid, Map.of()).getOrDefault(column, Map.of());
    }

    /** A text of a group by language: {@code group_name} or {@code description}. */
    Map<String, String> groupText(String gid, String column) {
        return groupTexts.getOrDefault(gid, Map.of()).getOrDefault(column, Map.of());
    }

    /** A setting of a question; empty without it. */
    String attribute(String qid, String name) {
        return attributes.getOrDefault(qid, List.of()).stream()
                .filter(row -> row.getOrDefault("attribute", "").equals(name))
                .map(row -> row.getOrDefault("value", "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** A setting that is a text, by language. */
    Map<String, String> attributeTexts(String qid, String name) {
        var texts = new LinkedHashMap<String, String>();
        for (var row : attributes.getOrDefault(qid, List.of())) {
            if (row.getOrDefault("attribute", "").equals(name)) {
                var language = row.getOrDefault(LANGUAGE, "");
                texts.put(language.isBlank() ? base : language, row.getOrDefault("value", ""));
            }
        }
        return texts;
    }

    /** A text of the whole survey by language. */
    Map<String, String> surveyText(String column) {
        var texts = new LinkedHashMap<String, String>();
        for (var row : tables.rows("surveys_languagesettings")) {
            var text = row.getOrDefault(column, "");
            if (!text.isBlank()) {
                texts.put(row.getOrDefault("surveyls_language", base), text);
            }
        }
        return texts;
    }

    /** A setting of the whole survey; empty without it. */
    String setting(String column) {
        return tables.rows("surveys").stream()
                .findFirst()
                .map(row -> row.getOrDefault(column, "").strip())
                .orElse("");
    }
}
