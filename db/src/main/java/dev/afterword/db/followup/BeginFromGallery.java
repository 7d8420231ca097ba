package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.FollowUpGallery.Template;
import dev.afterword.db.survey.CreateSurvey;
import dev.afterword.db.survey.PublishSurvey;
import dev.afterword.db.survey.SurveyGallery;
import dev.afterword.db.workspace.Workspace;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a follow-up from one of the gallery, as a draft, and the survey that it asks where the workspace has none of that key yet. */
@Component
public class BeginFromGallery {
    private final CreateFollowUp createFollowUp;
    private final CreateSurvey createSurvey;
    private final PublishSurvey publishSurvey;

    BeginFromGallery(CreateFollowUp createFollowUp, CreateSurvey createSurvey, PublishSurvey publishSurvey) {
        this.createFollowUp = createFollowUp;
        this.createSurvey = createSurvey;
        this.publishSurvey = publishSurvey;
    }

    /** The new follow-up; otherwise {@code follow-up.template-unknown}. */
    public Mono<FollowUp> begin(Workspace workspace, String template, UUID staffId) {
        return Mono.justOrEmpty(FollowUpGallery.find(template))
                .switchIfEmpty(Mono.error(() -> new NotFound("follow-up.template-unknown", template)))
                .flatMap(found -> survey(workspace, found, staffId)
                        .then(Mono.defer(
                                () -> createFollowUp.create(workspace.id(), found.name(), found.definition()))));
    }

    private Mono<Void> survey(Workspace workspace, Template template, UUID staffId) {
        return Mono.justOrEmpty(template.survey())
                .flatMap(key -> Mono.justOrEmpty(SurveyGallery.find(key)))
                .flatMap(survey -> createSurvey.create(
                        workspace.id(),
                        survey.key(),
                        survey.definition().title().in(workspace.language(), "en"),
                        survey.in(workspace.language()),
                        staffId))
                .flatMap(draft -> publishSurvey.publish(draft.survey().key(), null))
                .onErrorResume(Conflict.class, there -> Mono.empty())
                .then();
    }
}
