package dev.afterword.web.insight;

import dev.afterword.db.insight.FindWhatWorked;
import dev.afterword.db.insight.FollowUpReports;
import dev.afterword.web.Signed;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** What a follow-up brought, and what all of them taught. */
@Controller
class ReportPages {
    private final FollowUpReports reports;
    private final FindWhatWorked findWhatWorked;
    private final Wording wording;

    ReportPages(FollowUpReports reports, FindWhatWorked findWhatWorked, Wording wording) {
        this.reports = reports;
        this.findWhatWorked = findWhatWorked;
        this.wording = wording;
    }

    @GetMapping("/w/{code}/follow-ups/{followUp}/report")
    Mono<Rendering> report(Signed signed, @PathVariable String followUp, @RequestParam(defaultValue = "365") int days) {
        int period = Math.clamp(days, 7, 730);
        return reports.of(signed.workspace().id(), followUp, period)
                .map(report -> Rendering.view("insight/report")
                        .modelAttribute("report", ReportView.of(report, period, wording))
                        .build());
    }

    @GetMapping("/w/{code}/follow-ups/what-worked")
    Mono<Rendering> whatWorked(Signed signed) {
        return findWhatWorked
                .of(signed.workspace().id())
                .map(found -> Rendering.view("insight/what-worked")
                        .modelAttribute("worked", WorkedView.of(found, wording))
                        .build());
    }
}
