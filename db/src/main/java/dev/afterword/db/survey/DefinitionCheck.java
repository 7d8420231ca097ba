package dev.afterword.db.survey;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a survey may be asked: nobody is led into a dead end, every question can be reached, conditions and texts look only at what came before. Everything
 * that is wrong is found at once, in the survey's order.
 */
public final class DefinitionCheck {
    private final SurveyDefinition definition;
    private final Problems problems = new Problems();
    private final ConditionCheck conditions;
    private final TextCheck texts;
    private final Possibility possibility;
    private final Set<String> earlier = new LinkedHashSet<>();
    private final Set<String> keys = new HashSet<>();

    private DefinitionCheck(SurveyDefinition definition) {
        this.definition = definition;
        this.conditions = new ConditionCheck(definition, problems);
        this.texts = new TextCheck(definition, problems);
        this.possibility = new Possibility(definition);
    }

    /** Everything that is wrong; empty where the survey may be published. */
    public static List<DefinitionProblem> of(SurveyDefinition definition) {
        var check = new DefinitionCheck(definition);
        check.run();
        return check.problems.found();
    }

    private void run() {
        if (definition.languages().isEmpty()) {
            problems.add("survey.language-missing", "languages", null);
        }
        texts.needed(definition.title(), "title", null, earlier, false);
        texts.optional(definition.welcome(), "welcome", null, earlier, false);
        if (definition.questions().stream().allMatch(Question.Statement.class::isInstance)) {
            problems.add("survey.no-questions", "pages", null);
        }
        variables();
        var pages = new HashSet<String>();
        for (int at = 0; at < definition.pages().size(); at++) {
            var page = definition.pages().get(at);
            var path = "pages[" + at + "]";
            if (!pages.add(page.key())) {
                problems.add("survey.key-twice", path + ".key", null, page.key());
            }
            page(page, path);
        }
        texts.optional(definition.thanks(), "thanks", null, earlier, false);
    }

    private void variables() {
        var known = new HashSet<String>();
        for (int at = 0; at < definition.variables().size(); at++) {
            var variable = definition.variables().get(at);
            var path = "variables[" + at + "]";
            if (!known.add(variable.key())) {
                problems.add("survey.key-twice", path + ".key", null, variable.key());
            }
            conditions.variable(variable, at, path);
        }
    }

    private void page(SurveyPage page, String path) {
        if (page.questions().isEmpty()) {
            problems.add("survey.page-empty", path + ".questions", null, page.key());
        }
        texts.optional(page.title(), path + ".title", null, earlier, page.perOrderLine());
        var before = problems.count();
        conditions.check(page.showIf(), path + ".showIf", null, earlier, page.perOrderLine());
        var sound = before == problems.count();
        var possible = !sound
                || (possible(page.showIf(), page.perOrderLine(), path + ".showIf", null)
                        && reachable(page.showIf(), null, page.perOrderLine(), path, null, page.key()));
        for (int at = 0; at < page.questions().size(); at++) {
            question(page, page.questions().get(at), path + ".questions[" + at + "]", possible);
        }
        before = problems.count();
        conditions.check(page.endIf(), path + ".endIf", null, earlier, page.perOrderLine());
        if (before == problems.count() && possible) {
            possible(page.endIf(), page.perOrderLine(), path + ".endIf", null);
        }
        possibility.ends(page.showIf(), null, page.endIf(), page.perOrderLine());
    }

    private void question(SurveyPage page, Question question, String path, boolean pageIsPossible) {
        var asking = question.asking();
        var key = asking.key();
        var repeated = page.perOrderLine() || asking.perOrderLine();
        if (!keys.add(key)) {
            problems.add("survey.key-twice", path + ".key", key, key);
        }
        if (page.perOrderLine() && asking.perOrderLine()) {
            problems.add("survey.repeated-twice", path + ".perOrderLine", key);
        }
        QuestionCheck.check(question, path, problems);
        texts.question(question, path, earlier, repeated);
        var before = problems.count();
        conditions.check(asking.showIf(), path + ".showIf", key, earlier, repeated);
        var sound = before == problems.count() && pageIsPossible;
        if (sound && possible(asking.showIf(), repeated, path + ".showIf", key)) {
            reachable(page.showIf(), asking.showIf(), repeated, path, key, key);
        }
        earlier.add(key);
        before = problems.count();
        conditions.check(asking.endIf(), path + ".endIf", key, earlier, repeated);
        if (before == problems.count() && sound) {
            possible(asking.endIf(), repeated, path + ".endIf", key);
        }
        possibility.ends(page.showIf(), asking.showIf(), asking.endIf(), repeated);
    }

    private boolean possible(@Nullable Condition condition, boolean repeated, String path, @Nullable String question) {
        if (condition == null || possibility.holds(condition, repeated)) {
            return true;
        }
        problems.add("survey.condition-impossible", path, question);
        return false;
    }

    private boolean reachable(
            @Nullable Condition page,
            @Nullable Condition own,
            boolean repeated,
            String path,
            @Nullable String question,
            String key) {
        if (possibility.reached(page, own, repeated)) {
            return true;
        }
        problems.add("survey.unreachable", path, question, key);
        return false;
    }
}
