package dev.afterword.db.survey.moving;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Texts without markup: paragraphs and line breaks stay, everything else goes. */
final class PlainText {
    private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z/!]|&[a-zA-Z#]");

    private static final Pattern PICTURE =
            Pattern.compile("<(img|video|audio|iframe|object|embed)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("<a\\s[^>]*href", Pattern.CASE_INSENSITIVE);

    /** Stands for a line break while white space is still HTML's; a character that nobody writes. */
    private static final String BREAK = "\ue000";

    private PlainText() {}

    static String of(String html) {
        if (!MARKUP.matcher(html).find()) {
            return tidy(html);
        }
        var body = Jsoup.parseBodyFragment(html).body();
        body.select("script, style, noscript, template").remove();
        body.select("br").after(BREAK);
        for (Element block : body.select("p, div, li, h1, h2, h3, h4, h5, h6, tr, ul, ol, table, blockquote")) {
            block.after(BREAK);
        }
        body.select("li").before(BREAK);
        var text = body.wholeText().replaceAll("[ \\t]*\\R[ \\t]*", " ").replace(BREAK, "\n");
        return tidy(text);
    }

    private static String tidy(String text) {
        return text.replace('\u00a0', ' ')
                .replace("\0", "")
                .replaceAll("[ \\t\\f]+", " ")
                .replaceAll(" ?\\R ?", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    static boolean hasPicture(String html) {
        return PICTURE.matcher(html).find();
    }

    static boolean hasLink(String html) {
        return LINK.matcher(html).find();
    }
}
