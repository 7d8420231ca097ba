package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Amounts;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Lifts;
import dev.afterword.db.Scores;
import dev.afterword.db.Statistics;
import dev.afterword.db.response.topic.TopicChange;
import dev.afterword.db.response.topic.TopicChanges;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compares what customers said of a topic before the shop changed something with what they say since. */
@Repository
public class TopicEffects {
    /** More days would mix in what else has changed. */
    private static final int MOST_DAYS = 90;

    private final TopicChanges changes;
    private final TopicReports reports;
    private final DatabaseClient database;
    private final DatabaseTime time;

    TopicEffects(TopicChanges changes, TopicReports reports, DatabaseClient database, DatabaseTime time) {
        this.changes = changes;
        this.reports = reports;
        this.database = database;
        this.time = time;
    }

    /** Of each change, the latest first. */
    public Mono<List<TopicEffect>> of(Workspace workspace, Key topic) {
        return time.now()
                .flatMap(now -> changes.of(topic)
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(change -> effect(workspace, change, now))
                        .collectList());
    }

    private record Counts(long before, long allBefore, long after, long allAfter) {}

    private Mono<TopicEffect> effect(Workspace workspace, TopicChange change, Instant now) {
        var day = change.day();
        int days = Math.clamp(ChronoUnit.DAYS.between(day, LocalDate.ofInstant(now, workspace.zone())), 0, MOST_DAYS);
        var from = start(workspace, day.minusDays(days));
        var at = start(workspace, day);
        var until = start(workspace, day.plusDays(days));
        return Mono.zip(
                        counts(change, from, at, until),
                        reports.scale(workspace.id(), from, until)
                                .flatMap(scale -> scores(change, scale, from, at, until))
                                .map(Optional::of)
                                .defaultIfEmpty(Optional.empty()))
                .map(read -> effect(change, days, read.getT1(), read.getT2().orElse(new Both(null, null))));
    }

    private static Instant start(Workspace workspace, LocalDate day) {
        return day.atStartOfDay(workspace.zone()).toInstant();
    }

    private record Both(@Nullable Scores before, @Nullable Scores after) {}

    private Mono<Both> scores(TopicChange change, TopicReports.Scale scale, Instant from, Instant at, Instant until) {
        var id = change.topicId();
        return Mono.zip(
                        reports.scores(change.key().workspaceId(), scale, from, before(at)),
                        reports.scores(change.key().workspaceId(), scale, at, before(until)))
                .map(read -> new Both(of(read.getT1(), id), of(read.getT2(), id)));
    }

    private static @Nullable Scores of(Map<UUID, Scores> all, UUID id) {
        return all.get(id);
    }

    private static Instant before(Instant at) {
        return at.minus(Duration.of(1, ChronoUnit.MICROS));
    }

    private static TopicEffect effect(TopicChange change, int days, Counts counts, Both scores) {
        return new TopicEffect(
                change,
                days,
                Statistics.share(counts.before, counts.allBefore),
                Statistics.share(counts.after, counts.allAfter),
                Lifts.shares(counts.after, counts.allAfter, counts.before, counts.allBefore),
                TopicReports.mean(scores.before),
                TopicReports.mean(scores.after),
                Lifts.means(amounts(scores.after), amounts(scores.before)));
    }

    private static Amounts amounts(@Nullable Scores scores) {
        if (scores == null) {
            return Amounts.NONE;
        }
        double sum = 0;
        double squares = 0;
        for (int score = scores.lowest(); score <= scores.highest(); score++) {
            long count = scores.between(score, score);
            sum += (double) count * score;
            squares += (double) count * score * score;
        }
        return new Amounts(scores.n(), sum, squares);
    }

    private Mono<Counts> counts(TopicChange change, Instant from, Instant at, Instant until) {
        return database.sql("""
                        with given as materialized (
                            select r.answered_at < $4 as before, exists (
                                select from response_topic x where x.workspace_id = $1 and x.response_id = r.id and x.topic_id = $2 and not x.taken) as about
                            from response r where r.workspace_id = $1 and r.answered_at >= $3 and r.answered_at < $5 and r.confirmed_at is not null and r.discarded_at is null
                        )
                        select count(*) filter (where before and about) as before, count(*) filter (where before) as all_before,
                            count(*) filter (where not before and about) as after, count(*) filter (where not before) as all_after from given
                        """)
                .bind(0, change.key().workspaceId())
                .bind(1, change.topicId())
                .bind(2, from)
                .bind(3, at)
                .bind(4, until)
                .map((Readable row) -> new Counts(
                        value(row, "before", Long.class),
                        value(row, "all_before", Long.class),
                        value(row, "after", Long.class),
                        value(row, "all_after", Long.class)))
                .one();
    }
}
