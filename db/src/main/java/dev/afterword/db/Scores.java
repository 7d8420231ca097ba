package dev.afterword.db;

import java.util.ArrayList;
import java.util.List;

/**
 * How often each score of a scale was answered; all that figures need.
 *
 * @param lowest the lowest score of the scale
 * @param counts answers with the lowest score, the next, and so on to the highest
 */
public record Scores(int lowest, List<Long> counts) {
    public Scores {
        counts = List.copyOf(counts);
        if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("counts " + counts);
        }
    }

    public int highest() {
        return lowest + counts.size() - 1;
    }

    public long n() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** How many answered a score from {@code from} to {@code to}, both included. */
    public long between(int from, int to) {
        long sum = 0;
        for (int score = Math.max(from, lowest); score <= Math.min(to, highest()); score++) {
            sum += counts.get(score - lowest);
        }
        return sum;
    }

    public double mean() {
        double sum = 0;
        for (int at = 0; at < counts.size(); at++) {
            sum += (double) counts.get(at) * (lowest + at);
        }
        return sum / n();
    }

    /** The variance of the sample, with n − 1. */
    public double variance() {
        double mean = mean();
        double sum = 0;
        for (int at = 0; at < counts.size(); at++) {
            double off = lowest + at - mean;
            sum += counts.get(at) * off * off;
        }
        return sum / (n() - 1);
    }

    /** Both together; of the same scale. */
    public Scores plus(Scores other) {
        if (other.lowest != lowest || other.counts.size() != counts.size()) {
            throw new IllegalArgumentException("scales differ");
        }
        var sums = new ArrayList<Long>(counts.size());
        for (int at = 0; at < counts.size(); at++) {
            sums.add(counts.get(at) + other.counts.get(at));
        }
        return new Scores(lowest, sums);
    }
}
