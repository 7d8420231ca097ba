package dev.afterword.api.followup;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.api.ProblemResponses;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.followup.ArchiveFollowUp;
import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.DisableFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.SaveFollowUp;
import dev.afterword.db.followup.StartByHand;
import dev.afterword.db.followup.StepCounts;
import dev.afterword.db.followup.journey.FollowUpCheck.Finding;
import dev.afterword.db.followup.journey.FollowUpReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Follow-ups as JSON: what is being written, what is published, and whether they are on. */
@RestController
@Tag(name = "Follow-ups")
class FollowUpApi {
    private final FollowUps followUps;
    private final CreateFollowUp createFollowUp;
    private final SaveFollowUp saveFollowUp;
    private final PublishFollowUp publishFollowUp;
    private final EnableFollowUp enableFollowUp;
    private final DisableFollowUp disableFollowUp;
    private final ArchiveFollowUp archiveFollowUp;
    private final StartByHand startByHand;
    private final StepCounts stepCounts;
    private final ProblemResponses problems;
    private final Clock clock;

    FollowUpApi(
            FollowUps followUps,
            CreateFollowUp createFollowUp,
            SaveFollowUp saveFollowUp,
            PublishFollowUp publishFollowUp,
            EnableFollowUp enableFollowUp,
            DisableFollowUp disableFollowUp,
            ArchiveFollowUp archiveFollowUp,
            StartByHand startByHand,
            StepCounts stepCounts,
            ProblemResponses problems,
            Clock clock) {
        this.followUps = followUps;
        this.createFollowUp = createFollowUp;
        this.saveFollowUp = saveFollowUp;
        this.publishFollowUp = publishFollowUp;
        this.enableFollowUp = enableFollowUp;
        this.disableFollowUp = disableFollowUp;
        this.archiveFollowUp = archiveFollowUp;
        this.startByHand = startByHand;
        this.stepCounts = stepCounts;
        this.problems = problems;
        this.clock = clock;
    }

    @GetMapping("/api/v1/follow-ups")
    @Operation(summary = "All follow-ups that are not archived")
    Mono<FollowUpResponse.Page> all(Caller caller) {
        return followUps
                .of(caller.workspaceId())
                .map(all -> new FollowUpResponse.Page(
                        all.stream().map(FollowUpResponse::of).toList(), null));
    }

    @GetMapping("/api/v1/follow-ups/{key}")
    @Operation(summary = "A follow-up: what it says, and what is being written")
    Mono<FollowUpResponse> find(Caller caller, @PathVariable String key) {
        return followUps.find(caller.workspaceId(), key).map(FollowUpResponse::of);
    }

    @PostMapping(path = "/api/v1/follow-ups", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Make a follow-up",
            description = "{name, definition}; it writes to nobody until it is published and switched on.")
    Mono<ResponseEntity<FollowUpResponse>> create(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("name", "definition"));
                    return createFollowUp.create(
                            caller.workspaceId(),
                            fields.text("name", 1_000),
                            FollowUpReader.read(fields.object("definition")));
                })
                .map(made -> ResponseEntity.status(HttpStatus.CREATED).body(FollowUpResponse.of(made)));
    }

    @PutMapping(path = "/api/v1/follow-ups/{key}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change what a follow-up will say",
            description =
                    "{draftVersion, name?, definition}; 409 where somebody else has changed it since that draftVersion.")
    Mono<FollowUpResponse> save(Caller caller, @PathVariable String key, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("draftVersion", "name", "definition"));
            int seen = fields.integer("draftVersion", 0, Integer.MAX_VALUE);
            var name = fields.optionalText("name", 1_000);
            var definition = FollowUpReader.read(fields.object("definition"));
            return followUps
                    .find(caller.workspaceId(), key)
                    .flatMap(found ->
                            saveFollowUp.save(found.key(), seen, name == null ? found.name() : name, definition))
                    .map(FollowUpResponse::of);
        });
    }

    @PostMapping("/api/v1/follow-ups/{key}/versions")
    @Operation(
            summary = "Publish a follow-up",
            description =
                    "{draftVersion?, moving?}; with moving those who are inside go on with the new version, else they finish theirs. 422 with all problems where it cannot be published.")
    Mono<ResponseEntity<Object>> publish(
            Caller caller, @PathVariable String key, @RequestBody(required = false) byte @Nullable [] body) {
        return Mono.fromCallable(() -> JsonBody.read(body == null || body.length == 0 ? new byte[] {'{', '}'} : body))
                .flatMap(fields -> {
                    fields.only(Set.of("draftVersion", "moving"));
                    var moving = Objects.requireNonNullElse(fields.optionalFlag("moving"), false);
                    return on(caller, key, found -> publishFollowUp.publish(found, seen(fields), moving));
                })
                .map(publication -> publication.problems().isEmpty()
                        ? ResponseEntity.ok(FollowUpResponse.of(publication.followUp()))
                        : ResponseEntity.unprocessableContent()
                                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                                .body(refusal(publication.problems())));
    }

    @PostMapping("/api/v1/follow-ups/{key}/switch")
    @Operation(summary = "Switch a follow-up on")
    Mono<FollowUpResponse> on(Caller caller, @PathVariable String key) {
        return on(caller, key, enableFollowUp::enable).map(FollowUpResponse::of);
    }

    @DeleteMapping("/api/v1/follow-ups/{key}/switch")
    @Operation(summary = "Switch a follow-up off", description = "Who is inside waits where they stand.")
    Mono<FollowUpResponse> off(Caller caller, @PathVariable String key) {
        return on(caller, key, disableFollowUp::disable).map(FollowUpResponse::of);
    }

    @PostMapping("/api/v1/follow-ups/{key}/archive")
    @Operation(summary = "Put a follow-up away, switched off")
    Mono<FollowUpResponse> archive(Caller caller, @PathVariable String key) {
        return on(caller, key, archiveFollowUp::archive).map(FollowUpResponse::of);
    }

    @DeleteMapping("/api/v1/follow-ups/{key}/archive")
    @Operation(summary = "Take a follow-up out of the archive")
    Mono<FollowUpResponse> takeOut(Caller caller, @PathVariable String key) {
        return on(caller, key, archiveFollowUp::takeOut).map(FollowUpResponse::of);
    }

    @PostMapping("/api/v1/follow-ups/{key}/start")
    @Operation(summary = "Start a follow-up for its audience", description = "{begun}: for how many people.")
    Mono<Map<String, Integer>> start(Caller caller, @PathVariable String key) {
        return on(caller, key, startByHand::start).map(begun -> Map.of("begun", begun));
    }

    @GetMapping("/api/v1/follow-ups/{key}/counts")
    @Operation(
            summary = "Where people stand in a follow-up",
            description = "Journeys that began and messages that were decided in so many days, 30 by default.")
    Mono<FollowUpResponse.Counts> counts(
            Caller caller, @PathVariable String key, @RequestParam(defaultValue = "30") int days) {
        var since = clock.instant().minus(Duration.ofDays(Math.clamp(days, 1, 400)));
        return on(caller, key, found -> stepCounts.of(found, since)).map(FollowUpResponse.Counts::of);
    }

    private <T> Mono<T> on(Caller caller, String key, Function<Key, Mono<T>> act) {
        return followUps.find(caller.workspaceId(), key).map(FollowUp::key).flatMap(act);
    }

    private static @Nullable Integer seen(Fields fields) {
        return fields.optionalInteger("draftVersion", 0, Integer.MAX_VALUE);
    }

    private Map<String, Object> refusal(List<Finding> found) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", HttpStatus.UNPROCESSABLE_CONTENT.getReasonPhrase());
        body.put("status", HttpStatus.UNPROCESSABLE_CONTENT.value());
        body.put("detail", problems.text("follow-up.not-publishable", List.of(found.size())));
        body.put("code", "follow-up.not-publishable");
        body.put("problems", found.stream().map(this::problem).toList());
        return body;
    }

    private Map<String, Object> problem(Finding finding) {
        var one = new LinkedHashMap<String, Object>();
        one.put("code", finding.code());
        if (finding.step() != null) {
            one.put("step", finding.step());
        }
        one.put("detail", problems.text(finding.code(), finding.arguments()));
        return one;
    }
}
