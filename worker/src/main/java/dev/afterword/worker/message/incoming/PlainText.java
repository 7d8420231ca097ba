package dev.afterword.worker.message.incoming;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** Text without its dress: HTML as lines, and a reply without what it quotes. */
final class PlainText {
    /** An address in angle brackets that somebody forgot to escape is no tag. */
    private static final Pattern BARE_ADDRESS = Pattern.compile("<(?=[^<>\\s]{1,200}@)");

    /** A line that says when or from which address somebody wrote, or one that a quotation follows: people write “as I wrote:” themselves. */
    private static final String WROTE = ".{0,150}(wrote|schrieb|escreveu|escribió|a écrit|كتب)\\s*.{0,80}:";

    private static final Pattern QUOTED = Pattern.compile(
            "(?m)^(>.*|(?=.*[\\p{Nd}@])" + WROTE + "\\s*|" + WROTE
                    + "[ \\t]*(?=\\s*^>)|-{2,}\\s*(Original|Ursprüngliche|Mensagem|Mensaje|الرسالة).*|_{10,}|(From|Von|De|من):\\s.+@.+)$");

    private PlainText() {}

    static String ofHtml(String html) {
        var page = Jsoup.parse(BARE_ADDRESS.matcher(html).replaceAll("&lt;"));
        page.select("p, div, tr, li, h1, h2, h3, h4, blockquote, pre")
                .before("\n")
                .after("\n");
        return page.body().wholeText().replace('\u00a0', ' ');
    }

    /** What somebody wrote above the mail that they answer; all of it where nothing is quoted. */
    static String ownWords(String reply) {
        var quoted = QUOTED.matcher(reply);
        var own = quoted.find() ? reply.substring(0, quoted.start()) : reply;
        return own.isBlank() ? reply.strip() : own.strip();
    }
}
