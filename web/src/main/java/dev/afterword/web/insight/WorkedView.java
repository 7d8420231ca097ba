package dev.afterword.web.insight;

import dev.afterword.db.Lift;
import dev.afterword.db.followup.journey.Goal;
import dev.afterword.db.insight.Timing;
import dev.afterword.db.insight.WhatWorked;
import dev.afterword.db.insight.WhatWorked.Proposal;
import dev.afterword.db.insight.WhatWorked.Worked;
import dev.afterword.web.insight.Figures.Figure;
import dev.afterword.web.insight.Figures.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page What worked shows, ready to print.
 *
 * @param all whether marketing as a whole brings orders; null where nobody is kept from it
 */
record WorkedView(
        String sentence,
        @Nullable AllRow all,
        List<Row> rows,
        List<Next> proposals,
        @Nullable TimingView hour,
        @Nullable TimingView delay) {
    /** All follow-ups together against who is kept from them. */
    record AllRow(Gap gap, long n, long against) {}

    /** A follow-up among the others. */
    record Row(
            String key,
            String name,
            String goal,
            Gap gap,
            long n,
            long against,
            @Nullable Long weeks,
            Figure harmed,
            boolean on) {}

    /**
     * What to do next.
     *
     * @param key of the follow-up that it is about; null where it is about none
     */
    record Next(String text, String evidence, @Nullable String key) {}

    /** When questions were answered best. */
    record TimingView(long n, List<LevelRow> levels, List<GroupRow> groups) {}

    /** An hour, or a delay. */
    record LevelRow(String words, Figure figure, boolean usual, boolean better) {}

    /** A product group in a language. */
    record GroupRow(
            String group,
            String language,
            long n,
            String best,
            Figure bestFigure,
            String usual,
            Figure usualFigure,
            boolean better) {}

    static WorkedView of(WhatWorked found, Wording wording) {
        var gaps = Figures.gaps(found.followUps().stream()
                .map(one -> one.goal() instanceof Goal.Revenue ? shares(one.lift()) : one.lift())
                .toList());
        var rows = new ArrayList<Row>();
        for (int at = 0; at < gaps.size(); at++) {
            rows.add(row(found.followUps().get(at), gaps.get(at), wording));
        }
        var all = found.all();
        return new WorkedView(
                wording.text(
                        "worked.sentence", found.proven(), found.followUps().size()),
                all == null ? null : new AllRow(Figures.gaps(List.of(all)).getFirst(), all.n(), all.against()),
                rows,
                found.proposals().stream().map(one -> next(one, wording)).toList(),
                timing(found.hour(), "worked.hour", wording),
                timing(found.delay(), "worked.delay", wording));
    }

    /** Money does not stand on the line of shares: it is told in words alone. */
    private static Lift shares(Lift lift) {
        return new Lift(lift.value(), null, null, lift.n(), lift.against(), lift.needed());
    }

    private static Row row(Worked one, Gap gap, Wording wording) {
        var lift = one.lift();
        var value = lift.value();
        var told = one.goal() instanceof Goal.Revenue && value != null && one.currency() != null
                ? new Gap(
                        Figures.signed(value) + " " + one.currency(),
                        Figures.interval("0.0", lift.low(), lift.high()),
                        Figures.gaps(List.of(lift)).getFirst().verdict(),
                        null)
                : gap;
        return new Row(
                one.followUp().followUpKey(),
                one.followUp().name(),
                wording.text(
                        "report.goal." + one.goal().code(),
                        one.goal().within(),
                        one.goal().answers() == null ? "" : one.goal().answers()),
                told,
                lift.n(),
                lift.against(),
                one.weeks(),
                Figure.plain(one.harmed()),
                one.followUp().enabled());
    }

    private static Next next(Proposal proposal, Wording wording) {
        return switch (proposal) {
            case Proposal.ServeStage serve ->
                new Next(
                        wording.text("worked.next.stage", wording.segment("stage", serve.stage(), Map.of())),
                        wording.text("worked.next.stage.evidence", serve.people()),
                        null);
            case Proposal.LeaveSomeOut leave -> about("leave-out", leave.worked(), wording);
            case Proposal.SwitchOff off -> about("off", off.worked(), wording);
            case Proposal.ChangeOrStop change -> about("change", change.worked(), wording);
            case Proposal.DoMore more -> about("more", more.worked(), wording);
            case Proposal.TryHour hour -> timing("worked.hour", hour.hour(), wording);
            case Proposal.TryDelay delay -> timing("worked.delay", delay.delay(), wording);
        };
    }

    private static Next about(String what, Worked worked, Wording wording) {
        var lift = worked.lift();
        return new Next(
                wording.text("worked.next." + what, worked.followUp().name()),
                lift.low() == null
                        ? wording.text("worked.next.evidence.none", lift.n())
                        : wording.text(
                                "worked.next.evidence",
                                Figures.interval("0.0", lift.low(), lift.high()),
                                lift.n(),
                                lift.against()),
                worked.followUp().followUpKey());
    }

    private static Next timing(String code, Timing timing, Wording wording) {
        var better = timing.better() == null ? timing.usual() : timing.better();
        return new Next(
                wording.text(code + ".try", words(code, better, wording)),
                wording.text(
                        "worked.timing.evidence",
                        words(code, better, wording),
                        figure(timing, better).value(),
                        figure(timing, better).interval(),
                        words(code, timing.usual(), wording),
                        figure(timing, timing.usual()).value(),
                        timing.n()),
                null);
    }

    private static Figure figure(Timing timing, String level) {
        return timing.levels().stream()
                .filter(one -> one.level().equals(level))
                .findFirst()
                .map(one -> Figure.percent(one.answered()))
                .orElse(new Figure("", "", 0));
    }

    private static @Nullable TimingView timing(@Nullable Timing timing, String code, Wording wording) {
        return timing == null
                ? null
                : new TimingView(
                        timing.n(),
                        timing.levels().stream()
                                .map(level -> new LevelRow(
                                        words(code, level.level(), wording),
                                        Figure.percent(level.answered()),
                                        level.level().equals(timing.usual()),
                                        level.level().equals(timing.better())))
                                .toList(),
                        timing.groups().stream()
                                .map(group -> new GroupRow(
                                        group.category().isEmpty()
                                                ? wording.text("worked.no-category")
                                                : group.category(),
                                        group.language(),
                                        group.n(),
                                        words(code, group.best().level(), wording),
                                        Figure.percent(group.best().answered()),
                                        words(code, group.usual().level(), wording),
                                        Figure.percent(group.usual().answered()),
                                        group.better()))
                                .toList());
    }

    /** 06 is from 6 to 9 o’clock; 03-05 are days. */
    private static String words(String code, String level, Wording wording) {
        if (code.equals("worked.hour")) {
            int from = Integer.parseInt(level);
            return wording.text("worked.hour.words", from, from + 3);
        }
        var ends = level.split("-", -1);
        return ends.length < 2 || ends[1].isEmpty()
                ? wording.text("worked.delay.from", Integer.parseInt(ends[0]))
                : wording.text("worked.delay.words", Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
}
