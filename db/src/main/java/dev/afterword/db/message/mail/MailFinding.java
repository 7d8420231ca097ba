package dev.afterword.db.message.mail;

import java.util.List;

/**
 * Something about a mail that its author should know.
 *
 * @param code as {@code mail.fallback-missing}; its text stands under {@code problem.<code>}, with the arguments as {0}, {1} …
 * @param path where, as {@code en.blocks[2].link}; empty for the whole
 */
public record MailFinding(String code, Severity severity, String path, List<Object> arguments) {
    /** What follows from it. */
    public enum Severity {
        /** The mail cannot be published. */
        STOPS,
        /** Worth a thought. */
        ADVICE
    }

    public MailFinding {
        arguments = List.copyOf(arguments);
    }

    static MailFinding stops(String code, String path, Object... arguments) {
        return new MailFinding(code, Severity.STOPS, path, List.of(arguments));
    }

    static MailFinding advice(String code, String path, Object... arguments) {
        return new MailFinding(code, Severity.ADVICE, path, List.of(arguments));
    }
}
