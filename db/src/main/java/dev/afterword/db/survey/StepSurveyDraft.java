package dev.afterword.db.survey;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes the last change of a survey's draft back, or makes one again that was taken back. */
@Component
public class StepSurveyDraft {
    private final SurveyDrafts drafts;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    StepSurveyDraft(SurveyDrafts drafts, DatabaseClient database, Transactions transactions, Clock clock) {
        this.drafts = drafts;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record State(int number, String name, Json definition) {}

    /**
     * What stands there then; as before where there is nothing to take back or to make again. Otherwise {@code survey.unknown} or
     * {@code survey.changed-meanwhile}.
     *
     * @param seen the version of the draft that is meant
     */
    public Mono<SurveyDraft> step(Key survey, int seen, boolean redo, UUID by) {
        return transactions.run(drafts.lock(survey).flatMap(draft -> {
            if (draft.version() != seen) {
                return Mono.error(new Conflict("survey.changed-meanwhile"));
            }
            return last(survey, redo)
                    .flatMap(state -> replace(draft, state, redo, by).thenReturn(state))
                    .then(drafts.find(survey));
        }));
    }

    private Mono<State> last(Key survey, boolean redo) {
        return database.sql("""
                        select number, name, definition from survey_draft
                        where workspace_id = $1 and survey_id = $2 and redo = $3 order by number desc limit 1
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, redo)
                .map((Readable row) -> new State(
                        Columns.value(row, "number", Integer.class),
                        Columns.value(row, "name", String.class),
                        Columns.value(row, "definition", Json.class)))
                .one();
    }

    /** The state goes from its stack into the survey, and what stood there onto the other stack. */
    private Mono<Void> replace(SurveyDraft draft, State state, boolean redo, UUID by) {
        var survey = draft.survey().key();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var delete = database.sql(
                        "delete from survey_draft where workspace_id = $1 and survey_id = $2 and redo = $3 and number = $4")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, redo)
                .bind(3, state.number())
                .then();
        var insert = database.sql("""
                        insert into survey_draft (workspace_id, survey_id, redo, number, name, definition)
                        values ($1, $2, $3, $4, $5, $6)
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, !redo)
                .bind(3, draft.version())
                .bind(4, draft.survey().name())
                .bind(5, Json.of(DefinitionWriter.write(draft.definition())))
                .then();
        var update = database.sql("""
                        update survey set draft = $3, name = $4, draft_version = draft_version + 1, draft_changed_at = $5, draft_changed_by = $6
                        where workspace_id = $1 and id = $2
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, state.definition())
                .bind(3, state.name())
                .bind(4, now)
                .bind(5, by)
                .then();
        return delete.then(insert).then(update);
    }
}
