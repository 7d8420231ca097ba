package dev.afterword.web.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All texts of a draft by stable names, {@code recommend.text} or {@code matters.options.price}, to be read and written language by language. */
final class Translations {
    private static final List<String> WHOLE = List.of("title", "welcome", "thanks");
    private static final List<String> OF_QUESTION = List.of("text", "help", "low", "high", "other", "unit");
    private static final List<String> LISTS = List.of("options", "rows", "columns");

    private Translations() {}

    /**
     * One text.
     *
     * @param source in the language that the survey is written in
     * @param target in the other language; empty while it is missing
     */
    record Entry(String key, String source, String target) {
        public boolean isMissing() {
            return !source.isEmpty() && target.isEmpty();
        }

        public boolean isLong() {
            return source.length() > 60;
        }
    }

    /** Where a text stands. */
    private record Spot(String key, ObjectNode holder, String member) {}

    /** What there is to translate, in the order in which customers read it. */
    static List<Entry> of(DraftTree tree, String target) {
        return spots(tree).stream()
                .map(spot -> new Entry(
                        spot.key(),
                        Texted.get(spot.holder(), spot.member(), tree.language()),
                        Texted.get(spot.holder(), spot.member(), target)))
                .filter(entry -> !entry.source().isEmpty() || !entry.target().isEmpty())
                .toList();
    }

    /** Writes the texts that are named; names that the survey does not have are left alone. How many were changed. */
    static int put(DraftTree tree, String target, Map<String, String> texts) {
        int changed = 0;
        for (var spot : spots(tree)) {
            var text = texts.get(spot.key());
            if (text != null && !text.strip().equals(Texted.get(spot.holder(), spot.member(), target))) {
                Texted.put(spot.holder(), spot.member(), target, text.strip());
                changed++;
            }
        }
        return changed;
    }

    static void add(DraftTree tree, String language) {
        if (!tree.languages().contains(language)) {
            tree.root().withArray("languages").add(language);
        }
    }

    /** Takes a language out with all its texts; the one that the survey is written in stays. */
    static void remove(DraftTree tree, String language) {
        if (tree.languages().indexOf(language) > 0) {
            spots(tree).forEach(spot -> Texted.put(spot.holder(), spot.member(), language, ""));
            tree.root().withArray("languages").remove(tree.languages().indexOf(language));
        }
    }

    private static List<Spot> spots(DraftTree tree) {
        var spots = new ArrayList<Spot>();
        WHOLE.forEach(member -> spot(spots, member, tree.root(), member));
        for (var page : tree.pages()) {
            spot(spots, "page." + key(page) + ".title", page, "title");
            for (var question : page.path("questions")) {
                OF_QUESTION.forEach(member -> spot(spots, key(question) + "." + member, question, member));
                for (var list : LISTS) {
                    question.path(list)
                            .forEach(option ->
                                    spot(spots, key(question) + "." + list + "." + key(option), option, "text"));
                }
            }
        }
        return spots;
    }

    private static void spot(List<Spot> spots, String key, JsonNode holder, String member) {
        if (holder instanceof ObjectNode object && object.has(member)) {
            spots.add(new Spot(key, object, member));
        }
    }

    private static String key(JsonNode node) {
        return node.path("key").asString("");
    }
}
