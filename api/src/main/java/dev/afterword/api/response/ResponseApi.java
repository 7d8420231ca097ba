package dev.afterword.api.response;

import dev.afterword.api.Caller;
import dev.afterword.db.Cursor;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives responses, the newest first; without another wish those that count. */
@RestController
@Tag(name = "Responses")
class ResponseApi {
    private static final int SIZE = 100;

    private final ListedResponses responses;
    private final Workspaces workspaces;
    private final ResponseFilters filters;

    ResponseApi(ListedResponses responses, Workspaces workspaces, ResponseFilters filters) {
        this.responses = responses;
        this.workspaces = workspaces;
        this.filters = filters;
    }

    @GetMapping("/api/v1/responses")
    @Operation(
            summary = "Responses",
            description =
                    "From and to are days of the workspace, both included. band is one of promoter, passive, detractor, satisfied, neutral, dissatisfied, easy, undecided, hard, and needs survey. order is an order's externalId. standing is counted, provisional, discarded or all; without it come those that count. mark is speeder, straight-liner, duplicate or nonsense. topic is the id or the name of one, or none for responses without any; tag is a tag. cursor is next of the page before.")
    Mono<ResponsePage> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String survey,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String band,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String standing,
            @RequestParam(required = false) @Nullable String mark,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable String cursor) {
        var place = cursor == null || cursor.isBlank() ? null : Cursor.decode(cursor);
        return Mono.zip(
                        workspaces.findById(caller.workspaceId()),
                        filters.of(
                                caller.workspaceId(),
                                survey,
                                from,
                                to,
                                band,
                                caller.may(Permission.SEE_CUSTOMERS) ? order : null,
                                text,
                                stage,
                                standing,
                                mark,
                                topic,
                                tag))
                .flatMap(read ->
                        responses.page(caller.workspaceId(), read.getT1().zone(), read.getT2(), place, SIZE))
                .map(leaf -> new ResponsePage(
                        leaf.items().stream()
                                .map(found -> caller.may(Permission.SEE_CUSTOMERS) ? found : found.withoutNames())
                                .map(GivenResponse::of)
                                .toList(),
                        leaf.older()));
    }

    /** @param next the cursor of the next page; null on the last */
    record ResponsePage(List<GivenResponse> items, @Nullable String next) {}
}
