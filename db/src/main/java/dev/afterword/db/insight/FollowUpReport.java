package dev.afterword.db.insight;

import dev.afterword.db.Amounts;
import dev.afterword.db.Estimate;
import dev.afterword.db.Lift;
import dev.afterword.db.Lifts;
import dev.afterword.db.Statistics;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.journey.Goal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a follow-up did and what it brought.
 *
 * @param since journeys that began before are not in it
 * @param currency of all money in it; null where nobody ordered
 */
public record FollowUpReport(
        FollowUp followUp,
        Goal goal,
        Instant since,
        Funnel funnel,
        Comparison whole,
        List<SplitResult> splits,
        Harm harm,
        @Nullable String currency) {
    /**
     * How far journeys came; each number is of those before it.
     *
     * @param began without imported history and test orders
     * @param underWay nothing was decided yet, or a mail is planned
     * @param withoutMail journeys that were over without one
     * @param leftOut journeys in which nobody was written to, by reason, the most frequent first
     * @param delivered the receiving server took a mail, and none came back
     * @param clicked somebody opened the question, or answered it: requests are kept for 90 days, answers for longer; machines do not count
     * @param ordered another order within the days of the goal
     */
    public record Funnel(
            long began,
            long underWay,
            long withoutMail,
            List<LeftOut> leftOut,
            long sent,
            long delivered,
            long clicked,
            long answered,
            long ordered) {}

    /** Journeys in which nobody was written to for that reason. */
    public record LeftOut(String reason, long journeys) {}

    /**
     * People, each with their first journey.
     *
     * @param people whose time for the goal is over
     * @param open whose is not; they are not compared yet
     * @param otherCurrency people who ordered in another currency, whose money is not in the amounts
     * @param aWeek people a week who came lately
     */
    public record Group(long people, long open, long reached, Amounts amounts, long otherCurrency, double aWeek) {
        static final Group NOBODY = new Group(0, 0, 0, Amounts.NONE, 0, 0);

        Group plus(Group other) {
            return new Group(
                    people + other.people,
                    open + other.open,
                    reached + other.reached,
                    amounts.plus(other.amounts),
                    otherCurrency + other.otherCurrency,
                    aWeek + other.aWeek);
        }

        /** The share that reached the goal, in percent. */
        public Estimate share() {
            return Statistics.share(reached, people);
        }
    }

    /**
     * Who was to be written to against who was left out by lot. All who began count, whether the mail arrived or not: by intention to treat.
     *
     * @param share how many more of a hundred people reached the goal
     * @param money how much more each person spent
     */
    public record Comparison(Group written, Group held, Lift share, Lift money) {
        static Comparison of(Group written, Group held) {
            return new Comparison(
                    written,
                    held,
                    Lifts.shares(written.reached, written.people, held.reached, held.people),
                    Lifts.means(written.amounts, held.amounts));
        }

        /** About how many weeks are missing until something may be said of that; null where that cannot be known. */
        public @Nullable Long weeks(Lift lift) {
            return lift.weeks(Math.min(written.aWeek, held.aWeek));
        }
    }

    /** The lift that the goal is about. */
    public Lift lift() {
        return lift(whole);
    }

    public Lift lift(Comparison comparison) {
        return goal instanceof Goal.Revenue ? comparison.money() : comparison.share();
    }

    /** What each arm of a split brought. */
    public record SplitResult(String key, boolean learns, List<ArmResult> arms) {}

    /**
     * What an arm brought.
     *
     * @param againstHeld against those who were left out and came to the split too, whichever arm they drew
     * @param againstFirst against the arm that stands first; null for that one
     * @param share of those who come to the split now, 0 to 1
     */
    public record ArmResult(
            String arm, Comparison againstHeld, @Nullable Comparison againstFirst, double share) {}

    /**
     * What it did to people’s patience, of mails that receiving servers took.
     *
     * @param unsubscribed within 14 days after a mail of it, with none of another between
     */
    public record Harm(long sent, long unsubscribed, long reported) {
        /** Unsubscriptions of a thousand mails. */
        public Estimate unsubscriptions() {
            return thousand(Statistics.share(unsubscribed, sent));
        }

        /** Spam reports of a thousand mails. */
        public Estimate reports() {
            return thousand(Statistics.share(reported, sent));
        }

        private static Estimate thousand(Estimate share) {
            return new Estimate(share.n(), ten(share.value()), ten(share.low()), ten(share.high()));
        }

        private static @Nullable Double ten(@Nullable Double percent) {
            return percent == null ? null : 10 * percent;
        }
    }
}
