package dev.afterword.db.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a survey from being published.
 *
 * @param code as {@code survey.reference-later}; its text stands under {@code problem.<code>}, with the arguments as {0}, {1} …
 * @param path where in the definition, as {@code pages[0].questions[2].showIf}
 * @param question the key of the question that it is about; null where it is about a page or the whole
 */
public record DefinitionProblem(
        String code, String path, @Nullable String question, List<Object> arguments) {
    public DefinitionProblem {
        arguments = List.copyOf(arguments);
    }
}
