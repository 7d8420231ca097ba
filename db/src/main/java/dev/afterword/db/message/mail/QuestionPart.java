package dev.afterword.db.message.mail;

import dev.afterword.db.message.Letter.FirstQuestion;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The question inside a mail: its points as links, which count nothing before somebody confirms them on the page that they open. */
record QuestionPart(FirstQuestion question, String answerLink, String colour, MailTexts texts) {
    /** Follows the link to the questions: what no person sees, and only machines follow. */
    private static final String CANARY = "/print";

    String html() {
        return """
                <h1 style="margin:0 0 16px;font-size:20px;line-height:1.35">%s</h1>
                %s<p style="margin:20px 0 0"><a href="%s" style="color:#1d1f20;text-decoration:underline">%s</a></p>
                <a href="%s" style="display:none;mso-hide:all" aria-hidden="true" tabindex="-1" rel="nofollow"></a>""".formatted(
                        Escape.html(question.text()),
                        scale(),
                        Escape.html(answerLink),
                        Escape.html(texts.say("mail.open")),
                        Escape.html(answerLink + CANARY));
    }

    /** Links of at least 44 pixels, which wrap on a narrow screen; what the ends mean stands in words beneath. */
    private String scale() {
        if (!isScale()) {
            return "";
        }
        var links = scores().mapToObj(score -> """
                        <a class="tint" href="%s" style="display:inline-block;min-width:42px;height:44px;line-height:44px;margin:0 0 8px 0;text-align:center;border:1px solid %s;border-radius:6px;color:#1d1f20;font-weight:600;text-decoration:none">%d</a>
                        """.formatted(Escape.html(link(score)), colour, score))
                .collect(Collectors.joining());
        return """
                <div>%s</div>
                <p style="margin:4px 0 0;font-size:14px">%d = %s &nbsp;·&nbsp; %d = %s</p>
                <p style="margin:8px 0 0;font-size:14px">%s</p>
                """.formatted(
                        links,
                        question.from(),
                        Escape.html(question.low()),
                        question.to(),
                        Escape.html(question.high()),
                        Escape.html(texts.say("mail.hint")));
    }

    String words() {
        var scale = isScale()
                ? "(%d = %s, %d = %s)\n\n".formatted(question.from(), question.low(), question.to(), question.high())
                        + scores().mapToObj(score -> score + ": " + link(score)).collect(Collectors.joining("\n"))
                        + "\n"
                : "";
        return question.text() + "\n" + scale + texts.say("mail.open") + ": " + answerLink;
    }

    private boolean isScale() {
        return question.from() != question.to();
    }

    private IntStream scores() {
        return IntStream.rangeClosed(question.from(), question.to());
    }

    private String link(int score) {
        return answerLink + "?" + question.key() + "=" + score;
    }
}
