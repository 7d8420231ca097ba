package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.survey.Answer;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
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

    Responses(DatabaseClient database) {
        this.database = database;
    }

    /** The response to an invitation, provisional or confirmed; empty before the first answer. */
    public Mono<Response> toInvitation(Key invitation) {
        return database.sql("""
                        select r.id, r.complete, r.confirmed_at, r.started_at, r.answered_at, a.question_key, a.skipped, a.number, a.text
                        from response r left join answer a on a.workspace_id = $1 and a.response_id = r.id
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
                        row.get("question_key", String.class),
                        answer(row)))
                .all()
                .collectList()
                .filter(rows -> !rows.isEmpty())
                .map(Responses::together);
    }

    private static Response together(List<Row> rows) {
        var response = rows.getFirst().response();
        for (var row : rows) {
            if (row.question() != null) {
                response.answers().put(row.question(), row.answer());
            }
        }
        return response;
    }

    private static Answer answer(Readable row) {
        var number = row.get("number", BigDecimal.class);
        var text = row.get("text", String.class);
        if (number != null) {
            return new Answer.Score(number.intValue());
        }
        return text == null ? new Answer.Skipped() : new Answer.Words(text);
    }

    private record Row(Response response, @Nullable String question, Answer answer) {}
}
