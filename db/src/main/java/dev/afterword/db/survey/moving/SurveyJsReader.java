package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Subject.AnswerTo;
import dev.afterword.db.survey.Subject.VariableOf;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Variable;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import dev.afterword.db.survey.moving.Named.ToFact;
import dev.afterword.db.survey.moving.Outline.Part;
import dev.afterword.db.survey.moving.Outline.Sheet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of SurveyJS: pages of elements, panels inside each other, expressions with names in braces. */
final class SurveyJsReader {
    private static final Pattern PLACES = Pattern.compile("(?<!\\{)\\{([A-Za-z_][\\w .-]{0,99})}(?!})");
    /** What is read, or says nothing of the questions. */
    private static final Set<String> KNOWN = Set.of(
            "title",
            "description",
            "pages",
            "elements",
            "questions",
            "locale",
            "completedHtml",
            "showProgressBar",
            "questionsOnPageMode",
            "triggers",
            "calculatedValues",
            "logo",
            "logoPosition",
            "logoWidth",
            "logoHeight",
            "logoFit",
            "width",
            "widthMode",
            "showQuestionNumbers",
            "questionTitleLocation",
            "questionDescriptionLocation",
            "questionErrorLocation",
            "checkErrorsMode",
            "textUpdateMode",
            "showPrevButton",
            "name",
            "showNavigationButtons",
            "completeText",
            "pageNextText",
            "pagePrevText",
            "startSurveyText",
            "requiredText",
            "requiredMark",
            "focusFirstQuestionAutomatic",
            "progressBarType",
            "showTOC",
            "tocLocation",
            "backgroundImage",
            "backgroundOpacity",
            "headerView",
            "showPageTitles",
            "showTitle",
            "showCompletedPage",
            "clearInvisibleValues",
            "autoGrowComment",
            "maxTextLength",
            "maxOthersLength",
            "goNextPageAutomatic",
            "autoAdvanceEnabled",
            "fitToContainer",
            "previewText",
            "editText",
            "showPreviewBeforeComplete",
            "questionStartIndex",
            "questionTitlePattern",
            "storeOthersAsComment",
            "progressBarLocation",
            "$schema");

    private final JsonNode root;
    private final Outline outline = new Outline();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<Part, List<String>> conditions = new HashMap<>();
    private final Map<Sheet, String> pageConditions = new HashMap<>();
    private final String source;
    private final Wording wording;
    private final SurveyJsQuestions questions;

    private SurveyJsReader(JsonNode root) {
        this.root = root;
        var locale = Json.text(root, "locale");
        this.source = locale == null || locale.isBlank() ? "en" : locale;
        var languages = new LinkedHashSet<String>();
        languages.add(source);
        languages(root, languages);
        this.wording = new Wording(outline.findings, List.copyOf(languages), PLACES, this::piped);
        this.questions = new SurveyJsQuestions(outline, wording, source, keys);
    }

    static ForeignSurvey read(JsonNode root) {
        return new SurveyJsReader(root).read();
    }

    /** Every language that some text is in: the names beside {@code default} in an object of texts. */
    private static void languages(JsonNode node, Set<String> languages) {
        if (node.isObject() && node.has("default") && node.get("default").isString()) {
            node.properties().stream()
                    .filter(one -> one.getValue().isString() && one.getKey().matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"))
                    .limit(100)
                    .forEach(one -> languages.add(one.getKey()));
        } else if (node.isContainer()) {
            node.values().forEach(one -> languages(one, languages));
        }
    }

    private ForeignSurvey read() {
        var pages = Json.list(root, "pages");
        var all = pages.isEmpty() ? List.of(root) : pages;
        all.forEach(page -> elements(page).forEach(this::takeKeys));
        for (int at = 0; at < all.size(); at++) {
            page(
                    all.get(at),
                    pages.isEmpty() ? "page" : Json.text(all.get(at), "name", "page" + (at + 1)),
                    pages.isEmpty());
        }
        Json.list(root, "calculatedValues").forEach(this::variable);
        outline.parts.forEach(part -> conditions
                .getOrDefault(part, List.of())
                .forEach(text -> part.showIf = Conditions.both(part.showIf, condition(text, part.place, part.key()))));
        pageConditions.forEach((sheet, text) -> sheet.showIf = condition(text, sheet.place, null));
        Json.list(root, "triggers").forEach(this::trigger);
        for (var setting : root.properties()) {
            if (!KNOWN.contains(setting.getKey())) {
                outline.findings.add("setting-left", "", null, setting.getKey());
            }
        }
        return new ForeignSurvey(Product.SURVEYJS, definition(), outline.findings.list());
    }

    private SurveyDefinition definition() {
        var title = wording.texts(Json.texts(root.get("title"), source), "title", null);
        var mode = Json.text(root, "questionsOnPageMode", "standard");
        var progress = Json.text(root, "showProgressBar", "false");
        return outline.definition(
                title.isEmpty() ? wording.same(Product.SURVEYJS.title()) : title,
                wording.optional(Json.texts(root.get("description"), source), "description", null),
                wording.optional(Json.texts(root.get("completedHtml"), source), "completedHtml", null),
                outline.presentation(
                        Set.of("questionPerPage", "questionOnPage", "inputPerPage")
                                .contains(mode),
                        mode.equals("singlePage")),
                !Set.of("off", "false").contains(progress),
                wording.languages());
    }

    private static List<JsonNode> elements(JsonNode holder) {
        var elements = Json.list(holder, "elements");
        return elements.isEmpty() ? Json.list(holder, "questions") : elements;
    }

    private void takeKeys(JsonNode element) {
        if (Json.text(element, "type", "").equals("panel")) {
            elements(element).forEach(this::takeKeys);
        } else {
            var name = Json.text(element, "name", "");
            keys.putIfAbsent(name, outline.keys.take(name, "question"));
        }
    }

    private void page(JsonNode page, String name, boolean alone) {
        var sheet = outline.sheet(
                name, name, alone ? null : wording.optional(Json.texts(page.get("title"), source), name, null));
        var showIf = Json.text(page, "visibleIf");
        if (showIf != null && !alone && !showIf.isBlank()) {
            pageConditions.put(sheet, showIf);
        }
        if (!alone) {
            for (var setting : List.of("requiredIf", "enableIf", "questionsOrder", "maxTimeToFinish", "timeLimit")) {
                if (page.hasNonNull(setting) && !Json.text(page, setting, "").equals("default")) {
                    outline.findings.add("setting-left", name, null, setting);
                }
            }
            describe(sheet, page, name, List.of());
        }
        elements(page).forEach(element -> element(sheet, element, List.of()));
    }

    /** What a page or panel says of itself becomes a text between the questions. */
    private void describe(Sheet sheet, JsonNode holder, String name, List<String> showIf) {
        var text = wording.texts(Json.texts(holder.get("description"), source), name, null);
        if (!text.isEmpty()) {
            var part = outline.add(sheet, name, questions.statement(outline.keys.take(name + "-about", "about"), text));
            conditions.put(part, showIf);
        }
    }

    private void element(Sheet sheet, JsonNode element, List<String> around) {
        var name = Json.text(element, "name", "");
        var showIf = new ArrayList<>(around);
        var own = Json.text(element, "visibleIf");
        if (own != null && !own.isBlank()) {
            showIf.add(own);
        } else if (!Json.flag(element, "visible", true)) {
            outline.findings.add("hidden-left", name, null);
            return;
        }
        if (Json.text(element, "type", "").equals("panel")) {
            var title = wording.texts(Json.texts(element.get("title"), source), name, null);
            if (!title.isEmpty()) {
                var part = outline.add(
                        sheet, name, questions.statement(outline.keys.take(name + "-title", "panel"), title));
                conditions.put(part, showIf);
            }
            describe(sheet, element, name, showIf);
            elements(element).forEach(inner -> element(sheet, inner, showIf));
            return;
        }
        for (var question : questions.read(element)) {
            conditions.put(outline.add(sheet, name, question), showIf);
        }
    }

    private @Nullable Condition condition(String text, String place, @Nullable String question) {
        try {
            return new ExpressionCondition(this::named).of(ExpressionParser.surveyJs(text));
        } catch (CannotSay e) {
            outline.findings.add("condition-left", place, question, text, e.what());
            return null;
        }
    }

    private @Nullable Named named(String name) {
        var whole = outline.names.get(name);
        if (whole != null) {
            return whole;
        }
        var dot = name.lastIndexOf('.');
        return dot > 0
                        && outline.names.get(name.substring(0, dot)) instanceof ToAnswer answer
                        && answer.question() instanceof Question.Matrix
                ? questions.row(answer, name.substring(dot + 1))
                : null;
    }

    private @Nullable String piped(String name) {
        var key = keys.get(name);
        return key != null ? "answer." + key : null;
    }

    /** Chains of {@code iif(condition, value, otherwise)}; nothing else can be calculated here. */
    private void variable(JsonNode calculated) {
        var name = Json.text(calculated, "name", "");
        var text = Json.text(calculated, "expression", "");
        try {
            var cases = new ArrayList<Variable.Case>();
            var expression = ExpressionParser.surveyJs(text);
            while (expression instanceof Expression.Call(var function, var arguments)
                    && function.equals("iif")
                    && arguments.size() == 3) {
                cases.add(new Variable.Case(
                        new ExpressionCondition(this::named).of(arguments.getFirst()), value(arguments.get(1))));
                expression = arguments.get(2);
            }
            var variable = new Variable(new Keys().take(name, "variable"), cases, value(expression));
            outline.variables.add(variable);
            outline.names.put(name, new ToFact(new VariableOf(variable.key())));
        } catch (CannotSay e) {
            outline.findings.add("variable-left", name, null, text, e.what());
        }
    }

    private static Value value(Expression expression) {
        if (!(expression instanceof Expression.Literal(var text))) {
            throw new CannotSay("…");
        }
        var number = Comparison.numberOrNull(text);
        return number == null ? Value.of(text) : new Condition.Figure(number);
    }

    /** “Complete” ends the survey where the last question that it looks at has been answered. */
    private void trigger(JsonNode trigger) {
        var text = Json.text(trigger, "expression", "");
        if (!Json.text(trigger, "type", "").equals("complete")) {
            outline.findings.add("trigger-left", text, null, Json.text(trigger, "type", "?"));
            return;
        }
        var condition = condition(text, "triggers", null);
        var subjects = Conditions.tests(condition).stream()
                .map(Condition.Test::subject)
                .toList();
        outline.parts.stream()
                .filter(part -> subjects.stream()
                        .anyMatch(subject -> subject instanceof AnswerTo answer
                                && answer.question().equals(part.key())))
                .reduce((earlier, later) -> later)
                .ifPresent(part -> part.endIf = part.endIf == null || condition == null
                        ? condition
                        : Conditions.any(List.of(part.endIf, condition)));
    }
}
