package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The ground that each workspace states for each purpose. */
@Repository
public class Grounds {
    private final DatabaseClient database;

    Grounds(DatabaseClient database) {
        this.database = database;
    }

    /** The stated grounds; a purpose that is missing has none. */
    public Mono<Map<Purpose, Ground>> of(UUID workspaceId) {
        return database.sql("select purpose, ground from ground where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) -> Map.entry(
                        Purpose.of(Columns.value(row, "purpose", String.class)),
                        Ground.of(Columns.value(row, "ground", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue, () -> new EnumMap<>(Purpose.class));
    }

    public Mono<Void> state(UUID workspaceId, Purpose purpose, Ground ground, Instant now) {
        return database.sql("""
                        insert into ground (workspace_id, purpose, ground, stated_at) values ($1, $2, $3, $4)
                        on conflict (workspace_id, purpose) do update set ground = excluded.ground, stated_at = excluded.stated_at
                        """)
                .bind(0, workspaceId)
                .bind(1, purpose.code())
                .bind(2, ground.code())
                .bind(3, now)
                .then();
    }

    public Mono<Void> withdraw(UUID workspaceId, Purpose purpose) {
        return database.sql("delete from ground where workspace_id = $1 and purpose = $2")
                .bind(0, workspaceId)
                .bind(1, purpose.code())
                .then();
    }
}
