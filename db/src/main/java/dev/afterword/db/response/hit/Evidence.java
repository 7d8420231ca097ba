package dev.afterword.db.response.hit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request together with what its neighbours tell: the requests of the same link, and among them those of the same kind of program.
 *
 * @param rendered what a browser fetches for a page was fetched: by the page's own program, soon after it
 * @param canary the hidden link was followed within seconds, by the same kind of program
 * @param scores how many different answers to one question were asked for within seconds, by whomever
 * @param allLinks the mail's other link was followed within seconds as well, by the same kind of program
 * @param typed the page's script had something to keep: somebody chose or typed
 * @param lookMs milliseconds since the same kind of program last asked for the questions, for what sends answers; null where it did not
 */
public record Evidence(
        Hit hit,
        boolean rendered,
        boolean canary,
        int scores,
        boolean allLinks,
        boolean typed,
        @Nullable Long lookMs) {
    /** Nobody follows links so close to each other. */
    private static final Duration SECONDS = Duration.ofSeconds(10);
    /** Until a slow phone has loaded a page. */
    private static final Duration LOADING = Duration.ofMinutes(1);
    /** While one visit lasts. */
    private static final Duration VISIT = Duration.ofMinutes(30);

    /** The evidence of those of one invitation's hits that are asked for, by time. */
    static List<Evidence> of(List<Hit> hits, Predicate<Hit> wanted) {
        var sorted = hits.stream()
                .sorted(Comparator.comparing(Hit::at)
                        .thenComparing(hit -> hit.key().id()))
                .toList();
        var all = new ArrayList<Evidence>(sorted.size());
        for (int at = 0; at < sorted.size(); at++) {
            if (wanted.test(sorted.get(at))) {
                all.add(of(sorted, at));
            }
        }
        return List.copyOf(all);
    }

    private static Evidence of(List<Hit> sorted, int place) {
        var hit = sorted.get(place);
        var near = around(sorted, place, SECONDS, SECONDS);
        var own = near.stream().filter(hit::resembles).toList();
        var visit = around(sorted, place, VISIT, Duration.ZERO).stream()
                .filter(hit::resembles)
                .toList();
        return new Evidence(
                hit,
                isRendered(hit, visit, around(sorted, place, Duration.ZERO, LOADING)),
                own.stream().anyMatch(other -> other.target() == Target.CANARY),
                scores(near),
                own.stream().anyMatch(Hit::isLook)
                        && own.stream().anyMatch(other -> other.target() == Target.UNSUBSCRIBE),
                visit.stream().anyMatch(other -> other.target() == Target.DRAFT || other.target() == Target.LIVE),
                lookMs(hit, visit));
    }

    private static boolean isRendered(Hit hit, List<Hit> before, List<Hit> after) {
        return after.stream().anyMatch(other -> other.target() == Target.SEEN && hit.resembles(other))
                || (!hit.isLook() && before.stream().anyMatch(other -> other.target() == Target.SEEN));
    }

    private static @Nullable Long lookMs(Hit hit, List<Hit> visit) {
        return visit.stream()
                .filter(other -> other.isLook() && !other.key().equals(hit.key()))
                .map(other -> Duration.between(other.at(), hit.at()).toMillis())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The most different values of one question among looks. */
    private static int scores(List<Hit> near) {
        var most = 0;
        var chosen = new HashSet<String>();
        near.stream().filter(Hit::isLook).map(Hit::chosen).forEach(one -> {
            if (one != null) {
                chosen.add(one);
            }
        });
        for (var one : chosen) {
            var question = one.substring(0, Math.max(0, one.indexOf('=')));
            most = Math.max(most, (int) chosen.stream()
                    .filter(other -> other.startsWith(question + "="))
                    .count());
        }
        return most;
    }

    private static List<Hit> around(List<Hit> sorted, int place, Duration before, Duration after) {
        Instant from = sorted.get(place).at().minus(before);
        Instant to = sorted.get(place).at().plus(after);
        int first = place;
        while (first > 0 && !sorted.get(first - 1).at().isBefore(from)) {
            first--;
        }
        int last = place;
        while (last + 1 < sorted.size() && !sorted.get(last + 1).at().isAfter(to)) {
            last++;
        }
        return sorted.subList(first, last + 1);
    }
}
