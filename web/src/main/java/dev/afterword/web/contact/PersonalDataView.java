package dev.afterword.web.contact;

import dev.afterword.db.contact.erasure.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is kept of a person, in words. */
record PersonalDataView(List<Part> parts) {
    /** One kind of it; each row is a list of what is known. */
    record Part(String title, List<List<Line>> rows) {}

    /** One thing that is known, as "placed at" and when. */
    record Line(String label, String value) {}

    static PersonalDataView of(List<Section> sections) {
        return new PersonalDataView(sections.stream()
                .map(section -> new Part(
                        words(section.name()),
                        section.rows().stream().map(PersonalDataView::lines).toList()))
                .toList());
    }

    private static List<Line> lines(Map<String, Object> row) {
        var lines = new ArrayList<Line>();
        row.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                for (var one : list) {
                    lines.add(new Line(words(name), said(one)));
                }
            } else if (!said(value).isEmpty()) {
                lines.add(new Line(words(name), said(value)));
            }
        });
        return lines;
    }

    private static String said(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(one -> !said(one.getValue()).isEmpty())
                        .map(one -> words(String.valueOf(one.getKey())) + ": " + said(one.getValue()))
                        .collect(Collectors.joining(", "));
            case List<?> list -> list.stream().map(PersonalDataView::said).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    /** A name as {@code placedAt} in words: Placed at. */
    private static String words(String name) {
        var words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
