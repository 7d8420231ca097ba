package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SkipReason;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A mail that would tell a code is not sent while there is none: the pool was empty, and the code is told when there is one. */
@Component
class NothingToTell implements LastCheck {
    private final DatabaseClient database;

    NothingToTell(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Candidate> candidates) {
        var mails =
                candidates.stream().filter(one -> one.kind() == SendKind.MAIL).toList();
        return mails.isEmpty()
                ? Mono.just(Map.of())
                : database.sql("""
                        select s.id from send s join given_reward g on g.workspace_id = $1 and g.enrollment_id = s.enrollment_id and g.given_at is null
                        where s.workspace_id = $1 and s.id = any($2)
                        """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(mails, UUID.class, Candidate::sendId))
                        .map((Readable row) -> value(row, "id", UUID.class))
                        .all()
                        .collectMap(id -> id, id -> SkipReason.REWARD_OWED);
    }
}
