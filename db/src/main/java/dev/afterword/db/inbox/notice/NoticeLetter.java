package dev.afterword.db.inbox.notice;

import dev.afterword.db.message.Mail;
import dev.afterword.db.message.mail.Escape;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail to a staff member about one thing or several.
 *
 * @param base the address of the workspace's pages
 */
record NoticeLetter(String name, String workspace, String base, List<Told> items) {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("messages/mail-notice", Locale.ENGLISH);
    private static final int SHOWN = 30;
    private static final int LONGEST_QUOTE = 280;
    private static final int LONGEST_SUBJECT = 120;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+");

    Mail mail() {
        return new Mail(subject(), html(), text());
    }

    /** Never an address: subjects are read over shoulders, and stand in notifications. */
    private String subject() {
        var said = items.size() == 1 ? about(items.getFirst(), "subject") : counted();
        var line = Escape.line(ADDRESS.matcher(said).replaceAll("…"));
        return cut(line, LONGEST_SUBJECT);
    }

    private String counted() {
        var counts = new EnumMap<NoticeKind, Integer>(NoticeKind.class);
        items.forEach(item -> counts.merge(item.kind(), 1, Integer::sum));
        return say(
                "notice.several",
                workspace,
                counts.entrySet().stream()
                        .map(count -> say("notice." + count.getKey().code() + ".count", count.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private String about(Told told, String what) {
        var who = told.who() == null || told.who().isBlank() ? null : told.who().strip();
        var key = "notice." + told.kind().code()
                + (told.due().isEmpty() || what.equals("subject") ? "" : "." + told.due()) + "." + what;
        var nobody = key + ".nobody";
        return who == null && TEXTS.containsKey(nobody)
                ? say(nobody, told.thing(), "", told.said())
                : say(key, told.thing(), who == null ? "" : who, told.said());
    }

    private String text() {
        var parts = new ArrayList<String>();
        parts.add(say("notice.hello", name));
        for (var item : shown()) {
            var part = new StringBuilder(about(item, "subject")).append('\n').append(about(item, "line"));
            var quote = quote(item);
            if (quote != null) {
                part.append("\n\n")
                        .append(quote.lines().map(line -> "> " + line).collect(Collectors.joining("\n")));
            }
            parts.add(part.append("\n\n").append(base).append(item.place()).toString());
        }
        if (items.size() > SHOWN) {
            parts.add(say("notice.more", items.size() - SHOWN) + "\n" + base + "/");
        }
        parts.add("-- \n" + say("notice.why", workspace) + "\n" + base + "/told");
        return String.join("\n\n", parts) + "\n";
    }

    private String html() {
        var body = new StringBuilder("<p style=\"margin:0 0 20px\">")
                .append(escaped("notice.hello", name))
                .append("</p>");
        for (var item : shown()) {
            body.append(
                            "<div style=\"margin:0 0 24px;padding:0 0 24px;border-bottom:1px solid #e4e1d9\"><p style=\"margin:0 0 4px;font-weight:600\"><a style=\"color:#0b6475\" href=\"")
                    .append(Escape.html(base + item.place()))
                    .append("\">")
                    .append(Escape.html(about(item, "subject")))
                    .append("</a></p><p style=\"margin:0\">")
                    .append(Escape.html(about(item, "line")))
                    .append("</p>");
            var quote = quote(item);
            if (quote != null) {
                body.append(
                                "<blockquote dir=\"auto\" style=\"margin:12px 0 0;padding:0 0 0 12px;border-left:3px solid #e4e1d9;color:#5c636b\">")
                        .append(Escape.html(quote).replace("\n", "<br>"))
                        .append("</blockquote>");
            }
            body.append("</div>");
        }
        if (items.size() > SHOWN) {
            body.append("<p style=\"margin:0 0 20px\"><a style=\"color:#0b6475\" href=\"")
                    .append(Escape.html(base))
                    .append("/\">")
                    .append(escaped("notice.more", items.size() - SHOWN))
                    .append("</a></p>");
        }
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%s</title></head>\
                <body style="margin:0;background:#fbfaf7;color:#1f2328;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">\
                <div style="max-width:560px;margin:0 auto;padding:24px 16px">%s<p style="margin:0;font-size:14px;color:#5c636b">%s <a style="color:#0b6475" href="%s/told">%s</a></p></div></body></html>
                """.formatted(
                        Escape.html(subject()),
                        body,
                        escaped("notice.why", workspace),
                        Escape.html(base),
                        escaped("notice.choose"));
    }

    private List<Told> shown() {
        return items.subList(0, Math.min(items.size(), SHOWN));
    }

    private static @Nullable String quote(Told told) {
        var words = told.words();
        return words == null || words.isBlank() ? null : cut(words.strip(), LONGEST_QUOTE);
    }

    /** At a blank where there is one, never within a character. */
    private static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        var begin = text.substring(0, text.offsetByCodePoints(0, longest - 1));
        var blank = begin.lastIndexOf(' ');
        return (blank > longest / 2 ? begin.substring(0, blank) : begin).strip() + "…";
    }

    private static String escaped(String key, Object... arguments) {
        return Escape.html(say(key, arguments));
    }

    private static String say(String key, Object... arguments) {
        return new MessageFormat(TEXTS.getString(key), Locale.ENGLISH).format(arguments);
    }
}
