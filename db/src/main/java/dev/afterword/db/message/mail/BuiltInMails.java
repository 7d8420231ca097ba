package dev.afterword.db.message.mail;

import dev.afterword.db.message.Locality;
import dev.afterword.db.message.SendKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mails that ask and remind, as long as nobody has written others: written in the same blocks as those of marketers. */
public final class BuiltInMails {
    private static final Map<SendKind, MailContent> ALL =
            Map.of(SendKind.ASK, content("ask"), SendKind.REMIND, content("remind"));
    private static final MailContent REWARD = gift("reward");
    private static final MailContent GOODWILL = gift("goodwill");

    private BuiltInMails() {}

    /** The mail that says that what somebody wrote has arrived, what that was ({@code answer.words}) and by when they hear of us ({@code answer.when}), where it tells that; on the feedback page, or by mail. */
    public static MailContent received(boolean quoting, boolean dated, boolean byMail) {
        var variants = new LinkedHashMap<String, MailContent.Variant>();
        for (var language : Locality.LANGUAGES) {
            var texts = MailTexts.in(language);
            var words = new StringBuilder("{{greeting}}\n\n").append(texts.say("mail.intro.received"));
            if (dated) {
                words.append(' ').append(texts.say("mail.received.when", "{{answer.when}}"));
            }
            if (quoting) {
                words.append("\n\n").append(texts.say("mail.received.words")).append("\n\n> {{answer.words}}");
            }
            variants.put(
                    language,
                    new MailContent.Variant(
                            texts.say("mail.subject.received", "{{shop.name}}"),
                            null,
                            List.of(
                                    new Block.Text(words.toString()),
                                    new Block.Button(texts.say("mail.received.follow"), "{{link.answer}}"),
                                    new Block.Footer(texts.say(
                                            byMail ? "mail.received.why-mail" : "mail.received.why",
                                            "{{shop.name}}")))));
        }
        return new MailContent(variants);
    }

    /** What stands at the end of every answer of staff: where its case can be followed ({@code link.answer}). */
    public static Block follow(String language) {
        return new Block.Text("[" + MailTexts.in(language).say("mail.case.follow") + "]({{link.answer}})");
    }

    /** The mail of that kind, in every language of {@link Locality#LANGUAGES}. */
    public static MailContent of(SendKind kind) {
        var content = ALL.get(kind);
        if (content == null) {
            throw new IllegalArgumentException("somebody must write a " + kind.code());
        }
        return content;
    }

    /** The mail that brings a code, promised for an answer or given after a problem. */
    public static MailContent gift(boolean goodwill) {
        return goodwill ? GOODWILL : REWARD;
    }

    private static MailContent gift(String kind) {
        var variants = new LinkedHashMap<String, MailContent.Variant>();
        for (var language : Locality.LANGUAGES) {
            var texts = MailTexts.in(language);
            variants.put(
                    language,
                    new MailContent.Variant(
                            texts.say("mail.subject." + kind, "{{shop.name}}"),
                            null,
                            List.of(
                                    new Block.Text("{{greeting}}\n\n" + texts.say("mail.intro." + kind)),
                                    new Block.Reward("{{reward.offer}}"),
                                    new Block.Footer(null))));
        }
        return new MailContent(variants);
    }

    private static MailContent content(String kind) {
        var variants = new LinkedHashMap<String, MailContent.Variant>();
        for (var language : Locality.LANGUAGES) {
            var texts = MailTexts.in(language);
            variants.put(
                    language,
                    new MailContent.Variant(
                            texts.say("mail.subject." + kind, "{{shop.name}}"),
                            null,
                            List.of(
                                    new Block.Text("{{greeting}}\n\n" + texts.say("mail.intro." + kind)),
                                    new Block.ScoreQuestion(),
                                    new Block.Footer(null))));
        }
        return new MailContent(variants);
    }
}
