package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.BenchLine;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A year's weekly trend by delivery over many answers, against the same over 100 thousand. Set {@code afterword.bench.answers} for another number. */
@DatabaseTest
class TrendBench {
    private static final int FEW = 100_000;
    private static final int MANY = Integer.getInteger("afterword.bench.answers", 1_000_000);
    private static final int CHUNK = 10_000;
    private static final int RUNS = 200;
    private static final LocalDate TO = LocalDate.of(2026, 6, 30);

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    Trends trends;

    @Autowired
    RollUp rollUp;

    @Autowired
    DatabaseClient database;

    @Test
    void readsTrends() {
        var few = workspaceWith(FEW);
        var many = workspaceWith(MANY);

        var limit = milliseconds(few, FEW);
        var value = milliseconds(many, MANY);
        BenchLine.print("trend-milliseconds-p50", value[RUNS / 2], limit[RUNS / 2]);
        BenchLine.print("trend-milliseconds-p99", value[RUNS * 99 / 100], 100);
    }

    /** Answers of one year with six segments each, and rolled up by the product's own code. */
    private UUID workspaceWith(int answers) {
        var workspaceId = openWorkspace
                .open(Workspace.open(Key.nextId(), "Bench", ZoneOffset.UTC, "en", Instant.now()))
                .block()
                .id();
        for (int from = 0; from < answers; from += CHUNK) {
            insert(workspaceId, from, Math.min(answers, from + CHUNK));
        }
        database.sql("analyze response").then().block();
        database.sql("analyze answer").then().block();
        rollUp.again(workspaceId).block();
        var started = System.nanoTime();
        while (rollUp.compute().block()) {}
        System.out.printf("%,d answers rolled up in %d ms%n", answers, (System.nanoTime() - started) / 1_000_000);
        return workspaceId;
    }

    private void insert(UUID workspaceId, int from, int to) {
        database.sql("""
                        with made as (
                            insert into response (workspace_id, id, survey_id, version_id, language, complete, confirmed_at, started_at, answered_at, counted_on, segments, created_at)
                            select $1, gen_random_uuid(), v.survey_id, v.id, 'en', true, at, at, at, at::date, jsonb_build_object(
                                'delivery', jsonb_build_array(case when n % 10 = 0 then 'late' else 'on-time' end),
                                'product', jsonb_build_array('sku-' || n % 500), 'category', jsonb_build_array('category-' || n % 20),
                                'country', jsonb_build_array('country-' || n % 5), 'language', '["en"]'::jsonb, 'stage', '["customer"]'::jsonb), at
                            from survey_version v
                            cross join lateral (select n, timestamptz '2025-07-01Z' + interval '1 day' * (n % 365) + interval '1 second' * (n % 80000) as at
                                from generate_series($2::integer, $3::integer - 1) n) g
                            where v.workspace_id = $1
                            returning id, answered_at)
                        insert into answer (workspace_id, response_id, question_key, number, answered_at)
                        select $1, id, 'satisfaction', 1 + abs(hashtext(id::text)) % 5, answered_at from made
                        """).bind(0, workspaceId).bind(1, from).bind(2, to).then().block(Duration.ofMinutes(2));
    }

    private double[] milliseconds(UUID workspaceId, int answers) {
        var asked = new TrendQuestion(
                "post-purchase",
                "satisfaction",
                Metric.MEAN,
                Interval.WEEK,
                TO.minusYears(1).plusDays(1),
                TO,
                Dimension.DELIVERY);
        assertThat(trends.of(workspaceId, asked).block().series().stream()
                        .mapToLong(Trend.Series::n)
                        .sum())
                .isEqualTo(answers);
        return LongStream.range(0, RUNS)
                .mapToDouble(run -> {
                    var started = System.nanoTime();
                    trends.of(workspaceId, asked).block();
                    return (System.nanoTime() - started) / 1e6;
                })
                .sorted()
                .toArray();
    }
}
