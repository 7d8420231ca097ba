package dev.afterword.web.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Scores;
import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.SegmentAttribute;
import dev.afterword.db.insight.Trend;
import dev.afterword.db.insight.TrendSentence;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.response.Standing;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Survey;
import dev.afterword.web.Signed;
import dev.afterword.web.insight.TrendPages.Reading;
import dev.afterword.web.insight.TrendView.BucketRow;
import dev.afterword.web.insight.TrendView.Choice;
import dev.afterword.web.insight.TrendView.Figure;
import dev.afterword.web.insight.TrendView.Option;
import dev.afterword.web.insight.TrendView.ScoreRow;
import dev.afterword.web.insight.TrendView.StandingLink;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the view of Trends from what was read. */
@Component
class TrendViews {
    private final Wording wording;
    private final TrendCharts charts;
    private final SegmentRows segmentRows;

    TrendViews(Wording wording, TrendCharts charts, SegmentRows segmentRows) {
        this.wording = wording;
        this.charts = charts;
        this.segmentRows = segmentRows;
    }

    TrendView of(Signed signed, TrendQuery query, List<Survey> surveys, Reading reading) {
        var path = signed.path("/trends");
        var all = reading.all();
        var compared = reading.compared();
        var links = new ResponseLinks(signed.path("/responses"), all);
        var overTime = wording.sentence(TrendSentence.of(all), null, Map.of());
        var by = compared == null ? null : compared.by();
        var series = all.series().getFirst();
        return new TrendView(
                path,
                query.with(path, Map.of()),
                compared == null || by == null
                        ? overTime
                        : wording.sentence(TrendSentence.of(compared), by.code(), reading.names()),
                compared == null ? null : overTime,
                all.survey(),
                surveys,
                all.from(),
                all.to(),
                all.to().equals(reading.today()),
                all.metric().code(),
                all.question(),
                questionText(signed, reading),
                all.interval().code(),
                by == null ? null : by.code(),
                by == null ? "" : wording.dimension(by.code()),
                by == null ? "" : wording.inWords(by),
                metrics(query, path, reading),
                intervals(query, path, all.interval()),
                dimensions(by, reading.attributes()),
                figure(all.metric(), series.scores().map(all.metric()::of).orElse(Estimate.NONE)),
                reading.period(),
                all.otherwise(),
                charts.json(all, compared, links, reading.names()),
                series.buckets().stream().anyMatch(bucket -> bucket.estimate().enough()),
                all.starts().size(),
                buckets(all, links),
                distribution(all, reading, links),
                compared == null ? List.of() : segmentRows.of(compared, links, reading.names()),
                compared == null ? 0 : compared.omitted(),
                all.question() == null ? null : links.all(),
                Arrays.stream(Standing.values())
                        .map(standing -> new StandingLink(
                                standing.code(),
                                reading.standings().getOrDefault(standing, 0L),
                                links.standing(standing)))
                        .toList());
    }

    static Figure figure(Metric metric, Estimate estimate) {
        var value = estimate.value();
        return value == null || !estimate.enough()
                ? new Figure(null, null, "", estimate.n())
                : new Figure(
                        Wording.figure(metric, value),
                        Wording.exact(metric, value),
                        Wording.interval(metric, estimate),
                        estimate.n());
    }

    private static @Nullable String questionText(Signed signed, Reading reading) {
        var key = reading.all().question();
        var language = signed.workspace().language();
        return key == null
                ? null
                : reading.version()
                        .definition()
                        .question(key)
                        .map(question -> question.text().in(language, language))
                        .orElse(null);
    }

    /** Each question's own metric, the mean where that is another, and the response rate. */
    private List<Choice> metrics(TrendQuery query, String path, Reading reading) {
        var choices = new ArrayList<Choice>();
        var own = List.of(Metric.NPS, Metric.CSAT, Metric.CES);
        for (var question : reading.version().definition().questions()) {
            own.stream()
                    .filter(metric -> metric.fits(question))
                    .forEach(metric -> choices.add(choice(query, path, reading.all(), metric, question.key())));
        }
        for (var question : reading.version().definition().questions()) {
            if (question instanceof Question.Csat) {
                choices.add(choice(query, path, reading.all(), Metric.MEAN, question.key()));
            }
        }
        choices.add(choice(query, path, reading.all(), Metric.RESPONSE_RATE, ""));
        return choices;
    }

    private Choice choice(TrendQuery query, String path, Trend all, Metric metric, String question) {
        return new Choice(
                wording.text("trends.metric." + metric.code()),
                query.with(path, Map.of("metric", metric.code(), "question", question)),
                metric == all.metric() && (question.isEmpty() || question.equals(all.question())));
    }

    private List<Choice> intervals(TrendQuery query, String path, Interval chosen) {
        return List.of(Interval.DAY, Interval.WEEK, Interval.MONTH).stream()
                .map(interval -> new Choice(
                        wording.text("trends.interval." + interval.code()),
                        query.with(path, Map.of("interval", interval.code())),
                        interval == chosen))
                .toList();
    }

    /** What every workspace has, then the attributes that this one has marked. */
    private List<Option> dimensions(@Nullable Dimension chosen, List<SegmentAttribute> attributes) {
        return Stream.concat(
                        Dimension.EVERYWHERE.stream(),
                        attributes.stream().map(attribute -> Dimension.attribute(attribute.name())))
                .map(dimension ->
                        new Option(dimension.code(), wording.dimension(dimension.code()), dimension.equals(chosen)))
                .toList();
    }

    private List<BucketRow> buckets(Trend all, ResponseLinks links) {
        var series = all.series().getFirst();
        return all.starts().stream()
                .map(start -> series.at(start)
                        .map(bucket -> new BucketRow(
                                label(all.interval(), start),
                                figure(all.metric(), bucket.estimate()),
                                bucket.open(),
                                all.question() == null ? null : links.bucket(start, null)))
                        .orElseGet(() -> new BucketRow(
                                label(all.interval(), start), new Figure(null, null, "", 0), false, null)))
                .toList()
                .reversed();
    }

    private String label(Interval interval, LocalDate start) {
        return interval == Interval.WEEK
                ? wording.text("trends.week-of", Wording.day(start))
                : interval == Interval.MONTH
                        ? java.time.format.DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH)
                                .format(start)
                        : Wording.day(start);
    }

    private static List<ScoreRow> distribution(Trend all, Reading reading, ResponseLinks links) {
        var key = all.question();
        var scores = all.series().getFirst().scores().orElse(null);
        var question = key == null
                ? null
                : reading.version().definition().question(key).orElse(null);
        if (scores == null || question == null || scores.n() == 0) {
            return List.of();
        }
        var most = scores.counts().stream().mapToLong(Long::longValue).max().orElse(1);
        var rows = new ArrayList<ScoreRow>();
        for (int score = scores.highest(); score >= scores.lowest(); score--) {
            rows.add(row(question, scores, score, most, links));
        }
        return rows;
    }

    private static ScoreRow row(Question question, Scores scores, int score, long most, ResponseLinks links) {
        var n = scores.between(score, score);
        return new ScoreRow(
                score,
                n,
                Figures.roughly(n, scores.n()),
                100.0 * n / most,
                ScoreBand.of(question, score)
                        .map(band -> band.verdict().name().toLowerCase(Locale.ROOT))
                        .orElse(""),
                links.score(question.key(), score));
    }
}
