package dev.afterword.db.survey.moving;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what could not be carried over, each thing once, and not without end. */
final class Findings {
    private static final int MOST = 1_000;
    private static final int LONGEST = 200;

    private final Set<Finding> found = new LinkedHashSet<>();

    void add(String code, String place, @Nullable String question, Object... arguments) {
        if (found.size() < MOST) {
            found.add(new Finding(
                    "moving." + code,
                    shown(place),
                    question,
                    List.of(arguments).stream()
                            .map(one -> one instanceof String text ? shown(text) : one)
                            .toList()));
        }
    }

    List<Finding> list() {
        return List.copyOf(found);
    }

    static String shown(String text) {
        var line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
