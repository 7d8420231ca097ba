package dev.afterword.db.followup.journey;

import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a follow-up says: what begins it, for whom, and step by step what happens.
 *
 * @param level the level of relationship marketing that it serves, 1 to 5
 * @param again so many days must lie between two journeys of a contact; null: each time that begins it is for itself, or a contact goes through it once, see {@link Trigger#eachTime}
 * @param audience who goes through it; null: everybody
 * @param exit who leaves it before any step; null: nobody but by the rules that always hold
 * @param priority 1 first to 9 last, where several follow-ups want to write to somebody in the same week
 * @param holdout the share of people in percent who are left out, so that it shows what the follow-up brings
 * @param goal what it is for; null: nothing was said, see {@link #aim}
 */
public record FollowUpDefinition(
        int level,
        Purpose purpose,
        Trigger trigger,
        @Nullable Integer again,
        @Nullable Rule audience,
        @Nullable Rule exit,
        int priority,
        int holdout,
        @Nullable Goal goal,
        List<Step> steps) {
    /** Days within which a follow-up that says nothing of its goal is to reach it. */
    private static final int USUAL_ANSWER = 30;

    private static final int USUAL_ORDER = 60;

    public FollowUpDefinition {
        steps = List.copyOf(steps);
    }

    /**
     * Whether a contact may begin it then.
     *
     * @param before when they began it last; null for never
     */
    public boolean mayBegin(@Nullable Instant before, Instant then) {
        if (before == null) {
            return true;
        }
        return again == null ? trigger.eachTime() : !before.isAfter(then.minus(Duration.ofDays(again)));
    }

    /** The priority of a follow-up that says nothing of it. */
    public static int usualPriority(Purpose purpose) {
        return switch (purpose) {
            case SERVICE -> 1;
            case QUESTIONS -> 4;
            case TIPS -> 6;
            case NEWS -> 8;
        };
    }

    /** What it is for: where nothing was said, an answer to the survey that it asks first, else another order. */
    public Goal aim() {
        return goal != null
                ? goal
                : allSteps().stream()
                        .filter(Step.Ask.class::isInstance)
                        .map(step -> (Goal) new Goal.Answer(((Step.Ask) step).survey(), USUAL_ANSWER))
                        .findFirst()
                        .orElse(new Goal.Order(USUAL_ORDER));
    }

    /** The splits, in the order of reading. */
    public List<Step.Split> splits() {
        return allSteps().stream()
                .filter(Step.Split.class::isInstance)
                .map(Step.Split.class::cast)
                .toList();
    }

    /** All steps, those of branches and arms too, in the order of reading. */
    public List<Step> allSteps() {
        var all = new ArrayList<Step>();
        each(steps, all::add);
        return all;
    }

    /** That step; empty where there is none of that key. */
    public Optional<Step> find(String key) {
        return allSteps().stream().filter(step -> step.key().equals(key)).findFirst();
    }

    /** Whether a rule of it looks at a fact of that kind. */
    public boolean looksAt(FactKind kind) {
        var rules = new ArrayList<Rule>();
        Stream.of(audience, exit).filter(Objects::nonNull).forEach(rules::add);
        for (var step : allSteps()) {
            if (step instanceof Step.Branch branch) {
                branch.cases().forEach(one -> rules.add(one.rule()));
            }
        }
        return rules.stream().anyMatch(rule -> rule.looksAt(kind));
    }

    private static void each(List<Step> steps, Consumer<Step> seen) {
        for (var step : steps) {
            seen.accept(step);
            step.ways().forEach(way -> each(way.steps(), seen));
        }
    }
}
