package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.workspace.Retained;
import dev.afterword.db.workspace.RetentionKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Erases people of whom nothing was heard for long: no order, no answer, no case, and nobody keeps in touch with them. */
@Component
class ForgetPeople implements Retained {
    private static final int BATCH = 200;

    private final DatabaseClient database;
    private final EraseContact eraseContact;

    ForgetPeople(DatabaseClient database, EraseContact eraseContact) {
        this.database = database;
        this.eraseContact = eraseContact;
    }

    @Override
    public RetentionKind kind() {
        return RetentionKind.PEOPLE;
    }

    @Override
    public Mono<Instant> forget(UUID workspaceId, @Nullable Instant after, Instant before) {
        return database.sql("""
                        select c.id from contact c
                        where c.workspace_id = $1 and c.erased_at is null and c.created_at < $2 and c.owner_id is null
                            and not exists (select from customer_order o where o.workspace_id = $1 and o.contact_id = c.id and o.placed_at >= $2)
                            and not exists (select from response r where r.workspace_id = $1 and r.contact_id = c.id and r.answered_at >= $2)
                            and not exists (select from support_case k where k.workspace_id = $1 and k.contact_id = c.id and k.latest_at >= $2)
                        limit $3
                        """)
                .bind(0, workspaceId)
                .bind(1, before)
                .bind(2, BATCH)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMap(silent -> Flux.fromIterable(silent)
                        .concatMap(id -> eraseContact.erase(new Key(workspaceId, id)))
                        .then(Mono.just(silent.size() < BATCH ? before : Instant.EPOCH)));
    }
}
