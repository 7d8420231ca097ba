package dev.afterword.api.response;

import dev.afterword.api.Caller;
import dev.afterword.db.Cursor;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives confirmed responses, the newest first. */
@RestController
@Tag(name = "Responses")
class ResponseApi {
    private static final int SIZE = 100;

    private final ListedResponses responses;
    private final Workspaces workspaces;
    private final Surveys surveys;

    ResponseApi(ListedResponses responses, Workspaces workspaces, Surveys surveys) {
        this.responses = responses;
        this.workspaces = workspaces;
        this.surveys = surveys;
    }

    @GetMapping("/api/v1/responses")
    @Operation(
            summary = "Responses",
            description =
                    "From and to are days of the workspace, both included. band is one of promoter, passive, detractor, satisfied, neutral, dissatisfied, easy, undecided, hard, and needs survey. order is an order's externalId. cursor is next of the page before.")
    Mono<ResponsePage> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String survey,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String band,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String cursor) {
        var first = day(from, "from");
        var last = day(to, "to");
        var place = given(cursor).map(Cursor::decode).orElse(null);
        return Mono.zip(
                        workspaces.findById(caller.workspaceId()),
                        scores(caller.workspaceId(), survey, band)
                                .map(Optional::of)
                                .defaultIfEmpty(Optional.empty()))
                .flatMap(read -> responses.page(
                        caller.workspaceId(),
                        read.getT1().zone(),
                        new ResponseFilter(
                                given(survey).orElse(null),
                                read.getT2().orElse(null),
                                first,
                                last,
                                given(text).orElse(null),
                                given(stage)
                                        .map(value -> new ResponseFilter.Segment("stage", value))
                                        .orElse(null),
                                null,
                                given(order).orElse(null)),
                        place,
                        SIZE))
                .map(leaf -> new ResponsePage(
                        leaf.items().stream().map(GivenResponse::of).toList(), leaf.older()));
    }

    /** The scores of the band, in the question of the survey that has it. */
    private Mono<ResponseFilter.Scores> scores(UUID workspaceId, @Nullable String survey, @Nullable String band) {
        if (band == null || band.isBlank()) {
            return Mono.empty();
        }
        if (survey == null || survey.isBlank()) {
            return Mono.error(new Rejected("response.band-without-survey", "survey"));
        }
        return surveys.latest(workspaceId, survey)
                .map(version -> version.definition().questions().stream()
                        .flatMap(question -> ScoreBand.of(question).stream()
                                .filter(one -> one.code().equals(band))
                                .map(one -> new ResponseFilter.Scores(question.key(), one.from(), one.to())))
                        .findFirst()
                        .orElseThrow(() -> new Rejected("response.band-unknown", "band", band)));
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    private static @Nullable LocalDate day(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(value.strip());
        } catch (DateTimeParseException e) {
            throw new Rejected("trend.date-unreadable", field, value);
        }
    }

    /** @param next the cursor of the next page; null on the last */
    record ResponsePage(List<GivenResponse> items, @Nullable String next) {}
}
