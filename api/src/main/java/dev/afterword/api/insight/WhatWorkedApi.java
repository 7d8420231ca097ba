package dev.afterword.api.insight;

import dev.afterword.api.Caller;
import dev.afterword.db.insight.FindWhatWorked;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What all follow-ups taught. */
@RestController
@Tag(name = "Follow-ups")
class WhatWorkedApi {
    private final FindWhatWorked findWhatWorked;

    WhatWorkedApi(FindWhatWorked findWhatWorked) {
        this.findWhatWorked = findWhatWorked;
    }

    @GetMapping("/api/v1/follow-ups/what-worked")
    @Operation(
            summary = "What all follow-ups brought, and what to do next",
            description =
                    "The best first: what is proven, then what is open, then what changes nothing, then what does harm. lift is against those who were left out by lot, in percentage points or in money for each person, with its 95 % interval; all is the same for everything that marketing sends together. hour and delay say when questions were answered best: nobody drew lots for that, so it is a reason to try and no proof. Each proposal names what it rests on.")
    Mono<WhatWorkedResponse> whatWorked(Caller caller) {
        return findWhatWorked.of(caller.workspaceId()).map(WhatWorkedResponse::of);
    }
}
