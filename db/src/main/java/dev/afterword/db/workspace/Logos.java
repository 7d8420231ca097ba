package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The logos of all workspaces. */
@Repository
public class Logos {
    private final DatabaseClient database;

    Logos(DatabaseClient database) {
        this.database = database;
    }

    /** The workspace's logo; empty without one. */
    public Mono<Logo> of(UUID workspaceId) {
        return database.sql("select media_type, bytes, saved_at from workspace_logo where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) -> new Logo(
                        Columns.value(row, "media_type", String.class),
                        Columns.value(row, "bytes", ByteBuffer.class),
                        Columns.value(row, "saved_at", Instant.class)))
                .one();
    }

    /** Whether it has one. */
    public Mono<Boolean> has(UUID workspaceId) {
        return database.sql("select 1 from workspace_logo where workspace_id = $1")
                .bind(0, workspaceId)
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    public Mono<Void> save(UUID workspaceId, Logo logo) {
        return database.sql("""
                        insert into workspace_logo (workspace_id, media_type, bytes, saved_at) values ($1, $2, $3, $4)
                        on conflict (workspace_id) do update set media_type = excluded.media_type, bytes = excluded.bytes, saved_at = excluded.saved_at
                        """)
                .bind(0, workspaceId)
                .bind(1, logo.mediaType())
                .bind(2, logo.bytes())
                .bind(3, logo.savedAt())
                .then();
    }

    public Mono<Void> remove(UUID workspaceId) {
        return database.sql("delete from workspace_logo where workspace_id = $1")
                .bind(0, workspaceId)
                .then();
    }
}
