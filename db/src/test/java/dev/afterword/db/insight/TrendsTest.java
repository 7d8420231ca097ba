package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Facts;
import dev.afterword.db.Key;
import dev.afterword.db.Scores;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
@Tag("server")
class TrendsTest {
    /** A Wednesday, noon in Berlin. */
    private static final Instant WEDNESDAY = Instant.parse("2026-05-13T10:00:00Z");

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    Trends trends;

    @Autowired
    TopicReports topicReports;

    @Autowired
    RollUp rollUp;

    @Autowired
    Segments segments;

    @Autowired
    DatabaseClient database;

    private UUID workspaceId;
    private Facts facts;

    @BeforeEach
    void open() {
        workspaceId = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block()
                .id();
        facts = new Facts(database, workspaceId);
    }

    @Test
    void putsAnswersIntoTheBucketsOfTheInterval() {
        answer(WEDNESDAY, 9);
        answer(WEDNESDAY.plus(Duration.ofDays(4)), 3);
        answer(WEDNESDAY.plus(Duration.ofDays(5)), 10);
        answer(WEDNESDAY.plus(Duration.ofDays(25)), 7);

        assertThat(buckets(Interval.DAY))
                .containsExactly("2026-05-13 1 100.0", "2026-05-17 1 -100.0", "2026-05-18 1 100.0", "2026-06-07 1 0.0");
        // The week of the 11th begins before the range, so its bucket begins with the range.
        assertThat(buckets(Interval.WEEK))
                .containsExactly("2026-05-12 2 0.0", "2026-05-18 1 100.0", "2026-06-01 1 0.0");
        assertThat(buckets(Interval.MONTH)).containsExactly("2026-05-12 3 33.3", "2026-06-01 1 0.0");
        assertThat(buckets(Interval.NONE)).containsExactly("2026-05-12 4 25.0");
    }

    @Test
    void takesTheLastDayInAndLeavesTheNextOut() {
        answer(Instant.parse("2026-05-13T21:59:00Z"), 9);
        answer(Instant.parse("2026-05-13T22:01:00Z"), 9);

        var trend = trends.of(
                        workspaceId,
                        question(Interval.NONE, LocalDate.of(2026, 5, 13), LocalDate.of(2026, 5, 13), null))
                .block();
        assertThat(trend.series().getFirst().n()).isEqualTo(1);
    }

    @Test
    void tellsSegmentsApartTheLargestFirst() {
        var contact = facts.contact();
        for (int day = 1; day <= 2; day++) {
            var order = facts.order(contact, WEDNESDAY.minusSeconds(999_999), null, WEDNESDAY);
            facts.response(contact, order, null, WEDNESDAY, Map.of("recommend", 9));
        }
        var late = facts.order(contact, WEDNESDAY.minusSeconds(999_999), WEDNESDAY.minusSeconds(999), WEDNESDAY);
        facts.response(contact, late, null, WEDNESDAY, Map.of("recommend", 2));
        compute();

        var trend = trends.of(workspaceId, question(Interval.NONE, null, null, Dimension.DELIVERY))
                .block();
        assertThat(trend.series()).extracting(Trend.Series::segment).containsExactly("on-time", "late");
        assertThat(trend.from()).isEqualTo(LocalDate.of(2026, 5, 13));
    }

    @Test
    void marksTheResponseRateOfDaysThatMayStillRise() {
        var contact = facts.contact();
        var now = Instant.now();
        facts.invitation(contact, facts.order(contact, now, null, null), now.minus(Duration.ofDays(2)));
        facts.invitation(contact, facts.order(contact, now, null, null), now.minus(Duration.ofDays(9)));
        compute();

        var trend = trends.of(
                        workspaceId,
                        new TrendQuestion("post-purchase", null, Metric.RESPONSE_RATE, Interval.DAY, null, null, null))
                .block();
        assertThat(trend.series().getFirst().buckets())
                .extracting(Trend.Bucket::open)
                .containsExactly(false, true);
        assertThat(trend.series().getFirst().buckets().getFirst().estimate().value())
                .isZero();
    }

    /** 4 of 5 is satisfied; 4 of 10 would not recommend. */
    @Test
    void countsNoAnswersOfAnEarlierScaleTogetherWithThoseOfNow() {
        var at = Instant.now().minus(Duration.ofDays(3));
        facts.response(null, null, null, at, Map.of("recommend", 4));
        facts.response(null, null, null, at, Map.of("recommend", 10));
        facts.all("""
                insert into survey_version (workspace_id, id, survey_id, number, definition, published_at)
                select workspace_id, gen_random_uuid(), survey_id, 2, replace(definition::text, '"type": "nps"', '"type": "csat"')::jsonb, now()
                from survey_version where workspace_id = $1 and number = 1
                  and survey_id = (select id from survey where workspace_id = $1 and key = 'post-purchase')
                returning id""");
        var since = facts.response(null, null, null, at, Map.of("recommend", 4));
        facts.all("""
                update response r set version_id = v.id from survey_version v
                where r.workspace_id = $1 and r.id = '%s' and v.workspace_id = $1 and v.survey_id = r.survey_id and v.number = 2 returning r.id""".formatted(since));
        compute();

        var trend = trends.of(
                        workspaceId,
                        new TrendQuestion("post-purchase", "recommend", Metric.CSAT, Interval.NONE, null, null, null))
                .block();
        assertThat(trend.series().getFirst().scores().orElseThrow())
                .isEqualTo(new Scores(1, List.of(0L, 0L, 0L, 1L, 0L)));
        assertThat(trend.otherwise()).isEqualTo(2);
        var topics = topicReports
                .scale(workspaceId, at.minusSeconds(1), Instant.now())
                .block();
        assertThat(topicReports
                        .scores(workspaceId, topics, at.minusSeconds(1), Instant.now())
                        .block()
                        .values())
                .containsExactly(new Scores(1, List.of(0L, 0L, 0L, 1L, 0L)));
    }

    @Test
    void leavesTheTwinWorkspaceAlone() {
        var twin = openWorkspace
                .open(Workspace.open(Key.nextId(), "Twin", ZoneId.of("Europe/Berlin"), "en", Instant.now()))
                .block()
                .id();
        answer(WEDNESDAY, 9);

        assertThat(trends.of(twin, question(Interval.NONE, null, null, null))
                        .block()
                        .series()
                        .getFirst()
                        .n())
                .isZero();
    }

    private void answer(Instant at, int score) {
        facts.response(null, null, null, at, Map.of("recommend", score));
        compute();
    }

    private void compute() {
        segments.fillResponses(
                        workspaceId,
                        facts.all("select id from response where workspace_id = $1 and segments is null").stream()
                                .map(row -> (UUID) row.get("id"))
                                .toList())
                .block();
        rollUp.again(workspaceId).block();
        while (rollUp.compute().block()) {}
    }

    private java.util.List<String> buckets(Interval interval) {
        return trends
                .of(workspaceId, question(interval, LocalDate.of(2026, 5, 12), LocalDate.of(2026, 6, 30), null))
                .block()
                .series()
                .getFirst()
                .buckets()
                .stream()
                .map(bucket -> "%s %d %.1f"
                        .formatted(
                                bucket.from(),
                                bucket.estimate().n(),
                                bucket.estimate().value()))
                .toList();
    }

    private static TrendQuestion question(Interval interval, LocalDate from, LocalDate to, Dimension by) {
        return new TrendQuestion("post-purchase", "recommend", Metric.NPS, interval, from, to, by);
    }
}
