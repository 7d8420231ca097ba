package dev.afterword.db.contact;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Readable;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The contacts of all workspaces. */
@Repository
public class Contacts {
    private static final String COLUMNS =
            "select id, external_id, email, name, locale, time_zone, country, attributes::text as attributes, stage, updated_at, created_at from contact ";

    private final DatabaseClient database;

    Contacts(DatabaseClient database) {
        this.database = database;
    }

    /** One contact; otherwise {@code contact.not-found}. */
    public Mono<Contact> find(Key key) {
        return database.sql(COLUMNS + "where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> ContactStore.contact(key.workspaceId(), row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found")));
    }

    /** The contact that the shop knows by this id; otherwise {@code contact.not-found}. */
    public Mono<Contact> findByExternalId(UUID workspaceId, String externalId) {
        return database.sql(COLUMNS + "where workspace_id = $1 and external_id = $2")
                .bind(0, workspaceId)
                .bind(1, externalId)
                .map((Readable row) -> ContactStore.contact(workspaceId, row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found")));
    }
}
