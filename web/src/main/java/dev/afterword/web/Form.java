package dev.afterword.web;

import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What somebody typed, field by field, exactly as it was typed, and what is wrong with it. Endpoints take it as an argument; pages show it through
 * {@code fragments/field} under the name {@code form}.
 */
public final class Form {
    private final MultiValueMap<String, String> typed;
    private final Map<String, Wrong> wrong = new LinkedHashMap<>();
    private final boolean sent;

    private Form(MultiValueMap<String, String> typed, boolean sent) {
        this.typed = typed;
        this.sent = sent;
    }

    /** Why a field is not right: the code of a text, and its arguments. */
    public record Wrong(String code, List<Object> arguments) {
        /** For {@code #messages.msgWithParams}. */
        public Object[] parameters() {
            return arguments.toArray();
        }
    }

    /** A form to be filled by {@link #put}. */
    public static Form blank() {
        return new Form(new LinkedMultiValueMap<>(), false);
    }

    /** What a browser sent; characters that the database cannot keep are left out. */
    static Form sent(MultiValueMap<String, String> fields) {
        var typed = new LinkedMultiValueMap<String, String>();
        fields.forEach((name, values) -> values.forEach(value -> typed.add(name, clean(value))));
        return new Form(typed, true);
    }

    private static String clean(@Nullable String value) {
        return value == null ? "" : value.replace("\0", "").replace("\r\n", "\n");
    }

    public Form put(String field, @Nullable Object value) {
        typed.set(field, value == null ? "" : value.toString());
        return this;
    }

    public Form putAll(String field, List<String> values) {
        typed.put(field, List.copyOf(values));
        return this;
    }

    /** The text of a field without blanks around it; empty when it is missing. */
    public String value(String field) {
        var value = typed.getFirst(field);
        return value == null ? "" : value.strip();
    }

    /** The text of a field, or null when nothing was typed. */
    public @Nullable String valueOrNull(String field) {
        var value = value(field);
        return value.isEmpty() ? null : value;
    }

    /** A field as it was typed, blanks too: passwords. */
    public String raw(String field) {
        var value = typed.getFirst(field);
        return value == null ? "" : value;
    }

    /** The boxes of that name that are ticked. */
    public List<String> values(String field) {
        return typed.getOrDefault(field, List.of());
    }

    /** Whether the field was there at all. */
    public boolean has(String field) {
        return typed.containsKey(field);
    }

    public boolean has(String field, String value) {
        return values(field).contains(value);
    }

    /** The number in a field; otherwise the field is wrong and it is -1. */
    public int number(String field, int least, int most) {
        try {
            var number = Integer.parseInt(value(field));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below: what is no number is as wrong as one outside.
        }
        wrong(field, "form.number", least, most);
        return -1;
    }

    /** Marks a field as wrong, with the text {@code problem.<code>}; the field {@code ""} stands for the whole. */
    public Form wrong(String field, String code, Object... arguments) {
        wrong.putIfAbsent(field, new Wrong("problem." + code, List.of(arguments)));
        return this;
    }

    /** Puts what the inside rejects beside its field. */
    public Form reject(Problem problem) {
        return reject(problem, "");
    }

    /** Beside a field of ours, unless it is empty or the problem is about the whole. */
    Form reject(Problem problem, String beside) {
        var field = problem.field();
        var named = field == null ? "" : beside.isEmpty() ? field : beside;
        return wrong(named, problem.code(), problem.arguments().toArray());
    }

    /** The id in a text of that field; otherwise {@code field.not-an-id}. */
    public static UUID id(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new Rejected("field.not-an-id", field, text);
        }
    }

    public boolean right() {
        return wrong.isEmpty();
    }

    public @Nullable Wrong error(String field) {
        return wrong.get(field);
    }

    /** Errors of the whole, and of fields that the page does not show. */
    public List<Wrong> others(List<String> shown) {
        return wrong.entrySet().stream()
                .filter(entry -> !shown.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether the field is the first wrong one, which takes the focus. */
    public boolean first(String field) {
        return !wrong.isEmpty() && field.equals(wrong.keySet().iterator().next());
    }

    public boolean isSent() {
        return sent;
    }
}
