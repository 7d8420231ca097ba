package dev.afterword.db.message.incoming;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a message which came back says, about one recipient.
 *
 * @param address the recipient as the message names it; null where it names none
 * @param status RFC 3463, as {@code 5.1.1}; null where none is said
 * @param diagnostic what the server that refused it said, shortened
 * @param sure whether it was said in a form that a standard describes; else it was guessed from words
 */
public record Notice(
        NoticeKind kind,
        @Nullable String address,
        @Nullable String status,
        @Nullable String diagnostic,
        boolean sure) {
    private static final int LONGEST = 500;

    public Notice {
        diagnostic = diagnostic == null ? null : shortened(diagnostic);
    }

    private static String shortened(String text) {
        var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.substring(0, line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length()))));
    }
}
