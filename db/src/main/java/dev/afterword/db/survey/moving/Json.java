package dev.afterword.db.survey.moving;

import dev.afterword.db.Rejected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON of others: what is of another kind than expected counts as not there. */
final class Json {
    private static final int DEEPEST = 60;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private Json() {}

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new Rejected("moving.too-deep", null, DEEPEST);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new Rejected("moving.broken-json", null, at == null ? 1 : at.getLineNr());
        }
    }

    static @Nullable String text(JsonNode node, String name) {
        return text(node.get(name));
    }

    static @Nullable String text(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }

    static String text(JsonNode node, String name, String otherwise) {
        var text = text(node, name);
        return text == null ? otherwise : text;
    }

    static boolean flag(JsonNode node, String name, boolean otherwise) {
        var value = node.get(name);
        return (value != null && value.isBoolean()) ? value.booleanValue() : otherwise;
    }

    static List<JsonNode> list(JsonNode node, String name) {
        var value = node.get(name);
        return value != null && value.isArray() ? List.copyOf(value.values()) : List.of();
    }

    static @Nullable Integer integer(JsonNode node, String name) {
        var text = text(node, name);
        return text != null && text.matches("-?[0-9]{1,6}") ? Integer.valueOf(text) : null;
    }

    /**
     * A text, or texts by language.
     *
     * @param source the language of what stands under {@code default}, or alone
     */
    static Map<String, String> texts(@Nullable JsonNode value, String source) {
        var texts = new LinkedHashMap<String, String>();
        if (value != null && value.isObject()) {
            for (var one : value.properties()) {
                var text = text(one.getValue());
                if (text != null) {
                    texts.put(one.getKey().equals("default") ? source : one.getKey(), text);
                }
            }
        } else {
            var text = text(value);
            if (text != null) {
                texts.put(source, text);
            }
        }
        return texts;
    }
}
