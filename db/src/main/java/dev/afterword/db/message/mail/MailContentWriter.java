package dev.afterword.db.message.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a mail says as JSON; what {@link MailContentReader} reads from it is the same. */
public final class MailContentWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private MailContentWriter() {}

    public static String write(MailContent content) {
        return MAPPER.writeValueAsString(tree(content));
    }

    /** The same as maps, lists and plain values. */
    public static Map<String, Object> tree(MailContent content) {
        var languages = new LinkedHashMap<String, Object>();
        content.variants()
                .forEach((language, variant) -> languages.put(
                        language,
                        members(
                                "subject",
                                variant.subject(),
                                "previewText",
                                variant.previewText(),
                                "blocks",
                                variant.blocks().stream()
                                        .map(MailContentWriter::block)
                                        .toList())));
        return languages;
    }

    private static Map<String, Object> block(Block block) {
        return switch (block) {
            case Block.Text text -> members("type", "text", "markdown", text.markdown());
            case Block.Picture picture ->
                members(
                        "type",
                        "picture",
                        "url",
                        picture.url(),
                        "alternative",
                        picture.alternative(),
                        "link",
                        picture.link());
            case Block.Button button -> members("type", "button", "label", button.label(), "link", button.link());
            case Block.OrderProduct _ -> members("type", "order-product");
            case Block.ScoreQuestion _ -> members("type", "score-question");
            case Block.Reward reward -> members("type", "reward", "label", reward.label());
            case Block.Divider _ -> members("type", "divider");
            case Block.Footer footer -> members("type", "footer", "reason", footer.reason());
        };
    }

    /** Names and values in turn; what is null is left out. */
    private static Map<String, Object> members(@Nullable Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            var value = namesAndValues[at + 1];
            if (value != null) {
                members.put(String.valueOf(namesAndValues[at]), value);
            }
        }
        return members;
    }
}
