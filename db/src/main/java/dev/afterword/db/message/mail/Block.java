package dev.afterword.db.message.mail;

import org.jspecify.annotations.Nullable;

/** One piece of a mail; its texts may hold places as {@code {{contact.firstName|there}}}. */
public sealed interface Block {
    /** Paragraphs in Markdown; HTML inside is shown as it is typed. */
    record Text(String markdown) implements Block {}

    /**
     * A picture.
     *
     * @param url https
     * @param alternative what it says where it is not shown; empty says nothing, which only an ornament may
     */
    record Picture(String url, String alternative, @Nullable String link) implements Block {}

    /** A large link; to an address, or to {@code {{link.answer}}}. */
    record Button(String label, String link) implements Block {}

    /** The lines of the order that it is about, each with its name and its picture. */
    record OrderProduct() implements Block {}

    /** The first question of the survey, with its points as large links. */
    record ScoreQuestion() implements Block {}

    /**
     * The code of a reward.
     *
     * @param label what stands above it
     */
    record Reward(String label) implements Block {}

    /** A line across. */
    record Divider() implements Block {}

    /**
     * Why the mail came, who sent it, and how it stops; every mail has one.
     *
     * @param reason null for the usual sentence
     */
    record Footer(@Nullable String reason) implements Block {}
}
