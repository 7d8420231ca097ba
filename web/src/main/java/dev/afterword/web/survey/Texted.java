package dev.afterword.web.survey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of a survey's parts, by language. */
final class Texted {
    private Texted() {}

    static String get(JsonNode node, String member, String language) {
        return node.path(member).path(language).asString("");
    }

    /** Sets one language of a text; nothing leaves the others. */
    static void put(ObjectNode node, String member, String language, String text) {
        var texts = node.get(member) instanceof ObjectNode object ? object : node.putObject(member);
        if (text.isBlank()) {
            texts.remove(language);
        } else {
            texts.put(language, text);
        }
        if (texts.isEmpty()) {
            node.remove(member);
        }
    }
}
