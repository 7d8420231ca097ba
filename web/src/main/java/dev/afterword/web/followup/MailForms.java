package dev.afterword.web.followup;

import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.mail.Block;
import dev.afterword.db.message.mail.BuiltInMails;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.mail.MailContentWriter;
import dev.afterword.web.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a mail says in one language, as a form has it: its subject, and its blocks from top to bottom. */
final class MailForms {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** What each kind of block asks for. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "text", List.of("markdown"),
            "picture", List.of("url", "alternative", "link"),
            "button", List.of("label", "link"),
            "order-product", List.of(),
            "score-question", List.of(),
            "reward", List.of("label"),
            "divider", List.of());

    private MailForms() {}

    /** The kinds of blocks that fit a step, in the order in which they are offered. */
    static List<String> kinds(Step.Written step, boolean aboutOrder, boolean reward) {
        var kinds = new ArrayList<>(List.of("text", "picture", "button", "divider"));
        if (aboutOrder) {
            kinds.add("order-product");
        }
        if (!(step instanceof Step.Mail)) {
            kinds.add("score-question");
        }
        if (reward) {
            kinds.add("reward");
        }
        return kinds;
    }

    static void fill(Form form, ObjectNode step, String language) {
        var variant = step.path("content").path(language);
        form.put("subject", variant.path("subject").asString(""))
                .put("previewText", variant.path("previewText").asString(""));
        var lines = new ArrayList<String>();
        for (var block : variant.path("blocks")) {
            var type = block.path("type").asString("");
            if (type.equals("footer")) {
                form.put("reason", block.path("reason").asString(""));
                continue;
            }
            var line = "b" + lines.size();
            lines.add(line);
            form.put(line + "-type", type);
            FIELDS.getOrDefault(type, List.of())
                    .forEach(field ->
                            form.put(line + "-" + field, block.path(field).asString("")));
        }
        form.putAll("block", lines);
    }

    /** What was typed of that language, and one act on its blocks. */
    static void apply(Form form, ObjectNode step, String language) {
        if (step.path("content").isMissingNode() || !step.path("content").has(language)) {
            return;
        }
        var variant = ((ObjectNode) step.get("content")).putObject(language);
        variant.put("subject", form.value("subject"));
        if (!form.value("previewText").isEmpty()) {
            variant.put("previewText", form.value("previewText"));
        }
        var blocks = variant.putArray("blocks");
        for (var line : form.values("block")) {
            var type = form.value(line + "-type");
            if (!FIELDS.containsKey(type)) {
                continue;
            }
            var block = blocks.addObject().put("type", type);
            FIELDS.get(type).stream()
                    .filter(field -> !form.value(line + "-" + field).isEmpty())
                    .forEach(field -> block.put(field, form.value(line + "-" + field)));
        }
        act(form.value("act"), blocks);
        var footer = blocks.addObject().put("type", "footer");
        if (!form.value("reason").isEmpty()) {
            footer.put("reason", form.value("reason"));
        }
    }

    private static void act(String act, ArrayNode blocks) {
        int colon = act.indexOf(':');
        var what = colon < 0 ? act : act.substring(0, colon);
        var which = act.substring(colon + 1);
        if (what.equals("block-add") && FIELDS.containsKey(which)) {
            blocks.addObject().put("type", which);
            return;
        }
        int at = which.matches("b\\d{1,3}") ? Integer.parseInt(which.substring(1)) : -1;
        if (at < 0 || at >= blocks.size()) {
            return;
        }
        switch (what) {
            case "block-delete" -> blocks.remove(at);
            case "block-up" -> blocks.insert(Math.max(0, at - 1), blocks.remove(at));
            case "block-down" -> blocks.insert(Math.min(blocks.size() - 1, at + 1), blocks.remove(at));
            default -> {}
        }
    }

    /** A mail to begin with, in the workspace's language. */
    static ObjectNode begun(String language) {
        return tree(new MailContent(
                Map.of(language, new MailContent.Variant("", null, List.of(new Block.Text("{{greeting}}"))))));
    }

    /** Our own words of a question or a reminder, to be changed. */
    static @Nullable ObjectNode usual(String type) {
        return switch (type) {
            case "ask" -> tree(BuiltInMails.of(SendKind.ASK));
            case "remind" -> tree(BuiltInMails.of(SendKind.REMIND));
            default -> null;
        };
    }

    private static ObjectNode tree(MailContent content) {
        return MAPPER.valueToTree(MailContentWriter.tree(content));
    }

    /** Writes the mail in one more language, beginning with what it says in another. */
    static void addLanguage(ObjectNode step, String language, String from) {
        if (step.get("content") instanceof ObjectNode content && !content.has(language)) {
            content.set(language, content.path(from).deepCopy());
        }
    }

    /** Takes a language out, unless it is the last. */
    static void deleteLanguage(ObjectNode step, String language) {
        if (step.get("content") instanceof ObjectNode content && content.size() > 1) {
            content.remove(language);
        }
    }
}
