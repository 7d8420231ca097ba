package dev.afterword.db.response.export;

import dev.afterword.db.Binds;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Everything that a survey has ever asked. */
@Repository
class AskedVersions {
    private final DatabaseClient database;
    private final Surveys surveys;

    AskedVersions(DatabaseClient database, Surveys surveys) {
        this.database = database;
        this.surveys = surveys;
    }

    /** All versions of one survey, or of all, the newest of each first; none is {@code survey.unknown}. */
    Mono<List<SurveyVersion>> of(UUID workspaceId, @Nullable String survey) {
        var binds = new Binds();
        var workspace = binds.add(workspaceId);
        return binds.statement(
                        database,
                        "select v.id from survey s join survey_version v on v.workspace_id = s.workspace_id and v.survey_id = s.id where s.workspace_id = "
                                + workspace + " and v.workspace_id = " + workspace
                                + (survey == null ? "" : " and s.key = " + binds.add(survey))
                                + " order by s.created_at, s.id, v.number desc")
                .mapValue(UUID.class)
                .all()
                .concatMap(id -> surveys.version(new Key(workspaceId, id)))
                .collectList()
                .filter(found -> survey == null || !found.isEmpty())
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", survey == null ? "" : survey)));
    }
}
