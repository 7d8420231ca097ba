package dev.afterword.db.survey;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The surveys of all workspaces and their versions, which are kept in memory because they never change. */
@Repository
public class Surveys {
    private static final int KEPT_VERSIONS = 1_000;

    private final DatabaseClient database;
    private final Map<Key, SurveyVersion> versions = new ConcurrentHashMap<>();

    Surveys(DatabaseClient database) {
        this.database = database;
    }

    /** All surveys of a workspace that were published, by name. */
    public Mono<List<Survey>> all(UUID workspaceId) {
        return database.sql("""
                        select id, key, name, created_at, archived_at from survey s
                        where workspace_id = $1 and exists (select 1 from survey_version v where v.workspace_id = $1 and v.survey_id = s.id) order by name, id limit 500
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> survey(workspaceId, row))
                .all()
                .collectList();
    }

    /** The version of each survey that is asked now, without those that are archived, by name. */
    public Mono<List<SurveyVersion>> current(UUID workspaceId) {
        return database.sql("""
                        select distinct on (s.name, s.id) v.id from survey s join survey_version v on v.workspace_id = $1 and v.survey_id = s.id
                        where s.workspace_id = $1 and s.archived_at is null order by s.name, s.id, v.number desc limit 200
                        """)
                .bind(0, workspaceId)
                .mapValue(UUID.class)
                .all()
                .concatMap(id -> version(new Key(workspaceId, id)))
                .collectList();
    }

    /** The survey of that key; otherwise {@code survey.unknown}. */
    public Mono<Survey> find(UUID workspaceId, String surveyKey) {
        return database.sql(
                        "select id, key, name, created_at, archived_at from survey where workspace_id = $1 and key = $2")
                .bind(0, workspaceId)
                .bind(1, surveyKey)
                .map((Readable row) -> survey(workspaceId, row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", surveyKey)));
    }

    /** The version that is asked now; otherwise {@code survey.unknown}. */
    public Mono<SurveyVersion> latest(UUID workspaceId, String surveyKey) {
        return database.sql("""
                        select v.id from survey s join survey_version v on v.workspace_id = s.workspace_id and v.survey_id = s.id
                        where s.workspace_id = $1 and v.workspace_id = $1 and s.key = $2 order by v.number desc limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, surveyKey)
                .mapValue(UUID.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", surveyKey)))
                .flatMap(id -> version(new Key(workspaceId, id)));
    }

    /** The version of a survey that is asked now, by the survey's id; otherwise {@code survey.unknown}. */
    public Mono<SurveyVersion> latestOf(Key survey) {
        return database.sql(
                        "select id from survey_version where workspace_id = $1 and survey_id = $2 order by number desc limit 1")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .mapValue(UUID.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", survey.id())))
                .flatMap(id -> version(new Key(survey.workspaceId(), id)));
    }

    /** The versions of a survey, the newest first. */
    public Mono<List<SurveyVersion>> versions(Key survey) {
        return database.sql(
                        "select id from survey_version where workspace_id = $1 and survey_id = $2 order by number desc limit 500")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .mapValue(UUID.class)
                .all()
                .concatMap(id -> version(new Key(survey.workspaceId(), id)))
                .collectList();
    }

    /** The versions of a survey in which the question of that key is another, whose answers mean something else; most often none. */
    public Mono<List<UUID>> measuringOtherwise(Key survey, Question.Scale scale) {
        return versions(survey)
                .map(versions -> versions.stream()
                        .filter(version -> version.definition()
                                .question(scale.key())
                                .filter(question -> !scale.measuresLike(question))
                                .isPresent())
                        .map(version -> version.key().id())
                        .toList());
    }

    /** The version of a survey with that number; otherwise {@code survey.version-unknown}. */
    public Mono<SurveyVersion> numbered(UUID workspaceId, String surveyKey, int number) {
        return database.sql("""
                        select v.id from survey s join survey_version v on v.workspace_id = $1 and v.survey_id = s.id
                        where s.workspace_id = $1 and s.key = $2 and v.number = $3
                        """)
                .bind(0, workspaceId)
                .bind(1, surveyKey)
                .bind(2, number)
                .mapValue(UUID.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.version-unknown")))
                .flatMap(id -> version(new Key(workspaceId, id)));
    }

    /** That version; otherwise {@code survey.version-unknown}. */
    public Mono<SurveyVersion> version(Key key) {
        var known = versions.get(key);
        return known != null ? Mono.just(known) : load(key).doOnNext(this::keep);
    }

    private Mono<SurveyVersion> load(Key key) {
        return database.sql("""
                        select v.survey_id, s.key, v.number, v.definition, v.published_at
                        from survey_version v join survey s on s.workspace_id = v.workspace_id and s.id = v.survey_id
                        where v.workspace_id = $1 and s.workspace_id = $1 and v.id = $2
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> new SurveyVersion(
                        key,
                        Columns.value(row, "survey_id", UUID.class),
                        Columns.value(row, "key", String.class),
                        Columns.value(row, "number", Integer.class),
                        DefinitionReader.read(
                                Columns.value(row, "definition", Json.class).asString()),
                        Columns.value(row, "published_at", Instant.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.version-unknown")));
    }

    private void keep(SurveyVersion version) {
        if (versions.size() >= KEPT_VERSIONS) {
            versions.clear();
        }
        versions.put(version.key(), version);
    }

    static Survey survey(UUID workspaceId, Readable row) {
        return new Survey(
                new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                Columns.value(row, "key", String.class),
                Columns.value(row, "name", String.class),
                Columns.value(row, "created_at", Instant.class),
                row.get("archived_at", Instant.class));
    }
}
