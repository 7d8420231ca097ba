package dev.afterword.db;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as plain values of Java: text, numbers, true and false, null, and lists and maps of these, which keep their order. */
final class PlainValues {
    private static final int DEPTH = 10;

    private PlainValues() {}

    /** What lies deeper than ten levels comes as a list of its JSON. */
    static @Nullable Object of(JsonNode value) {
        return of(value, 1);
    }

    private static @Nullable Object of(JsonNode value, int depth) {
        return switch (value) {
            case ArrayNode array
            when depth < DEPTH -> {
                var items = new ArrayList<@Nullable Object>(array.size());
                array.values().forEach(item -> items.add(of(item, depth + 1)));
                yield items;
            }
            case ObjectNode object
            when depth < DEPTH -> {
                var members = new LinkedHashMap<String, @Nullable Object>();
                object.properties().forEach(member -> members.put(member.getKey(), of(member.getValue(), depth + 1)));
                yield members;
            }
            default -> {
                if (value.isNull()) {
                    yield null;
                }
                if (value.isBoolean()) {
                    yield value.booleanValue();
                }
                yield value.isString()
                        ? value.stringValue()
                        : value.isNumber() ? value.numberValue() : List.of(value.toString());
            }
        };
    }
}
