package dev.afterword.db.message.mail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a marketer writes for a mail, in each language, by BCP 47 tag. */
public record MailContent(Map<String, Variant> variants) {
    public MailContent {
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("a mail is written in at least one language");
        }
        variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
    }

    /**
     * The mail in one language; its last block is always a footer.
     *
     * @param previewText what mailboxes show beside the subject
     */
    public record Variant(String subject, @Nullable String previewText, List<Block> blocks) {
        public Variant {
            var others = blocks.stream()
                    .filter(block -> !(block instanceof Block.Footer))
                    .toList();
            var footer = blocks.stream()
                    .filter(Block.Footer.class::isInstance)
                    .findFirst()
                    .orElseGet(() -> new Block.Footer(null));
            blocks = Stream.concat(others.stream(), Stream.of(footer)).toList();
        }

        /** Whether it has a block of that kind. */
        public boolean has(Class<? extends Block> kind) {
            return blocks.stream().anyMatch(kind::isInstance);
        }
    }

    /** A variant and the language that it is written in. */
    record Chosen(String language, Variant variant) {}

    /** In that language, with or without its region, else in the workspace's, else in English, else whichever was written first. */
    Chosen in(String language, String workspaceLanguage) {
        for (var wanted : new String[] {language, workspaceLanguage, "en"}) {
            for (var tag : new String[] {wanted, Locale.forLanguageTag(wanted).getLanguage()}) {
                var variant = variants.get(tag);
                if (variant != null) {
                    return new Chosen(tag, variant);
                }
            }
        }
        var first = variants.entrySet().iterator().next();
        return new Chosen(first.getKey(), first.getValue());
    }
}
