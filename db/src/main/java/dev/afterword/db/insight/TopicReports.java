package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Estimate;
import dev.afterword.db.Key;
import dev.afterword.db.Scores;
import dev.afterword.db.Statistics;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Counts what customers speak of: how many, how their scores are, and how many cases came of it. */
@Repository
public class TopicReports {
    private final Topics topics;
    private final Surveys surveys;
    private final DatabaseClient database;
    private final DatabaseTime time;

    TopicReports(Topics topics, Surveys surveys, DatabaseClient database, DatabaseTime time) {
        this.topics = topics;
        this.surveys = surveys;
        this.database = database;
        this.time = time;
    }

    /** Stands for all answers where others stand for one topic. */
    private static final UUID ALL = new UUID(0, 0);

    /** Stands for answers without any topic. */
    private static final UUID NONE = new UUID(0, 1);

    private record Count(long now, long before) {
        static final Count ZERO = new Count(0, 0);
    }

    /**
     * A score that is asked, of one survey.
     *
     * @param otherwise the versions in which that question had another scale: their answers are not counted with the others
     */
    record Scale(UUID surveyId, Question.Scale question, List<UUID> otherwise) {}

    /** Of so many days until now, and as many before. */
    public Mono<TopicReport> of(UUID workspaceId, int days) {
        return time.now().flatMap(now -> {
            var from = now.minus(Duration.ofDays(days));
            return Mono.zip(
                            topics.all(workspaceId),
                            counts(workspaceId, from.minus(Duration.ofDays(days)), from, now),
                            cases(workspaceId, from, now),
                            scale(workspaceId, from, now).map(Optional::of).defaultIfEmpty(Optional.empty()))
                    .flatMap(read -> read.getT4()
                            .map(scale -> scores(workspaceId, scale, from, now))
                            .orElse(Mono.just(Map.of()))
                            .map(scores -> report(
                                    days,
                                    read.getT1(),
                                    read.getT2(),
                                    read.getT3(),
                                    read.getT4().orElse(null),
                                    scores)));
        });
    }

    private static TopicReport report(
            int days,
            List<Topic> topics,
            Map<UUID, Count> counts,
            Map<UUID, Long> cases,
            @Nullable Scale scale,
            Map<UUID, Scores> scores) {
        var all = counts.getOrDefault(ALL, Count.ZERO);
        long allCases = cases.getOrDefault(ALL, 0L);
        var lines = new ArrayList<TopicReport.Line>();
        for (var topic : topics) {
            var id = topic.key().id();
            var count = counts.getOrDefault(id, Count.ZERO);
            var share = Statistics.share(count.now(), all.now());
            var before = Statistics.share(count.before(), all.before());
            lines.add(new TopicReport.Line(
                    topic,
                    count.now(),
                    share,
                    before,
                    share.enough() && before.enough()
                            ? Statistics.shareDifference(count.now(), all.now(), count.before(), all.before())
                            : null,
                    mean(scores.get(id)),
                    Statistics.share(cases.getOrDefault(id, 0L), allCases)));
        }
        lines.sort((one, other) -> Long.compare(other.n(), one.n()));
        return new TopicReport(
                days,
                all.now(),
                counts.getOrDefault(NONE, Count.ZERO).now(),
                scale == null ? null : scale.question().key(),
                scale == null ? 0 : scale.question().to(),
                mean(scores.get(ALL)),
                allCases,
                lines);
    }

    static Estimate mean(@Nullable Scores scores) {
        return scores == null ? Estimate.NONE : Statistics.mean(scores);
    }

    /** Of all, of those without a topic, and of each topic, in one statement. */
    private Mono<Map<UUID, Count>> counts(UUID workspaceId, Instant before, Instant from, Instant now) {
        return database.sql("""
                        with given as materialized (
                            select r.id, r.answered_at >= $3 as now from response r
                            where r.workspace_id = $1 and r.answered_at >= $2 and r.answered_at <= $4 and r.confirmed_at is not null and r.discarded_at is null
                        )
                        select x.topic_id as id, count(*) filter (where g.now) as now, count(*) filter (where not g.now) as before
                            from given g join response_topic x on x.workspace_id = $1 and x.response_id = g.id and not x.taken group by 1
                        union all select $5, count(*) filter (where g.now), count(*) filter (where not g.now) from given g
                        union all select $6, count(*) filter (where g.now), count(*) filter (where not g.now) from given g
                            where not exists (select from response_topic x where x.workspace_id = $1 and x.response_id = g.id and not x.taken)
                        """)
                .bind(0, workspaceId)
                .bind(1, before)
                .bind(2, from)
                .bind(3, now)
                .bind(4, ALL)
                .bind(5, NONE)
                .map((Readable row) -> Map.entry(
                        value(row, "id", UUID.class),
                        new Count(value(row, "now", Long.class), value(row, "before", Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** A case is about a topic where it was closed with its name, or where its answer has it. */
    private Mono<Map<UUID, Long>> cases(UUID workspaceId, Instant from, Instant now) {
        return database.sql("""
                        with k as materialized (
                            select k.id, lower(k.topic) as topic, k.response_id from support_case k
                            where k.workspace_id = $1 and k.opened_at >= $2 and k.opened_at <= $3 and k.status not in ('spam', 'merged')
                        )
                        select t.id, count(distinct k.id) as n from topic t join k on k.topic = lower(t.name) or exists (
                            select from response_topic x where x.workspace_id = $1 and x.topic_id = t.id and x.response_id = k.response_id and not x.taken)
                            where t.workspace_id = $1 group by 1
                        union all select $4, count(*) from k
                        """)
                .bind(0, workspaceId)
                .bind(1, from)
                .bind(2, now)
                .bind(3, ALL)
                .map((Readable row) -> Map.entry(value(row, "id", UUID.class), value(row, "n", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** The first score that the survey asks which most people answered then; empty where none asks one. */
    Mono<Scale> scale(UUID workspaceId, Instant from, Instant now) {
        return database.sql("""
                        select s.key from response r join survey s on s.workspace_id = $1 and s.id = r.survey_id
                        where r.workspace_id = $1 and r.answered_at >= $2 and r.answered_at <= $3 and r.confirmed_at is not null and r.discarded_at is null
                        group by s.key order by count(*) desc, s.key limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, from)
                .bind(2, now)
                .mapValue(String.class)
                .one()
                .flatMap(key -> surveys.latest(workspaceId, key))
                .flatMap(version -> Mono.justOrEmpty(version.definition().questions().stream()
                                .filter(Question.Scale.class::isInstance)
                                .map(Question.Scale.class::cast)
                                .findFirst())
                        .flatMap(scale -> surveys.measuringOtherwise(new Key(workspaceId, version.surveyId()), scale)
                                .map(otherwise -> new Scale(version.surveyId(), scale, otherwise))));
    }

    /** How often each score was given, by all and about each topic. */
    Mono<Map<UUID, Scores>> scores(UUID workspaceId, Scale scale, Instant from, Instant until) {
        return database.sql("""
                        with given as materialized (
                            select r.id, trunc(a.number)::int as score from response r
                            join answer a on a.workspace_id = $1 and a.response_id = r.id and a.question_key = $5 and a.row_key = '' and a.item = '' and a.number is not null
                                and not (a.skipped or a.hidden or a.not_applicable)
                            where r.workspace_id = $1 and r.survey_id = $2 and r.version_id <> all($7) and r.answered_at >= $3 and r.answered_at <= $4 and r.confirmed_at is not null and r.discarded_at is null
                        )
                        select x.topic_id as id, g.score, count(*) as n from given g join response_topic x on x.workspace_id = $1 and x.response_id = g.id and not x.taken group by 1, 2
                        union all select $6, g.score, count(*) from given g group by 2
                        """)
                .bind(0, workspaceId)
                .bind(1, scale.surveyId())
                .bind(2, from)
                .bind(3, until)
                .bind(4, scale.question().key())
                .bind(5, ALL)
                .bind(6, scale.otherwise().toArray(UUID[]::new))
                .map((Readable row) -> new Given(
                        value(row, "id", UUID.class), value(row, "score", Integer.class), value(row, "n", Long.class)))
                .all()
                .collectList()
                .map(given -> together(given, scale.question()));
    }

    private record Given(UUID id, int score, long n) {}

    private static Map<UUID, Scores> together(List<Given> given, Question.Scale scale) {
        var counts = new HashMap<UUID, List<Long>>();
        int size = scale.to() - scale.from() + 1;
        for (var one : given) {
            int at = one.score() - scale.from();
            if (at >= 0 && at < size) {
                counts.computeIfAbsent(one.id(), _ -> new ArrayList<>(Collections.nCopies(size, 0L)))
                        .set(at, one.n());
            }
        }
        var scores = new HashMap<UUID, Scores>();
        counts.forEach((id, all) -> scores.put(id, new Scores(scale.from(), all)));
        return scores;
    }
}
