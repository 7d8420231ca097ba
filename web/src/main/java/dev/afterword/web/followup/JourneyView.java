package dev.afterword.web.followup;

import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.StepCounts.Counts;
import dev.afterword.db.followup.StepCounts.Outcome;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A follow-up as one reads it from top to bottom.
 *
 * @param leftOut people who were not written to since then, by reason, the most frequent first
 */
record JourneyView(
        FollowUp followUp,
        FollowUpDefinition definition,
        String trigger,
        String audience,
        String exit,
        List<StepView> steps,
        long begun,
        long inside,
        List<Map.Entry<String, Long>> leftOut) {

    /**
     * A step with what became of it.
     *
     * @param waiting people who stand there
     * @param written whether it is a message
     */
    record StepView(
            String key,
            String type,
            String words,
            boolean written,
            long waiting,
            long sent,
            long leftOut,
            List<WayView> ways) {}

    /** A way that leads on from a step. */
    record WayView(String words, List<StepView> steps) {}

    static JourneyView of(FollowUp followUp, Counts counts, JourneyWords words) {
        var definition = followUp.shown();
        var reasons = new TreeMap<String, Long>();
        counts.outcomes().stream()
                .filter(outcome -> !outcome.reason().isEmpty())
                .forEach(outcome -> reasons.merge(outcome.reason(), outcome.sends(), Long::sum));
        return new JourneyView(
                followUp,
                definition,
                words.trigger(definition.trigger()),
                words.rule(definition.audience()),
                words.rule(definition.exit()),
                steps(definition.steps(), counts, words),
                counts.begun(),
                counts.inside(),
                reasons.entrySet().stream()
                        .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
                        .toList());
    }

    private static List<StepView> steps(List<Step> steps, Counts counts, JourneyWords words) {
        return steps.stream()
                .map(step -> new StepView(
                        step.key(),
                        step.type(),
                        words.step(step),
                        step instanceof Step.Written,
                        counts.waiting().getOrDefault(step.key(), 0L),
                        sum(counts, step, "accepted") + sum(counts, step, "unknown"),
                        sum(counts, step, "skipped"),
                        step.ways().stream()
                                .map(way -> new WayView(words.way(way), steps(way.steps(), counts, words)))
                                .toList()))
                .toList();
    }

    private static long sum(Counts counts, Step step, String state) {
        return counts.outcomes().stream()
                .filter(outcome ->
                        outcome.step().equals(step.key()) && outcome.state().equals(state))
                .mapToLong(Outcome::sends)
                .sum();
    }
}
