package dev.afterword.db.message;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a letter as HTML and as plain text, with the first question inside as links. Needs no image, and stays far below the 100 kB at which mail is clipped. */
public final class ComposeMail {
    /** Follows the link to the questions: what no person sees, and only machines follow. */
    private static final String CANARY = "/print";

    private ComposeMail() {}

    public static Mail compose(Letter letter) {
        var words = new Words(letter);
        return new Mail(
                words.say(
                        "mail.subject." + letter.kind().code(),
                        letter.workspace().name()),
                html(letter, words),
                text(letter, words));
    }

    private static String text(Letter letter, Words words) {
        var question = letter.question();
        var scores = scores(letter)
                .mapToObj(score -> score + ": " + scoreLink(letter, score))
                .collect(Collectors.joining("\n"));
        return """
                %s

                %s

                %s
                %s%s
                %s: %s

                --
                %s
                %s

                %s
                %s: %s
                """.formatted(
                        words.greeting(),
                        words.say("mail.intro." + letter.kind().code()),
                        question.text(),
                        scores.isEmpty()
                                ? ""
                                : "(%d = %s, %d = %s)%n%n"
                                        .formatted(question.from(), question.low(), question.to(), question.high()),
                        scores.isEmpty() ? "" : scores + "\n",
                        words.say("mail.open"),
                        letter.answerLink(),
                        letter.workspace().name(),
                        words.postalAddress(),
                        words.why(),
                        words.say("mail.unsubscribe"),
                        letter.unsubscribeLink())
                .replace("\r\n", "\n");
    }

    private static String html(Letter letter, Words words) {
        var question = letter.question();
        return """
                <!doctype html>
                <html lang="%1$s" dir="%2$s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%3$s</title>
                </head>
                <body style="margin:0;padding:0;background:#f4f4f1;color:#1d1f20;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
                <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
                <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-top:4px solid %4$s">
                <tr><td dir="%2$s" style="padding:28px 24px 8px;text-align:start">
                <p style="margin:0 0 20px;font-weight:600;font-size:18px">%5$s</p>
                <p style="margin:0 0 12px">%6$s</p>
                <p style="margin:0 0 24px">%7$s</p>
                <h1 style="margin:0 0 16px;font-size:20px;line-height:1.35">%8$s</h1>
                %9$s
                <p style="margin:20px 0 24px"><a href="%10$s" style="color:#1d1f20;text-decoration:underline">%11$s</a></p>
                <a href="%16$s" style="display:none;mso-hide:all" aria-hidden="true" tabindex="-1" rel="nofollow"></a></td></tr>
                <tr><td dir="%2$s" style="padding:16px 24px 24px;border-top:1px solid #e3e3de;text-align:start;font-size:13px;color:#55595c">
                <p style="margin:0 0 8px">%5$s<br>%12$s</p>
                <p style="margin:0 0 8px">%13$s</p>
                <p style="margin:0"><a href="%14$s" style="color:#55595c">%15$s</a></p>
                </td></tr>
                </table>
                </td></tr></table>
                </body>
                </html>
                """.formatted(
                        letter.language(),
                        letter.language().equals("ar") ? "rtl" : "ltr",
                        escape(words.say(
                                "mail.subject." + letter.kind().code(),
                                letter.workspace().name())),
                        escape(letter.workspace().colour()),
                        escape(letter.workspace().name()),
                        escape(words.greeting()),
                        escape(words.say("mail.intro." + letter.kind().code())),
                        escape(question.text()),
                        scale(letter, words),
                        escape(letter.answerLink()),
                        escape(words.say("mail.open")),
                        escape(words.postalAddress()).replace("\n", "<br>"),
                        escape(words.why()),
                        escape(letter.unsubscribeLink()),
                        escape(words.say("mail.unsubscribe")),
                        escape(letter.answerLink() + CANARY));
    }

    /** Links of at least 44 pixels, which wrap on a narrow screen; what the ends mean stands in words beneath. */
    private static String scale(Letter letter, Words words) {
        var question = letter.question();
        if (question.from() == question.to()) {
            return "";
        }
        var links = scores(letter)
                .mapToObj(score -> """
                        <a href="%s" style="display:inline-block;min-width:42px;height:44px;line-height:44px;margin:0 0 8px 0;text-align:center;border:1px solid %s;border-radius:6px;color:#1d1f20;font-weight:600;text-decoration:none">%d</a>
                        """.formatted(
                                escape(scoreLink(letter, score)),
                                escape(letter.workspace().colour()),
                                score))
                .collect(Collectors.joining());
        return """
                <div>%s</div>
                <p style="margin:4px 0 0;font-size:14px;color:#55595c">%d = %s &nbsp;·&nbsp; %d = %s</p>
                <p style="margin:8px 0 0;font-size:14px;color:#55595c">%s</p>
                """.formatted(
                        links,
                        question.from(),
                        escape(question.low()),
                        question.to(),
                        escape(question.high()),
                        escape(words.say("mail.hint")));
    }

    private static IntStream scores(Letter letter) {
        var question = letter.question();
        return question.from() == question.to()
                ? IntStream.empty()
                : IntStream.rangeClosed(question.from(), question.to());
    }

    private static String scoreLink(Letter letter, int score) {
        return letter.answerLink() + "?" + letter.question().key() + "=" + score;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The texts of a letter's language. */
    private static final class Words {
        private final Letter letter;
        private final Locale locale;
        private final ResourceBundle texts;

        Words(Letter letter) {
            this.letter = letter;
            this.locale = Locale.forLanguageTag(letter.language());
            this.texts = ResourceBundle.getBundle(
                    "messages.mail",
                    letter.language().equals("en") ? Locale.ROOT : locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        }

        String say(String key, Object... arguments) {
            return new MessageFormat(texts.getString(key), locale).format(arguments);
        }

        String greeting() {
            var name = letter.name();
            return name == null || name.isBlank() ? say("mail.greeting.nameless") : say("mail.greeting", name.strip());
        }

        String why() {
            var number = letter.orderNumber();
            return say("mail.why", letter.workspace().name(), number == null ? "–" : number);
        }

        String postalAddress() {
            var address = letter.workspace().postalAddress();
            return address == null ? "" : address.strip().replace("\r\n", "\n");
        }
    }
}
