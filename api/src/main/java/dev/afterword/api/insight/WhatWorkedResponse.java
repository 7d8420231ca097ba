package dev.afterword.api.insight;

import dev.afterword.api.insight.FollowUpReportResponse.Distance;
import dev.afterword.api.insight.FollowUpReportResponse.Figure;
import dev.afterword.api.insight.FollowUpReportResponse.Goal;
import dev.afterword.db.Lift;
import dev.afterword.db.insight.Timing;
import dev.afterword.db.insight.WhatWorked;
import dev.afterword.db.insight.WhatWorked.Proposal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What worked as JSON; figures with three decimals.
 *
 * @param all everything that marketing sends, against those who are kept from all of it; null where nobody is
 */
@Schema(name = "WhatWorked")
record WhatWorkedResponse(
        List<Line> followUps,
        @Nullable Measured all,
        @Nullable Best hour,
        @Nullable Best delay,
        List<Next> proposals) {
    static WhatWorkedResponse of(WhatWorked found) {
        var all = found.all();
        return new WhatWorkedResponse(
                found.followUps().stream().map(Line::of).toList(),
                all == null ? null : Measured.of(all),
                Best.of(found.hour()),
                Best.of(found.delay()),
                found.proposals().stream().map(Next::of).toList());
    }

    /**
     * One follow-up.
     *
     * @param compared whether anybody is left out, so that it can be told at all
     * @param harmed unsubscriptions and spam reports of a thousand mails
     * @param weeks about how many are missing until something may be said; null where that cannot be known
     */
    @Schema(name = "WhatWorkedFollowUp")
    record Line(
            String followUp,
            String name,
            Goal goal,
            boolean compared,
            Measured lift,
            @Nullable String currency,
            long sent,
            Figure harmed,
            @Nullable Long weeks) {
        static Line of(WhatWorked.Worked worked) {
            var goal = worked.goal();
            return new Line(
                    worked.followUp().followUpKey(),
                    worked.followUp().name(),
                    new Goal(goal.code(), goal.answers(), goal.within()),
                    worked.compared(),
                    Measured.of(worked.lift()),
                    worked.currency(),
                    worked.sent(),
                    Figure.of(worked.harmed()),
                    worked.weeks());
        }
    }

    /** @param n people written to, {@code against} those left out */
    @Schema(name = "WhatWorkedLift")
    record Measured(long n, long against, Distance difference) {
        static Measured of(Lift lift) {
            return new Measured(lift.n(), lift.against(), Distance.of(lift));
        }
    }

    /**
     * When questions were answered best.
     *
     * @param better what is likely better than the usual; null where nothing is
     * @param chance how likely, 0 to 1
     */
    @Schema(name = "WhatWorkedTiming")
    record Best(long n, String usual, @Nullable String better, double chance, List<Level> levels) {
        static @Nullable Best of(@Nullable Timing timing) {
            return timing == null
                    ? null
                    : new Best(
                            timing.n(),
                            timing.usual(),
                            timing.better(),
                            Math.round(timing.chance() * 1000) / 1000.0,
                            timing.levels().stream()
                                    .map(level -> new Level(level.level(), Figure.of(level.answered())))
                                    .toList());
        }
    }

    /** @param answered of the questions, in percent */
    @Schema(name = "WhatWorkedLevel")
    record Level(String level, Figure answered) {}

    /**
     * What to do next.
     *
     * @param kind serve-stage, leave-some-out, switch-off, change-or-stop, do-more, try-hour or try-delay
     * @param followUp the one that it is about; null where it is about none
     * @param stage whose people get nothing but questions, and how many they are
     * @param level the hour or the delay to try
     */
    @Schema(name = "WhatWorkedProposal")
    record Next(
            String kind,
            @Nullable String followUp,
            @Nullable String stage,
            @Nullable Long people,
            @Nullable String level) {
        static Next of(Proposal proposal) {
            return switch (proposal) {
                case Proposal.ServeStage serve -> new Next("serve-stage", null, serve.stage(), serve.people(), null);
                case Proposal.LeaveSomeOut one -> about("leave-some-out", one.worked());
                case Proposal.SwitchOff one -> about("switch-off", one.worked());
                case Proposal.ChangeOrStop one -> about("change-or-stop", one.worked());
                case Proposal.DoMore one -> about("do-more", one.worked());
                case Proposal.TryHour one ->
                    new Next("try-hour", null, null, null, one.hour().better());
                case Proposal.TryDelay one ->
                    new Next("try-delay", null, null, null, one.delay().better());
            };
        }

        private static Next about(String kind, WhatWorked.Worked worked) {
            return new Next(kind, worked.followUp().followUpKey(), null, null, null);
        }
    }
}
