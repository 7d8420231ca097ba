package dev.afterword.db.survey;

import dev.afterword.db.Key;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a new survey that asks what another one asks, or is going to. */
@Component
public class DuplicateSurvey {
    private final SurveyDrafts drafts;
    private final CreateSurvey createSurvey;

    DuplicateSurvey(SurveyDrafts drafts, CreateSurvey createSurvey) {
        this.drafts = drafts;
        this.createSurvey = createSurvey;
    }

    /** The new survey, under that name and a key made from it. */
    public Mono<SurveyDraft> duplicate(Key survey, String name, @Nullable UUID by) {
        return drafts.find(survey)
                .flatMap(draft -> createSurvey.create(survey.workspaceId(), null, name, draft.definition(), by));
    }
}
