package dev.afterword.web.followup;

import dev.afterword.web.Form;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The settings of the whole, of what begins it, and of each kind of step, as forms have them. */
final class StepForms {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** Texts and numbers that each kind of step has; what is left empty is not set. */
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "wait", List.of("days", "hours", "at"),
            "await-delivery", List.of("days", "daysAfterShipping"),
            "ask", List.of("survey"),
            "remind", List.of("ask"),
            "set-attribute", List.of("name", "value"),
            "call-endpoint", List.of("endpoint"),
            "give-reward", List.of("kind", "pool"),
            "open-case", List.of("kind", "subject", "priority", "team"),
            "split", List.of("learn"));
    /** The same for what begins a follow-up. */
    private static final Map<String, List<String>> TRIGGERS = Map.of(
            "response-given", List.of("survey"),
            "response-missing", List.of("survey", "days"),
            "stage-entered", List.of("stage"),
            "case-closed", List.of("kind"),
            "attribute-day", List.of("attribute", "days", "yearly"),
            "no-order-since", List.of("days", "rhythm"));

    private static final Set<String> NUMBERS = Set.of(
            "days",
            "hours",
            "daysAfterShipping",
            "rhythm",
            "priority",
            "holdout",
            "again",
            "level",
            "weight",
            "within");
    private static final Set<String> FLAGS = Set.of("yearly", "learn");

    private StepForms() {}

    static List<String> triggers() {
        return List.of(
                "order-placed",
                "order-shipped",
                "order-delivered",
                "order-cancelled",
                "order-refunded",
                "response-given",
                "response-missing",
                "stage-entered",
                "case-closed",
                "topic-changed",
                "no-order-since",
                "attribute-day",
                "segment-entered",
                "by-hand");
    }

    static List<String> triggerMembers(String on) {
        return TRIGGERS.getOrDefault(on, List.of());
    }

    /** Puts the members of a node into a form. */
    static void fill(Form form, ObjectNode node) {
        node.properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                form.put(
                        member.getKey(),
                        member.getValue().isBoolean()
                                ? (member.getValue().asBoolean() ? "on" : "")
                                : member.getValue().asString(""));
            }
        });
    }

    static void applyWhole(Form form, ObjectNode root, Surroundings around) {
        for (var name : List.of("level", "purpose", "priority", "holdout", "again")) {
            put(root, name, form.valueOrNull(name));
        }
        goal(form, root, around);
        var on = form.value("on");
        var before = root.path("trigger");
        if (!on.equals(before.path("on").asString(""))) {
            root.set("trigger", trigger(on, around));
        } else {
            var trigger = root.putObject("trigger").put("on", on);
            triggerMembers(on).forEach(name -> put(trigger, name, form.valueOrNull("trigger-" + name)));
        }
    }

    /** Nothing is said of the goal while none is chosen; an answer is one to some survey. */
    private static void goal(Form form, ObjectNode root, Surroundings around) {
        var reach = form.valueOrNull("goal-reach");
        if (reach == null) {
            root.remove("goal");
            return;
        }
        var goal = root.putObject("goal").put("reach", reach);
        put(goal, "within", form.valueOrNull("goal-within"));
        if (reach.equals("answer")) {
            var survey = form.valueOrNull("goal-survey");
            goal.put("survey", survey == null ? survey(around) : survey);
        }
    }

    private static ObjectNode trigger(String on, Surroundings around) {
        var trigger = MAPPER.createObjectNode().put("on", on);
        switch (on) {
            case "response-given" -> trigger.put("survey", survey(around));
            case "response-missing" -> trigger.put("survey", survey(around)).put("days", 7);
            case "stage-entered" -> trigger.put("stage", "client");
            case "attribute-day" -> trigger.put("attribute", "birthday");
            case "no-order-since" -> trigger.put("days", 90).put("rhythm", 2);
            default -> {}
        }
        return trigger;
    }

    static String survey(Surroundings around) {
        return around.surveys().isEmpty()
                ? "post-purchase"
                : around.surveys().getFirst().surveyKey();
    }

    static void applyStep(Form form, ObjectNode step) {
        MEMBERS.getOrDefault(step.path("type").asString(""), List.of())
                .forEach(name -> put(step, name, form.valueOrNull(name)));
    }

    static void applyArm(Form form, ObjectNode arm) {
        put(arm, "weight", form.valueOrNull("weight"));
    }

    /** What is typed as no number stays text, and is refused as such. */
    private static void put(ObjectNode node, String name, @Nullable String typed) {
        if (FLAGS.contains(name)) {
            node.put(name, typed != null);
        } else if (typed == null) {
            node.remove(name);
        } else if (NUMBERS.contains(name) && typed.matches("-?\\d{1,6}")) {
            node.put(name, Integer.parseInt(typed));
        } else if (NUMBERS.contains(name) && typed.matches("\\d{1,6}[.,]\\d{1,2}")) {
            node.put(name, Double.parseDouble(typed.replace(',', '.')));
        } else {
            node.put(name, typed);
        }
    }

    /** A new step of that kind, with what it usually says; its key is still to be given. */
    static ObjectNode begun(String type, JourneyTree tree, Surroundings around) {
        var step = MAPPER.createObjectNode().put("key", type).put("type", type);
        switch (type) {
            case "wait" -> step.put("days", 3);
            case "await-delivery" -> step.put("days", 3).put("daysAfterShipping", 10);
            case "ask" -> step.put("survey", survey(around));
            case "remind" -> step.put("ask", lastAsk(tree));
            case "mail" ->
                step.set("content", MailForms.begun(around.workspace().language()));
            case "set-attribute" -> step.put("name", "followed-up").put("value", "yes");
            case "call-endpoint" ->
                step.put(
                        "endpoint",
                        around.endpoints().isEmpty()
                                ? "endpoint"
                                : around.endpoints().getFirst());
            case "give-reward" ->
                step.put("kind", "goodwill")
                        .put(
                                "pool",
                                around.pools().isEmpty()
                                        ? "pool"
                                        : around.pools().getFirst());
            case "open-case" -> step.put("kind", "question").put("subject", "Look into this");
            case "branch" -> step.putArray("cases");
            case "split" -> {
                var arms = step.putArray("arms");
                arms.addObject().put("key", "a").put("weight", 1).putArray("steps");
                arms.addObject().put("key", "b").put("weight", 1).putArray("steps");
            }
            default -> {}
        }
        return step;
    }

    private static String lastAsk(JourneyTree tree) {
        return tree.definition().allSteps().stream()
                .filter(step -> step.type().equals("ask"))
                .reduce((first, second) -> second)
                .map(step -> step.key())
                .orElse("ask");
    }
}
