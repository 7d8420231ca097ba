package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Installation;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.Letter;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.Mail;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows what switching a follow-up on would do: the mails as a customer would read them, and how many people it would write to. */
@Component
public class PreviewFollowUp {
    private static final int MOST_PAGES = 20;

    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final Surveys surveys;
    private final Advance advance;
    private final PlanAgain again;
    private final Installation installation;
    private final DatabaseTime time;

    PreviewFollowUp(
            FollowUps followUps,
            Workspaces workspaces,
            Surveys surveys,
            Advance advance,
            PlanAgain again,
            Installation installation,
            DatabaseTime time) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.advance = advance;
        this.again = again;
        this.installation = installation;
        this.time = time;
    }

    /**
     * What would happen.
     *
     * @param today people who would be written to by the end of the workspace's day, if it were switched on now
     * @param later people whose turn would come after that
     */
    public record Preview(Mail ask, Mail reminder, long today, long later) {}

    /**
     * The preview in one language; counts look at 10,000 orders at most.
     *
     * @param language one of {@link Locality#LANGUAGES}
     */
    public Mono<Preview> preview(Key key, String language) {
        return Mono.zip(time.now(), followUps.find(key), workspaces.findById(key.workspaceId()))
                .flatMap(found -> {
                    var now = found.getT1();
                    var followUp = found.getT2();
                    var workspace = found.getT3();
                    return Mono.zip(
                                    decisions(followUp, workspace, now),
                                    surveys.latest(workspace.id(), survey(followUp.shown())))
                            .map(preview -> {
                                var question = WriteMails.firstQuestion(
                                        preview.getT2().definition(), language, workspace.language());
                                var endOfDay = now.atZone(workspace.zone())
                                        .toLocalDate()
                                        .plusDays(1)
                                        .atStartOfDay(workspace.zone())
                                        .toInstant();
                                return new Preview(
                                        mail(workspace, SendKind.ASK, language, question),
                                        mail(workspace, SendKind.REMIND, language, question),
                                        people(
                                                preview.getT1(),
                                                decision -> decision.due().isBefore(endOfDay)),
                                        people(
                                                preview.getT1(),
                                                decision -> !decision.due().isBefore(endOfDay)));
                            });
                });
    }

    private Mono<List<Decision>> decisions(FollowUp followUp, Workspace workspace, Instant now) {
        var on = followUp.asIfOn(now);
        return again.pages(followUp.key())
                .take(MOST_PAGES)
                .concatMap(page -> advance.decide(on, workspace, page, now))
                .flatMapIterable(courses -> courses)
                .mapNotNull(Course::decision)
                .filter(decision -> decision.planned() && decision.step() instanceof Step.Ask)
                .collectList();
    }

    private static String survey(FollowUpDefinition definition) {
        return definition.allSteps().stream()
                .filter(Step.Ask.class::isInstance)
                .map(step -> ((Step.Ask) step).survey())
                .findFirst()
                .orElseThrow(() -> new NotFound("survey.unknown"));
    }

    private static long people(List<Decision> decisions, Predicate<Decision> which) {
        return decisions.stream()
                .filter(which)
                .map(decision -> decision.traveller().address())
                .distinct()
                .count();
    }

    private Mail mail(Workspace workspace, SendKind kind, String language, Letter.FirstQuestion question) {
        return ComposeMail.compose(new Letter(
                workspace,
                kind,
                language,
                null,
                "1001",
                question,
                installation.link("/r/preview"),
                installation.link("/u/preview")));
    }
}
