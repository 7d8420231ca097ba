package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What opens a case by itself when an answer comes in; every condition that is there must hold, and one must be.
 *
 * @param version of those who changed it; 0 is what nobody has changed yet
 * @param band good, middling or bad, of the first score
 * @param keywords one of them stands in what was written
 * @param products SKUs, one of which was bought
 * @param leastSpent over all orders that count
 * @param topics one of which the answer has
 */
public record CaseRule(
        Key key,
        int version,
        String name,
        @Nullable String band,
        List<String> keywords,
        List<String> products,
        @Nullable BigDecimal leastSpent,
        CaseKind kind,
        int priority,
        @Nullable String team,
        List<UUID> topics) {
    private static final List<String> BANDS = List.of("good", "middling", "bad");
    private static final int LONGEST = 80;
    private static final int MANY = 50;

    public CaseRule {
        name = name.strip();
        keywords = List.copyOf(keywords);
        products = List.copyOf(products);
        topics = List.copyOf(topics);
        if (name.isEmpty()) {
            throw new Rejected("field.required", "name");
        }
        fits("name", List.of(name), LONGEST);
        fits("team", team == null ? List.of() : List.of(team), LONGEST);
        fits("keywords", keywords, LONGEST);
        fits("products", products, 200);
        if (topics.size() > MANY) {
            throw new Rejected("field.too-many", "topics", MANY);
        }
        if (band == null && keywords.isEmpty() && products.isEmpty() && leastSpent == null && topics.isEmpty()) {
            throw new Rejected("case-rule.no-condition", "band");
        }
        if (band != null && !BANDS.contains(band)) {
            throw new Rejected("case-rule.band-unknown", "band", band);
        }
        if (priority < 1 || priority > 4) {
            throw new Rejected("case.priority-range", "priority", priority);
        }
    }

    /** A new one, whatever the answer is about. */
    public CaseRule(
            Key key,
            String name,
            @Nullable String band,
            List<String> keywords,
            List<String> products,
            @Nullable BigDecimal leastSpent,
            CaseKind kind,
            int priority,
            @Nullable String team) {
        this(key, 0, name, band, keywords, products, leastSpent, kind, priority, team, List.of());
    }

    CaseRule at(int now) {
        return new CaseRule(key, now, name, band, keywords, products, leastSpent, kind, priority, team, topics);
    }

    private static void fits(String field, List<String> texts, int longest) {
        if (texts.size() > MANY) {
            throw new Rejected("field.too-many", field, MANY);
        }
        if (texts.stream().anyMatch(text -> text.length() > longest)) {
            throw new Rejected("field.too-long", field, longest);
        }
    }

    /** What an answer says. */
    record Answered(@Nullable String band, String words, List<String> products, BigDecimal spent, List<UUID> topics) {}

    boolean holds(Answered answered) {
        var said = answered.words().toLowerCase(Locale.ROOT);
        return (band == null || band.equals(answered.band()))
                && (keywords.isEmpty()
                        || keywords.stream().anyMatch(word -> said.contains(word.toLowerCase(Locale.ROOT))))
                && (products.isEmpty() || answered.products().stream().anyMatch(products::contains))
                && (leastSpent == null || answered.spent().compareTo(leastSpent) >= 0)
                && (topics.isEmpty() || answered.topics().stream().anyMatch(topics::contains));
    }
}
