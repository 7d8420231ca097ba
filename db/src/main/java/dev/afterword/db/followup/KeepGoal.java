package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps what a follow-up is for where its outcomes are counted by it. Where that changed, all are counted again. */
@Component
class KeepGoal {
    private final DatabaseClient database;

    KeepGoal(DatabaseClient database) {
        this.database = database;
    }

    /** Joins the transaction of its caller. */
    Mono<Void> keep(Key followUp, FollowUpDefinition definition, Instant now) {
        var aim = definition.aim();
        var survey = aim.answers();
        return database.sql("""
                        insert into follow_up_goal as g (workspace_id, follow_up_id, reach, survey_key, within_days, splits) values ($1, $2, $3, $4, $5, $6)
                        on conflict (workspace_id, follow_up_id) do update set
                            reach = excluded.reach, survey_key = excluded.survey_key, within_days = excluded.within_days, splits = excluded.splits, changed_at = $7
                        where (g.reach, g.survey_key, g.within_days, g.splits) is distinct from (excluded.reach, excluded.survey_key, excluded.within_days, excluded.splits)
                        """)
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, aim.code())
                .bind(3, survey == null ? Parameters.in(String.class) : survey)
                .bind(4, aim.within())
                .bind(5, definition.splits().stream().map(Step.Split::key).toArray(String[]::new))
                .bind(6, now)
                .then();
    }
}
