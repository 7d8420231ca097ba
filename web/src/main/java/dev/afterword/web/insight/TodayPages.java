package dev.afterword.web.insight;

import dev.afterword.db.contact.relationship.ComingOccasion;
import dev.afterword.db.contact.relationship.Relationships;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.insight.GoingOut;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.TrendQuestion;
import dev.afterword.db.insight.Trends;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Permission;
import dev.afterword.web.AskedQuestions;
import dev.afterword.web.ResponseView;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Today: the scores now against before, what came in, and what goes out. */
@Controller
class TodayPages {
    private static final int LATEST = 6;
    private static final int WEEK = 7;
    private static final List<CaseView> WAITING =
            List.of(CaseView.BREACHED, CaseView.DUE, CaseView.MINE, CaseView.UNASSIGNED);
    private static final List<Metric> METRICS = List.of(Metric.NPS, Metric.CSAT, Metric.CES);

    private final Trends trends;
    private final Surveys surveys;
    private final ListedResponses responses;
    private final GoingOut goingOut;
    private final AskedQuestions asked;
    private final ListedCases cases;
    private final Relationships relationships;
    private final StepsAhead stepsAhead;
    private final Clock clock;

    TodayPages(
            Trends trends,
            Surveys surveys,
            ListedResponses responses,
            GoingOut goingOut,
            AskedQuestions asked,
            ListedCases cases,
            Relationships relationships,
            StepsAhead stepsAhead,
            Clock clock) {
        this.trends = trends;
        this.surveys = surveys;
        this.responses = responses;
        this.goingOut = goingOut;
        this.asked = asked;
        this.cases = cases;
        this.relationships = relationships;
        this.stepsAhead = stepsAhead;
        this.clock = clock;
    }

    /** The whole page, or for htmx what news may have changed. */
    @GetMapping({"/w/{workspace}", "/w/{workspace}/"})
    Mono<Rendering> today(Signed signed, @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        var workspace = signed.workspace();
        var now = clock.instant();
        var today = now.atZone(workspace.zone()).toLocalDate();
        var week = new ResponseFilter(null, null, today.minusDays(WEEK - 1L), today, null, null, null, null);
        return Mono.zip(
                        figures(signed, today),
                        latest(signed),
                        responses.count(workspace.id(), workspace.zone(), week),
                        goingOut.planned(
                                        workspace.id(),
                                        workspace.zone(),
                                        today.plusDays(WEEK)
                                                .atStartOfDay(workspace.zone())
                                                .toInstant())
                                .collectList(),
                        goingOut.decided(
                                        workspace.id(),
                                        today.minusDays(WEEK - 1L)
                                                .atStartOfDay(workspace.zone())
                                                .toInstant())
                                .collectList(),
                        cases(signed, now),
                        occasions(signed, today))
                .map(read -> new TodayView(
                        today,
                        read.getT1(),
                        read.getT2(),
                        read.getT3(),
                        read.getT4(),
                        read.getT5(),
                        read.getT6(),
                        read.getT7(),
                        null))
                .flatMap(view -> stepsAhead
                        .of(signed, view.latest(), now)
                        .map(view::with)
                        .defaultIfEmpty(view))
                .map(view -> Rendering.view(fragment ? "insight/_today :: today" : "insight/today")
                        .modelAttribute("today", view)
                        .build());
    }

    /** The first survey's figures, one a metric that its questions allow, and how many of those asked have answered. */
    private Mono<List<PeriodFigure>> figures(Signed signed, LocalDate today) {
        var workspace = signed.workspace().id();
        return surveys.all(workspace)
                .flatMapIterable(all -> all)
                .next()
                .map(Survey::surveyKey)
                .flatMap(key -> surveys.latest(workspace, key))
                .flatMapMany(version -> questions(version, today))
                .concatMap(question -> trends.of(workspace, question))
                .map(PeriodFigure::of)
                .collectList();
    }

    private static Flux<TrendQuestion> questions(SurveyVersion version, LocalDate today) {
        var metrics = METRICS.stream()
                .filter(metric -> version.definition().questions().stream().anyMatch(metric::fits));
        return Flux.concat(Flux.fromStream(metrics), Flux.just(Metric.RESPONSE_RATE))
                .map(metric -> new TrendQuestion(
                        version.surveyKey(),
                        null,
                        metric,
                        Interval.DAY,
                        today.minusDays(2L * PeriodFigure.DAYS - 1),
                        today,
                        null));
    }

    private Mono<List<TodayView.Waiting>> cases(Signed signed, Instant now) {
        return signed.role().may(Permission.ANSWER_CASES)
                ? cases.counts(signed.workspace().id(), WAITING, signed.staffId(), now)
                        .map(counts -> WAITING.stream()
                                .filter(view -> counts.getOrDefault(view, 0L) > 0)
                                .map(view -> waiting(view, counts.getOrDefault(view, 0L)))
                                .toList())
                : Mono.just(List.of());
    }

    private Mono<List<ComingOccasion>> occasions(Signed signed, LocalDate today) {
        return signed.role().maySeeCustomers()
                ? relationships.coming(signed.workspace().id(), signed.staffId(), today, 2 * WEEK, LATEST)
                : Mono.just(List.of());
    }

    private static TodayView.Waiting waiting(CaseView view, long count) {
        return new TodayView.Waiting(
                view.code(),
                count > ListedCases.COUNTED ? ListedCases.COUNTED + "+" : Long.toString(count),
                view == CaseView.BREACHED);
    }

    private Mono<List<ResponseView>> latest(Signed signed) {
        var workspace = signed.workspace();
        return responses
                .page(workspace.id(), workspace.zone(), ResponseFilter.ALL, null, LATEST)
                .flatMap(leaf -> asked.of(
                                workspace.id(),
                                leaf.items().stream()
                                        .map(ListedResponse::versionId)
                                        .toList())
                        .map(byVersion -> leaf.items().stream()
                                .map(found -> ResponseView.of(signed, found, byVersion.get(found.versionId())))
                                .toList()));
    }
}
