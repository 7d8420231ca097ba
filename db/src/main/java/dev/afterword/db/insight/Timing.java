package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.insight.PartialPooling.Cell;
import dev.afterword.db.insight.PartialPooling.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When questions were answered best, by the hour of the customer’s day at which they arrived or by the days since the delivery. Nobody drew lots for that: it is a
 * reason to try, not a proof.
 *
 * @param n questions it rests on
 * @param levels each hour or delay over all product groups and languages, in its own order
 * @param groups product groups and languages, those with most questions first
 * @param usual the level of most questions
 * @param better the level that is likely better than the usual; null where none is
 * @param chance how likely, 0 to 1
 */
public record Timing(
        long n,
        List<Level> levels,
        List<Group> groups,
        String usual,
        @Nullable String better,
        double chance) {
    /** The chance to be wrong in what is said, over all levels that might have come out best by chance. */
    private static final double WRONG = 0.05;

    private static final int MOST_GROUPS = 30;

    /** The share of questions that were answered, in percent. */
    public record Level(String level, Estimate answered) {}

    /**
     * A product group in a language.
     *
     * @param best of all levels that were tried in it
     * @param usual the level of most of its questions
     * @param chance that the best is better than the usual
     * @param better whether that is likely, however many levels were tried
     */
    public record Group(
            String category, String language, long n, Level best, Level usual, double chance, boolean better) {}

    /** Questions of one kind. */
    record Asked(String category, String language, String level, long asked, long answered) {
        String group() {
            return category + "/" + language;
        }

        Tally tally() {
            return new Tally(asked, answered);
        }
    }

    static Timing of(List<Asked> all) {
        var pooling = PartialPooling.of(all.stream()
                .map(one -> new Cell(one.group(), one.level, one.tally()))
                .toList());
        var sums = new LinkedHashMap<String, Long>();
        all.forEach(one -> sums.merge(one.level, one.asked, Long::sum));
        var usual = sums.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
        var levels = pooling.levels().entrySet().stream()
                .map(one -> new Level(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing(Level::level))
                .toList();
        var best = levels.stream()
                .filter(level -> level.answered().enough())
                .max(Comparator.comparingDouble(Timing::value))
                .map(Level::level)
                .orElse(usual);
        double chance = best.equals(usual) ? 0.5 : pooling.chance(best, usual);
        return new Timing(
                all.stream().mapToLong(Asked::asked).sum(),
                levels,
                groups(all, pooling),
                usual,
                likely(chance, levels.size()) ? best : null,
                chance);
    }

    private static boolean likely(double chance, int levels) {
        return 1 - chance <= WRONG / Math.max(1, levels - 1);
    }

    private static double value(Level level) {
        return Objects.requireNonNullElse(level.answered().value(), 0.0);
    }

    private static List<Group> groups(List<Asked> all, PartialPooling pooling) {
        var byGroup = new LinkedHashMap<String, List<Asked>>();
        all.forEach(one ->
                byGroup.computeIfAbsent(one.group(), any -> new ArrayList<>()).add(one));
        return byGroup.values().stream()
                .map(asked -> group(asked, pooling))
                .sorted(Comparator.comparingLong(Group::n).reversed())
                .limit(MOST_GROUPS)
                .toList();
    }

    private static Group group(List<Asked> asked, PartialPooling pooling) {
        var first = asked.getFirst();
        var tallies = new HashMap<String, Tally>();
        asked.forEach(one -> tallies.merge(one.level, one.tally(), Tally::plus));
        var usual = asked.stream()
                .max(Comparator.comparingLong(Asked::asked))
                .map(Asked::level)
                .orElse(first.level);
        var levels = tallies.entrySet().stream()
                .map(one -> new Level(one.getKey(), pooling.estimate(first.group(), one.getKey(), one.getValue())))
                .toList();
        var best =
                levels.stream().max(Comparator.comparingDouble(Timing::value)).orElseThrow();
        double chance = best.level().equals(usual)
                ? 0.5
                : pooling.chance(
                        first.group(),
                        best.level(),
                        tallies.getOrDefault(best.level(), Tally.NONE),
                        usual,
                        tallies.getOrDefault(usual, Tally.NONE));
        return new Group(
                first.category,
                first.language,
                tallies.values().stream().mapToLong(Tally::n).sum(),
                best,
                levels.stream()
                        .filter(level -> level.level().equals(usual))
                        .findFirst()
                        .orElse(best),
                chance,
                likely(chance, levels.size()));
    }
}
