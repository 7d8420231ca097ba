package dev.afterword.db.message.mail;

import ch.digitalfondue.mjml4j.Mjml4j;
import dev.afterword.db.message.mail.MailContent.Variant;
import dev.afterword.db.message.mail.Slots.Slot;
import dev.afterword.db.workspace.Colour;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes a mail's blocks as MJML, which becomes HTML for every mail program: one column, readable on a phone, in the dark, from right to left, and without its pictures. */
final class MailLayout {
    private static final Colour NIGHT = new Colour(0x1e, 0x21, 0x22);
    private static final String INK = "#1d1f20";
    private static final String STYLE = """
            :root{color-scheme:light dark;supported-color-schemes:light dark}
            .ink p:last-child{margin-bottom:0!important}
            .picture a,.picture img{font-family:Helvetica,Arial,sans-serif;color:#1d1f20}
            @media (prefers-color-scheme:dark){
            body,body>div{background-color:#121415!important}
            .card,.card>table{background:#1e2122!important;background-color:#1e2122!important}
            .ink div,.ink p,.ink h1,.ink h2,.ink h3,.ink li,.ink a,.ink td,.picture a,.picture img{color:#f0f0ec!important}
            .tint{border-color:TINT!important}
            .soft div,.soft p,.soft a{color:#b4b9bc!important}
            .line p{border-color:#3b4144!important}
            }
            """;

    private final Variant variant;
    private final Colour colour;
    private final MailTexts texts;
    private final Slots slots;
    private final Colour link;

    MailLayout(Variant variant, Colour colour, MailTexts texts, Slots slots) {
        this.variant = variant;
        this.colour = colour;
        this.texts = texts;
        this.slots = slots;
        this.link = colour.readableOn(Colour.WHITE);
    }

    String html() {
        var direction = texts.rightToLeft() ? Mjml4j.TextDirection.RTL : Mjml4j.TextDirection.LTR;
        return Mjml4j.render(mjml(), new Mjml4j.Configuration(texts.language(), direction));
    }

    private String mjml() {
        var side = texts.rightToLeft() ? "right" : "left";
        var direction = texts.rightToLeft() ? "rtl" : "ltr";
        var preview = variant.previewText();
        return """
                <mjml><mj-head>
                <mj-title>%s</mj-title>
                %s
                <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
                <mj-attributes>
                <mj-all font-family="-apple-system,'Segoe UI',Helvetica,Arial,sans-serif" />
                <mj-section direction="%s" />
                <mj-column direction="%s" />
                <mj-text font-size="16px" line-height="1.5" color="%s" align="%s" padding="0 24px 20px" css-class="ink" />
                <mj-image padding="0 24px 20px" align="%s" font-size="16px" border-radius="4px" css-class="picture" />
                <mj-button padding="4px 24px 24px" align="%s" font-size="16px" font-weight="600" inner-padding="14px 26px" border-radius="6px" background-color="%s" color="%s" />
                <mj-divider padding="0 24px 20px" border-width="1px" border-color="#e3e3de" css-class="line" />
                </mj-attributes>
                <mj-style>%s</mj-style>
                </mj-head>
                <mj-body width="600px" background-color="#f4f4f1">
                <mj-section padding="24px 0 0" border-top="0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
                <mj-section css-class="card" background-color="#ffffff" border-top="4px solid %s" padding="28px 0 4px"><mj-column>
                <mj-text font-size="18px" font-weight="600">%s</mj-text>
                %s
                </mj-column></mj-section>
                <mj-section css-class="card" background-color="#ffffff" padding="0 0 24px"><mj-column>
                <mj-divider padding="0 0 16px" border-width="1px" border-color="#e3e3de" css-class="line" />
                %s
                </mj-column></mj-section>
                <mj-section padding="24px 0 0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
                </mj-body></mjml>
                """.formatted(
                        text(variant.subject()),
                        preview == null ? "" : "<mj-preview>" + text(preview) + "</mj-preview>",
                        direction,
                        direction,
                        INK,
                        side,
                        side,
                        side,
                        colour.hex(),
                        colour.ink().hex(),
                        STYLE.replace("TINT", colour.readableOn(NIGHT).hex()),
                        colour.hex(),
                        slots.field("shop.name"),
                        variant.blocks().stream().map(this::mjml).collect(Collectors.joining("\n")),
                        footer());
    }

    private String mjml(Block block) {
        return switch (block) {
            case Block.Text text -> "<mj-text>" + Markdown.html(slots.mark(text.markdown()), link) + "</mj-text>";
            case Block.Picture picture ->
                "<mj-image src=\"%s\" alt=\"%s\"%s />"
                        .formatted(
                                text(picture.url()),
                                text(picture.alternative()),
                                picture.link() == null ? "" : " href=\"" + text(picture.link()) + "\"");
            case Block.Button button ->
                "<mj-button href=\"%s\">%s</mj-button>".formatted(text(button.link()), text(button.label()))
                        + (asks(button) ? "<mj-text>" + slots.mark(new Slot.Promise()) + "</mj-text>" : "");
            case Block.OrderProduct _ -> "<mj-text>" + slots.mark(new Slot.Lines()) + "</mj-text>";
            case Block.ScoreQuestion _ ->
                "<mj-text>" + slots.mark(new Slot.Question()) + slots.mark(new Slot.Promise()) + "</mj-text>";
            case Block.Reward reward ->
                """
                <mj-text align="center"><div class="tint" style="border:2px dashed %s;border-radius:6px;padding:16px">%s<p dir="ltr" style="margin:0;font-family:Consolas,Menlo,monospace;font-size:24px;font-weight:700;letter-spacing:2px;word-break:break-word">%s</p></div></mj-text>
                """.formatted(
                        link.hex(),
                        reward.label().isBlank() ? "" : "<p style=\"margin:0 0 8px\">" + text(reward.label()) + "</p>",
                        slots.field(MailField.REWARD_CODE));
            case Block.Divider _ -> "<mj-divider />";
            case Block.Footer _ -> "";
        };
    }

    /** Whether what is promised for answering stands beside it, because no question does. */
    private boolean asks(Block.Button button) {
        return button.link().contains(MailField.ANSWER_LINK) && !variant.has(Block.ScoreQuestion.class);
    }

    private String footer() {
        return """
                <mj-text font-size="13px" color="#55595c" padding="0 24px" css-class="soft"><p style="margin:0 0 8px">%s</p><p style="margin:0 0 8px">%s</p><p style="margin:0"><a href="%s" style="color:#55595c;text-decoration:underline">%s</a></p></mj-text>
                """.formatted(
                        slots.field(MailField.SENDER),
                        reason(true),
                        slots.field(MailField.UNSUBSCRIBE_LINK),
                        Escape.html(stop()));
    }

    /** The same as words. */
    String words() {
        var blocks = variant.blocks().stream()
                .map(this::words)
                .filter(words -> !words.isBlank())
                .collect(Collectors.joining("\n\n"));
        return List.of(
                                blocks,
                                "--\n" + slots.field(MailField.SENDER),
                                reason(false) + "\n" + stop() + ": " + slots.field(MailField.UNSUBSCRIBE_LINK))
                        .stream()
                        .collect(Collectors.joining("\n\n"))
                + "\n";
    }

    private String words(Block block) {
        return switch (block) {
            case Block.Text text -> Markdown.text(slots.mark(text.markdown()));
            case Block.Picture picture ->
                List.of(picture.alternative(), Objects.requireNonNullElse(picture.link(), "")).stream()
                        .filter(words -> !words.isBlank())
                        .map(slots::mark)
                        .collect(Collectors.joining("\n"));
            case Block.Button button ->
                slots.mark(button.label()) + ": " + slots.mark(button.link())
                        + (asks(button) ? slots.mark(new Slot.Promise()) : "");
            case Block.OrderProduct _ -> slots.mark(new Slot.Lines());
            case Block.ScoreQuestion _ -> slots.mark(new Slot.Question()) + slots.mark(new Slot.Promise());
            case Block.Reward reward ->
                (reward.label().isBlank() ? "" : slots.mark(reward.label()) + "\n")
                        + slots.field(MailField.REWARD_CODE);
            case Block.Divider _ -> "* * *";
            case Block.Footer _ -> "";
        };
    }

    private String reason(boolean html) {
        var reason = variant.blocks().stream()
                .filter(Block.Footer.class::isInstance)
                .map(footer -> ((Block.Footer) footer).reason())
                .filter(Objects::nonNull)
                .findFirst();
        return reason.map(words -> html ? text(words) : slots.mark(words))
                .orElseGet(() -> slots.field(MailField.REASON));
    }

    private String stop() {
        return texts.say(variant.has(Block.ScoreQuestion.class) ? "mail.unsubscribe" : "mail.unsubscribe.other");
    }

    private String text(String words) {
        return Escape.html(slots.mark(words));
    }
}
