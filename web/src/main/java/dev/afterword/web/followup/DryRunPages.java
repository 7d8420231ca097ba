package dev.afterword.web.followup;

import dev.afterword.db.followup.DryRun;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.Rehearsed;
import dev.afterword.db.survey.Surveys;
import dev.afterword.web.Signed;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** What a follow-up would have done in the last thirty days. */
@Controller
class DryRunPages {
    private final FollowUps followUps;
    private final DryRun dryRun;
    private final Surveys surveys;
    private final JourneyWords words;

    DryRunPages(FollowUps followUps, DryRun dryRun, Surveys surveys, JourneyWords words) {
        this.followUps = followUps;
        this.dryRun = dryRun;
        this.surveys = surveys;
        this.words = words;
    }

    @GetMapping("/w/{code}/follow-ups/{followUp}/dry-run")
    Mono<Rendering> show(Signed signed, @PathVariable String followUp) {
        var workspace = signed.workspace();
        return followUps
                .find(workspace.id(), followUp)
                .flatMap(found -> Mono.zip(dryRun.run(found.key()), surveys.all(workspace.id()))
                        .map(read -> page(signed, found, read.getT1(), words.naming(read.getT2()))));
    }

    private Rendering page(Signed signed, FollowUp followUp, Rehearsed run, JourneyWords called) {
        var day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.UK)
                .withZone(signed.workspace().zone());
        return Rendering.view("followup/dry-run")
                .modelAttribute("followUp", followUp)
                .modelAttribute("run", run)
                .modelAttribute("from", words(day, run.from()))
                .modelAttribute("until", words(day, run.until()))
                .modelAttribute("most", Math.max(1, Collections.max(run.byHour())))
                .modelAttribute("steps", steps(followUp, run, called))
                .build();
    }

    private static String words(DateTimeFormatter day, Instant at) {
        return day.format(at);
    }

    private static Map<String, Integer> steps(FollowUp followUp, Rehearsed run, JourneyWords words) {
        var steps = new LinkedHashMap<String, Integer>();
        followUp.shown().allSteps().forEach(step -> {
            var mails = run.byStep().get(step.key());
            if (mails != null) {
                steps.merge(words.step(step), mails, Integer::sum);
            }
        });
        return steps;
    }
}
