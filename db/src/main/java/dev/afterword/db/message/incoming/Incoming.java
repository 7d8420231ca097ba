package dev.afterword.db.message.incoming;

import dev.afterword.db.message.attachment.Attached;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that came back, as the worker has read it.
 *
 * @param from who wrote it; null where it does not say
 * @param addresses where a token of ours may stand: whom it was sent to, whom the returned mail was from
 * @param messageId its own, in angle brackets
 * @param answers the Message-IDs that it answers or returns, the most telling first
 * @param links what the returned mail gave for unsubscribing
 * @param notices what it says; never empty for a mail
 * @param words what stands in it, without what it quotes; null where it could not be read
 * @param name what whoever wrote it is called; null where it does not say
 * @param files what came with the words of a person
 */
public record Incoming(
        @Nullable String from,
        List<String> addresses,
        @Nullable String messageId,
        String subject,
        List<String> answers,
        List<String> links,
        List<Notice> notices,
        @Nullable String words,
        @Nullable String name,
        List<Attached> files) {
    /** Without the zeros that headers may hold, which no text in PostgreSQL can. */
    public Incoming {
        from = clean(from);
        addresses = clean(addresses);
        messageId = clean(messageId);
        subject = subject.replace('\0', ' ');
        answers = clean(answers);
        links = clean(links);
        words = clean(words);
        name = clean(name);
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace('\0', ' ');
    }

    private static List<String> clean(List<String> texts) {
        return texts.stream().map(text -> text.replace('\0', ' ')).toList();
    }

    /** Of somebody without a name, and without files. */
    public Incoming(
            @Nullable String from,
            List<String> addresses,
            @Nullable String messageId,
            String subject,
            List<String> answers,
            List<String> links,
            List<Notice> notices,
            @Nullable String words) {
        this(from, addresses, messageId, subject, answers, links, notices, words, null, List.of());
    }

    /** Nothing of a message can be understood. */
    public static Incoming unreadable() {
        return new Incoming(null, List.of(), null, "", List.of(), List.of(), List.of(), null);
    }

    /** Whether a person wrote it. */
    public boolean byPerson() {
        return notices.stream().anyMatch(notice -> notice.kind() == NoticeKind.REPLY);
    }
}
