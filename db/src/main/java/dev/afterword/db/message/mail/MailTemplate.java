package dev.afterword.db.message.mail;

import dev.afterword.db.message.Mail;
import dev.afterword.db.message.mail.Slots.Piece;
import dev.afterword.db.message.mail.Slots.Slot;
import dev.afterword.db.message.mail.Slots.Where;
import dev.afterword.db.workspace.Colour;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.util.ConcurrentLruCache;

/** A mail in one language with slots for what each customer gets: compiled once, filled in microseconds. */
public final class MailTemplate {
    private static final ConcurrentLruCache<Source, MailTemplate> COMPILED =
            new ConcurrentLruCache<>(500, MailTemplate::new);

    private final MailTexts texts;
    private final String colour;
    private final List<Piece> subject;
    private final List<Piece> html;
    private final List<Piece> words;

    /** What a template is compiled from. */
    private record Source(MailContent.Chosen chosen, String colour) {}

    private MailTemplate(Source source) {
        var slots = new Slots();
        texts = MailTexts.in(source.chosen.language());
        colour = source.colour;
        var layout =
                new MailLayout(source.chosen.variant(), Colour.parse(colour).orElse(Colour.BLACK), texts, slots);
        subject = slots.split(slots.mark(source.chosen.variant().subject()), false);
        html = slots.split(layout.html(), true);
        words = slots.split(layout.words(), false);
    }

    private MailTemplate(String markdown, MailFacts facts) {
        var slots = new Slots();
        texts = MailTexts.in(facts.language());
        colour = facts.workspace().colour();
        subject = List.of();
        html = List.of();
        words = slots.split(Markdown.text(slots.mark(markdown)), false);
    }

    /** Words in Markdown as plain text, its places filled. */
    public static String words(String markdown, MailFacts facts) {
        var template = new MailTemplate(markdown, facts);
        return template.fill(template.words, facts);
    }

    /** The mail for one customer, in their language or the nearest that it is written in. */
    public static Mail compose(MailContent content, MailFacts facts) {
        var workspace = facts.workspace();
        return compile(content.in(facts.language(), workspace.language()), workspace.colour())
                .fill(facts);
    }

    static MailTemplate compile(MailContent.Chosen chosen, String colour) {
        return COMPILED.get(new Source(chosen, colour));
    }

    /** How large the HTML is before anything is filled in. */
    int bytes() {
        return html.stream()
                .mapToInt(piece -> piece.words().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private Mail fill(MailFacts facts) {
        return new Mail(Escape.line(fill(subject, facts)), fill(html, facts), fill(words, facts));
    }

    private String fill(List<Piece> pieces, MailFacts facts) {
        var filled = new StringBuilder(16_000);
        for (var piece : pieces) {
            filled.append(piece.words());
            if (piece.slot() != null) {
                filled.append(value(piece.slot(), piece.where(), facts));
            }
        }
        return filled.toString();
    }

    private String value(Slot slot, Where where, MailFacts facts) {
        return switch (slot) {
            case Slot.Field(var place) -> {
                var value = place.or(MailField.value(place.name(), facts, texts));
                if (where == Where.URL && MailField.isLink(place.name())) {
                    yield Escape.html(value);
                }
                if (!MailField.hasLines(place.name())) {
                    yield line(value, where);
                }
                yield value.lines()
                        .map(line -> line(line, where))
                        .collect(Collectors.joining(where == Where.HTML ? "<br>" : "\n"));
            }
            case Slot.Question _ -> {
                var question = facts.question();
                var link = facts.answerLink();
                if (question == null || link == null) {
                    yield "";
                }
                var part = new QuestionPart(question, link, colour, texts);
                yield where == Where.TEXT ? part.words() : part.html();
            }
            case Slot.Promise _ -> {
                var promise = facts.promise();
                if (promise == null) {
                    yield "";
                }
                var words = Escape.line(texts.say("mail.promise", promise));
                yield where == Where.TEXT
                        ? "\n\n" + words
                        : "<p style=\"margin:16px 0 0;font-size:14px\">" + Escape.html(words) + "</p>";
            }
            case Slot.Lines _ ->
                facts.lines().stream()
                        .map(line -> where == Where.TEXT ? words(line) : html(line))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(where == Where.TEXT ? "\n" : ""));
        };
    }

    /** A value is one line; in a mail from right to left it keeps its own direction. */
    private String line(String value, Where where) {
        var line = Escape.line(value);
        return switch (where) {
            case TEXT -> line;
            case HTML ->
                texts.rightToLeft() ? "<span dir=\"auto\">" + Escape.html(line) + "</span>" : Escape.html(line);
            case ATTRIBUTE -> Escape.html(line);
            case URL -> Escape.url(line);
        };
    }

    private static String words(MailFacts.Line line) {
        return line.name() == null ? "" : "- " + Escape.line(line.name());
    }

    private static String html(MailFacts.Line line) {
        var name = Escape.html(Escape.line(Objects.requireNonNullElse(line.name(), "")));
        var url = line.pictureUrl();
        var picture = url != null && url.startsWith("https://")
                ? "<td width=\"80\" style=\"padding:0;padding-inline-end:16px;width:64px\"><img src=\""
                        + Escape.html(url)
                        + "\" alt=\"\" width=\"64\" height=\"64\" style=\"display:block;width:64px;height:64px;object-fit:contain;border-radius:4px\"></td>"
                : "";
        return name.isEmpty()
                ? ""
                : "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 12px\"><tr>"
                        + picture + "<td style=\"padding:0;font-weight:600\" dir=\"auto\">" + name
                        + "</td></tr></table>";
    }
}
