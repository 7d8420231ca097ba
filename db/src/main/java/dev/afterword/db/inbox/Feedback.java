package dev.afterword.db.inbox;

import dev.afterword.db.Rejected;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says on the feedback page. Who they are and what they bought is what they typed, and proves nothing.
 *
 * @param form the form that they sent: the same form sent twice says it once
 * @param email where they wish to be answered; null for a suggestion or a compliment that needs no answer
 * @param about what they typed of what it is about, as order number and product, each with its label in their language
 * @param orderNumber as they typed it
 * @param orderId the order whose own link they opened; null for the page that is everybody's
 * @param language BCP 47, of the page that they read
 */
public record Feedback(
        UUID workspaceId,
        UUID form,
        CaseKind kind,
        String words,
        String about,
        @Nullable String name,
        @Nullable String email,
        @Nullable String orderNumber,
        @Nullable UUID orderId,
        String language) {
    public static final int LONGEST = 5_000;
    public static final int LONGEST_LINE = 100;
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>(),;:\"\\\\]{1,64}@[^\\s@<>(),;:\"\\\\]+\\.[^\\s@<>(),;:\"\\\\]+");
    private static final Pattern LEADS_AWAY =
            Pattern.compile("://|www\\.|@|\\b[\\p{L}\\p{N}-]+\\.\\p{L}{2,}\\b|\\+?\\d[\\d ()/-]{7,}\\d");

    public Feedback {
        words = words.strip();
        if (words.isEmpty()) {
            throw new Rejected("feedback.words-missing", "words");
        }
        if (words.length() > LONGEST) {
            throw new Rejected("feedback.words-long", "words", LONGEST);
        }
        if (orderNumber != null && orderNumber.length() > LONGEST_LINE) {
            throw new Rejected("feedback.line-long", "order", LONGEST_LINE);
        }
        if (name != null && (name.length() > LONGEST_LINE || leadsAway(name))) {
            throw new Rejected("feedback.name-wrong", "name");
        }
        if (email != null && (email.length() > 254 || !ADDRESS.matcher(email).matches())) {
            throw new Rejected("feedback.address-wrong", "email");
        }
    }

    /** Whether somebody waits for an answer. */
    public static boolean needsAnswer(CaseKind kind) {
        return kind == CaseKind.QUESTION || kind == CaseKind.COMPLAINT;
    }

    /** Whether words name a place on the web, an address or a telephone number; such words of strangers are not sent on to an address that they typed. */
    public static boolean leadsAway(String words) {
        return LEADS_AWAY.matcher(words).find();
    }

    /** Everything that they said, as staff reads it. */
    String whole() {
        return Stream.of(words, about, name == null ? "" : "— " + name)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    /** What it is called: its first line. */
    static String subject(String words) {
        return words.strip().lines().findFirst().orElse("…");
    }
}
