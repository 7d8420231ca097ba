package dev.afterword.web.insight;

import dev.afterword.db.Lift;
import dev.afterword.db.Statistics;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.journey.Goal;
import dev.afterword.db.followup.journey.Step.Ask;
import dev.afterword.db.insight.FollowUpReport;
import dev.afterword.db.insight.FollowUpReport.ArmResult;
import dev.afterword.db.insight.FollowUpReport.Comparison;
import dev.afterword.db.insight.FollowUpReport.Group;
import dev.afterword.db.insight.FollowUpReport.SplitResult;
import dev.afterword.web.insight.Figures.Figure;
import dev.afterword.web.insight.Figures.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a report shows, in words and numbers that are ready to print.
 *
 * @param sentence the computed one about the goal
 * @param share who reached the goal, of a hundred
 * @param money what each person spent; null where nobody ordered
 */
record ReportView(
        FollowUp followUp,
        String sentence,
        String goal,
        int days,
        List<Step> funnel,
        List<FollowUpReport.LeftOut> leftOut,
        Rows share,
        @Nullable Rows money,
        List<SplitRows> splits,
        Figure unsubscriptions,
        Figure reports) {
    /**
     * A step of the funnel.
     *
     * @param share of the step it is measured by; empty for the first
     * @param width of its bar, of 100
     */
    record Step(String code, long journeys, String share, String interval, String width) {}

    /** Who was written to, who was left out, and how far they are apart. */
    record Rows(
            Figure written,
            Figure held,
            long open,
            Gap gap,
            @Nullable Long weeks,
            @Nullable String currency) {}

    /** What each arm of a split brought. */
    record SplitRows(String key, boolean learns, List<ArmRow> arms) {}

    /** An arm: who reached the goal, and how far it is from those who were left out, or from the first arm where nobody is. */
    record ArmRow(
            String arm, Figure figure, long open, @Nullable Gap gap, String now) {}

    static ReportView of(FollowUpReport report, int days, Wording wording) {
        var whole = report.whole();
        var goal = wording.text(
                "report.goal." + report.goal().code(),
                report.goal().within(),
                report.goal().answers() == null ? "" : report.goal().answers());
        return new ReportView(
                report.followUp(),
                sentence(report, wording),
                goal,
                days,
                funnel(report.funnel(), asks(report)),
                report.funnel().leftOut(),
                rows(
                        Figure.percent(whole.written().share()),
                        Figure.percent(whole.held().share()),
                        whole,
                        whole.share(),
                        null),
                report.currency() == null
                        ? null
                        : rows(money(whole.written()), money(whole.held()), whole, whole.money(), report.currency()),
                report.splits().stream().map(ReportView::split).toList(),
                Figure.plain(report.harm().unsubscriptions()),
                Figure.plain(report.harm().reports()));
    }

    private static Rows rows(Figure written, Figure held, Comparison whole, Lift lift, @Nullable String currency) {
        return new Rows(
                written,
                held,
                whole.written().open() + whole.held().open(),
                Figures.gaps(List.of(lift)).getFirst(),
                whole.weeks(lift),
                currency);
    }

    private static Figure money(Group group) {
        return group.people() == 0
                ? new Figure("", "", 0)
                : new Figure(Figures.number("#,##0.00", group.amounts().mean()), "", group.people());
    }

    /** The first thing that is read; by the goal and by what may be said. */
    static String sentence(FollowUpReport report, Wording wording) {
        var lift = report.lift();
        var kind = report.goal() instanceof Goal.Revenue
                ? "revenue"
                : report.goal().code();
        if (lift.against() == 0 && report.whole().held().open() == 0) {
            return wording.text("report.sentence.uncompared");
        }
        var value = lift.value();
        var verdict = lift.verdict().name().toLowerCase(Locale.ROOT);
        if (lift.verdict() == Lift.Verdict.OPEN || value == null) {
            var weeks = report.whole().weeks(lift);
            return weeks == null
                    ? wording.text("report.sentence.open", lift.n() + lift.against())
                    : wording.text("report.sentence.open.weeks", weeks, lift.n() + lift.against());
        }
        return wording.text(
                "report.sentence." + verdict + "." + kind,
                Figures.number("0.0", Math.abs(value)),
                Figures.interval("0.0", lift.low(), lift.high()),
                report.goal().within(),
                lift.n(),
                lift.against(),
                report.currency() == null ? "" : report.currency());
    }

    /** Whether it asks anything, or did in an earlier version: otherwise nobody can have opened a question. */
    private static boolean asks(FollowUpReport report) {
        return report.funnel().clicked() > 0
                || report.followUp().shown().allSteps().stream().anyMatch(Ask.class::isInstance);
    }

    private static List<Step> funnel(FollowUpReport.Funnel funnel, boolean asks) {
        var steps = new ArrayList<Step>();
        steps.add(new Step("began", funnel.began(), "", "", width(funnel.began(), funnel.began())));
        step(steps, "sent", funnel.sent(), funnel.began(), funnel.began());
        step(steps, "delivered", funnel.delivered(), funnel.sent(), funnel.began());
        if (asks) {
            step(steps, "clicked", funnel.clicked(), funnel.delivered(), funnel.began());
            step(steps, "answered", funnel.answered(), funnel.delivered(), funnel.began());
        }
        step(steps, "ordered", funnel.ordered(), funnel.delivered(), funnel.began());
        return steps;
    }

    private static void step(List<Step> steps, String code, long journeys, long of, long all) {
        var share = Figure.percent(Statistics.share(Math.min(journeys, of), of));
        steps.add(new Step(code, journeys, share.value(), share.interval(), width(journeys, all)));
    }

    private static String width(long journeys, long all) {
        return String.format(Locale.ROOT, "%.1f", all == 0 ? 0.0 : 100.0 * journeys / all);
    }

    private static SplitRows split(SplitResult split) {
        var compared = split.arms().stream()
                .map(ReportView::comparison)
                .map(one -> one == null ? new Lift(null, null, null, 0, 0, null) : one.share())
                .toList();
        var gaps = Figures.gaps(compared);
        var rows = new ArrayList<ArmRow>();
        for (int at = 0; at < gaps.size(); at++) {
            var arm = split.arms().get(at);
            var group = arm.againstHeld().written();
            rows.add(new ArmRow(
                    arm.arm(),
                    Figure.percent(group.share()),
                    group.open(),
                    comparison(arm) == null ? null : gaps.get(at),
                    Figures.number("0", 100 * arm.share()) + "%"));
        }
        return new SplitRows(split.key(), split.learns(), rows);
    }

    private static @Nullable Comparison comparison(ArmResult arm) {
        return arm.againstHeld().held().people() > 0 ? arm.againstHeld() : arm.againstFirst();
    }
}
