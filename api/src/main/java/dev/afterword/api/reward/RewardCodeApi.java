package dev.afterword.api.reward;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.api.ProblemResponses;
import dev.afterword.db.ImportReport;
import dev.afterword.db.LineResult;
import dev.afterword.db.reward.AddCodes;
import dev.afterword.db.reward.CodeLine;
import dev.afterword.db.reward.CodePattern;
import dev.afterword.db.reward.RewardPools;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts codes into a pool: a list of any length, read as it comes, or so many by a pattern. */
@RestController
@Tag(name = "Rewards")
class RewardCodeApi {
    private static final int BATCH = 500;

    private final RewardPools pools;
    private final AddCodes addCodes;
    private final ProblemResponses problems;

    RewardCodeApi(RewardPools pools, AddCodes addCodes, ProblemResponses problems) {
        this.pools = pools;
        this.addCodes = addCodes;
        this.problems = problems;
    }

    /** What became of a list; the first 1,000 failures are listed. */
    @Schema(name = "RewardCodes")
    record Added(long lines, long created, long unchanged, long failed, List<Failure> failures) {}

    /** Why a code was not taken. */
    @Schema(name = "RewardCodeFailure")
    record Failure(long line, String code, String reason) {}

    @PostMapping(
            path = "/api/v1/rewards/{key}/codes",
            consumes = {"text/csv", "text/plain"})
    @Operation(
            summary = "Add codes",
            description =
                    "One a line, or CSV with the code in the first column. A code that stands in any pool already is unchanged; who waits for a code gets one at once.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string"))))
    Mono<Added> add(Caller caller, @PathVariable String key, ServerHttpRequest request) {
        return pools.find(caller.workspaceId(), key)
                .flatMap(found -> lines(request)
                        .index()
                        .flatMapIterable(line ->
                                CodeLine.code(line.getT2()).map(code -> Map.entry(line.getT1() + 1, code)).stream()
                                        .toList())
                        .buffer(BATCH)
                        .concatMap(
                                batch -> addCodes.add(
                                                found.pool().key(),
                                                batch.stream()
                                                        .map(Map.Entry::getValue)
                                                        .toList())
                                        .map(results -> new Batch(
                                                batch.stream()
                                                        .map(Map.Entry::getKey)
                                                        .toList(),
                                                results)),
                                1)
                        .reduce(ImportReport.EMPTY, (report, batch) -> report.and(batch.numbers, batch.results)))
                .map(this::added);
    }

    private record Batch(List<Long> numbers, List<LineResult> results) {}

    @PostMapping(path = "/api/v1/rewards/{key}/generation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Make codes",
            description = "{pattern, count}; each # of the pattern becomes a letter or figure, as in THANKS-######.")
    Mono<Map<String, Integer>> generate(Caller caller, @PathVariable String key, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("pattern", "count"));
            var pattern = new CodePattern(fields.text("pattern", 60));
            var count = Objects.requireNonNullElse(fields.optionalInteger("count", 1, 100_000), 1);
            return pools.find(caller.workspaceId(), key)
                    .flatMap(found -> addCodes.generate(found.pool().key(), pattern, count))
                    .map(made -> Map.of("created", made));
        });
    }

    private static Flux<String> lines(ServerHttpRequest request) {
        return StringDecoder.textPlainOnly()
                .decode(request.getBody(), ResolvableType.forClass(String.class), MimeTypeUtils.TEXT_PLAIN, Map.of());
    }

    private Added added(ImportReport report) {
        return new Added(
                report.lines(),
                report.created(),
                report.unchanged(),
                report.failed(),
                report.failures().stream()
                        .map(one -> new Failure(one.line(), one.code(), problems.text(one.code(), one.arguments())))
                        .toList());
    }
}
