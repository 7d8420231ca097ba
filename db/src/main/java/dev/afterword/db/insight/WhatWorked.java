package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Lift;
import dev.afterword.db.Lift.Verdict;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.journey.Goal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all follow-ups of a workspace brought, the best first, and what to do next.
 *
 * @param all whether people whom marketing may reach order more than those who are kept from all of it; null where nobody is
 * @param hour of the customer’s day at which questions arrived; null where nothing was asked
 * @param delay days from the delivery to the question; null where nothing was asked
 */
public record WhatWorked(
        List<Worked> followUps,
        @Nullable Lift all,
        @Nullable Timing hour,
        @Nullable Timing delay,
        List<Proposal> proposals) {
    /** Days after their first journey in which people order, for all follow-ups together. */
    public static final int DAYS_OF_ALL = 60;

    /**
     * One follow-up.
     *
     * @param lift by its goal, against who was left out by lot
     * @param sent mails that receiving servers took
     * @param harmed unsubscriptions and spam reports of a thousand of these
     * @param weeks about how many are missing until something may be said; null where that cannot be known
     */
    public record Worked(
            FollowUp followUp,
            Goal goal,
            Lift lift,
            @Nullable String currency,
            long sent,
            Estimate harmed,
            @Nullable Long weeks) {
        /** Whether anybody is left out, so that it can be told at all. */
        public boolean compared() {
            return lift.against() > 0;
        }

        /** What is proven comes first, then what is open, then what does nothing, then what does harm; among equals what is surely at least. */
        int rank() {
            return switch (lift.verdict()) {
                case MORE -> 0;
                case OPEN -> 1;
                case NONE -> 2;
                case LESS -> 3;
            };
        }

        double sureAtLeast() {
            var low = lift.low();
            return low == null ? Double.NEGATIVE_INFINITY : low;
        }
    }

    /** What to do next, with what it rests on. */
    public sealed interface Proposal {
        /** Nothing is written to people of that stage but questions. */
        record ServeStage(String stage, long people) implements Proposal {}

        /** Nobody is left out, so nobody can tell what it brings. */
        record LeaveSomeOut(Worked worked) implements Proposal {}

        /** People do less of what it is for when they are written to. */
        record SwitchOff(Worked worked) implements Proposal {}

        /** Enough people went through it, and it changed nothing that matters. */
        record ChangeOrStop(Worked worked) implements Proposal {}

        /** What works could be done for more people, or more often. */
        record DoMore(Worked worked) implements Proposal {}

        /** Another hour is likely better; a split would prove it. */
        record TryHour(Timing hour) implements Proposal {}

        /** Another delay is likely better; a split would prove it. */
        record TryDelay(Timing delay) implements Proposal {}
    }

    /** How many are shown to bring something. */
    public long proven() {
        return followUps.stream()
                .filter(one -> one.lift().verdict() == Verdict.MORE)
                .count();
    }
}
