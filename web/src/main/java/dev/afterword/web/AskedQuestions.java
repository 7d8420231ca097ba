package dev.afterword.web;

import dev.afterword.db.Key;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Surveys;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the versions asked that the responses of a page belong to; versions never change and are kept, so this rarely reads anything. */
@Component
public class AskedQuestions {
    private final Surveys surveys;

    AskedQuestions(Surveys surveys) {
        this.surveys = surveys;
    }

    public Mono<Map<UUID, SurveyDefinition>> of(UUID workspaceId, Collection<UUID> versionIds) {
        return Flux.fromStream(versionIds.stream().distinct())
                .concatMap(id -> surveys.version(new Key(workspaceId, id)))
                .collectMap(version -> version.key().id(), version -> version.definition());
    }
}
