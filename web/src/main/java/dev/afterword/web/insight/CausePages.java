package dev.afterword.web.insight;

import dev.afterword.db.insight.CaseReports;
import dev.afterword.web.Signed;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** How support did, and why things went wrong. */
@Controller
class CausePages {
    private final CaseReports reports;
    private final Wording wording;

    CausePages(CaseReports reports, Wording wording) {
        this.reports = reports;
        this.wording = wording;
    }

    @GetMapping("/w/{code}/inbox/causes")
    Mono<Rendering> causes(Signed signed, @RequestParam(defaultValue = "90") int days) {
        int period = Math.clamp(days, 7, 730);
        return reports.of(signed.workspace().id(), period)
                .map(report -> Rendering.view("insight/causes")
                        .modelAttribute("causes", CauseView.of(report, period, wording))
                        .build());
    }
}
