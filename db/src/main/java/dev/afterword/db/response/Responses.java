package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The responses of all workspaces, one at a time. */
@Repository
public class Responses {
    private final DatabaseClient database;
    private final Surveys surveys;

    Responses(DatabaseClient database, Surveys surveys) {
        this.database = database;
        this.surveys = surveys;
    }

    /** The response to an invitation, provisional or confirmed; empty before the first answer. Of a discarded one nothing is shown: a machine gave it. */
    public Mono<Response> toInvitation(Key invitation) {
        return database.sql("""
                        select r.id, r.version_id, r.complete, case when r.discarded_at is null then r.confirmed_at end as confirmed_at, r.started_at, r.answered_at,
                            a.question_key, a.row_key, a.item, a.skipped, a.not_applicable, a.number, a.text, a.choices, a.day
                        from response r left join answer a on a.workspace_id = $1 and a.response_id = r.id and r.discarded_at is null
                        where r.workspace_id = $1 and r.invitation_id = $2
                        """)
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .map((Readable row) -> new Row(
                        new Response(
                                new Key(invitation.workspaceId(), Columns.value(row, "id", UUID.class)),
                                Columns.value(row, "complete", Boolean.class),
                                row.get("confirmed_at", Instant.class),
                                Columns.value(row, "started_at", Instant.class),
                                Columns.value(row, "answered_at", Instant.class),
                                new LinkedHashMap<>()),
                        Columns.value(row, "version_id", UUID.class),
                        row.get("question_key", String.class) == null ? null : AnswerRow.of(row)))
                .all()
                .collectList()
                .filter(rows -> !rows.isEmpty())
                .flatMap(rows -> surveys.version(new Key(
                                invitation.workspaceId(), rows.getFirst().versionId()))
                        .map(version -> together(rows, version.definition())));
    }

    private static Response together(List<Row> rows, SurveyDefinition asked) {
        var response = rows.getFirst().response();
        for (var row : rows) {
            var stored = row.answer();
            if (stored != null) {
                stored.in(asked).ifPresent(answer -> response.answers().put(stored.slot(), answer));
            }
        }
        return response;
    }

    private record Row(
            Response response, UUID versionId, @Nullable AnswerRow answer) {}
}
