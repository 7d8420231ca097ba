package dev.afterword.api.survey;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Installation;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.survey.SurveySettingsReader;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** When a survey takes answers, how many and from whom, and at which links. */
@RestController
@Tag(name = "Surveys")
class SurveySettingsApi {
    private final Surveys surveys;
    private final SettingsOfSurveys settings;
    private final ChangeSurveySettings changeSettings;
    private final Workspaces workspaces;
    private final AfterwordSecret secret;
    private final Installation installation;

    SurveySettingsApi(
            Surveys surveys,
            SettingsOfSurveys settings,
            ChangeSurveySettings changeSettings,
            Workspaces workspaces,
            AfterwordSecret secret,
            Installation installation) {
        this.surveys = surveys;
        this.settings = settings;
        this.changeSettings = changeSettings;
        this.workspaces = workspaces;
        this.secret = secret;
        this.installation = installation;
    }

    @GetMapping("/api/v1/surveys/{key}/settings")
    @Operation(summary = "When a survey takes answers, how many, from whom, and at which links")
    Mono<SurveySettingsResponse> show(Caller caller, @PathVariable String key) {
        return survey(caller, key).flatMap(this::response);
    }

    @PutMapping(path = "/api/v1/surveys/{key}/settings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change all settings of a survey",
            description =
                    "What is left out is as in a new survey; addresses and keys of links are shown and not taken. 409 where anonymous would change after somebody was asked.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = SurveySettingsResponse.class))))
    Mono<SurveySettingsResponse> change(Caller caller, @PathVariable String key, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> SurveySettingsReader.read(JsonBody.read(body)))
                .flatMap(wished -> survey(caller, key)
                        .flatMap(survey ->
                                changeSettings.change(survey, wished).then(Mono.defer(() -> response(survey)))));
    }

    @PostMapping("/api/v1/surveys/{key}/links/{kind}/renewals")
    @Operation(
            summary = "Make another link in the place of one",
            description = "kind is page, kiosk, embedded or receipt. The link that stood there leads nowhere any more.")
    Mono<SurveySettingsResponse> renew(Caller caller, @PathVariable String key, @PathVariable String kind) {
        return Mono.justOrEmpty(Kind.of(kind))
                .switchIfEmpty(Mono.error(() -> new NotFound("survey-link.unknown")))
                .flatMap(known -> survey(caller, key)
                        .flatMap(survey ->
                                changeSettings.renew(survey, known).then(Mono.defer(() -> response(survey)))));
    }

    private Mono<Key> survey(Caller caller, String key) {
        return surveys.find(caller.workspaceId(), key).map(survey -> survey.key());
    }

    private Mono<SurveySettingsResponse> response(Key survey) {
        return Mono.zip(settings.find(survey), settings.links(survey), workspaces.findById(survey.workspaceId()))
                .map(all -> SurveySettingsResponse.of(
                        all.getT1(),
                        all.getT2(),
                        link -> installation.link(link.path(all.getT3().code(), secret)),
                        link -> link.signingKey(secret)));
    }
}
