package dev.afterword.db.response.topic;

import dev.afterword.db.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds words and pairs of words that stand in some answers of a language more often than in others, counted once for each answer. */
final class StandingOut {
    /** A word of fewer answers is nobody's topic yet. */
    static final int LEAST = 4;

    /** How much larger its share must be. */
    static final double RATIO = 2;

    private static final int MOST = 12;
    /** What parts a sentence from the next: words on both sides of it are no pair. */
    private static final Pattern PAUSE = Pattern.compile("[\\p{Po}\\p{Ps}\\p{Pe}\n&&[^'’]]+");

    private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}\\p{M}’'-]+");

    /** An answer's words, and whether it is one of those that are looked at. */
    record Text(boolean here, String words) {}

    private StandingOut() {}

    /** The words of a text, in order and in small letters. */
    static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static final class Count {
        private final Map<String, Integer> forms = new HashMap<>();
        private long here;
        private long there;

        String form() {
            return forms.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse("");
        }
    }

    /**
     * Those that stand out, the surest first; a pair in place of its words where it stands in most of their answers.
     *
     * @param stems of each word; a word without one says nothing, as “the”
     * @param known stems that rules already look for
     */
    static List<Standout> of(String language, Collection<Text> texts, Map<String, String> stems, Set<String> known) {
        var counts = new LinkedHashMap<String, Count>();
        long here = texts.stream().filter(Text::here).count();
        long there = texts.size() - here;
        for (var text : texts) {
            count(text, stems, counts);
        }
        var found = new ArrayList<Map.Entry<String, Standout>>();
        counts.forEach((stem, count) -> {
            var ratio = ratio(count.here, here, count.there, there);
            if (count.here >= LEAST && (ratio == null || ratio >= RATIO) && !known.contains(stem)) {
                found.add(Map.entry(stem, new Standout(language, count.form(), count.here, count.there, ratio)));
            }
        });
        return shown(found);
    }

    private static void count(Text text, Map<String, String> stems, Map<String, Count> counts) {
        var seen = new HashSet<String>();
        for (var part : PAUSE.split(text.words(), -1)) {
            String before = null;
            String beforeForm = null;
            for (var word : words(part)) {
                var stem = stems.get(word);
                if (stem != null) {
                    add(stem, word, text.here(), seen, counts);
                    if (before != null && beforeForm != null && !before.equals(stem)) {
                        add(before + " " + stem, beforeForm + " " + word, text.here(), seen, counts);
                    }
                }
                before = stem;
                beforeForm = word;
            }
        }
    }

    private static void add(String stem, String form, boolean here, Set<String> seen, Map<String, Count> counts) {
        var count = counts.computeIfAbsent(stem, _ -> new Count());
        count.forms.merge(form, 1, Integer::sum);
        if (seen.add(stem)) {
            if (here) {
                count.here++;
            } else {
                count.there++;
            }
        }
    }

    /** Half an answer is added to each, so that a word that the others never say has a ratio too; null with too few others. */
    private static @Nullable Double ratio(long in, long here, long among, long there) {
        return there < Estimate.ENOUGH ? null : ((in + 0.5) / (here + 1)) / ((among + 0.5) / (there + 1));
    }

    private static List<Standout> shown(List<Map.Entry<String, Standout>> found) {
        var pairs = found.stream().filter(one -> one.getKey().contains(" ")).toList();
        var covered = new LinkedHashSet<String>();
        for (var pair : pairs) {
            Stream.of(pair.getKey().split(" ", 2))
                    .filter(stem -> found.stream()
                            .anyMatch(one -> one.getKey().equals(stem)
                                    && one.getValue().here() * 0.7
                                            <= pair.getValue().here()))
                    .forEach(covered::add);
        }
        return found.stream()
                .filter(one -> !covered.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .sorted(Standout.SUREST_FIRST)
                .limit(MOST)
                .toList();
    }
}
