package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Scores;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Answers how a metric developed, from roll-ups alone: one statement reads it, whatever the number of answers. */
@Component
public class Trends {
    /** More lines than anybody reads; the others are counted in {@code omitted}. */
    public static final int MOST_SERIES = 100;

    private static final int MOST_BUCKETS = 4_000;
    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);

    private final Surveys surveys;
    private final SegmentAttributes attributes;
    private final DatabaseClient database;
    private final Clock clock;

    Trends(Surveys surveys, SegmentAttributes attributes, DatabaseClient database, Clock clock) {
        this.surveys = surveys;
        this.attributes = attributes;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Fails with {@code trend.attribute-not-marked} where it is asked by an attribute that the workspace has not marked, and with {@code trend.too-long} where the
     * days asked for make more buckets than anybody draws.
     */
    public Mono<Trend> of(UUID workspaceId, TrendQuestion asked) {
        return marked(workspaceId, asked.by())
                .then(surveys.latest(workspaceId, asked.survey()))
                .flatMap(version -> place(workspaceId, version)
                        .map(place -> Reading.of(asked, version, place))
                        .flatMap(reading -> otherwise(workspaceId, reading)
                                .flatMap(versions -> read(workspaceId, reading, versions))));
    }

    private Mono<List<UUID>> otherwise(UUID workspaceId, Reading reading) {
        var scale = reading.scale();
        return scale == null
                ? Mono.just(List.of())
                : surveys.measuringOtherwise(new Key(workspaceId, reading.surveyId()), scale);
    }

    private Mono<Void> marked(UUID workspaceId, @Nullable Dimension by) {
        var name = by == null ? null : by.attribute().orElse(null);
        if (name == null) {
            return Mono.empty();
        }
        return attributes.of(workspaceId).flatMap(marked -> {
            var names = marked.stream().map(SegmentAttribute::name).toList();
            return names.contains(name)
                    ? Mono.empty()
                    : Mono.error(new Rejected(
                            "trend.attribute-not-marked", "by", name, names.size(), String.join(", ", names)));
        });
    }

    /** Where the workspace's days are, and for how long an invitation may still be answered because of its reminder. */
    private Mono<Place> place(UUID workspaceId, SurveyVersion version) {
        return database.sql("""
                        select w.zone, coalesce((
                            select max(a.days_to_reminder) from follow_up_ask a where a.workspace_id = $1 and a.survey_key = $2), 0) as days_to_reminder
                        from workspace w where w.id = $1
                        """)
                .bind(0, workspaceId)
                .bind(1, version.surveyKey())
                .map((Readable row) -> new Place(
                        clock.instant()
                                .atZone(ZoneId.of(Columns.value(row, "zone", String.class)))
                                .toLocalDate(),
                        Columns.value(row, "days_to_reminder", Integer.class)))
                .one();
    }

    private Mono<Trend> read(UUID workspaceId, Reading reading, List<UUID> otherwise) {
        var asked = reading.asked();
        var rows = database.sql(reading.scale() == null ? RATES : ANSWERS)
                .bind(0, workspaceId)
                .bind(1, reading.surveyId())
                .bind(2, reading.scale() == null ? "" : reading.scale().key())
                .bind(3, asked.by() == null ? "" : asked.by().code())
                .bind(4, reading.from())
                .bind(5, reading.to())
                .bind(6, asked.interval().code())
                .bind(7, MOST_SERIES)
                .bind(8, otherwise.toArray(UUID[]::new))
                .map(Row::read)
                .all()
                .collectList();
        return Mono.zip(rows, leftOut(workspaceId, reading, otherwise))
                .map(found -> reading.trend(found.getT1(), found.getT2()));
    }

    private Mono<Long> leftOut(UUID workspaceId, Reading reading, List<UUID> otherwise) {
        var scale = reading.scale();
        return scale == null || otherwise.isEmpty()
                ? Mono.just(0L)
                : database.sql("""
                        select coalesce(sum(n), 0)::bigint from answer_rollup
                        where workspace_id = $1 and survey_id = $2 and question_key = $3 and dimension = '' and day between $4 and $5 and version_id = any($6)
                        """)
                        .bind(0, workspaceId)
                        .bind(1, reading.surveyId())
                        .bind(2, scale.key())
                        .bind(3, reading.from())
                        .bind(4, reading.to())
                        .bind(5, otherwise.toArray(UUID[]::new))
                        .mapValue(Long.class)
                        .one();
    }

    /** A version in which the question had another scale is not counted with the others: 6 of 7 is no 6 of 10. */
    private static final String ANSWERS =
            statement("answer_rollup", "question_key = $3 and version_id <> all($9)", "n", """
            array[sum(counts[1]), sum(counts[2]), sum(counts[3]), sum(counts[4]), sum(counts[5]), sum(counts[6]),
                sum(counts[7]), sum(counts[8]), sum(counts[9]), sum(counts[10]), sum(counts[11])]""");

    private static final String RATES = statement(
            "invitation_rollup",
            "$3 = '' and $9::uuid[] = '{}'",
            "accepted",
            "array[sum(accepted) - sum(answered), sum(answered)]");

    /** Chooses the largest segments and sums their days by bucket. */
    private static String statement(String table, String question, String n, String counts) {
        return """
                with chosen as (
                    select segment, sum(%3$s) as n, count(*) over () as segments from %1$s
                    where workspace_id = $1 and survey_id = $2 and %2$s and dimension = $4 and day between $5 and $6
                    group by segment order by n desc, segment limit $8)
                select r.segment, c.n as of_all, c.segments, min(r.day) as first_day, max(r.day) as last_day, %4$s::bigint[] as counts
                from chosen c join %1$s r on r.segment = c.segment
                where r.workspace_id = $1 and r.survey_id = $2 and %2$s and r.dimension = $4 and r.day between $5 and $6
                group by r.segment, c.n, c.segments, case $7
                    when 'day' then r.day when 'week' then date_trunc('week', r.day::timestamp)::date when 'month' then date_trunc('month', r.day::timestamp)::date end
                """.formatted(table, question, n, counts);
    }

    private record Place(LocalDate today, int daysToReminder) {}

    private record Row(String segment, long ofAll, int segments, LocalDate first, LocalDate last, List<Long> counts) {
        static Row read(Readable row) {
            return new Row(
                    Columns.value(row, "segment", String.class),
                    Columns.value(row, "of_all", Long.class),
                    Columns.value(row, "segments", Integer.class),
                    Columns.value(row, "first_day", LocalDate.class),
                    Columns.value(row, "last_day", LocalDate.class),
                    List.of(Columns.value(row, "counts", Long[].class)));
        }
    }

    /** A question with what it means in this workspace. */
    private record Reading(
            TrendQuestion asked,
            UUID surveyId,
            Question.@Nullable Scale scale,
            LocalDate from,
            LocalDate to,
            Place place) {
        static Reading of(TrendQuestion asked, SurveyVersion version, Place place) {
            var scale = asked.metric() == Metric.RESPONSE_RATE ? null : scale(asked, version);
            var to = asked.to() == null ? place.today() : asked.to();
            if (asked.from() != null && asked.interval().between(asked.from(), to) > MOST_BUCKETS) {
                throw new Rejected("trend.too-long", "from", asked.from().toString(), to.toString(), MOST_BUCKETS);
            }
            return new Reading(
                    asked, version.surveyId(), scale, asked.from() == null ? EARLIEST : asked.from(), to, place);
        }

        private static Question.Scale scale(TrendQuestion asked, SurveyVersion version) {
            var questions = version.definition().questions();
            var named = asked.question();
            var found = named == null
                    ? questions.stream().filter(asked.metric()::fits).findFirst()
                    : version.definition().question(named);
            var question = found.orElseThrow(() -> new Rejected(
                    "trend.question-unknown",
                    "question",
                    named == null ? asked.metric().code() : named));
            if (!asked.metric().fits(question) || !(question instanceof Question.Scale scale)) {
                throw new Rejected(
                        "trend.metric-misfit", "metric", asked.metric().code(), question.key());
            }
            return scale;
        }

        Trend trend(List<Row> rows, long otherwise) {
            var first = rows.stream().map(Row::first).min(Comparator.naturalOrder());
            var begin = asked.from() == null ? first.orElse(to) : from;
            var series = new LinkedHashMap<String, List<Row>>();
            rows.stream()
                    .sorted(Comparator.comparingLong(Row::ofAll)
                            .reversed()
                            .thenComparing(Row::segment)
                            .thenComparing(Row::first))
                    .forEach(row -> series.computeIfAbsent(row.segment(), segment -> new ArrayList<>())
                            .add(row));
            var all = rows.stream().mapToInt(Row::segments).max().orElse(0);
            return new Trend(
                    asked.survey(),
                    scale == null ? null : scale.key(),
                    asked.metric(),
                    asked.interval(),
                    begin,
                    to,
                    asked.by(),
                    bound(Question.Scale::from, -100),
                    bound(Question.Scale::to, 100),
                    asked.by() == null && series.isEmpty()
                            ? List.of(new Trend.Series(null, List.of()))
                            : series.entrySet().stream()
                                    .map(one -> new Trend.Series(
                                            asked.by() == null ? null : one.getKey(),
                                            one.getValue().stream()
                                                    .map(row -> bucket(row, begin))
                                                    .toList()))
                                    .toList(),
                    all - series.size(),
                    otherwise);
        }

        private int bound(ToIntFunction<Question.Scale> end, int ofNps) {
            return switch (asked.metric()) {
                case NPS -> ofNps;
                case CSAT, RESPONSE_RATE -> Math.max(0, ofNps);
                case CES, MEAN ->
                    Optional.ofNullable(scale).map(end::applyAsInt).orElse(0);
            };
        }

        private Trend.Bucket bucket(Row row, LocalDate begin) {
            var scores = scores(row.counts());
            var start =
                    asked.interval() == Interval.NONE ? begin : asked.interval().begin(row.first());
            return new Trend.Bucket(
                    start.isBefore(begin) ? begin : start,
                    asked.metric().of(scores),
                    scores,
                    scale == null && row.last().isAfter(place.today().minusDays(place.daysToReminder() + 1L)));
        }

        private Scores scores(List<Long> counts) {
            return scale == null
                    ? new Scores(0, counts)
                    : new Scores(scale.from(), counts.subList(scale.from(), scale.to() + 1));
        }
    }
}
