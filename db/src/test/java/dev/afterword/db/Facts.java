package dev.afterword.db;

import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts rows into a workspace as simply as a test of what reads them can; answers are confirmed, and of the survey's newest version. */
public final class Facts {
    private final DatabaseClient database;
    private final UUID workspaceId;

    public Facts(DatabaseClient database, UUID workspaceId) {
        this.database = database;
        this.workspaceId = workspaceId;
    }

    public UUID contact() {
        var id = Key.nextId();
        database.sql("insert into contact (workspace_id, id, version, created_at) values ($1, $2, 0, now())")
                .bind(0, workspaceId)
                .bind(1, id)
                .then()
                .block();
        return id;
    }

    /** A web order, placed and promised at these times; delivered when the third is given. */
    public UUID order(UUID contactId, Instant placedAt, Instant promisedAt, Instant deliveredAt) {
        var id = Key.nextId();
        var insert = database.sql("""
                        insert into customer_order (workspace_id, id, version, external_id, contact_id, status, placed_at, promised_at, delivered_at, channel, country, carrier, created_at)
                        values ($1, $2, 0, $3, $4, $5, $6, $7, $8, 'web', 'DE', 'dhl', now())
                        """)
                .bind(0, workspaceId)
                .bind(1, id)
                .bind(2, "order-" + id)
                .bind(3, contactId)
                .bind(4, deliveredAt == null ? "placed" : "delivered")
                .bind(5, placedAt);
        insert = promisedAt == null ? insert.bindNull(6, Instant.class) : insert.bind(6, promisedAt);
        insert = deliveredAt == null ? insert.bindNull(7, Instant.class) : insert.bind(7, deliveredAt);
        insert.then().block();
        return id;
    }

    public void line(UUID orderId, int number, String sku, String category) {
        database.sql(
                        "insert into order_line (workspace_id, id, order_id, number, sku, category) values ($1, $2, $3, $4, $5, $6)")
                .bind(0, workspaceId)
                .bind(1, Key.nextId())
                .bind(2, orderId)
                .bind(3, number)
                .bind(4, sku)
                .bind(5, category)
                .then()
                .block();
    }

    public void setOrder(UUID orderId, String assignment) {
        database.sql("update customer_order set " + assignment + " where workspace_id = $1 and id = $2")
                .bind(0, workspaceId)
                .bind(1, orderId)
                .then()
                .block();
    }

    /** An invitation of a follow-up, asked then, and accepted by the receiving server. */
    public UUID invitation(UUID contactId, UUID orderId, Instant askedAt) {
        var id = Key.nextId();
        database.sql("""
                        insert into invitation (workspace_id, id, survey_id, version_id, contact_id, order_id, origin, language, asked_at, accepted_at, closes_at, created_at)
                        select $1, $2, s.id, v.id, $3, $4, 'follow-up', 'de', $5, $5, $6, $5
                        from survey s join survey_version v on v.workspace_id = $1 and v.survey_id = s.id
                        where s.workspace_id = $1 and s.key = 'post-purchase' and v.number = 1
                        """)
                .bind(0, workspaceId)
                .bind(1, id)
                .bind(2, contactId)
                .bind(3, orderId)
                .bind(4, askedAt)
                .bind(5, askedAt.plusSeconds(30 * 86_400L))
                .then()
                .block();
        return id;
    }

    /** A response about an order, in German. */
    public UUID response(
            UUID contactId, UUID orderId, UUID invitationId, Instant answeredAt, Map<String, Integer> answers) {
        var id = Key.nextId();
        var insert = database.sql("""
                        insert into response (workspace_id, id, survey_id, version_id, contact_id, order_id, invitation_id, language, complete, confirmed_at, started_at, answered_at, created_at)
                        select $1, $2, s.id, v.id, $3, $4, $5, 'de', true, $6, $6, $6, $6
                        from survey s join survey_version v on v.workspace_id = $1 and v.survey_id = s.id
                        where s.workspace_id = $1 and s.key = 'post-purchase' and v.number = 1
                        """).bind(0, workspaceId).bind(1, id);
        insert = contactId == null ? insert.bindNull(2, UUID.class) : insert.bind(2, contactId);
        insert = orderId == null ? insert.bindNull(3, UUID.class) : insert.bind(3, orderId);
        insert = invitationId == null ? insert.bindNull(4, UUID.class) : insert.bind(4, invitationId);
        insert.bind(5, answeredAt).then().block();
        if (invitationId != null) {
            database.sql("update invitation set answered_at = $3 where workspace_id = $1 and id = $2")
                    .bind(0, workspaceId)
                    .bind(1, invitationId)
                    .bind(2, answeredAt)
                    .then()
                    .block();
        }
        answers.forEach((question, score) -> answer(id, question, score, answeredAt));
        return id;
    }

    private void answer(UUID responseId, String question, int score, Instant at) {
        database.sql(
                        "insert into answer (workspace_id, response_id, question_key, number, answered_at) values ($1, $2, $3, $4, $5)")
                .bind(0, workspaceId)
                .bind(1, responseId)
                .bind(2, question)
                .bind(3, score)
                .bind(4, at)
                .then()
                .block();
    }

    /** The rows of a query about the workspace, which it names as $1; jsonb as text. */
    public List<Map<String, Object>> all(String sql) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .fetch()
                .all()
                .map(row -> {
                    row.replaceAll((column, value) -> value instanceof Json json ? json.asString() : value);
                    return row;
                })
                .collectList()
                .block();
    }
}
