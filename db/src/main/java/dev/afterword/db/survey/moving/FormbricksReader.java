package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Presentation;
import dev.afterword.db.survey.Subject.ContactAttribute;
import dev.afterword.db.survey.Subject.VariableOf;
import dev.afterword.db.survey.Texts;
import dev.afterword.db.survey.Variable;
import dev.afterword.db.survey.moving.FormbricksLogic.Screen;
import dev.afterword.db.survey.moving.Named.ToFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of Formbricks: blocks of elements, or the older questions, and logic that jumps. */
final class FormbricksReader {
    private static final Pattern PLACES = Pattern.compile("#recall:([A-Za-z0-9_-]+)/fallback:([^#]*)#");
    private static final Set<String> TELLING =
            Set.of("welcomeCard", "endings", "hiddenFields", "environmentId", "displayOption", "thankYouCard");
    /** What says whom, when and how to ask, which is not part of a survey here. */
    private static final List<String> SETTINGS = List.of(
            "triggers",
            "followUps",
            "quotas",
            "recontactDays",
            "displayLimit",
            "autoClose",
            "autoComplete",
            "closeOnDate",
            "runOnDate",
            "segment",
            "singleUse",
            "pin",
            "redirectUrl",
            "displayPercentage",
            "surveyClosedMessage",
            "isVerifyEmailEnabled",
            "customHeadScripts");

    private final JsonNode root;
    private final Outline outline = new Outline();
    private final Map<String, String> keys = new HashMap<>();
    private final Wording wording;
    private final String source;
    private final FormbricksQuestions questions;

    private FormbricksReader(JsonNode root) {
        this.root = root;
        var languages = new LinkedHashSet<String>();
        this.source = Json.list(root, "languages").stream()
                .filter(one -> Json.flag(one, "default", false))
                .map(one -> Json.text(one.path("language"), "code"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("en");
        languages.add(source);
        languages(root, languages);
        this.wording = new Wording(outline.findings, List.copyOf(languages), PLACES, this::piped);
        this.questions = new FormbricksQuestions(outline, wording, source);
    }

    static boolean recognises(JsonNode root) {
        var blocks = root.path("blocks");
        var first = blocks.path(0).path("elements").path(0);
        var element = first.isMissingNode() ? root.path("questions").path(0) : first;
        return (element.has("headline") && element.has("id"))
                || ((blocks.isArray() || root.path("questions").isArray())
                        && TELLING.stream().anyMatch(root::has));
    }

    static ForeignSurvey read(JsonNode root) {
        return new FormbricksReader(root).read();
    }

    private static void languages(JsonNode node, Set<String> languages) {
        if (node.isObject() && node.path("default").isString()) {
            node.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(one -> one.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"))
                    .limit(100)
                    .forEach(languages::add);
        } else if (node.isContainer()) {
            node.values().forEach(one -> languages(one, languages));
        }
    }

    private ForeignSurvey read() {
        var blocks = Json.list(root, "blocks");
        var screens = blocks.isEmpty() ? Json.list(root, "questions") : blocks;
        screens.forEach(screen -> elements(screen).forEach(element -> {
            var id = Json.text(element, "id", "");
            keys.putIfAbsent(id, outline.keys.take(id, "question"));
        }));
        facts();
        var alone = screens.stream().allMatch(screen -> elements(screen).size() < 2);
        var sheet = alone ? outline.sheet("page", "", null) : null;
        var made = new ArrayList<Screen>();
        for (var screen : screens) {
            var id = Json.text(screen, "id", "");
            var own = sheet == null ? outline.sheet(id, id, null) : sheet;
            var parts = elements(screen).stream()
                    .flatMap(element -> {
                        var place = Json.text(element, "id", "");
                        return questions.read(element, keys.getOrDefault(place, "question")).stream()
                                .map(question -> outline.add(own, place, question));
                    })
                    .toList();
            made.add(new Screen(id, screen, alone ? null : own, parts));
        }
        new FormbricksLogic(outline, made, endings()).apply();
        settings();
        var name = Json.text(root, "name", Product.FORMBRICKS.title());
        return new ForeignSurvey(
                Product.FORMBRICKS,
                outline.definition(
                        wording.same(Findings.shown(name)),
                        welcome(),
                        thanks(),
                        Presentation.ONE_BY_ONE,
                        true,
                        wording.languages()),
                outline.findings.list());
    }

    private static List<JsonNode> elements(JsonNode screen) {
        return screen.has("elements") ? Json.list(screen, "elements") : List.of(screen);
    }

    /** Variables, and hidden fields, which become what is known of the contact. */
    private void facts() {
        for (var field : Json.list(root.path("hiddenFields"), "fieldIds")) {
            var id = Json.text(field);
            if (id != null && !id.isBlank()) {
                outline.names.put(id, new ToFact(new ContactAttribute(id)));
                outline.findings.add("attribute-needed", "hiddenFields", null, id);
            }
        }
        var taken = new Keys();
        for (var variable : Json.list(root, "variables")) {
            var id = Json.text(variable, "id", "");
            var key = taken.take(Json.text(variable, "name", id), "variable");
            var start = Json.text(variable, "value", "");
            var number = Comparison.numberOrNull(start);
            outline.names.put(id, new ToFact(new VariableOf(key)));
            outline.variables.add(
                    new Variable(key, List.of(), number == null ? Value.of(start) : new Condition.Figure(number)));
        }
    }

    private @Nullable String piped(String id) {
        var key = keys.get(id);
        if (key != null) {
            return "answer." + key;
        }
        return outline.names.get(id) instanceof ToFact(VariableOf(var variable)) ? "variable." + variable : null;
    }

    private Set<String> endings() {
        var ids = new LinkedHashSet<String>();
        Json.list(root, "endings").forEach(ending -> ids.add(Json.text(ending, "id", "")));
        ids.add("end");
        return ids;
    }

    private Texts texts(JsonNode node, String name, String place) {
        return wording.texts(Json.texts(node.get(name), source), place, null);
    }

    private @Nullable Texts welcome() {
        var card = root.path("welcomeCard");
        return Json.flag(card, "enabled", false)
                ? together(card, "headline", List.of("html", "subheader"), "welcomeCard")
                : null;
    }

    private @Nullable Texts together(JsonNode card, String title, List<String> others, String place) {
        var text = texts(card, title, place);
        for (var other : others) {
            var more = texts(card, other, place);
            text = text.isEmpty() ? more : more.isEmpty() ? text : Wording.joined(text, "\n\n", more);
        }
        return text.isEmpty() ? null : text;
    }

    private @Nullable Texts thanks() {
        var endings = Json.list(root, "endings");
        if (endings.isEmpty()) {
            return Json.flag(root.path("thankYouCard"), "enabled", true)
                    ? together(root.path("thankYouCard"), "headline", List.of("subheader"), "thankYouCard")
                    : null;
        }
        endings.stream()
                .skip(1)
                .forEach(ending -> outline.findings.add("ending-left", Json.text(ending, "id", ""), null));
        var first = endings.getFirst();
        if (Json.text(first, "type", "").equals("redirectToUrl")) {
            outline.findings.add("setting-left", Json.text(first, "id", ""), null, "redirectToUrl");
            return null;
        }
        return together(first, "headline", List.of("subheader"), "endings");
    }

    private void settings() {
        for (var name : SETTINGS) {
            var value = root.get(name);
            if (value != null
                    && !value.isNull()
                    && !(value.isContainer() && value.isEmpty())
                    && !(value.isBoolean() && !value.booleanValue())
                    && !(value.isObject() && !Json.flag(value, "enabled", true))) {
                outline.findings.add("setting-left", "", null, name);
            }
        }
    }
}
