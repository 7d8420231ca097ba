package dev.afterword.db.message.mail;

import dev.afterword.db.workspace.Colour;
import java.util.List;
import java.util.Set;

/**
 * Where a mail stands: what is known there, and what it must fit.
 *
 * @param languages that the workspace writes in; each must be there
 * @param colour the workspace's
 * @param order whether it always is about an order
 * @param question whether it asks a survey
 * @param reward whether a reward was given on the way here
 * @param answers the questions whose answers are known here
 * @param change whether it always tells what was done about a topic
 */
public record MailScope(
        List<String> languages,
        Colour colour,
        boolean order,
        boolean question,
        boolean reward,
        Set<String> answers,
        boolean change) {
    /** Tells of no change. */
    public MailScope(
            List<String> languages,
            Colour colour,
            boolean order,
            boolean question,
            boolean reward,
            Set<String> answers) {
        this(languages, colour, order, question, reward, answers, false);
    }

    public MailScope {
        languages = List.copyOf(languages);
        answers = Set.copyOf(answers);
    }
}
