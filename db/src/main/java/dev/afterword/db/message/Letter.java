package dev.afterword.db.message;

import dev.afterword.db.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * What a mail that asks a question is about.
 *
 * @param language one of {@link Locality#LANGUAGES}
 * @param orderNumber the order as the shop calls it; null without one
 * @param answerLink absolute, without a query
 * @param unsubscribeLink absolute
 */
public record Letter(
        Workspace workspace,
        SendKind kind,
        String language,
        @Nullable String name,
        @Nullable String orderNumber,
        FirstQuestion question,
        String answerLink,
        String unsubscribeLink) {

    /**
     * The question inside the mail, in the letter's language.
     *
     * @param key the parameter that a clicked score is given in
     * @param from the lowest point; equal to {@code to} for a question without a scale
     */
    public record FirstQuestion(String key, String text, String low, String high, int from, int to) {}
}
