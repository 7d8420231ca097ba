package dev.afterword.web.followup;

import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.web.Form;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One change of a follow-up's draft by the editor's forms: what was typed at the place that is shown, and one act. */
final class JourneyChange {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Form form;
    private final FollowUpDefinition before;
    private final Surroundings around;
    private final JourneyWords words;
    private final JourneyTree tree;

    private JourneyChange(
            Form form, FollowUpDefinition before, Set<String> keys, Surroundings around, JourneyWords words) {
        this.form = form;
        this.before = before;
        this.around = around;
        this.words = words;
        this.tree = JourneyTree.of(before, keys);
    }

    /** What the follow-up is then, and what the editor goes on to show. */
    record Changed(FollowUpDefinition definition, JourneyPlace place) {}

    /** Whether a step or a way comes to it, which needs a key. */
    static boolean adds(Form form) {
        var act = form.value("act");
        return act.startsWith("add:") || act.startsWith("way-add:");
    }

    /**
     * What is no follow-up any more is rejected, with the path of what is wrong.
     *
     * @param keys that were ever published, as {@link JourneyTree#of(FollowUpDefinition, Set)} has them; needed where it {@link #adds}
     */
    static Changed of(FollowUpDefinition before, Set<String> keys, Form form, Surroundings around, JourneyWords words) {
        var change = new JourneyChange(form, before, keys, around, words);
        var place = JourneyPlace.parse(form.value("place"));
        if (!form.value("typed").isEmpty()) {
            change.typed(place);
        }
        var next = change.act(place);
        return new Changed(change.tree.definition(), next);
    }

    private void typed(JourneyPlace place) {
        if (place.isWhole()) {
            var root = tree.root();
            StepForms.applyWhole(form, root, around);
            RuleForms.apply(form, "audience", root, facts(false));
            RuleForms.apply(form, "exit", root, facts(true));
        } else if (place.isStep()) {
            var step = tree.step(place.step());
            StepForms.applyStep(form, step);
            MailForms.apply(form, step, language(place));
        } else {
            var way = tree.way(place);
            if (way != null && way.has("when")) {
                RuleForms.apply(form, "when", way, facts(true));
                if (!way.has("when")) {
                    RuleForms.begin(way, "when", facts(true));
                }
            } else if (way != null) {
                StepForms.applyArm(form, way);
            }
        }
    }

    private FactOptions facts(boolean inside) {
        return FactOptions.of(before, around, words, inside);
    }

    private String language(JourneyPlace place) {
        return place.language().isEmpty() ? around.workspace().language() : place.language();
    }

    private JourneyPlace act(JourneyPlace place) {
        var act = form.value("act");
        int colon = act.indexOf(':');
        var key = act.substring(colon + 1);
        return switch (colon < 0 ? act : act.substring(0, colon)) {
            case "add" -> tree.add(place, StepForms.begun(key, tree, around));
            case "way-add" -> tree.addWay(key, way(key));
            case "way-delete" -> tree.deleteWay(place);
            case "delete" -> tree.delete(key);
            case "up" -> moved(key, -1);
            case "down" -> moved(key, 1);
            case "into" -> {
                tree.moveInto(key, form.value("to"));
                yield JourneyPlace.step(key);
            }
            case "own-words" -> {
                tree.step(place.step()).set("content", MailForms.usual(key));
                yield place;
            }
            case "usual-words" -> {
                tree.step(place.step()).remove("content");
                yield place;
            }
            case "language-add" -> {
                MailForms.addLanguage(tree.step(place.step()), key, language(place));
                yield place.in(key);
            }
            case "language-delete" -> {
                MailForms.deleteLanguage(tree.step(place.step()), key);
                yield place.in("");
            }
            default -> place;
        };
    }

    private JourneyPlace moved(String key, int by) {
        tree.move(key, by);
        return JourneyPlace.step(key);
    }

    private ObjectNode way(String step) {
        var way = MAPPER.createObjectNode().put("key", "");
        if (tree.step(step).path("type").asString("").equals("split")) {
            way.put("weight", 1);
        } else {
            RuleForms.begin(way, "when", facts(true));
        }
        way.putArray("steps");
        return way;
    }
}
