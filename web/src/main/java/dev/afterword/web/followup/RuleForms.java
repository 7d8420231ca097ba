package dev.afterword.web.followup;

import dev.afterword.web.Form;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A rule as a form has it: lines that are joined by and, or by or. What is nested deeper, as it may come over the API, is kept and shown in words. */
final class RuleForms {
    private static final Set<String> BARE = Set.of("answered", "skipped");

    private RuleForms() {}

    static void fill(Form form, String member, ObjectNode holder, FactOptions facts) {
        var rule = holder.get(member);
        if (rule == null || rule.isNull()) {
            return;
        }
        var mode = rule.has("any") ? "any" : "all";
        var tests =
                rule.has("fact") ? List.of(rule) : rule.path(mode).valueStream().toList();
        if (tests.isEmpty() || tests.stream().anyMatch(test -> !isShown(test, facts))) {
            form.put(member + "-kept", "on");
            return;
        }
        var lines = new ArrayList<String>();
        for (int at = 0; at < tests.size(); at++) {
            var fact = tests.get(at).path("fact").asString("");
            var option = facts.find(fact);
            var code = option == null ? fact : option.code();
            lines.add(Integer.toString(at));
            form.put(member + "-" + at + "-fact", code)
                    .put(member + "-" + at + "-attribute", fact.substring(code.length()))
                    .put(
                            member + "-" + at + "-operator",
                            tests.get(at).path("operator").asString(""))
                    .put(
                            member + "-" + at + "-value",
                            tests.get(at).path("value").asString(""));
        }
        form.put(member + "-mode", mode).putAll(member, lines);
    }

    private static boolean isShown(JsonNode test, FactOptions facts) {
        var option = facts.find(test.path("fact").asString(""));
        return option != null
                && option.operators().contains(test.path("operator").asString(""));
    }

    /** Without a line there is no rule. */
    static void apply(Form form, String member, ObjectNode holder, FactOptions facts) {
        var act = form.value("act");
        if (act.equals("rule-clear:" + member)) {
            holder.remove(member);
            return;
        }
        if (!form.value(member + "-kept").isEmpty()) {
            return;
        }
        var tests = holder.arrayNode();
        for (var line : form.values(member)) {
            var option = facts.find(form.value(member + "-" + line + "-fact"));
            if (option != null && !act.equals("rule-delete:" + member + ":" + line)) {
                test(form, member + "-" + line, option, tests);
            }
        }
        if (act.equals("rule-add:" + member)) {
            test(Form.blank(), "", facts.all().getFirst(), tests);
        }
        put(holder, member, form.value(member + "-mode").equals("any") ? "any" : "all", tests);
    }

    /** A rule that holds for those of whom the first fact is what it may be first: where one must stand. */
    static void begin(ObjectNode holder, String member, FactOptions facts) {
        var tests = holder.arrayNode();
        test(Form.blank(), "", facts.all().getFirst(), tests);
        put(holder, member, "all", tests);
    }

    private static void put(ObjectNode holder, String member, String mode, ArrayNode tests) {
        switch (tests.size()) {
            case 0 -> holder.remove(member);
            case 1 -> holder.set(member, tests.get(0));
            default -> holder.putObject(member).set(mode, tests);
        }
    }

    private static void test(Form form, String line, FactOption option, ArrayNode tests) {
        var typed = form.value(line + "-operator");
        var operator =
                option.operators().contains(typed) ? typed : option.operators().getFirst();
        var name = form.valueOrNull(line + "-attribute");
        var fact = option.isAttribute() ? option.code() + (name == null ? "?" : name) : option.code();
        var test = tests.addObject().put("fact", fact).put("operator", operator);
        if (!BARE.contains(operator)) {
            value(test, option, form.valueOrNull(line + "-value"));
        }
    }

    /** The value that was typed; where none fits, the first that the fact may be. */
    private static void value(ObjectNode test, FactOption option, @Nullable String typed) {
        var values = option.values();
        var value = typed != null && (values.isEmpty() || values.containsKey(typed))
                ? typed
                : values.keySet().stream().findFirst().orElse(option.isNumber() ? "0" : "?");
        if (option.isCompared() && value.matches("-?\\d{1,12}([.,]\\d{1,4})?")) {
            test.put("value", new BigDecimal(value.replace(',', '.')));
        } else if (option.isNumber()) {
            test.put("value", 0);
        } else {
            test.put("value", value);
        }
    }
}
