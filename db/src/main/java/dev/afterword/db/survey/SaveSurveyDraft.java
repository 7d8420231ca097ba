package dev.afterword.db.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps what somebody wrote of a survey, unless another has changed it meanwhile. */
@Component
public class SaveSurveyDraft {
    private final SurveyDrafts drafts;
    private final Clock clock;

    SaveSurveyDraft(SurveyDrafts drafts, Clock clock) {
        this.drafts = drafts;
        this.clock = clock;
    }

    /**
     * What is kept now. Otherwise {@code survey.unknown}, {@code survey.changed-meanwhile} or {@code survey.name-length}.
     *
     * @param seen the version of the draft that was changed
     * @param by the staff who changed it; null for a program
     */
    public Mono<SurveyDraft> save(Key survey, int seen, String name, SurveyDefinition definition, @Nullable UUID by) {
        return Mono.fromCallable(() -> CreateSurvey.checkedName(name))
                .flatMap(words -> drafts.update(survey, seen, words, definition, by, clock.instant()))
                .flatMap(kept -> drafts.find(survey).map(draft -> {
                    if (!kept) {
                        throw new Conflict("survey.changed-meanwhile");
                    }
                    return draft;
                }));
    }
}
