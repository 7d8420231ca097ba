package dev.afterword.db.message.mail;

import dev.afterword.db.workspace.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown as mail programs show it: styles at each element, HTML shown as typed, links to the web and to addresses only, no pictures. */
final class Markdown {
    private static final Parser PARSER = Parser.builder().build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
            .build();
    private static final Set<String> SCHEMES = Set.of("https", "http", "mailto");
    private static final Map<Class<? extends Node>, String> STYLES = Map.of(
            Paragraph.class, "margin:0 0 12px",
            BulletList.class, "margin:0 0 12px;padding:0;padding-inline-start:22px",
            OrderedList.class, "margin:0 0 12px;padding:0;padding-inline-start:22px",
            BlockQuote.class,
                    "margin:0 0 12px;padding:0;padding-inline-start:14px;border-inline-start:3px solid #c9c9c2");

    private Markdown() {}

    static String html(String markdown, Colour links) {
        var style = "color:" + links.hex() + ";text-decoration:underline";
        return HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new Links())
                .softbreak("<br>")
                .attributeProviderFactory(_ -> (node, _, attributes) -> {
                    if (node instanceof Link) {
                        attributes.put("style", style);
                    } else if (node instanceof Heading heading) {
                        attributes.put(
                                "style",
                                "margin:0 0 12px;line-height:1.35;font-size:" + (heading.getLevel() == 1 ? 22 : 18)
                                        + "px");
                    } else if (STYLES.containsKey(node.getClass())) {
                        attributes.put("style", STYLES.get(node.getClass()));
                    }
                })
                .build()
                .render(parsed(markdown));
    }

    static String text(String markdown) {
        return TEXT.render(parsed(markdown)).strip();
    }

    /** Where its links lead to. */
    static List<String> links(String markdown) {
        var found = new ArrayList<String>();
        PARSER.parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                found.add(link.getDestination());
                visitChildren(link);
            }
        });
        return found;
    }

    private static Node parsed(String markdown) {
        var document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                // A picture is a block of its own; of this one its words remain.
                var child = image.getFirstChild();
                while (child != null) {
                    var next = child.getNext();
                    image.insertBefore(child);
                    child = next;
                }
                image.unlink();
            }
        });
        return document;
    }

    /** Lets links to the web and to addresses through. */
    private static final class Links implements UrlSanitizer {
        @Override
        public String sanitizeLinkUrl(String url) {
            var colon = url.indexOf(':');
            return colon > 0 && SCHEMES.contains(url.substring(0, colon).toLowerCase(Locale.ROOT))
                    ? url
                    : isSlot(url) ? url : "";
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return "";
        }

        private static boolean isSlot(String url) {
            return url.length() == 1 && Character.getType(url.charAt(0)) == Character.PRIVATE_USE;
        }
    }
}
