package dev.afterword.db.survey.moving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was not carried over, or became something else.
 *
 * @param code as {@code moving.condition-left}; its text stands under {@code problem.<code>}, with the arguments as {0}, {1} …
 * @param place where in the file, in the words of the product that it comes from; of what is to be mended before publishing, where in our definition
 * @param question the key of our question that it is about; null where there is none
 */
public record Finding(String code, String place, @Nullable String question, List<Object> arguments) {
    public Finding {
        arguments = List.copyOf(arguments);
    }
}
