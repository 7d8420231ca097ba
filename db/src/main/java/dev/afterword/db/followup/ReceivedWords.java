package dev.afterword.db.followup;

import dev.afterword.db.inbox.Feedback;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says that tells somebody what they wrote on the feedback page. Anybody can type anybody's address there: what could lead a stranger somewhere is
 * not repeated, so that nobody can send their own words with our name.
 */
final class ReceivedWords {
    private static final int LONGEST = 400;

    private ReceivedWords() {}

    static boolean quotable(String words) {
        return !Feedback.leadsAway(words);
    }

    static Map<String, String> facts(String words, @Nullable Instant due, String language, ZoneId zone) {
        var facts = new HashMap<String, String>();
        if (quotable(words)) {
            facts.put("words", shortened(words));
        }
        if (due != null) {
            facts.put(
                    "when",
                    DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                            .withLocale(Locale.forLanguageTag(language))
                            .format(due.atZone(zone)));
        }
        return facts;
    }

    private static String shortened(String words) {
        return words.codePointCount(0, words.length()) <= LONGEST
                ? words
                : words.substring(0, words.offsetByCodePoints(0, LONGEST)) + " …";
    }
}
