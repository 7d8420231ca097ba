package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Opens a workspace with what every new one has: the survey post-purchase and the follow-up that asks it, switched off. */
@Component
public class OpenWorkspace {
    private final Workspaces workspaces;
    private final Grounds grounds;
    private final FollowUps followUps;
    private final PublishFollowUp publishFollowUp;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    OpenWorkspace(
            Workspaces workspaces,
            Grounds grounds,
            FollowUps followUps,
            PublishFollowUp publishFollowUp,
            DatabaseClient database,
            Transactions transactions,
            Clock clock) {
        this.workspaces = workspaces;
        this.grounds = grounds;
        this.followUps = followUps;
        this.publishFollowUp = publishFollowUp;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Mono<Workspace> open(Workspace workspace) {
        var now = clock.instant();
        return transactions.run(workspaces
                .save(workspace)
                .flatMap(saved -> grounds.state(saved.id(), Purpose.QUESTIONS, Ground.EXISTING_CUSTOMER, now)
                        .then(grounds.state(saved.id(), Purpose.SERVICE, Ground.EXISTING_CUSTOMER, now))
                        .then(addSurveyAndFollowUp(saved.id(), now))
                        .thenReturn(saved)));
    }

    private Mono<Void> addSurveyAndFollowUp(UUID workspaceId, Instant now) {
        var survey = Key.nextId();
        var followUp = Key.next(workspaceId);
        return database.sql(
                        "insert into survey (workspace_id, id, version, key, name, created_at) values ($1, $2, 0, 'post-purchase', 'After the purchase', $3)")
                .bind(0, workspaceId)
                .bind(1, survey)
                .bind(2, now)
                .then()
                .then(database.sql(
                                "insert into survey_version (workspace_id, id, survey_id, number, definition, published_at) values ($1, $2, $3, 1, $4, $5)")
                        .bind(0, workspaceId)
                        .bind(1, Key.nextId())
                        .bind(2, survey)
                        .bind(3, Json.of(postPurchase()))
                        .bind(4, now)
                        .then())
                .then(followUps.insert(
                        followUp, "post-purchase", "After the purchase", Delays.USUAL.definition("post-purchase"), now))
                .then(publishFollowUp.publish(followUp, null, false))
                .then();
    }

    private static String postPurchase() {
        try {
            return new ClassPathResource("dev/afterword/db/survey/post-purchase.json")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
