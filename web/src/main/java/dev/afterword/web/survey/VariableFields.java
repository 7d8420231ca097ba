package dev.afterword.web.survey;

import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.web.Form;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The variables of a survey as a form has them: each with its cases in order, and what it is otherwise. */
final class VariableFields {
    private static final String NUMBER = "-?\\d{1,9}(\\.\\d{1,4})?";

    private VariableFields() {}

    /** A variable in the form, by the beginning of its fields' names. */
    record Item(String name, int number, List<Case> cases) {}

    /** A case in the form; its condition in words, where the form cannot take it apart. */
    record Case(String name, int number, String words) {}

    static List<Item> items(SurveyDefinition definition, ConditionWords words) {
        var variables = definition.variables();
        return IntStream.range(0, variables.size())
                .mapToObj(at -> new Item(
                        name(at),
                        at,
                        IntStream.range(0, variables.get(at).cases().size())
                                .mapToObj(one -> new Case(
                                        name(at, one),
                                        one,
                                        words.of(
                                                variables
                                                        .get(at)
                                                        .cases()
                                                        .get(one)
                                                        .when(),
                                                definition)))
                                .toList()))
                .toList();
    }

    static Form form(DraftTree tree, Subjects subjects) {
        var form = Form.blank();
        var variables = variables(tree);
        for (int at = 0; at < variables.size(); at++) {
            var variable = variables.get(at);
            form.put(name(at) + "-key", variable.path("key").asString(""))
                    .put(name(at) + "-otherwise", variable.path("otherwise").asString(""));
            var cases = variable.path("cases");
            for (int one = 0; one < cases.size(); one++) {
                var when = cases.get(one).deepCopy();
                form.put(name(at, one) + "-is", when.path("value").asString(""));
                ConditionFields.fill(form, name(at, one), named((ObjectNode) when, name(at, one)), subjects);
            }
        }
        return form;
    }

    /** The condition under the name that its fields begin with. */
    private static ObjectNode named(ObjectNode one, String name) {
        return one.set(name, one.get("when"));
    }

    static void apply(Form form, DraftTree tree, Subjects subjects) {
        var variables = variables(tree);
        for (int at = 0; at < variables.size(); at++) {
            variable(form, at, (ObjectNode) variables.get(at), tree, subjects);
        }
        var act = form.value("act");
        if (act.equals("variable-add")) {
            add(variables);
        }
        for (int at = 0; at < variables.size(); at++) {
            if (act.equals("variable-delete:" + at)) {
                variables.remove(at);
                return;
            }
        }
    }

    private static void variable(Form form, int at, ObjectNode variable, DraftTree tree, Subjects subjects) {
        var key = form.value(name(at) + "-key").strip();
        var before = variable.path("key").asString("");
        if (!key.isEmpty() && !key.equals(before)) {
            variable.put("key", key);
            tree.renamed("variable", before, key);
        }
        value(variable, "otherwise", form.value(name(at) + "-otherwise"));
        var cases = variable.withArray("cases");
        var kept = cases.arrayNode();
        for (int one = 0; one < cases.size(); one++) {
            var name = name(at, one);
            var holder = named((ObjectNode) cases.get(one), name);
            ConditionFields.apply(form, name, holder, subjects);
            var when = holder.remove(name);
            if (when != null && !form.value("act").equals("case-delete:" + at + ":" + one)) {
                holder.set("when", when);
                value(holder, "value", form.value(name + "-is"));
                kept.add(holder);
            }
        }
        if (form.value("act").equals("case-add:" + at)) {
            var added = kept.addObject();
            var blank = Form.blank().put("act", "condition-add:when");
            ConditionFields.apply(blank, "when", added, subjects);
            value(added, "value", "");
        }
        variable.set("cases", kept);
    }

    private static void add(ArrayNode variables) {
        var keys = new HashSet<String>();
        variables.forEach(one -> keys.add(one.path("key").asString("")));
        variables
                .addObject()
                .put("key", DraftTree.unused("variable", keys))
                .put("otherwise", "?")
                .putArray("cases");
    }

    /** A number where it is one; what is left empty stays to be written. */
    private static void value(ObjectNode holder, String member, String typed) {
        var value = typed.strip();
        if (value.matches(NUMBER)) {
            holder.put(member, new BigDecimal(value));
        } else {
            holder.put(member, value.isEmpty() ? "?" : value);
        }
    }

    private static ArrayNode variables(DraftTree tree) {
        return tree.root().withArray("variables");
    }

    private static String name(int variable) {
        return "variable-" + variable;
    }

    private static String name(int variable, int one) {
        return "variable-" + variable + "-case-" + one;
    }
}
