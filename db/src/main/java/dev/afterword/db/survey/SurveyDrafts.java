package dev.afterword.db.survey;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What is being written of the surveys of all workspaces. */
@Repository
public class SurveyDrafts {
    private final DatabaseClient database;

    SurveyDrafts(DatabaseClient database) {
        this.database = database;
    }

    /** All surveys of a workspace, archived ones too, by name. */
    public Mono<List<ListedSurvey>> all(UUID workspaceId) {
        return database.sql("""
                        select s.id, s.key, s.name, s.created_at, s.archived_at, s.draft_changed_at, s.draft is not null as changed, v.number, v.published_at
                        from survey s
                        left join lateral (
                            select number, published_at from survey_version where workspace_id = $1 and survey_id = s.id order by number desc limit 1) v on true
                        where s.workspace_id = $1 order by s.name, s.id limit 500
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new ListedSurvey(
                        Surveys.survey(workspaceId, row),
                        row.get("number", Integer.class),
                        row.get("published_at", Instant.class),
                        Columns.value(row, "changed", Boolean.class)
                                ? row.get("draft_changed_at", Instant.class)
                                : null))
                .all()
                .collectList();
    }

    /** The draft of the survey of that key; otherwise {@code survey.unknown}. */
    public Mono<SurveyDraft> find(UUID workspaceId, String surveyKey) {
        return find(workspaceId, "s.key = $2", surveyKey, "")
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", surveyKey)));
    }

    /** The draft of that survey; otherwise {@code survey.unknown}. */
    public Mono<SurveyDraft> find(Key survey) {
        return find(survey.workspaceId(), "s.id = $2", survey.id(), "")
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", survey.id())));
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Mono<SurveyDraft> lock(Key survey) {
        return find(survey.workspaceId(), "s.id = $2", survey.id(), " for no key update of s")
                .switchIfEmpty(Mono.error(() -> new NotFound("survey.unknown", survey.id())));
    }

    private Mono<SurveyDraft> find(UUID workspaceId, String condition, Object value, String lock) {
        return database.sql("""
                        select s.id, s.key, s.name, s.created_at, s.archived_at, s.draft_version, s.draft_changed_at, s.draft_changed_by, s.draft is not null as drafted,
                            coalesce(s.draft, (
                                select v.definition from survey_version v where v.workspace_id = $1 and v.survey_id = s.id order by v.number desc limit 1)) as definition
                        from survey s where s.workspace_id = $1 and %s%s
                        """.formatted(condition, lock))
                .bind(0, workspaceId)
                .bind(1, value)
                .map((Readable row) -> new SurveyDraft(
                        Surveys.survey(workspaceId, row),
                        Columns.value(row, "draft_version", Integer.class),
                        DefinitionReader.read(
                                Columns.value(row, "definition", Json.class).asString()),
                        Columns.value(row, "drafted", Boolean.class),
                        row.get("draft_changed_at", Instant.class),
                        row.get("draft_changed_by", UUID.class)))
                .one();
    }

    /** A new survey that nothing is published of; false where its key is taken. */
    Mono<Boolean> insert(SurveyDraft draft) {
        return database.sql("""
                        insert into survey (workspace_id, id, version, key, name, created_at, draft, draft_version, draft_changed_at, draft_changed_by)
                        values ($1, $2, 0, $3, $4, $5, $6, $7, $5, $8) on conflict (workspace_id, key) do nothing
                        """)
                .bind(0, draft.survey().key().workspaceId())
                .bind(1, draft.survey().key().id())
                .bind(2, draft.survey().surveyKey())
                .bind(3, draft.survey().name())
                .bind(4, draft.survey().createdAt())
                .bind(5, Json.of(DefinitionWriter.write(draft.definition())))
                .bind(6, draft.version())
                .bind(7, orNull(UUID.class, draft.changedBy()))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Writes what changed, and keeps what stood there to be taken back to; false where somebody else has changed it since that version. */
    Mono<Boolean> update(
            Key survey, int seen, String name, SurveyDefinition definition, @Nullable UUID by, Instant now) {
        return database.sql("""
                        with kept as (
                            insert into survey_draft (workspace_id, survey_id, redo, number, name, definition)
                            select s.workspace_id, s.id, false, s.draft_version, s.name, coalesce(s.draft, (
                                select v.definition from survey_version v where v.workspace_id = $1 and v.survey_id = $2 order by v.number desc limit 1))
                            from survey s where s.workspace_id = $1 and s.id = $2 and s.draft_version = $3 on conflict do nothing
                        ), gone as (
                            delete from survey_draft where workspace_id = $1 and survey_id = $2 and (redo or number < $3 - 50)
                            and exists (select 1 from survey s where s.workspace_id = $1 and s.id = $2 and s.draft_version = $3)
                        )
                        update survey set draft = $4, draft_version = draft_version + 1, draft_changed_at = $5, draft_changed_by = $6, name = $7
                        where workspace_id = $1 and id = $2 and draft_version = $3
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, seen)
                .bind(3, Json.of(DefinitionWriter.write(definition)))
                .bind(4, now)
                .bind(5, orNull(UUID.class, by))
                .bind(6, name)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** There is nothing more to publish. */
    Mono<Void> clear(Key survey) {
        return database.sql(
                        "update survey set draft = null, draft_version = draft_version + 1 where workspace_id = $1 and id = $2")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .then();
    }

    Mono<Void> archive(Key survey, @Nullable Instant at) {
        return database.sql("update survey set archived_at = $3 where workspace_id = $1 and id = $2")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, orNull(Instant.class, at))
                .then();
    }

    private static Object orNull(Class<?> type, @Nullable Object value) {
        return value == null ? Parameters.in(type) : value;
    }
}
