package dev.afterword.db.survey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a definition. */
final class Problems {
    private final List<DefinitionProblem> found = new ArrayList<>();

    void add(String code, String path, @Nullable String question, Object... arguments) {
        found.add(new DefinitionProblem(code, path, question, List.of(arguments)));
    }

    int count() {
        return found.size();
    }

    List<DefinitionProblem> found() {
        return List.copyOf(found);
    }
}
