package dev.afterword.db.message.mail;

import static dev.afterword.db.message.mail.MailFinding.stops;

import dev.afterword.db.Placeholders;
import dev.afterword.db.message.mail.MailContent.Variant;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keeps a mail from being published: places that nothing fills, links that lead nowhere, blocks that do not belong there, languages that are missing. */
public final class MailContentCheck {
    /** What a ready-made mail leaves to the shop. */
    private static final Pattern PROMPT = Pattern.compile("\\[\\[([^\\]]*)]]");

    private final MailScope scope;
    private final List<MailFinding> found = new ArrayList<>();

    private MailContentCheck(MailScope scope) {
        this.scope = scope;
    }

    public static List<MailFinding> check(MailContent content, MailScope scope) {
        var check = new MailContentCheck(scope);
        scope.languages().stream()
                .filter(language -> !content.variants().containsKey(language))
                .forEach(language -> check.found.add(stops("mail.language-missing", "", language)));
        content.variants().forEach(check::variant);
        return List.copyOf(check.found);
    }

    private void variant(String language, Variant variant) {
        needed(!variant.subject().isBlank(), "mail.subject-missing", language + ".subject");
        words(variant.subject(), language + ".subject");
        words(variant.previewText(), language + ".previewText");
        var blocks = variant.blocks();
        for (int at = 0; at < blocks.size(); at++) {
            block(blocks.get(at), language + ".blocks[" + at + "]");
        }
        if (blocks.stream().allMatch(Block.Footer.class::isInstance)) {
            found.add(stops("mail.empty", language + ".blocks"));
        }
    }

    private void block(Block block, String path) {
        switch (block) {
            case Block.Text text -> {
                needed(!text.markdown().isBlank(), "mail.words-missing", path + ".markdown");
                words(text.markdown(), path + ".markdown");
                Markdown.links(text.markdown())
                        .forEach(link -> link(link, path + ".markdown", Set.of("https", "mailto")));
            }
            case Block.Picture picture -> {
                words(picture.alternative(), path + ".alternative");
                words(picture.url(), path + ".url");
                link(picture.url(), path + ".url", Set.of("https"));
                if (picture.link() != null) {
                    words(picture.link(), path + ".link");
                    link(picture.link(), path + ".link", Set.of("https"));
                }
            }
            case Block.Button button -> {
                needed(!button.label().isBlank(), "mail.words-missing", path + ".label");
                words(button.label(), path + ".label");
                words(button.link(), path + ".link");
                link(button.link(), path + ".link", Set.of("https", "mailto"));
            }
            case Block.OrderProduct _ -> needed(scope.order(), "mail.order-outside", path);
            case Block.ScoreQuestion _ -> needed(scope.question(), "mail.question-outside", path);
            case Block.Reward reward -> {
                needed(scope.reward(), "mail.reward-outside", path);
                words(reward.label(), path + ".label");
            }
            case Block.Footer footer -> words(footer.reason(), path + ".reason");
            case Block.Divider _ -> {}
        }
    }

    private void needed(boolean there, String code, String path) {
        if (!there) {
            found.add(stops(code, path));
        }
    }

    private void words(@Nullable String text, String path) {
        if (text == null) {
            return;
        }
        var prompt = PROMPT.matcher(text);
        if (prompt.find()) {
            found.add(stops("mail.prompt-left", path, prompt.group(1)));
        }
        for (var place : Placeholders.in(text)) {
            if (!MailField.known(place.name(), scope)) {
                found.add(stops("mail.field-unknown", path, place.name()));
            } else if (!MailField.alwaysThere(place.name(), scope)
                    && (place.fallback() == null || place.fallback().isEmpty())) {
                found.add(stops("mail.fallback-missing", path, place.name()));
            }
        }
    }

    /** A link is one of ours as a whole, or begins with a scheme and, on the web, a host that are no places. */
    private void link(String link, String path, Set<String> schemes) {
        var places = Placeholders.in(link);
        if (places.size() == 1
                && MailField.isLink(places.getFirst().name())
                && Placeholders.replace(link, _ -> "").isBlank()) {
            return;
        }
        try {
            var uri = new URI(Placeholders.replace(link, _ -> "x"));
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var origin = link.indexOf("{{") >= 0 ? link.substring(0, link.indexOf("{{")) : link;
            var reachable = scheme.equals("mailto")
                    || (uri.getHost() != null && (origin.equals(link) || origin.indexOf('/', 8) > 0));
            if (!schemes.contains(scheme) || !reachable) {
                found.add(stops("mail.link-not-https", path, link));
            }
        } catch (URISyntaxException e) {
            found.add(stops("mail.link-not-https", path, link));
        }
    }
}
