package dev.afterword.db.followup;

import dev.afterword.db.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What is known of an arm of a split that learns.
 *
 * @param people journeys whose time for the goal is over
 * @param reached how many of them reached it
 */
record ArmEvidence(String arm, long people, long reached) {
    /** This share of people is spread evenly over all arms for good, so that none is given up because of bad luck in its beginning. */
    static final double EXPLORATION = 0.2;

    private static final int POINTS = 200;

    /**
     * The share of each arm: the chance that it is the best one, as Thompson sampling would draw it (Thompson 1933, Biometrika 25, 285–294; Beta(1, 1) before
     * anything is known), but for what goes on being explored. Computed, not drawn, so that the same evidence gives the same shares. Empty while too little is known.
     */
    static Map<String, Double> shares(List<ArmEvidence> arms) {
        long people = arms.stream().mapToLong(ArmEvidence::people).sum();
        if (arms.size() < 2 || people < (long) Estimate.ENOUGH * arms.size()) {
            return Map.of();
        }
        var believed = arms.stream()
                .map(arm -> BetaDistribution.of(1.0 + arm.reached, 1.0 + arm.people - arm.reached))
                .toList();
        var best = new double[arms.size()];
        double all = 0;
        for (int at = 0; at < best.length; at++) {
            best[at] = best(believed, at);
            all += best[at];
        }
        var shares = new LinkedHashMap<String, Double>();
        for (int at = 0; at < best.length; at++) {
            shares.put(arms.get(at).arm, EXPLORATION / best.length + (1 - EXPLORATION) * best[at] / all);
        }
        return shares;
    }

    /** The chance that this one is above all others: the mean of theirs being below, over evenly spaced quantiles of its own. */
    private static double best(List<BetaDistribution> believed, int which) {
        double sum = 0;
        for (int point = 0; point < POINTS; point++) {
            double rate = believed.get(which).inverseCumulativeProbability((point + 0.5) / POINTS);
            double below = 1;
            for (int other = 0; other < believed.size(); other++) {
                below *= other == which ? 1 : believed.get(other).cumulativeProbability(rate);
            }
            sum += below;
        }
        return sum / POINTS;
    }
}
