package dev.afterword.api.insight;

import dev.afterword.api.Caller;
import dev.afterword.db.insight.FollowUpReports;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a follow-up did and brought. */
@RestController
@Tag(name = "Follow-ups")
class FollowUpReportApi {
    private final FollowUpReports reports;

    FollowUpReportApi(FollowUpReports reports) {
        this.reports = reports;
    }

    @GetMapping("/api/v1/follow-ups/{key}/report")
    @Operation(
            summary = "What a follow-up did and brought",
            description =
                    "Journeys that began in the last so many days (7 to 730, 365 by default): the funnel; who reached the goal among those written to and those left out by lot, each person once, by intention to treat, with 95 % intervals (Newcombe for shares in percentage points, Welch for money); the same for each arm of each split, against those left out who came to it too; harm of a thousand mails. A verdict is more, less, none (there were enough people, and no difference that matters) or open.")
    Mono<FollowUpReportResponse> report(
            Caller caller, @PathVariable String key, @RequestParam(defaultValue = "365") int days) {
        return reports.of(caller.workspaceId(), key, Math.clamp(days, 7, 730)).map(FollowUpReportResponse::of);
    }
}
