package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.followup.journey.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Splits that learn: the best arm gets most, and every arm goes on being tried. */
class ArmEvidenceTest {
    @Property(tries = 60)
    void spreadsAShareOfExplorationOverAllArmsWhateverHappened(
            @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 0, max = 900) Integer> reached) {
        var arms = new ArrayList<ArmEvidence>();
        for (int at = 0; at < reached.size(); at++) {
            arms.add(new ArmEvidence("a" + at, 900, reached.get(at)));
        }
        var shares = ArmEvidence.shares(arms);
        assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(shares.values())
                .allSatisfy(share ->
                        assertThat(share).isGreaterThanOrEqualTo(ArmEvidence.EXPLORATION / arms.size() - 1e-9));
    }

    @Test
    void keepsToTheWeightsWhileLittleIsKnown() {
        assertThat(ArmEvidence.shares(List.of(new ArmEvidence("a", 11, 10), new ArmEvidence("b", 12, 0))))
                .isEmpty();
    }

    @Test
    void sharesEvenlyAmongArmsThatDoTheSame() {
        assertThat(ArmEvidence.shares(List.of(new ArmEvidence("a", 500, 50), new ArmEvidence("b", 500, 50)))
                        .get("a"))
                .isCloseTo(0.5, within(0.001));
    }

    /** Three arms of which one reaches 20 % and two 12 %, through the drawing itself: 8 shops, 40 weeks of 75 people each. */
    @Test
    void givesTheBestArmMostAndEachArmItsShareOfExploration() {
        var split = (Step.Split) FollowUpReader.read("""
                        {"purpose": "tips", "trigger": {"on": "by-hand"}, "steps": [{"key": "try", "type": "split", "learn": true, "arms": [
                            {"key": "a", "steps": []}, {"key": "b", "steps": []}, {"key": "c", "steps": []}]}]}
                        """).find("try").orElseThrow();
        var random = new SplittableRandom(17);
        var lastTen = new HashMap<String, Integer>();
        int people = 0;
        for (int shop = 0; shop < 8; shop++) {
            var tried = new HashMap<String, long[]>();
            split.arms().forEach(arm -> tried.put(arm.key(), new long[2]));
            for (int week = 0; week < 40; week++) {
                var shares = ArmEvidence.shares(split.arms().stream()
                        .map(arm -> new ArmEvidence(arm.key(), count(tried, arm, 0), count(tried, arm, 1)))
                        .toList());
                for (int n = 0; n < 75; n++) {
                    var arm = draw(split, random.nextDouble(), shares);
                    tried.get(arm)[0]++;
                    tried.get(arm)[1] += random.nextDouble() < (arm.equals("b") ? 0.20 : 0.12) ? 1 : 0;
                    if (week >= 30) {
                        lastTen.merge(arm, 1, Integer::sum);
                        people++;
                    }
                }
            }
        }
        assertThat(lastTen.get("b") / (double) people).isGreaterThan(0.75);
        for (var arm : List.of("a", "c")) {
            assertThat(lastTen.get(arm) / (double) people).isGreaterThan(ArmEvidence.EXPLORATION / 3 * 0.9);
        }
    }

    private static long count(Map<String, long[]> tried, Step.Arm arm, int which) {
        return tried.getOrDefault(arm.key(), new long[2])[which];
    }

    private static String draw(Step.Split split, double at, Map<String, Double> shares) {
        double sum = 0;
        for (var arm : split.arms()) {
            sum += shares.getOrDefault(arm.key(), 1.0 / split.arms().size());
            if (at < sum) {
                return arm.key();
            }
        }
        return split.arms().getLast().key();
    }
}
