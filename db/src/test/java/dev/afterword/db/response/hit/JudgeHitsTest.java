package dev.afterword.db.response.hit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.response.hit.Hit.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeHitsTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-01T08:00:00Z");
    private static final Key INVITATION = new Key(Key.nextId(), Key.nextId());
    private static final Signals PHONE = new Signals(false, true, Agent.SAFARI, "ios");
    private static final Signals OFFICE = new Signals(false, true, Agent.CHROME, "windows");
    private static final Signals SILENT = new Signals(false, false, Agent.CHROME, "windows");

    @Test
    void takesWhoLoadsReadsAndAnswersForAPerson() {
        assertThat(judged(
                        hit(3_600_000, Target.PAGE, "recommend=9", PHONE),
                        hit(3_600_900, Target.SEEN, null, PHONE),
                        hit(3_615_000, Target.ANSWER, null, PHONE)))
                .containsExactly("person loaded", "person loaded", "person answered");
    }

    @Test
    void takesAPersonWithoutScriptWhoReadsForLongForAPerson() {
        assertThat(judged(
                        hit(3_600_000, Target.PAGE, null, PHONE),
                        hit(3_604_000, Target.SEEN, null, PHONE),
                        hit(4_800_000, Target.ANSWER, null, PHONE)))
                .endsWith("person answered");
    }

    @Test
    void takesAScannerThatFollowsEveryScoreForAMachineAndThePersonLaterForAPerson() {
        var hits = new ArrayList<Hit>();
        for (int score = 0; score <= 10; score++) {
            hits.add(hit(2_000 + score * 40, Target.PAGE, "recommend=" + score, SILENT));
        }
        hits.add(hit(2_500, Target.UNSUBSCRIBE, null, SILENT));
        hits.add(hit(600_000, Target.PAGE, "recommend=8", OFFICE));
        hits.add(hit(600_700, Target.SEEN, null, OFFICE));
        hits.add(hit(609_000, Target.ANSWER, null, OFFICE));
        var judged = judged(hits.toArray(Hit[]::new));
        assertThat(judged.subList(0, 11)).containsOnly("machine several-scores");
        assertThat(judged.get(11)).isEqualTo("machine all-links");
        assertThat(judged.subList(12, 15)).containsExactly("person loaded", "person loaded", "person answered");
    }

    @Test
    void takesWhoSendsTheFormWithoutLoadingOrReadingItForAMachine() {
        assertThat(judged(hit(90_000, Target.PAGE, "recommend=0", OFFICE), hit(90_060, Target.ANSWER, null, OFFICE)))
                .endsWith("machine too-quick");
    }

    @Test
    void countsWhatAProgramSendsThatDoesNotPretendToBeABrowser() {
        var script = new Signals(false, false, Agent.LIBRARY, "other");
        assertThat(judged(hit(3_000, Target.PAGE, null, script), hit(3_020, Target.ANSWER, null, script)))
                .endsWith("unsure nothing-loaded");
    }

    @Test
    void doesNotHoldScoresThatWereAskedForAgainstWhoPressesTheButton() {
        var hits = new ArrayList<Hit>();
        for (int score = 0; score <= 10; score++) {
            hits.add(hit(90_000 + score * 40, Target.PAGE, "recommend=" + score, OFFICE));
        }
        hits.add(hit(92_000, Target.ANSWER, null, OFFICE));
        assertThat(judged(hits.toArray(Hit[]::new))).endsWith("unsure nothing-loaded");
    }

    @Test
    void isUnsureOfAQuickAnswerFromAPageThatWasLoaded() {
        assertThat(judged(
                        hit(90_000, Target.PAGE, "recommend=9", OFFICE),
                        hit(90_200, Target.SEEN, null, OFFICE),
                        hit(90_400, Target.ANSWER, null, OFFICE)))
                .endsWith("unsure too-quick");
    }

    @Test
    void isUnsureOfAnAnswerWhosePageWasNeverAskedFor() {
        assertThat(judged(hit(5_000, Target.ANSWER, null, new Signals(false, false, Agent.LIBRARY, "other"))))
                .containsExactly("unsure form-unseen");
    }

    @Test
    void takesWhoFollowsTheHiddenLinkForAMachineWithAllItDidWithinSeconds() {
        assertThat(judged(
                        hit(400_000, Target.PAGE, null, OFFICE),
                        hit(400_300, Target.SEEN, null, OFFICE),
                        hit(401_000, Target.CANARY, null, OFFICE),
                        hit(402_000, Target.ANSWER, null, OFFICE),
                        hit(402_500, Target.PAGE, null, PHONE),
                        hit(403_000, Target.SEEN, null, PHONE)))
                .containsExactly(
                        "machine canary",
                        "machine canary",
                        "machine canary",
                        "machine canary",
                        "person loaded",
                        "person loaded");
    }

    @ParameterizedTest
    @CsvSource({
        "-20000,false,machine at-delivery",
        "3000,false,machine at-delivery",
        "3000,true,unsure at-delivery",
        "10001,true,person loaded",
        "10001,false,unsure nothing-loaded",
        "-60001,false,unsure nothing-loaded"
    })
    void judgesALookByTheTimeOfDelivery(long acceptedMs, boolean loaded, String expected) {
        var hits = new ArrayList<>(List.of(hit(acceptedMs, Target.PAGE, null, OFFICE)));
        if (loaded) {
            hits.add(hit(acceptedMs + 400, Target.SEEN, null, OFFICE));
        }
        assertThat(judged(hits.toArray(Hit[]::new))).startsWith(expected);
    }

    @Test
    void judgesWhatAnnouncesItself() {
        var day = 86_400_000L;
        assertThat(judged(new Hit(
                        Key.next(INVITATION.workspaceId()),
                        INVITATION,
                        DELIVERED,
                        Target.PAGE,
                        "HEAD",
                        200,
                        null,
                        PHONE,
                        day,
                        null)))
                .containsExactly("machine head");
        assertThat(judged(hit(day, Target.PAGE, null, new Signals(true, true, Agent.SAFARI, "ios"))))
                .containsExactly("machine prefetch");
        assertThat(judged(hit(day, Target.ANSWER, null, new Signals(false, true, Agent.ROBOT, "other"))))
                .containsExactly("machine robot");
        assertThat(judged(hit(day, Target.PAGE, null, new Signals(false, true, Agent.HEADLESS, "linux"))))
                .containsExactly("machine robot");
        assertThat(judged(hit(day, Target.PAGE, null, SILENT))).containsExactly("machine bare");
    }

    @Test
    void isUnsureOfTwoScoresInARow() {
        assertThat(judged(
                        hit(90_000, Target.PAGE, "recommend=8", PHONE),
                        hit(93_000, Target.PAGE, "recommend=9", PHONE),
                        hit(93_600, Target.SEEN, null, PHONE),
                        hit(99_000, Target.ANSWER, null, PHONE)))
                .containsExactly("unsure two-scores", "unsure two-scores", "person loaded", "person answered");
    }

    /** Whatever comes: one verdict each, the same whatever the order in which hits were read, and none for a link's sake because of another program. */
    @Property(tries = 300)
    void givesEveryHitOneVerdictWhateverTheOrder(@ForAll("links") List<Hit> hits) {
        var judged = Verdicts.of(hits, HitRule.NOW);
        assertThat(judged).hasSameSizeAs(hits);
        assertThat(judged).allSatisfy(one -> assertThat(one.judged().rule()).isEqualTo(1));
        var turned = Verdicts.of(hits.reversed(), HitRule.NOW);
        assertThat(turned).containsExactlyElementsOf(judged);
    }

    /** A machine beside them never makes a machine of somebody who loaded the page with another program and took time. */
    @Property(tries = 300)
    void neverThrowsAPersonsAnswerAwayForWhatAnotherProgramDoes(@ForAll("links") List<Hit> machines) {
        var all = new ArrayList<>(machines.stream()
                .filter(hit -> !hit.resembles(hit(0, Target.PAGE, null, PHONE)))
                .toList());
        var answer = hit(40_000, Target.ANSWER, null, PHONE);
        all.addAll(
                List.of(hit(20_000, Target.PAGE, "recommend=9", PHONE), hit(20_800, Target.SEEN, null, PHONE), answer));
        assertThat(Verdicts.of(all, HitRule.NOW))
                .filteredOn(one -> one.hit().equals(answer))
                .allSatisfy(one -> assertThat(one.judged()).isEqualTo(new Judged(Verdict.PERSON, Reason.ANSWERED, 1)));
    }

    @Provide
    Arbitrary<List<Hit>> links() {
        var signals = Combinators.combine(
                        Arbitraries.of(true, false, false, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Agent.values()),
                        Arbitraries.of("ios", "windows"))
                .as(Signals::new);
        var hit = Combinators.combine(
                        Arbitraries.longs().between(-70_000, 200_000),
                        Arbitraries.of(Target.values()),
                        Arbitraries.integers()
                                .between(0, 10)
                                .map(score -> "recommend=" + score)
                                .injectNull(.5),
                        signals)
                .as(JudgeHitsTest::hit);
        return hit.list().ofMaxSize(40);
    }

    private static Hit hit(long acceptedMs, Target target, String chosen, Signals signals) {
        return new Hit(
                Key.next(INVITATION.workspaceId()),
                INVITATION,
                DELIVERED.plusMillis(acceptedMs),
                target,
                target == Target.ANSWER ? "POST" : "GET",
                target == Target.ANSWER ? 303 : 200,
                target == Target.PAGE ? chosen : null,
                signals,
                acceptedMs,
                null);
    }

    private static List<String> judged(Hit... hits) {
        var found = Verdicts.of(List.of(hits), HitRule.NOW);
        return IntStream.range(0, hits.length)
                .mapToObj(at -> found.stream()
                        .filter(one -> one.hit().equals(hits[at]))
                        .findFirst()
                        .orElseThrow()
                        .judged())
                .map(one -> one.verdict().code() + " " + one.reason().code())
                .toList();
    }
}
