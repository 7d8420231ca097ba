package dev.afterword.web.survey;

import dev.afterword.web.Form;
import dev.afterword.web.survey.Subjects.Subject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A condition as a form has it: lines that are joined by and, or by or. What is nested deeper, as other programs may write it, is kept and shown in words.
 */
final class ConditionFields {
    private static final String ATTRIBUTE = "contact.attribute.";
    private static final Set<String> BARE = Set.of("answered", "skipped");

    private ConditionFields() {}

    static void fill(Form form, String member, ObjectNode holder, Subjects subjects) {
        var condition = holder.get(member);
        if (condition == null) {
            return;
        }
        var mode = condition.has("any") ? "any" : "all";
        var tests = condition.has("subject")
                ? List.of(condition)
                : condition.path(mode).valueStream().toList();
        if (tests.isEmpty() || tests.stream().anyMatch(test -> !isShown(test, subjects))) {
            form.put(member + "-kept", "on");
            return;
        }
        var lines = new ArrayList<String>();
        for (int at = 0; at < tests.size(); at++) {
            var line = member + "-" + at;
            lines.add(Integer.toString(at));
            var code = tests.get(at).path("subject").asString("");
            form.put(line + "-subject", code)
                    .put(line + "-attribute", code.startsWith(ATTRIBUTE) ? code.substring(ATTRIBUTE.length()) : "")
                    .put(line + "-operator", tests.get(at).path("operator").asString(""))
                    .put(line + "-value", tests.get(at).path("value").asString(""));
        }
        form.put(member + "-mode", mode).putAll(member, lines);
    }

    private static boolean isShown(JsonNode test, Subjects subjects) {
        var subject = subjects.get(test.path("subject").asString(""));
        return subject != null
                && subject.operators().contains(test.path("operator").asString(""));
    }

    static void apply(Form form, String member, ObjectNode holder, Subjects subjects) {
        var act = form.value("act");
        if (act.equals("condition-clear:" + member)) {
            holder.remove(member);
            return;
        }
        if (!form.value(member + "-kept").isEmpty()) {
            return;
        }
        var tests = holder.arrayNode();
        for (var line : form.values(member)) {
            var subject = subjects.get(form.value(member + "-" + line + "-subject"));
            if (subject != null && !act.equals("condition-delete:" + member + ":" + line)) {
                test(form, member + "-" + line, subject, tests);
            }
        }
        if (act.equals("condition-add:" + member)) {
            test(Form.blank(), "", subjects.first(), tests);
        }
        put(holder, member, form.value(member + "-mode").equals("any") ? "any" : "all", tests);
    }

    private static void put(ObjectNode holder, String member, String mode, ArrayNode tests) {
        switch (tests.size()) {
            case 0 -> holder.remove(member);
            case 1 -> holder.set(member, tests.get(0));
            default -> holder.putObject(member).set(mode, tests);
        }
    }

    private static void test(Form form, String line, Subject subject, ArrayNode tests) {
        var typed = form.value(line + "-operator");
        var operator = subject.operators().contains(typed)
                ? typed
                : subject.operators().getFirst();
        var code = subject.kind().equals(Subjects.ATTRIBUTE)
                ? ATTRIBUTE + Objects.requireNonNullElse(form.valueOrNull(line + "-attribute"), "?")
                : subject.code();
        var test = tests.addObject().put("subject", code).put("operator", operator);
        var value = form.valueOrNull(line + "-value");
        if (subject.kind().equals("day") && value == null) {
            test.put("operator", "answered");
        } else if (!BARE.contains(operator)) {
            value(test, subject, value);
        }
    }

    /** The value that was typed, in the subject's kind; where none fits, the first that the subject may have. */
    private static void value(ObjectNode test, Subject subject, @Nullable String typed) {
        var fits =
                subject.values().isEmpty() || (typed != null && subject.values().containsKey(typed));
        var value = fits && typed != null
                ? typed
                : subject.values().keySet().stream().findFirst().orElse("");
        switch (subject.kind()) {
            case "number" -> {
                if (value.matches("-?\\d{1,9}")) {
                    test.put("value", Integer.parseInt(value));
                } else if (value.matches("-?\\d{1,9}[.,]\\d{1,4}")) {
                    test.put("value", new BigDecimal(value.replace(',', '.')));
                } else {
                    test.put("value", 0);
                }
            }
            case "flag" -> test.put("value", !value.equals("false"));
            default -> test.put("value", value.isEmpty() ? "?" : value);
        }
    }
}
