package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Operator;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Subject;
import dev.afterword.db.survey.Subject.AnswerTo;
import dev.afterword.db.survey.Subject.VariableOf;
import dev.afterword.db.survey.Variable;
import dev.afterword.db.survey.moving.Named.ToFact;
import dev.afterword.db.survey.moving.Outline.Part;
import dev.afterword.db.survey.moving.Outline.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns jumps into what is shown: a screen is shown unless an earlier screen that is shown jumps over it. A jump to an ending ends the survey there. Jumps back
 * are left out, because nobody would be asked twice here.
 */
final class FormbricksLogic {
    private final Outline outline;
    private final List<Screen> screens;
    private final Set<String> endings;
    private final FormbricksConditions conditions;
    private final List<@Nullable Condition> shown = new ArrayList<>();

    /**
     * What is seen at once.
     *
     * @param sheet the page that it became; null where all screens are one page
     */
    record Screen(String id, JsonNode node, @Nullable Sheet sheet, List<Part> parts) {}

    /**
     * Where one goes from a screen.
     *
     * @param when null where nothing before it held
     * @param target the number of a screen; that after the last is the end
     */
    private record Way(@Nullable Condition when, int target) {}

    FormbricksLogic(Outline outline, List<Screen> screens, Set<String> endings) {
        this.outline = outline;
        this.screens = screens;
        this.endings = endings;
        this.conditions = new FormbricksConditions(outline.names);
    }

    void apply() {
        var ways = IntStream.range(0, screens.size()).mapToObj(this::ways).toList();
        for (int at = 0; at < screens.size(); at++) {
            var past = new ArrayList<Condition>();
            for (int from = 0; from < at; from++) {
                over(ways.get(from), from, at).forEach(over -> past.add(Conditions.not(over)));
            }
            var showIf = past.isEmpty() ? null : Conditions.all(past);
            // Later conditions contain it, so what is too large must not grow further; it is left out with a finding.
            shown.add(showIf == null || Conditions.tooLarge(showIf) ? null : showIf);
            show(screens.get(at), showIf, ending(ways.get(at), at));
        }
    }

    private static void show(Screen screen, @Nullable Condition showIf, @Nullable Condition endIf) {
        if (screen.sheet() != null) {
            screen.sheet().showIf = showIf;
            screen.sheet().endIf = endIf;
            return;
        }
        screen.parts().forEach(part -> part.showIf = showIf);
        if (!screen.parts().isEmpty()) {
            screen.parts().getLast().endIf = endIf;
        }
    }

    /** The ways from a screen, as they are tried; the last is taken where no other is. */
    private List<Way> ways(int from) {
        var screen = screens.get(from);
        var ways = new ArrayList<Way>();
        for (var rule : Json.list(screen.node(), "logic")) {
            try {
                var when = conditions.of(rule.path("conditions"));
                Json.list(rule, "actions").forEach(action -> act(screen, action, when));
                var target = Json.list(rule, "actions").stream()
                        .filter(action -> Json.text(action, "objective", "").startsWith("jumpTo"))
                        .map(action -> target(screen, from, Json.text(action, "target", "")))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
                if (target != null) {
                    ways.add(new Way(when, target));
                }
            } catch (CannotSay e) {
                outline.findings.add("jump-left", screen.id(), null, e.what());
            }
        }
        var fallback = Json.text(screen.node(), "logicFallback");
        var otherwise = fallback == null || fallback.isBlank() ? null : target(screen, from, fallback);
        ways.add(new Way(null, otherwise == null ? from + 1 : otherwise));
        var last = ways.getLast().target();
        return ways.stream().allMatch(way -> way.target() == last) ? List.of(ways.getLast()) : ways;
    }

    private @Nullable Integer target(Screen screen, int from, String id) {
        if (endings.contains(id)) {
            return screens.size();
        }
        for (int at = 0; at < screens.size(); at++) {
            if (screens.get(at).id().equals(id)) {
                if (at > from) {
                    return at;
                }
                outline.findings.add("jump-back", screen.id(), null, id);
                return null;
            }
        }
        outline.findings.add("jump-left", screen.id(), null, id);
        return null;
    }

    /** When one goes from a screen to one beyond another; a jump to the end is not among them, it ends the survey. */
    private List<Condition> over(List<Way> ways, int from, int at) {
        return effective(ways, from, way -> way.target() > at && way.target() < screens.size());
    }

    private @Nullable Condition ending(List<Way> ways, int from) {
        if (from == screens.size() - 1) {
            return null;
        }
        var ends = effective(ways, from, way -> way.target() == screens.size());
        return ends.isEmpty() ? null : Conditions.any(ends);
    }

    private List<Condition> effective(List<Way> ways, int from, Predicate<Way> wanted) {
        var found = new ArrayList<Condition>();
        for (int number = 0; number < ways.size(); number++) {
            var way = ways.get(number);
            if (!wanted.test(way)) {
                continue;
            }
            var when = way.when();
            for (var earlier : ways.subList(0, number)) {
                // What leads to the same place need not be told apart, nor what can never hold at once.
                if (!wanted.test(earlier)
                        && earlier.when() != null
                        && (way.when() == null || !Conditions.exclude(way.when(), earlier.when()))) {
                    when = Conditions.both(when, Conditions.not(earlier.when()));
                }
            }
            found.add(whileShown(when, from));
        }
        return found;
    }

    /** The condition together with that the screen was shown, where that does not follow. */
    private Condition whileShown(@Nullable Condition when, int from) {
        var subjects = subjects(screens.get(from));
        if (when != null && Conditions.needsToBeShown(when, subjects)) {
            return when;
        }
        var showIf = from < shown.size() ? shown.get(from) : null;
        if (showIf != null) {
            return when == null ? showIf : Conditions.all(List.of(showIf, when));
        }
        if (when != null) {
            return when;
        }
        var subject = subjects.isEmpty() ? Subject.Known.SCORE : subjects.getFirst();
        return subjects.isEmpty()
                ? Conditions.test(subject, Operator.ANSWERED, null)
                : Conditions.any(List.of(
                        Conditions.test(subject, Operator.ANSWERED, null),
                        Conditions.test(subject, Operator.SKIPPED, null)));
    }

    private static List<Subject> subjects(Screen screen) {
        var subjects = new ArrayList<Subject>();
        for (var part : screen.parts()) {
            switch (part.question) {
                case Question.Matrix matrix ->
                    matrix.rows().forEach(row -> subjects.add(new AnswerTo(matrix.key(), row.key())));
                case Question.Statement _ -> {}
                case Question.Scale _,
                        Question.OfOptions _,
                        Question.Typed _,
                        Question.Figure _,
                        Question.Date _,
                        Question.Consent _ -> subjects.add(new AnswerTo(part.key(), ""));
            }
        }
        return subjects;
    }

    private void act(Screen screen, JsonNode action, Condition when) {
        switch (Json.text(action, "objective", "")) {
            case "jumpToBlock", "jumpToQuestion" -> {}
            case "calculate" -> calculate(screen, action, when);
            default -> outline.findings.add("action-left", screen.id(), null, Json.text(action, "objective", "?"));
        }
    }

    /** Only values that are given outright; the last that is given counts, so it stands first. */
    private void calculate(Screen screen, JsonNode action, Condition when) {
        var value = action.path("value");
        var text = Json.text(value, "value");
        if (!Json.text(action, "operator", "").equals("assign")
                || !Json.text(value, "type", "").equals("static")
                || text == null
                || !(outline.names.get(Json.text(action, "variableId", "")) instanceof ToFact(VariableOf(var key)))) {
            outline.findings.add("action-left", screen.id(), null, "calculate");
            return;
        }
        var number = Comparison.numberOrNull(text);
        var given = new Variable.Case(when, number == null ? Value.of(text) : new Condition.Figure(number));
        outline.variables.replaceAll(variable -> {
            if (!variable.key().equals(key)) {
                return variable;
            }
            var cases = new ArrayList<Variable.Case>(List.of(given));
            cases.addAll(variable.cases());
            return new Variable(key, cases, variable.otherwise());
        });
    }
}
