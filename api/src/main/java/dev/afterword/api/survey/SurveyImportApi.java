package dev.afterword.api.survey;

import dev.afterword.api.Caller;
import dev.afterword.api.ProblemResponses;
import dev.afterword.db.SmallBody;
import dev.afterword.db.survey.CreateSurvey;
import dev.afterword.db.survey.DefinitionWriter;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.moving.ForeignSurvey;
import dev.afterword.db.survey.moving.ReadForeignSurvey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes surveys that were made with other products. */
@RestController
@Tag(name = "Surveys")
class SurveyImportApi {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ReadForeignSurvey readForeignSurvey;
    private final CreateSurvey createSurvey;
    private final ProblemResponses problems;

    SurveyImportApi(ReadForeignSurvey readForeignSurvey, CreateSurvey createSurvey, ProblemResponses problems) {
        this.readForeignSurvey = readForeignSurvey;
        this.createSurvey = createSurvey;
        this.problems = problems;
    }

    @PostMapping("/api/v1/surveys/imports")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Import a survey",
            description =
                    "The body is the file: a LimeSurvey structure (.lss), or the JSON of a SurveyJS or Formbricks survey, at most 10 MB; it is recognised by its content. The survey is a draft; the findings tell what could not be carried over.",
            requestBody =
                    @RequestBody(
                            content = {
                                @Content(mediaType = "application/xml", schema = @Schema(type = "string")),
                                @Content(mediaType = "application/json", schema = @Schema(type = "object"))
                            }))
    Mono<Imported> take(Caller caller, ServerHttpRequest request) {
        return body(request)
                .flatMap(readForeignSurvey::read)
                .flatMap(read -> createSurvey
                        .create(caller.workspaceId(), null, read.name(), read.definition(), null)
                        .map(draft -> imported(read, draft)));
    }

    private static Mono<byte[]> body(ServerHttpRequest request) {
        return SmallBody.read(request.getBody(), ReadForeignSurvey.MOST_BYTES, ReadForeignSurvey::tooLarge)
                .timeout(PATIENCE)
                .onErrorMap(TimeoutException.class, silent -> new IOException("the sender fell silent", silent));
    }

    /** A survey of another product that is a draft here now. */
    @Schema(name = "SurveyImport")
    record Imported(String product, ImportedSurvey survey, List<ImportFinding> findings) {}

    /** What it became. */
    @Schema(name = "ImportedSurvey")
    record ImportedSurvey(String key, String name, int draftVersion, Map<String, Object> definition) {}

    /**
     * Something that was not carried over, or is to be mended before publishing.
     *
     * @param place in the file, or a path in the definition
     */
    @Schema(name = "SurveyImportFinding")
    record ImportFinding(
            String code, String place, @Nullable String question, String detail) {}

    private Imported imported(ForeignSurvey read, SurveyDraft draft) {
        var survey = draft.survey();
        return new Imported(
                read.product().title(),
                new ImportedSurvey(
                        survey.surveyKey(), survey.name(), draft.version(), DefinitionWriter.tree(draft.definition())),
                read.findings().stream()
                        .map(finding -> new ImportFinding(
                                finding.code(),
                                finding.place(),
                                finding.question(),
                                problems.text(finding.code(), finding.arguments())))
                        .toList());
    }
}
