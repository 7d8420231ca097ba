package dev.afterword.web.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.survey.DefinitionCheck;
import dev.afterword.db.survey.Difference;
import dev.afterword.db.survey.PublishSurvey;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Publishing a survey, with what is in the way or what changes, and what was published before. */
@Controller
class PublishPages {
    private final SurveyDrafts drafts;
    private final Surveys surveys;
    private final PublishSurvey publishSurvey;
    private final FollowUps followUps;

    PublishPages(SurveyDrafts drafts, Surveys surveys, PublishSurvey publishSurvey, FollowUps followUps) {
        this.drafts = drafts;
        this.surveys = surveys;
        this.publishSurvey = publishSurvey;
        this.followUps = followUps;
    }

    /**
     * A version in the list of all.
     *
     * @param differences from the version before
     */
    record VersionRow(SurveyVersion version, List<Difference> differences, boolean first) {}

    @GetMapping("/w/{code}/surveys/{survey}/publication")
    Mono<Rendering> show(Signed signed, @PathVariable String survey) {
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> page(signed, draft, Form.blank(), HttpStatus.OK));
    }

    @PostMapping("/w/{code}/surveys/{survey}/publication")
    Mono<Rendering> publish(Signed signed, @PathVariable String survey, Form form, ServerWebExchange exchange) {
        var seen = form.number("version", 0, Integer.MAX_VALUE);
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> publishSurvey
                        .publish(draft.survey().key(), seen)
                        .flatMap(publication -> switch (publication) {
                            case PublishSurvey.Published _ -> Mono.just(published(signed, survey, exchange));
                            case PublishSurvey.Refused _ -> page(signed, draft, form, HttpStatus.UNPROCESSABLE_CONTENT);
                        })
                        .onErrorResume(
                                Conflict.class,
                                meanwhile ->
                                        page(signed, draft, form.wrong("", meanwhile.code()), HttpStatus.CONFLICT)));
    }

    @GetMapping("/w/{code}/surveys/{survey}/versions")
    Mono<Rendering> versions(Signed signed, @PathVariable String survey) {
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> surveys.versions(draft.survey().key())
                        .map(versions -> Rendering.view("survey/versions")
                                .modelAttribute("survey", draft.survey())
                                .modelAttribute("path", signed.path("/surveys/" + survey))
                                .modelAttribute("versions", rows(versions))
                                .build()));
    }

    private static List<VersionRow> rows(List<SurveyVersion> versions) {
        var rows = new ArrayList<VersionRow>();
        for (int at = 0; at < versions.size(); at++) {
            var first = at + 1 == versions.size();
            var differences = first
                    ? List.<Difference>of()
                    : Difference.between(
                            versions.get(at + 1).definition(), versions.get(at).definition());
            rows.add(new VersionRow(versions.get(at), differences, first));
        }
        return rows;
    }

    private static Rendering published(Signed signed, String survey, ServerWebExchange exchange) {
        Flash.say(exchange, "survey.published");
        return Rendering.redirectTo(signed.path("/surveys/" + survey + "/publication"))
                .build();
    }

    private Mono<Rendering> page(Signed signed, SurveyDraft draft, Form form, HttpStatus status) {
        var latest = surveys.latestOf(draft.survey().key())
                .singleOptional()
                .onErrorResume(NotFound.class, none -> Mono.just(Optional.empty()));
        return Mono.zip(latest, followUps.of(signed.workspace().id()))
                .map(read -> Rendering.view("survey/publish")
                        .modelAttribute("form", form)
                        .modelAttribute(
                                "publish",
                                PublishView.of(
                                        draft,
                                        signed.path("/surveys/" + draft.survey().surveyKey()),
                                        read.getT1().orElse(null),
                                        DefinitionCheck.of(draft.definition()),
                                        read.getT2().stream()
                                                .filter(one ->
                                                        asks(one, draft.survey().surveyKey()))
                                                .toList()))
                        .status(status)
                        .build());
    }

    private static boolean asks(FollowUp followUp, String surveyKey) {
        return followUp.shown().allSteps().stream()
                .anyMatch(step -> step instanceof Step.Ask ask && ask.survey().equals(surveyKey));
    }
}
