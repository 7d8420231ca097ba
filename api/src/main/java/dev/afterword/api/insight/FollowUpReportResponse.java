package dev.afterword.api.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Lift;
import dev.afterword.db.insight.FollowUpReport;
import dev.afterword.db.insight.FollowUpReport.Comparison;
import dev.afterword.db.insight.FollowUpReport.Group;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as JSON; figures with three decimals.
 *
 * @param currency of all money in it
 * @param leftOut journeys in which nobody was written to, by reason
 */
@Schema(name = "FollowUpReport")
record FollowUpReportResponse(
        String followUp,
        Goal goal,
        Instant since,
        Funnel funnel,
        Map<String, Long> leftOut,
        @Nullable String currency,
        Versus lift,
        List<Split> splits,
        Harm harm) {
    static FollowUpReportResponse of(FollowUpReport report) {
        var funnel = report.funnel();
        var leftOut = new LinkedHashMap<String, Long>();
        funnel.leftOut().forEach(one -> leftOut.put(one.reason(), one.journeys()));
        return new FollowUpReportResponse(
                report.followUp().followUpKey(),
                new Goal(
                        report.goal().code(),
                        report.goal().answers(),
                        report.goal().within()),
                report.since(),
                new Funnel(
                        funnel.began(),
                        funnel.underWay(),
                        funnel.withoutMail(),
                        funnel.sent(),
                        funnel.delivered(),
                        funnel.clicked(),
                        funnel.answered(),
                        funnel.ordered()),
                leftOut,
                report.currency(),
                Versus.of(report.whole()),
                report.splits().stream()
                        .map(split -> new Split(
                                split.key(),
                                split.learns(),
                                split.arms().stream()
                                        .map(arm -> new Arm(
                                                arm.arm(),
                                                rounded(arm.share()),
                                                Versus.of(arm.againstHeld()),
                                                arm.againstFirst() == null ? null : Versus.of(arm.againstFirst())))
                                        .toList()))
                        .toList(),
                new Harm(
                        report.harm().sent(),
                        Figure.of(report.harm().unsubscriptions()),
                        Figure.of(report.harm().reports())));
    }

    /** What it is for: answer, order or revenue, within so many days of the first message. */
    @Schema(name = "FollowUpReportGoal")
    record Goal(String reach, @Nullable String survey, int within) {}

    /** Journeys. */
    @Schema(name = "FollowUpReportFunnel")
    record Funnel(
            long began,
            long underWay,
            long withoutMail,
            long sent,
            long delivered,
            long clicked,
            long answered,
            long ordered) {}

    /** @param share of those who come to the split now, 0 to 1 */
    @Schema(name = "FollowUpReportArm")
    record Arm(
            String key,
            @Nullable BigDecimal share,
            Versus againstLeftOut,
            @Nullable Versus againstFirst) {}

    /** @param learns whether shares follow what is reached */
    @Schema(name = "FollowUpReportSplit")
    record Split(String key, boolean learns, List<Arm> arms) {}

    /** Of a thousand mails. */
    @Schema(name = "FollowUpReportHarm")
    record Harm(long sent, Figure unsubscribed, Figure reported) {}

    /** Two groups, and how far they are apart: in percentage points, and in money for each person. */
    @Schema(name = "FollowUpReportLift")
    record Versus(
            People first,
            People second,
            Distance share,
            Distance money,
            @Nullable Long weeks) {
        static Versus of(Comparison comparison) {
            return new Versus(
                    People.of(comparison.written()),
                    People.of(comparison.held()),
                    Distance.of(comparison.share()),
                    Distance.of(comparison.money()),
                    comparison.weeks(comparison.share()));
        }
    }

    /** @param open people whose time for the goal is not over; they are not counted */
    @Schema(name = "FollowUpReportGroup")
    record People(
            long n,
            long open,
            long reached,
            Figure share,
            @Nullable BigDecimal money) {
        static People of(Group group) {
            return new People(
                    group.people(),
                    group.open(),
                    group.reached(),
                    Figure.of(group.share()),
                    group.people() == 0 ? null : rounded(group.amounts().mean()));
        }
    }

    /** A figure with its 95 % interval. */
    @Schema(name = "FollowUpReportFigure")
    record Figure(
            long n,
            @Nullable BigDecimal value,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high) {
        static Figure of(Estimate estimate) {
            return new Figure(
                    estimate.n(), rounded(estimate.value()), rounded(estimate.low()), rounded(estimate.high()));
        }
    }

    /** The first minus the second, with its 95 % interval. */
    @Schema(name = "FollowUpReportDifference")
    record Distance(
            @Nullable BigDecimal value,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            String verdict) {
        static Distance of(Lift lift) {
            return new Distance(
                    rounded(lift.value()),
                    rounded(lift.low()),
                    rounded(lift.high()),
                    lift.verdict().name().toLowerCase(Locale.ROOT));
        }
    }

    private static @Nullable BigDecimal rounded(@Nullable Double value) {
        return value == null ? null : BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN);
    }
}
