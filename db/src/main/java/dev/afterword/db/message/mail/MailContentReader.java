package dev.afterword.db.message.mail;

import dev.afterword.db.Fields;
import dev.afterword.db.Rejected;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a mail says from JSON, strictly: a member that is unknown or of another kind is {@link Rejected} with its path. */
public final class MailContentReader {
    static final int LONGEST_TEXT = 10_000;
    static final int LONGEST_LINE = 300;
    static final int LONGEST_LINK = 2_000;

    private static final int LANGUAGES = 50;
    private static final int BLOCKS = 60;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");

    private MailContentReader() {}

    public static MailContent read(String json) {
        return read(Fields.parse(json));
    }

    public static MailContent read(Fields fields) {
        var languages = fields.names();
        if (languages.isEmpty() || languages.size() > LANGUAGES) {
            throw new Rejected("mail.languages-number", null, LANGUAGES);
        }
        var variants = new LinkedHashMap<String, MailContent.Variant>();
        for (var language : languages) {
            if (!LANGUAGE.matcher(language).matches()) {
                var shown = language.length() <= 35 ? language : language.substring(0, 35) + "…";
                throw fields.rejected("mail.language-unreadable", shown, shown);
            }
            variants.put(language, variant(fields.object(language)));
        }
        return new MailContent(variants);
    }

    private static MailContent.Variant variant(Fields fields) {
        fields.only(Set.of("subject", "previewText", "blocks"));
        return new MailContent.Variant(
                words(fields, "subject", LONGEST_LINE),
                fields.optionalText("previewText", LONGEST_LINE),
                Objects.requireNonNullElse(fields.optionalObjects("blocks", BLOCKS), List.<Fields>of()).stream()
                        .map(MailContentReader::block)
                        .toList());
    }

    private static Block block(Fields fields) {
        var type = fields.text("type", 50);
        return switch (type) {
            case "text" -> {
                only(fields, "markdown");
                yield new Block.Text(words(fields, "markdown", LONGEST_TEXT));
            }
            case "picture" -> {
                only(fields, "url", "alternative", "link");
                yield new Block.Picture(
                        words(fields, "url", LONGEST_LINK),
                        words(fields, "alternative", LONGEST_LINE),
                        fields.optionalText("link", LONGEST_LINK));
            }
            case "button" -> {
                only(fields, "label", "link");
                yield new Block.Button(words(fields, "label", LONGEST_LINE), words(fields, "link", LONGEST_LINK));
            }
            case "order-product" -> {
                only(fields);
                yield new Block.OrderProduct();
            }
            case "score-question" -> {
                only(fields);
                yield new Block.ScoreQuestion();
            }
            case "reward" -> {
                only(fields, "label");
                yield new Block.Reward(words(fields, "label", LONGEST_LINE));
            }
            case "divider" -> {
                only(fields);
                yield new Block.Divider();
            }
            case "footer" -> {
                only(fields, "reason");
                yield new Block.Footer(fields.optionalText("reason", LONGEST_LINE));
            }
            default -> throw fields.rejected("mail.block-unknown", "type", type);
        };
    }

    /** Empty while it is not written yet; {@link MailContentCheck} says where something must stand. */
    private static String words(Fields fields, String name, int longest) {
        return Objects.requireNonNullElse(fields.optionalText(name, longest), "");
    }

    private static void only(Fields fields, String... names) {
        var known = new HashSet<>(Set.of(names));
        known.add("type");
        fields.only(known);
    }
}
