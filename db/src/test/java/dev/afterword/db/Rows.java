package dev.afterword.db;

import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** Rows of one workspace, written as they would stand, for tests of what reads them. */
public final class Rows {
    public final Workspace workspace;
    public final UUID surveyId;
    public final UUID versionId;

    private final DatabaseClient database;
    private final JsonMapper json = new JsonMapper();

    /** Opens a workspace in the zone America/Sao_Paulo. */
    public Rows(DatabaseClient database, OpenWorkspace open) {
        this.database = database;
        this.workspace = open.open(Workspace.open(
                        Key.nextId(),
                        "Cedar & Salt",
                        ZoneId.of("America/Sao_Paulo"),
                        "en",
                        Instant.now().truncatedTo(ChronoUnit.MICROS)))
                .block();
        this.versionId = one("select id from survey_version where workspace_id = $1");
        this.surveyId = one("select id from survey where workspace_id = $1");
    }

    private UUID one(String sql) {
        return database.sql(sql)
                .bind(0, workspace.id())
                .mapValue(UUID.class)
                .one()
                .block();
    }

    public UUID contact(String name, String email, String stage) {
        return contact(name, email, stage, null, Instant.parse("2025-01-01T00:00:00Z"));
    }

    public UUID contact(String name, String email, String stage, String externalId, Instant createdAt) {
        var id = Key.nextId();
        database.sql("""
                        insert into contact (workspace_id, id, version, external_id, email, address, name, country, stage, created_at)
                        values ($1, $2, 0, $3, $4, lower($4), $5, 'BR', $6, $7)
                        """)
                .bind(0, workspace.id())
                .bind(1, id)
                .bind(2, externalId == null ? Parameters.in(String.class) : externalId)
                .bind(3, email)
                .bind(4, name)
                .bind(5, stage)
                .bind(6, createdAt)
                .then()
                .block();
        return id;
    }

    /** A delivered order with one line; it was promised four days and delivered {@code days} days after it was placed. */
    public UUID order(UUID contact, String externalId, Instant placedAt, int days, String item, String category) {
        var id = Key.nextId();
        database.sql("""
                        insert into customer_order (workspace_id, id, version, external_id, contact_id, status, placed_at, shipped_at, delivered_at, promised_at,
                            total_amount, total_currency, channel, country, carrier, created_at)
                        values ($1, $2, 0, $3, $4, 'delivered', $5, $6, $7, $8, 141.46, 'BRL', 'web', 'BR', 'correios', $5)
                        """)
                .bind(0, workspace.id())
                .bind(1, id)
                .bind(2, externalId)
                .bind(3, contact)
                .bind(4, placedAt)
                .bind(5, placedAt.plus(Duration.ofDays(1)))
                .bind(6, placedAt.plus(Duration.ofDays(days)))
                .bind(7, placedAt.plus(Duration.ofDays(4)))
                .then()
                .then(database.sql("""
                                insert into order_line (workspace_id, id, order_id, number, sku, name, category, unit_price)
                                values ($1, $2, $3, 1, $4, $5, $6, 141.46)
                                """)
                        .bind(0, workspace.id())
                        .bind(1, Key.nextId())
                        .bind(2, id)
                        .bind(3, item.toLowerCase().replace(' ', '-'))
                        .bind(4, item)
                        .bind(5, category)
                        .then())
                .block();
        return id;
    }

    /** A confirmed, complete response; numbers are scores, strings are comments. */
    public UUID response(
            UUID contact, UUID order, Instant at, Map<String, Object> answers, Map<String, Object> segments) {
        var id = Key.nextId();
        var binds = new Binds();
        var workspaceId = binds.add(workspace.id());
        var response = binds.add(id);
        var time = binds.add(at);
        var sql = new StringBuilder(
                        "with r as (insert into response (workspace_id, id, survey_id, version_id, contact_id, order_id, language, complete, confirmed_at, asked_at, started_at, answered_at, segments, created_at) values (")
                .append(workspaceId)
                .append(", ")
                .append(response)
                .append(", ")
                .append(binds.add(surveyId))
                .append(", ")
                .append(binds.add(versionId))
                .append(", ")
                .append(binds.add(contact == null ? Parameters.in(UUID.class) : contact))
                .append(", ")
                .append(binds.add(order == null ? Parameters.in(UUID.class) : order))
                .append(", 'en', true, %1$s, %1$s, %1$s, %1$s, ".formatted(time))
                .append(binds.add(Json.of(json.writeValueAsString(segments))))
                .append(", ")
                .append(time)
                .append(
                        ")) insert into answer (workspace_id, response_id, question_key, number, text, answered_at) values ");
        var first = true;
        for (var answer : answers.entrySet()) {
            var number = answer.getValue() instanceof Integer i
                    ? (Object) BigDecimal.valueOf(i)
                    : Parameters.in(BigDecimal.class);
            var text = answer.getValue() instanceof String s ? (Object) s : Parameters.in(String.class);
            sql.append(first ? "" : ", ")
                    .append("(%s, %s, %s, %s, %s, %s)"
                            .formatted(
                                    workspaceId,
                                    response,
                                    binds.add(answer.getKey()),
                                    binds.add(number),
                                    binds.add(text),
                                    time));
            first = false;
        }
        binds.statement(database, sql.toString()).then().block();
        return id;
    }

    /** An accepted question by mail about an order; a null time means that nobody answered it. */
    public UUID invitation(
            UUID contact, UUID order, Instant askedAt, Instant answeredAt, Map<String, Object> segments) {
        var id = Key.nextId();
        database.sql("""
                        insert into invitation (workspace_id, id, survey_id, version_id, contact_id, order_id, origin, language, asked_at, accepted_at, answered_at, closes_at, segments, created_at)
                        values ($1, $2, $3, $4, $5, $6, 'follow-up', 'en', $7, $7, $8, $9, $10, $7)
                        """)
                .bind(0, workspace.id())
                .bind(1, id)
                .bind(2, surveyId)
                .bind(3, versionId)
                .bind(4, contact)
                .bind(5, order)
                .bind(6, askedAt)
                .bind(7, answeredAt == null ? Parameters.in(Instant.class) : answeredAt)
                .bind(8, askedAt.plus(Duration.ofDays(60)))
                .bind(9, Json.of(json.writeValueAsString(segments)))
                .then()
                .block();
        return id;
    }

    public UUID send(UUID contact, UUID order, String step, String state, String reason, Instant dueAt) {
        var id = Key.nextId();
        var planned = state.equals("planned");
        database.sql("""
                        insert into send (workspace_id, id, contact_id, order_id, purpose, step, kind, state, skip_reason, due_at, not_after, submitted_at, finished_at, created_at)
                        values ($1, $2, $3, $4, 'questions', $5, $5, $6, $7, $8, $8, $9, $9, $8)
                        """)
                .bind(0, workspace.id())
                .bind(1, id)
                .bind(2, contact)
                .bind(3, order == null ? Parameters.in(UUID.class) : order)
                .bind(4, step)
                .bind(5, state)
                .bind(6, reason == null ? Parameters.in(String.class) : reason)
                .bind(7, dueAt)
                .bind(8, planned ? Parameters.in(Instant.class) : dueAt)
                .then()
                .block();
        return id;
    }

    public void move(UUID contact, String from, String to, Instant at, Map<String, Object> evidence) {
        database.sql(
                        "insert into ladder_move (workspace_id, id, contact_id, from_stage, to_stage, at, evidence) values ($1, $2, $3, $4, $5, $6, $7)")
                .bind(0, workspace.id())
                .bind(1, Key.nextId())
                .bind(2, contact)
                .bind(3, from)
                .bind(4, to)
                .bind(5, at)
                .bind(6, Json.of(json.writeValueAsString(evidence)))
                .then()
                .block();
    }

    public void suppress(String address, String reason, Instant at) {
        database.sql(
                        "insert into suppression (workspace_id, id, address, purpose, reason, created_at) values ($1, $2, $3, 'questions', $4, $5)")
                .bind(0, workspace.id())
                .bind(1, Key.nextId())
                .bind(2, address)
                .bind(3, reason)
                .bind(4, at)
                .then()
                .block();
    }
}
