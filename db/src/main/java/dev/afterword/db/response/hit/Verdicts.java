package dev.afterword.db.response.hit;

import dev.afterword.db.response.hit.Hit.Judged;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a rule says of the hits of any number of links, each link for itself. */
final class Verdicts {
    private Verdicts() {}

    /** Evidence and what was made of it. */
    record Found(Evidence evidence, Judged judged) {
        Hit hit() {
            return evidence.hit();
        }

        /** Whether the rule that judged before said something else. */
        boolean differs() {
            var before = hit().judged();
            return before != null && before.verdict() != judged.verdict();
        }
    }

    static List<Found> of(List<Hit> hits, HitRule rule) {
        return of(hits, rule, hit -> true);
    }

    /** Of those that are asked for, beside all. */
    static List<Found> of(List<Hit> hits, HitRule rule, Predicate<Hit> wanted) {
        Map<Object, List<Hit>> byLink = hits.stream().collect(Collectors.groupingBy(Hit::invitation));
        return byLink.values().stream()
                .flatMap(ofLink -> Evidence.of(ofLink, wanted).stream())
                .map(evidence -> new Found(evidence, rule.judge(evidence)))
                .toList();
    }
}
