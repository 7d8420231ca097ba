package dev.afterword.db.followup.journey;

import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a follow-up from its beginning, over everything that has happened, to what happens next. Walking again gives the same, so an event that is
 * handled twice, a crash or a new version of the follow-up leaves nobody in between. A message behind waits is planned before they are over, so that people see it
 * and the contact policy counts it; ways are only chosen when somebody comes to them.
 */
public final class Walk {
    /** What has not been delivered by then never will be, or nobody says so. */
    static final Duration LONGEST_FOR_DELIVERY = Duration.ofDays(180);

    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofHours(1);

    private final Standing standing;
    private final Instant now;
    private final boolean acting;
    private final Map<String, Passed> passed = new HashMap<>();
    private final List<Step.Deed> deeds = new ArrayList<>();
    private Known known;
    /** When the step before was over; in the future once a wait is not over yet. */
    private Instant at;

    private @Nullable String waiting;

    private Walk(Standing standing, Instant now, boolean acting) {
        this.standing = standing;
        this.now = now;
        this.acting = acting;
        this.known = standing.known();
        this.at = standing.begunAt();
    }

    public static Next next(FollowUpDefinition definition, Standing standing, Instant now) {
        return next(definition, standing, now, true);
    }

    /**
     * The same, at a time when perhaps nothing is to happen.
     *
     * @param acting whether anything may be done that cannot be taken back; otherwise the walk waits before it
     */
    public static Next next(FollowUpDefinition definition, Standing standing, Instant now, boolean acting) {
        var walk = new Walk(standing, now, acting);
        var stop = walk.through(definition.steps());
        return new Next(walk.passed, walk.deeds, stop == null ? new Next.Ended(null) : stop);
    }

    /** Where it stops among these steps; null behind the last. */
    private Next.@Nullable Stop through(List<Step> steps) {
        for (var rest = steps.iterator(); rest.hasNext(); ) {
            var stop = step(rest.next(), rest);
            if (stop != null) {
                return stop;
            }
        }
        return null;
    }

    private Next.@Nullable Stop step(Step step, Iterator<Step> rest) {
        return switch (step) {
            case Step.Wait wait -> waitUntil(wait.key(), end(wait, at, standing.zone()));
            case Step.AwaitDelivery await -> {
                var end = end(await);
                yield end == null ? hold(await, written(rest)) : waitUntil(await.key(), end);
            }
            case Step.Written written -> written(written);
            case Step.Deed deed -> deed(deed);
            case Step.Branch branch -> ways(branch);
            case Step.Split split -> ways(split);
            case Step.End end -> waiting == null ? new Next.Ended(end.key()) : new Next.Look(waiting, at);
        };
    }

    private Next.Hold hold(Step.AwaitDelivery await, Step.@Nullable Written next) {
        var until = standing.begunAt().plus(LONGEST_FOR_DELIVERY);
        return new Next.Hold(await.key(), next, SkipReason.NOT_DELIVERED, until, !until.isAfter(now));
    }

    /** A wait that is not over is walked on behind, to the message that it leads to. */
    private Next.@Nullable Stop waitUntil(String key, Instant end) {
        if (end.isAfter(at)) {
            at = end;
        }
        if (waiting == null && at.isAfter(now)) {
            waiting = key;
        }
        return null;
    }

    private Next.@Nullable Stop written(Step.Written step) {
        var written = standing.written().get(step.key());
        if (written != null && written.over(now)) {
            goOn(written.end());
            return null;
        }
        if (step instanceof Step.Remind remind && !mayRemind(standing.written().get(remind.ask()))) {
            return null;
        }
        return new Next.Write(step, at);
    }

    /** Only who got the question is reminded of it. */
    private static boolean mayRemind(@Nullable Written ask) {
        return ask != null && ask.state() == SendState.ACCEPTED;
    }

    private Next.@Nullable Stop ways(Step step) {
        var before = standing.passed().get(step.key());
        if (before == null && waiting != null) {
            return new Next.Look(waiting, at);
        }
        var taken = before == null || before.way() == null ? pick(step) : before.way();
        if (before == null) {
            passed.put(step.key(), new Passed(at, taken));
        } else {
            goOn(before.at());
        }
        return step.ways().stream()
                .filter(way -> way.key().equals(taken))
                .findFirst()
                .map(way -> through(way.steps()))
                .orElse(null);
    }

    private String pick(Step step) {
        return switch (step) {
            case Step.Branch branch ->
                branch.cases().stream()
                        .filter(one -> one.rule().holds(known))
                        .map(Step.Case::key)
                        .findFirst()
                        .orElse(Step.Branch.OTHERWISE);
            case Step.Split split ->
                arm(
                        split,
                        standing.draw().of(split.key()),
                        split.learns() ? standing.draw().shares(split.key()) : Map.of());
            default -> throw new IllegalArgumentException(step.type() + " has no ways");
        };
    }

    /** The arm in whose share the draw falls: of what was learnt if it knows of each arm, else of all weights. */
    static String arm(Step.Split split, double draw, Map<String, Double> learnt) {
        var shares = split.arms().stream()
                .map(arm -> learnt.getOrDefault(arm.key(), 0.0))
                .toList();
        if (shares.stream().anyMatch(share -> share <= 0)) {
            shares = split.arms().stream().map(arm -> (double) arm.weight()).toList();
        }
        double all = shares.stream().mapToDouble(Double::doubleValue).sum();
        double sum = 0;
        for (int at = 0; at < shares.size(); at++) {
            sum += shares.get(at) / all;
            if (draw < sum) {
                return split.arms().get(at).key();
            }
        }
        return split.arms().getLast().key();
    }

    private Next.@Nullable Stop deed(Step.Deed deed) {
        var done = standing.passed().get(deed.key());
        if (done != null) {
            goOn(done.at());
            return null;
        }
        if (waiting != null) {
            return new Next.Look(waiting, at);
        }
        if (!(deed instanceof Step.SetAttribute)) {
            if (at.plus(PlanSend.LATEST).isBefore(now)) {
                passed.put(deed.key(), new Passed(at, Passed.TOO_LATE));
                return null;
            }
            if (!acting) {
                return new Next.Look(deed.key(), now.plus(UNTIL_LOOKED_AT_AGAIN));
            }
        }
        passed.put(deed.key(), new Passed(at, null));
        deeds.add(deed);
        known = switch (deed) {
            case Step.GiveReward _, Step.OpenCase _ -> known;
            case Step.SetAttribute note -> known.with(FactKind.ATTRIBUTE.code() + note.name(), note.value());
            case Step.CallEndpoint _ -> known;
        };
        return null;
    }

    /** What happened is behind, whatever the waits before it would say now. */
    private void goOn(Instant then) {
        at = then;
        waiting = at.isAfter(now) ? waiting : null;
    }

    private @Nullable Instant end(Step.AwaitDelivery await) {
        var delivered = standing.deliveredAt();
        var days = await.daysAfterShipping();
        var shipped = standing.shippedAt();
        if (delivered != null) {
            return plus(delivered, await.days(), standing.zone());
        }
        return shipped == null || days == null ? null : plus(shipped, days, standing.zone());
    }

    /** The end of a wait that begins then. */
    static Instant end(Step.Wait wait, Instant from, ZoneId zone) {
        var end = plus(from, wait.days(), zone).plus(Duration.ofHours(wait.hours()));
        var time = wait.at();
        return time == null ? end : nextTime(end, time, zone);
    }

    private static Instant plus(Instant from, int days, ZoneId zone) {
        return from.atZone(zone).plusDays(days).toInstant();
    }

    /** The next moment at which it is that time of the day there; a time that the clocks leave out comes as much later as they were put on. */
    static Instant nextTime(Instant from, LocalTime time, ZoneId zone) {
        var today = from.atZone(zone).toLocalDate();
        for (int days = 0; days < 3; days++) {
            var then = today.plusDays(days).atTime(time).atZone(zone).toInstant();
            if (!then.isBefore(from)) {
                return then;
            }
        }
        throw new IllegalStateException("no " + time + " after " + from + " in " + zone);
    }

    /** The message that comes next whatever happens; null where that depends. */
    private static Step.@Nullable Written written(Iterator<Step> rest) {
        while (rest.hasNext()) {
            switch (rest.next()) {
                case Step.Written written -> {
                    return written;
                }
                case Step.Wait _, Step.AwaitDelivery _ -> {}
                case Step.Deed _, Step.Branch _, Step.Split _, Step.End _ -> {
                    return null;
                }
            }
        }
        return null;
    }
}
