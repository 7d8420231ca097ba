package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.message.mail.Block;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.mail.MailContentCheck;
import dev.afterword.db.message.mail.MailFinding;
import dev.afterword.db.message.mail.MailScope;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Workspace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What support says again and again.
 *
 * @param version of what was read; 0 for a new one
 * @param words in Markdown, with the fields of mails as {{contact.firstName|there}}, by language; the workspace's language first
 */
public record ReplyTemplate(Key key, int version, String name, Map<String, String> words) {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST = 20_000;

    public ReplyTemplate {
        name = name.strip();
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        if (name.isEmpty()) {
            throw new Rejected("field.required", "name");
        }
        if (name.length() > LONGEST_NAME) {
            throw new Rejected("field.too-long", "name", LONGEST_NAME);
        }
        if (words.isEmpty()) {
            throw new Rejected("field.required", "words");
        }
        words.forEach((language, said) -> {
            if (said.isBlank() || said.length() > LONGEST) {
                throw new Rejected("case.words-length", "words-" + language, LONGEST);
            }
        });
    }

    ReplyTemplate at(int other) {
        return new ReplyTemplate(key, other, name, words);
    }

    /** In that language, with or without its region; else in the first that it was written in. */
    public String words(String language) {
        var exact = words.get(language);
        if (exact != null) {
            return exact;
        }
        var plain = words.get(Locale.forLanguageTag(language).getLanguage());
        return plain == null ? words.values().iterator().next() : plain;
    }

    /** What keeps it from being said: fields that nothing fills, fields that are not always there and say nothing else, links that lead nowhere. */
    public List<MailFinding> problems(Workspace workspace) {
        return problems(workspace, name, words);
    }

    /** The same of words by language that are said but once. */
    static List<MailFinding> problems(Workspace workspace, String name, Map<String, String> words) {
        var variants = new LinkedHashMap<String, MailContent.Variant>();
        words.forEach((language, said) ->
                variants.put(language, new MailContent.Variant(name, null, List.of(new Block.Text(said)))));
        var scope = new MailScope(
                List.of(workspace.language()),
                Colour.parse(workspace.colour()).orElse(Colour.BLACK),
                false,
                false,
                false,
                Set.of());
        return MailContentCheck.check(new MailContent(variants), scope).stream()
                .filter(finding -> !finding.path().endsWith(".subject"))
                .toList();
    }
}
