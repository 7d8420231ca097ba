package dev.afterword.api.survey;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.api.ProblemResponses;
import dev.afterword.db.Fields;
import dev.afterword.db.survey.CreateSurvey;
import dev.afterword.db.survey.DefinitionProblem;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.PublishSurvey;
import dev.afterword.db.survey.SaveSurveyDraft;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.survey.Surveys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Surveys as JSON: what is being written, and the versions that are asked. */
@RestController
@Tag(name = "Surveys")
class SurveyApi {
    private final SurveyDrafts drafts;
    private final Surveys surveys;
    private final CreateSurvey createSurvey;
    private final SaveSurveyDraft saveSurveyDraft;
    private final PublishSurvey publishSurvey;
    private final ProblemResponses problems;

    SurveyApi(
            SurveyDrafts drafts,
            Surveys surveys,
            CreateSurvey createSurvey,
            SaveSurveyDraft saveSurveyDraft,
            PublishSurvey publishSurvey,
            ProblemResponses problems) {
        this.drafts = drafts;
        this.surveys = surveys;
        this.createSurvey = createSurvey;
        this.saveSurveyDraft = saveSurveyDraft;
        this.publishSurvey = publishSurvey;
        this.problems = problems;
    }

    @GetMapping("/api/v1/surveys")
    @Operation(summary = "All surveys")
    Mono<SurveyResponse.Page> all(Caller caller) {
        return drafts.all(caller.workspaceId())
                .map(all -> new SurveyResponse.Page(
                        all.stream().map(SurveyResponse.Item::of).toList(), null));
    }

    @GetMapping("/api/v1/surveys/{key}")
    @Operation(summary = "A survey, with what it asks once it is published")
    Mono<SurveyResponse> find(Caller caller, @PathVariable String key) {
        return drafts.find(caller.workspaceId(), key).map(SurveyResponse::of);
    }

    @PostMapping(path = "/api/v1/surveys", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Make a survey",
            description = "{key?, name, definition}; it is a draft until a version is published.")
    Mono<ResponseEntity<SurveyResponse>> create(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("key", "name", "definition"));
                    return createSurvey.create(
                            caller.workspaceId(),
                            fields.optionalText("key", 200),
                            fields.text("name", 1_000),
                            definition(fields),
                            null);
                })
                .map(draft -> ResponseEntity.status(HttpStatus.CREATED).body(SurveyResponse.of(draft)));
    }

    @PutMapping(path = "/api/v1/surveys/{key}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change what a survey will ask",
            description =
                    "{draftVersion, name?, definition}; 409 where somebody else has changed it since that draftVersion.")
    Mono<SurveyResponse> save(Caller caller, @PathVariable String key, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("draftVersion", "name", "definition"));
            int seen = fields.integer("draftVersion", 0, Integer.MAX_VALUE);
            var name = fields.optionalText("name", 1_000);
            var definition = definition(fields);
            return drafts.find(caller.workspaceId(), key)
                    .flatMap(draft -> saveSurveyDraft.save(
                            draft.survey().key(),
                            seen,
                            name == null ? draft.survey().name() : name,
                            definition,
                            null))
                    .map(SurveyResponse::of);
        });
    }

    @PostMapping("/api/v1/surveys/{key}/versions")
    @Operation(
            summary = "Publish a survey",
            description =
                    "201 for a new version, 200 where nothing had changed; 422 with all problems where it cannot be asked.")
    Mono<ResponseEntity<Object>> publish(
            Caller caller, @PathVariable String key, @RequestBody(required = false) byte @Nullable [] body) {
        return Mono.zip(
                        Mono.fromCallable(
                                () -> JsonBody.read(body == null || body.length == 0 ? new byte[] {'{', '}'} : body)),
                        drafts.find(caller.workspaceId(), key))
                .flatMap(both -> {
                    both.getT1().only(Set.of("draftVersion"));
                    return publishSurvey.publish(both.getT2().survey().key(), seen(both.getT1()));
                })
                .map(this::published);
    }

    @GetMapping("/api/v1/surveys/{key}/versions/{number}")
    @Operation(summary = "What exactly was asked")
    Mono<SurveyResponse.Version> version(Caller caller, @PathVariable String key, @PathVariable int number) {
        return surveys.numbered(caller.workspaceId(), key, number).map(SurveyResponse.Version::of);
    }

    @GetMapping(path = "/api/v1/survey.schema.json", produces = "application/schema+json")
    @Operation(
            summary = "The JSON Schema of a survey’s definition",
            security = {})
    Resource schema() {
        return new ClassPathResource("dev/afterword/api/survey/survey.schema.json");
    }

    private ResponseEntity<Object> published(PublishSurvey.Publication publication) {
        return switch (publication) {
            case PublishSurvey.Published published ->
                ResponseEntity.status(published.added() ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(SurveyResponse.Version.of(published.version()));
            case PublishSurvey.Refused refused ->
                ResponseEntity.unprocessableContent()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(refusal(refused.problems()));
        };
    }

    private Map<String, Object> refusal(List<DefinitionProblem> found) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", HttpStatus.UNPROCESSABLE_CONTENT.getReasonPhrase());
        body.put("status", HttpStatus.UNPROCESSABLE_CONTENT.value());
        body.put("detail", problems.text("survey.not-publishable", List.of(found.size())));
        body.put("code", "survey.not-publishable");
        body.put(
                "problems",
                found.stream()
                        .map(problem -> {
                            var one = new LinkedHashMap<String, Object>();
                            one.put("code", problem.code());
                            one.put("field", "definition." + problem.path());
                            if (problem.question() != null) {
                                one.put("question", problem.question());
                            }
                            one.put("detail", problems.text(problem.code(), problem.arguments()));
                            return one;
                        })
                        .toList());
        return body;
    }

    private static @Nullable Integer seen(Fields fields) {
        return fields.optionalInteger("draftVersion", 0, Integer.MAX_VALUE);
    }

    private static SurveyDefinition definition(Fields fields) {
        return DefinitionReader.read(fields.object("definition"));
    }
}
