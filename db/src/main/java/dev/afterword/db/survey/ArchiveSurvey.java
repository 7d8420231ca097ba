package dev.afterword.db.survey;

import dev.afterword.db.Key;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts a survey away, or takes it out again; its answers stay and go on to be counted. */
@Component
public class ArchiveSurvey {
    private final SurveyDrafts drafts;
    private final Clock clock;

    ArchiveSurvey(SurveyDrafts drafts, Clock clock) {
        this.drafts = drafts;
        this.clock = clock;
    }

    /** The survey as it is now; otherwise {@code survey.unknown}. */
    public Mono<Survey> archive(Key survey, boolean away) {
        return drafts.archive(survey, away ? clock.instant() : null)
                .then(drafts.find(survey))
                .map(SurveyDraft::survey);
    }
}
