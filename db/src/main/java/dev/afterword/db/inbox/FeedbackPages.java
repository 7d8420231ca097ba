package dev.afterword.db.inbox;

import dev.afterword.db.workspace.Workspace;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The feedback pages of all workspaces. */
@Repository
public class FeedbackPages {
    private static final int USUAL_PRIORITY = 3;

    private final CasePolicies policies;
    private final DatabaseClient database;

    FeedbackPages(CasePolicies policies, DatabaseClient database) {
        this.policies = policies;
        this.database = database;
    }

    public Mono<FeedbackPage> find(UUID workspaceId) {
        return database.sql("select closed_at, phone, hours from feedback_page where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) -> new FeedbackPage(
                        row.get("closed_at", Instant.class) == null,
                        row.get("phone", String.class),
                        row.get("hours", String.class)))
                .one()
                .defaultIfEmpty(FeedbackPage.USUAL);
    }

    public Mono<Void> save(UUID workspaceId, FeedbackPage page, Instant now) {
        return database.sql("""
                        insert into feedback_page as p (workspace_id, closed_at, phone, hours) values ($1, $2, $3, $4)
                        on conflict (workspace_id) do update set phone = excluded.phone, hours = excluded.hours,
                            closed_at = case when excluded.closed_at is null then null else coalesce(p.closed_at, excluded.closed_at) end
                        """)
                .bind(0, workspaceId)
                .bind(1, page.shown() ? Parameters.in(Instant.class) : now)
                .bind(2, Cases.orNull(String.class, page.phone()))
                .bind(3, Cases.orNull(String.class, page.hours()))
                .then();
    }

    /** By when somebody who writes now is answered; empty where nothing is promised. */
    public Mono<Instant> answerBy(Workspace workspace, Instant now) {
        return policies.find(workspace.id())
                .flatMap(policy ->
                        Mono.justOrEmpty(policy.due(now, workspace.zone(), policy.firstAnswer(), USUAL_PRIORITY)));
    }
}
