package dev.afterword.web;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Why the process cannot start, as one sentence for the person who starts it; the texts stand in {@code messages/start.properties}. */
public final class StartProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartProblem(String code, Object... arguments) {
        this(code, null, arguments);
    }

    public StartProblem(String code, @Nullable Throwable cause, Object... arguments) {
        super(sentence(code, arguments), cause);
    }

    /** The sentence of a code, for analyzers of others’ failures. */
    public static String sentence(String code, Object... arguments) {
        return new MessageFormat(ResourceBundle.getBundle("messages/start").getString("start." + code), Locale.ROOT)
                .format(arguments);
    }
}
