package dev.afterword.web.survey;

import dev.afterword.db.survey.QuestionType;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.web.Form;
import java.util.List;

/** One change of a draft by the editor's forms: what was typed at the place that is shown, and one act. */
final class DraftChange {
    private final Form form;
    private final DraftTree tree;
    private final SurveyDefinition before;

    private DraftChange(Form form, SurveyDefinition before) {
        this.form = form;
        this.before = before;
        this.tree = DraftTree.of(before);
    }

    /** What the survey is then, and what the editor goes on to show. */
    record Changed(SurveyDefinition definition, Place place) {}

    /** What is no survey any more is rejected, with the path of what is wrong. */
    static Changed of(SurveyDefinition before, Form form) {
        var change = new DraftChange(form, before);
        var typed = change.typed(Place.parse(form.value("at")));
        var place = change.act(typed);
        return new Changed(change.tree.definition(), place);
    }

    private Place typed(Place place) {
        if (form.value("typed").isEmpty()) {
            return place;
        }
        var language = tree.language();
        if (place.isQuestion()) {
            var key = QuestionFields.apply(form, place.key(), tree, Subjects.before(before, place, true));
            return Place.question(key);
        }
        if (place.isPage()) {
            var page = tree.page(place.key());
            Texted.put(page, "title", language, form.value("title"));
            QuestionFields.put(page, "perOrderLine", form);
            ConditionFields.apply(form, "showIf", page, Subjects.before(before, place, false));
            ConditionFields.apply(form, "endIf", page, Subjects.before(before, place, true));
            return place;
        }
        if (place.isVariables()) {
            VariableFields.apply(form, tree, Subjects.before(before, place, false));
            return place;
        }
        var root = tree.root();
        for (var text : List.of("title", "welcome", "thanks")) {
            Texted.put(root, text, language, form.value(text));
        }
        root.put("presentation", form.value("presentation"))
                .put("progress", !form.value("progress").isEmpty());
        var theme = root.putObject("theme");
        if (!form.value("ownColour").isEmpty()) {
            theme.put("colour", form.value("colour"));
        }
        theme.put("logo", !form.value("logo").isEmpty())
                .put("textSize", form.value("textSize"))
                .put("corners", form.value("corners"));
        return place;
    }

    private Place act(Place place) {
        var act = form.value("act");
        int colon = act.indexOf(':');
        var key = act.substring(colon + 1);
        return switch (colon < 0 ? act : act.substring(0, colon)) {
            case "add" ->
                QuestionType.of(key).map(type -> tree.add(place, type)).orElse(place);
            case "colour" -> {
                tree.root().withObject("theme").put("colour", key);
                yield place;
            }
            case "page-add" -> tree.addPage(place);
            case "duplicate" -> tree.duplicate(key);
            case "delete" -> tree.delete(key);
            case "page-delete" -> tree.deletePage(key);
            case "up" -> stepped(key, -1);
            case "down" -> stepped(key, 1);
            case "page-up" -> steppedPage(key, -1);
            case "page-down" -> steppedPage(key, 1);
            case "move" -> {
                tree.move(key, form.value("page"), form.number("index", 0, 1_000));
                yield place;
            }
            default -> place;
        };
    }

    private Place stepped(String key, int by) {
        tree.step(key, by);
        return Place.question(key);
    }

    private Place steppedPage(String key, int by) {
        tree.stepPage(key, by);
        return Place.page(key);
    }
}
