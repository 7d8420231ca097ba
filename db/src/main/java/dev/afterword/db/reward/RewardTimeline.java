package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import dev.afterword.db.order.Offer;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Rewards and goodwill in a person's timeline. */
@Component
class RewardTimeline implements TimelineSource {
    private final DatabaseClient database;

    RewardTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<RewardEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select g.*, p.name from given_reward g join reward_pool p on p.workspace_id = $1 and p.id = g.pool_id
                        where g.workspace_id = $1 and g.contact_id = $2 and (g.created_at, g.id) < ($3, $4) order by g.created_at desc, g.id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new RewardEntry(
                        value(row, "created_at", Instant.class),
                        value(row, "id", UUID.class),
                        value(row, "kind", String.class),
                        value(row, "name", String.class),
                        Offer.parse(value(row, "offer", Json.class).asString()),
                        row.get("code", String.class),
                        row.get("expires_at", Instant.class),
                        row.get("redeemed_at", Instant.class)))
                .all();
    }
}
