package dev.afterword.web.survey;

import dev.afterword.web.Form;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The list of options of a question, or of rows or columns, as a form has it: {@code options} names the lines in order, {@code options-0-text} and so on what they say. */
final class OptionFields {
    private static final int KEY_LENGTH = 40;

    private OptionFields() {}

    static void fill(Form form, String list, ObjectNode question, String language) {
        var options = question.path(list);
        var lines = new ArrayList<String>();
        for (int at = 0; at < options.size(); at++) {
            var option = options.get(at);
            var line = list + "-" + at;
            lines.add(Integer.toString(at));
            form.put(line + "-was", option.path("key").asString(""))
                    .put(line + "-key", option.path("key").asString(""))
                    .put(line + "-text", Texted.get(option, "text", language))
                    .put(
                            line + "-points",
                            option.has("points") ? option.path("points").asString() : "")
                    .put(line + "-exclusive", option.path("exclusive").asBoolean(false) ? "on" : "");
        }
        form.putAll(list, lines);
    }

    /** Lines become options in the order in which the form names them; new ones stand in {@code options-more}, one a line. */
    static void apply(Form form, String list, ObjectNode question, String language) {
        var before = question.path(list);
        var after = question.arrayNode();
        for (var line : form.values(list)) {
            after.add(option(form, list + "-" + line, question, before, language));
        }
        more(form.value(list + "-more"), after, language);
        act(form.value("act"), list, after);
        if (after.isEmpty()) {
            question.remove(list);
        } else {
            question.set(list, after);
        }
    }

    private static ObjectNode option(Form form, String line, ObjectNode question, JsonNode before, String language) {
        var was = form.value(line + "-was");
        var option = before.valueStream()
                .filter(one -> was.equals(one.path("key").asString("")))
                .findFirst()
                .map(one -> (ObjectNode) one.deepCopy())
                .orElseGet(() -> question.objectNode());
        option.put("key", form.value(line + "-key").isEmpty() ? was : form.value(line + "-key"));
        Texted.put(option, "text", language, form.value(line + "-text"));
        var points = form.value(line + "-points");
        if (points.isEmpty()) {
            option.remove("points");
        } else {
            option.put("points", points);
        }
        if (form.value(line + "-exclusive").isEmpty()) {
            option.remove("exclusive");
        } else {
            option.put("exclusive", true);
        }
        return option;
    }

    private static void more(String typed, ArrayNode options, String language) {
        Set<String> keys = new HashSet<>();
        options.forEach(option -> keys.add(option.path("key").asString("")));
        // The option whose words the customer types has that key.
        keys.add("other");
        typed.lines().map(String::strip).filter(text -> !text.isEmpty()).forEach(text -> {
            var key = DraftTree.unused(key(text), keys);
            keys.add(key);
            Texted.put(options.addObject().put("key", key), "text", language, text);
        });
    }

    private static void act(String act, String list, ArrayNode options) {
        var parts = List.of(act.split(":", -1));
        if (parts.size() != 3 || !parts.get(1).equals(list)) {
            return;
        }
        int at = Integer.parseInt(parts.get(2));
        if (at < 0 || at >= options.size()) {
            return;
        }
        switch (parts.getFirst()) {
            case "option-delete" -> options.remove(at);
            case "option-up" -> options.insert(Math.max(0, at - 1), options.remove(at));
            case "option-down" -> options.insert(Math.min(options.size() - 1, at + 1), options.remove(at));
            default -> {}
        }
    }

    /** A key that says what the text says, in Latin letters; a plain one where it has none. */
    static String key(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        var cut = plain.length() <= KEY_LENGTH
                ? plain
                : plain.substring(0, KEY_LENGTH).replaceAll("-+$", "");
        return cut.isEmpty() ? "option" : cut;
    }
}
