package dev.afterword.db.followup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalkTest {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    final Map<String, Passed> passed = new HashMap<>();
    final Map<String, Written> written = new HashMap<>();
    Instant shipped;
    Instant delivered;
    Known known = Known.NOTHING;

    static final FollowUpDefinition AFTER_DELIVERY = follow("""
            {"key": "delivery", "type": "await-delivery", "days": 3, "daysAfterShipping": 10},
            {"key": "ask", "type": "ask", "survey": "post-purchase"},
            {"key": "pause", "type": "wait", "days": 4},
            {"key": "remind", "type": "remind", "ask": "ask"}
            """);

    @Test
    void holdsUntilADeliveryIsKnownAndSaysWhichMessageWaits() {
        var stop = next(AFTER_DELIVERY, NOON).stop();

        assertThat(stop).isInstanceOfSatisfying(Next.Hold.class, hold -> {
            assertThat(hold.step()).isEqualTo("delivery");
            assertThat(hold.next().key()).isEqualTo("ask");
            assertThat(hold.reason()).isEqualTo(SkipReason.NOT_DELIVERED);
            assertThat(hold.over()).isFalse();
            assertThat(next(AFTER_DELIVERY, hold.until()).stop())
                    .isInstanceOfSatisfying(
                            Next.Hold.class, later -> assertThat(later.over()).isTrue());
        });
    }

    @Test
    void plansTheMessageBehindAWaitBeforeItIsOver() {
        shipped = NOON;
        assertThat(due(AFTER_DELIVERY, NOON)).isEqualTo(NOON.plus(Duration.ofDays(10)));
        delivered = NOON.plus(Duration.ofDays(1));
        assertThat(due(AFTER_DELIVERY, NOON)).isEqualTo(NOON.plus(Duration.ofDays(4)));
    }

    @Test
    void remindsFourDaysAfterTheQuestionWentOutAndOnlyThen() {
        delivered = NOON;
        var sent = NOON.plus(Duration.ofDays(5));
        written.put("ask", new Written(SendState.ACCEPTED, null, NOON, sent, false));
        var stop = next(AFTER_DELIVERY, sent).stop();
        assertThat(stop)
                .isEqualTo(new Next.Write(
                        (Step.Written) AFTER_DELIVERY.find("remind").orElseThrow(), sent.plus(Duration.ofDays(4))));

        written.put("ask", new Written(SendState.UNKNOWN, null, NOON, sent, false));
        assertThat(next(AFTER_DELIVERY, sent).stop()).isEqualTo(new Next.Ended(null));
        written.put("ask", new Written(SendState.SKIPPED, SkipReason.QUARANTINE, NOON, NOON, false));
        assertThat(next(AFTER_DELIVERY, sent).stop()).isEqualTo(new Next.Ended(null));
    }

    @Test
    void decidesAnewAboutAMessageThatWasNotWrittenUntilItsTimeHasCome() {
        delivered = NOON;
        var due = NOON.plus(Duration.ofDays(3));
        written.put("ask", new Written(SendState.SKIPPED, SkipReason.QUARANTINE, due, NOON, false));
        assertThat(due(AFTER_DELIVERY, NOON)).isEqualTo(due);
        assertThat(next(AFTER_DELIVERY, due).stop()).isEqualTo(new Next.Ended(null));
        written.put("ask", new Written(SendState.SKIPPED, SkipReason.FOLLOW_UP_OFF, due, NOON, false));
        assertThat(due(AFTER_DELIVERY, due)).isEqualTo(due);
    }

    @Test
    void choosesAWayWhenSomebodyComesToItAndKeepsToIt() {
        var definition = follow("""
                {"key": "pause", "type": "wait", "days": 2},
                {"key": "which", "type": "branch", "cases": [
                    {"key": "low", "when": {"fact": "response.band", "operator": "is", "value": "bad"}, "steps": [
                        {"key": "sorry", "type": "mail"}]}],
                    "otherwise": [{"key": "over", "type": "end"}]},
                {"key": "note", "type": "set-attribute", "name": "rescued", "value": "yes"},
                {"key": "check", "type": "branch", "cases": [
                    {"key": "yes", "when": {"fact": "contact.attribute.rescued", "operator": "is", "value": "yes"}, "steps": [
                        {"key": "hello", "type": "mail"}]}]}
                """);
        var then = NOON.plus(Duration.ofDays(2));
        assertThat(next(definition, NOON).stop()).isEqualTo(new Next.Look("pause", then));

        known = Known.NOTHING.with("response.band", "bad");
        var first = next(definition, then);
        assertThat(first.passed()).containsEntry("which", new Passed(then, "low"));
        assertThat(first.stop().step()).isEqualTo("sorry");

        passed.putAll(first.passed());
        known = Known.NOTHING.with("response.band", "good");
        written.put("sorry", new Written(SendState.ACCEPTED, null, then, then, false));
        var second = next(definition, then);
        assertThat(second.deeds()).extracting(Step::key).containsExactly("note");
        assertThat(second.stop().step()).isEqualTo("hello");
        passed.putAll(second.passed());
        assertThat(next(definition, then).deeds()).isEmpty();

        passed.clear();
        assertThat(next(definition, then).stop()).isEqualTo(new Next.Ended("over"));
    }

    @Test
    void passesWhatWasToBeDoneLongAgoWithoutDoingIt() {
        var definition = follow("""
                {"key": "gift", "type": "give-reward", "kind": "reward", "pool": "thanks"},
                {"key": "look", "type": "open-case", "kind": "question", "subject": "Look into it"},
                {"key": "tell", "type": "call-endpoint", "endpoint": "erp"},
                {"key": "note", "type": "set-attribute", "name": "asked", "value": "yes"}
                """);
        assertThat(next(definition, NOON.plus(Duration.ofDays(7))).deeds()).hasSize(4);
        var late = next(definition, NOON.plus(Duration.ofDays(7)).plusSeconds(1));
        assertThat(late.deeds()).extracting(Step::key).containsExactly("note");
        assertThat(late.passed())
                .containsEntry("gift", new Passed(NOON, "too-late"))
                .containsEntry("look", new Passed(NOON, "too-late"))
                .containsEntry("tell", new Passed(NOON, "too-late"))
                .containsEntry("note", new Passed(NOON, null));
        assertThat(late.stop()).isEqualTo(new Next.Ended(null));
    }

    @Test
    void splitsByWeight() {
        var split = (Step.Split) follow("""
                {"key": "try", "type": "split", "arms": [
                    {"key": "a", "weight": 3, "steps": []}, {"key": "b", "weight": 1, "steps": []}]}
                """).find("try").orElseThrow();
        assertThat(IntStream.range(0, 1000)
                        .filter(n -> Walk.arm(split, n / 1000.0, Map.of()).equals("a"))
                        .count())
                .isEqualTo(750);
    }

    @Test
    void splitsByWhatWasLearntAndLetsNobodyChangeTheirWay() {
        var definition = follow("""
                {"key": "try", "type": "split", "learn": true, "arms": [
                    {"key": "a", "weight": 3, "steps": []}, {"key": "b", "weight": 1, "steps": []}]}
                """);
        var split = (Step.Split) definition.find("try").orElseThrow();
        var learnt = Map.of("a", 0.1, "b", 0.9);
        assertThat(Walk.arm(split, 0.05, learnt)).isEqualTo("a");
        assertThat(Walk.arm(split, 0.2, learnt)).isEqualTo("b");
        assertThat(Walk.arm(split, 0.2, Map.of("a", 0.1))).isEqualTo("a");
        passed.put("try", new Passed(NOON, "b"));
        assertThat(next(definition, NOON).passed()).isEmpty();
    }

    @Test
    void waitsUntilATimeOfTheDayAcrossChangesOfTheClocks() {
        var wait = new Step.Wait("w", 1, 0, LocalTime.of(2, 30));
        assertThat(Walk.end(wait, Instant.parse("2027-03-27T01:00:00Z"), BERLIN))
                .isEqualTo("2027-03-28T01:30:00Z");
        assertThat(Walk.end(wait, Instant.parse("2026-10-24T00:00:00Z"), BERLIN))
                .isEqualTo("2026-10-25T00:30:00Z");
        var day = new Step.Wait("w", 1, 0, null);
        assertThat(Duration.between(
                        Instant.parse("2027-03-27T09:00:00Z"),
                        Walk.end(day, Instant.parse("2027-03-27T09:00:00Z"), BERLIN)))
                .isEqualTo(Duration.ofHours(23));
    }

    @Test
    void writesWhatItReads() {
        assertThat(FollowUpReader.read(FollowUpWriter.write(AFTER_DELIVERY))).isEqualTo(AFTER_DELIVERY);
        assertThat(FollowUpCheck.of(AFTER_DELIVERY, java.util.Set.of("post-purchase")))
                .isEmpty();
        assertThat(FollowUpCheck.of(AFTER_DELIVERY, java.util.Set.of()))
                .extracting(FollowUpCheck.Finding::code)
                .containsExactly("follow-up.survey-unknown");
    }

    private Instant due(FollowUpDefinition definition, Instant now) {
        return ((Next.Write) next(definition, now).stop()).due();
    }

    private Next next(FollowUpDefinition definition, Instant now) {
        return Walk.next(
                definition, new Standing(NOON, passed, written, shipped, delivered, BERLIN, known, split -> 0.5), now);
    }

    static FollowUpDefinition follow(String steps) {
        return FollowUpReader.read("""
                {"level": 3, "purpose": "questions", "trigger": {"on": "order-placed"}, "steps": [%s]}
                """.formatted(steps));
    }
}
