package dev.afterword.db;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a shop sent, as a JSON object whose fields are read one by one; whatever is wrong is {@link Rejected} with the dotted path of the field. None (a field
 * that is missing or null) and text that stands for a number, a time or true and false are allowed, because CSV knows nothing else. Unknown fields are left alone.
 */
public final class Fields {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** What the parser tells of itself: a place in brackets that names none, and where a limit is set. */
    private static final Pattern INTERNALS = Pattern.compile(
            " ?\\((?:start marker|for \\w+ starting) at \\[Source: [^]]*]\\)|(?: at)? ?\\[Source: [^]]*]|, from `[^`]*`");

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final int MOST_ATTRIBUTES = 100;

    private final ObjectNode node;
    private final String path;

    private Fields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads one JSON object; anything else is {@code json.malformed}. */
    public static Fields parse(String json) {
        JsonNode read;
        try {
            read = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new Rejected("json.malformed", null, reason(e));
        }
        return of(read);
    }

    /** What the parser says, without its own names for things, and where. */
    private static String reason(JacksonException e) {
        var plain = INTERNALS.matcher(e.getOriginalMessage()).replaceAll("");
        var at = e.getLocation();
        return at == null ? plain : plain + ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    public static Fields of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, "");
        }
        throw new Rejected("json.not-an-object", null);
    }

    /** The names of all fields that are not null. */
    public List<String> names() {
        return node.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    public String text(String name, int longest) {
        var text = optionalText(name, longest);
        if (text == null) {
            throw rejected("field.required", name);
        }
        return text;
    }

    /** Trimmed; empty text is none. */
    public @Nullable String optionalText(String name, int longest) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw rejected("field.not-text", name);
        }
        var text = value.stringValue().strip();
        check(text, name, longest);
        return text.isEmpty() ? null : text;
    }

    private void check(String text, String name, int longest) {
        if (text.indexOf('\0') >= 0) {
            throw rejected("field.nul", name);
        }
        if (text.length() > longest) {
            throw rejected("field.too-long", name, longest);
        }
    }

    public Instant time(String name) {
        var time = optionalTime(name);
        if (time == null) {
            throw rejected("field.required", name);
        }
        return time;
    }

    /** ISO 8601 with an offset, to the microsecond that the database keeps. */
    public @Nullable Instant optionalTime(String name) {
        var text = optionalText(name, 64);
        if (text == null) {
            return null;
        }
        Instant time;
        try {
            time = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw rejected("field.not-a-time", name, shown(text));
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw rejected("field.out-of-range", name, shown(text));
        }
        return time;
    }

    /** A time of the day, as 09:30. */
    public @Nullable LocalTime optionalTimeOfDay(String name) {
        var text = optionalText(name, 8);
        if (text == null) {
            return null;
        }
        try {
            return LocalTime.parse(text).truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeException e) {
            throw rejected("field.not-a-time-of-day", name, shown(text));
        }
    }

    /** Without trailing zeros, so that equal numbers are equal. */
    public @Nullable BigDecimal optionalDecimal(String name, int integerDigits, int fractionDigits) {
        var number = optionalNumber(name);
        if (number == null) {
            return null;
        }
        if (number.signum() < 0
                || number.scale() > fractionDigits
                || (long) number.precision() - number.scale() > integerDigits) {
            throw rejected("field.out-of-range", name, shown(number.toString()));
        }
        return number;
    }

    /** Any number, without trailing zeros. */
    public @Nullable BigDecimal optionalNumber(String name) {
        var value = value(name);
        if (value == null || (value.isString() && value.stringValue().isBlank())) {
            return null;
        }
        if (value.isString() && value.stringValue().length() < 50) {
            try {
                return new BigDecimal(value.stringValue().strip()).stripTrailingZeros();
            } catch (NumberFormatException e) {
                throw rejected("field.not-a-number", name, shown(value.stringValue()));
            }
        }
        if (!value.isNumber()) {
            throw rejected("field.not-a-number", name, shown(value.toString()));
        }
        return value.decimalValue().stripTrailingZeros();
    }

    public int integer(String name, int least, int most) {
        var number = optionalInteger(name, least, most);
        if (number == null) {
            throw rejected("field.required", name);
        }
        return number;
    }

    public @Nullable Integer optionalInteger(String name, int least, int most) {
        var number = optionalNumber(name);
        if (number == null) {
            return null;
        }
        if (number.scale() > 0
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw rejected("field.out-of-range", name, shown(number.toString()));
        }
        return number.intValueExact();
    }

    public @Nullable Boolean optionalFlag(String name) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.isString() ? value.stringValue().strip().toLowerCase(Locale.ROOT) : "?") {
            case "true" -> true;
            case "false" -> false;
            case "" -> null;
            default -> throw rejected("field.not-true-or-false", name);
        };
    }

    public Fields object(String name) {
        var object = optionalObject(name);
        if (object == null) {
            throw rejected("field.required", name);
        }
        return object;
    }

    public @Nullable Fields optionalObject(String name) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return new Fields(object, path(name) + ".");
        }
        throw rejected("field.not-an-object", name);
    }

    /** A list of objects; null when none was sent, which is not the same as an empty one. */
    public @Nullable List<Fields> optionalObjects(String name, int most) {
        var items = optionalItems(name, most);
        if (items == null) {
            return null;
        }
        var objects = new ArrayList<Fields>(items.size());
        for (var item : items) {
            var itemName = name + "[" + objects.size() + "]";
            if (!(item instanceof ObjectNode object)) {
                throw rejected("field.not-an-object", itemName);
            }
            objects.add(new Fields(object, path(itemName) + "."));
        }
        return objects;
    }

    public @Nullable List<String> optionalTexts(String name, int most, int longest) {
        var items = optionalItems(name, most);
        if (items == null) {
            return null;
        }
        var texts = new ArrayList<String>(items.size());
        for (var item : items) {
            var itemName = name + "[" + texts.size() + "]";
            if (!item.isString()) {
                throw rejected("field.not-text", itemName);
            }
            check(item.stringValue(), itemName, longest);
            texts.add(item.stringValue().strip());
        }
        return texts;
    }

    private @Nullable List<JsonNode> optionalItems(String name, int most) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw rejected("field.not-a-list", name);
        }
        if (value.size() > most) {
            throw rejected("field.too-many", name, most);
        }
        return List.copyOf(value.values());
    }

    /** An object of plain values, each as text; null values are kept, they take a known value away. */
    public Map<String, @Nullable String> attributes(String name) {
        var values = new TreeMap<String, @Nullable String>();
        var object = optionalObject(name);
        if (object == null) {
            return values;
        }
        if (object.node.size() > MOST_ATTRIBUTES) {
            throw rejected("field.too-many", name, MOST_ATTRIBUTES);
        }
        for (var field : object.node.properties()) {
            object.check(field.getKey(), field.getKey(), 100);
            var value = field.getValue();
            if (value.isContainer()) {
                throw object.rejected("field.not-text", field.getKey());
            }
            var text = value.isNull() ? null : value.asString();
            if (text != null) {
                object.check(text, field.getKey(), 1000);
            }
            values.put(field.getKey(), text);
        }
        return values;
    }

    /** An object of values as they came: text, numbers, true and false, null, and lists and objects of these. */
    public Map<String, @Nullable Object> values(String name) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var field : object(name).node.properties()) {
            values.put(field.getKey(), PlainValues.of(field.getValue()));
        }
        return values;
    }

    /** A value as it came: text, a number, true or false, or a list or an object of these; null without one. */
    public @Nullable Object plain(String name) {
        var value = value(name);
        return value == null ? null : PlainValues.of(value);
    }

    /** Refuses every field that is not one of these. */
    public void only(Set<String> names) {
        for (var name : names()) {
            if (!names.contains(name)) {
                throw rejected(
                        "field.unknown",
                        shown(name),
                        shown(name),
                        names.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    /** The id in a text of one of these fields; otherwise {@code field.not-an-id}. */
    public UUID id(String name, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw rejected("field.not-an-id", name, text);
        }
    }

    /** A problem with one of these fields. */
    public Rejected rejected(String code, String name, Object... arguments) {
        return new Rejected(code, path(name), arguments);
    }

    /** The dotted path of one of these fields. */
    public String path(String name) {
        return (path + name).replace('\0', '?');
    }

    private @Nullable JsonNode value(String name) {
        var value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** The object as it came, as JSON. */
    @Override
    public String toString() {
        return node.toString();
    }
}
