package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The roles that workspaces made for themselves. */
@Repository
public class CustomRoles {
    private static final int LONGEST = 60;
    private static final int MOST = 50;

    private final DatabaseClient database;
    private final List<HeldWork> features;
    private final Transactions transactions;

    CustomRoles(DatabaseClient database, List<HeldWork> features, Transactions transactions) {
        this.database = database;
        this.features = features;
        this.transactions = transactions;
    }

    /** Those of a workspace, by name. */
    public Mono<List<Role>> all(UUID workspaceId) {
        return database.sql(
                        "select id, name, permissions from custom_role where workspace_id = $1 order by lower(name), id")
                .bind(0, workspaceId)
                .map(CustomRoles::role)
                .all()
                .collectList();
    }

    /** The role of that code, one of the four or of the workspace's own; otherwise {@code role.unknown}. */
    public Mono<Role> find(UUID workspaceId, String code) {
        return Mono.defer(() -> Role.builtIn().stream()
                .filter(role -> role.code().equals(code))
                .findFirst()
                .map(Mono::just)
                .orElseGet(() -> own(workspaceId, code)));
    }

    private Mono<Role> own(UUID workspaceId, String code) {
        return database.sql("select id, name, permissions from custom_role where workspace_id = $1 and id::text = $2")
                .bind(0, workspaceId)
                .bind(1, code)
                .map(CustomRoles::role)
                .one()
                .switchIfEmpty(Mono.error(() -> new Rejected("role.unknown", "role", code)));
    }

    private static Role role(Readable row) {
        return Role.custom(
                Columns.value(row, "id", UUID.class),
                Columns.value(row, "name", String.class),
                Permission.of(Arrays.asList(Columns.value(row, "permissions", String[].class))));
    }

    /** A new role; rejected are a name that is missing, too long or taken, and more roles than anybody can tell apart. */
    public Mono<Role> add(UUID workspaceId, String name, Set<Permission> permissions, Instant now) {
        var id = Key.nextId();
        return Mono.fromSupplier(() -> named(name))
                .flatMap(given -> database.sql("""
                                insert into custom_role (workspace_id, id, name, permissions, created_at)
                                select $1, $2, $3, $4, $5 where (select count(*) from custom_role where workspace_id = $1) < $6
                                """)
                        .bind(0, workspaceId)
                        .bind(1, id)
                        .bind(2, given)
                        .bind(3, Permission.codes(permissions))
                        .bind(4, now)
                        .bind(5, MOST)
                        .fetch()
                        .rowsUpdated()
                        .onErrorMap(DuplicateKeyException.class, taken -> new Rejected("role.name-taken", "name"))
                        .filter(rows -> rows == 1)
                        .switchIfEmpty(Mono.error(() -> new Rejected("role.too-many", "name", MOST)))
                        .thenReturn(Role.custom(id, given, permissions)));
    }

    /** Another name or other permissions, for all who have the role, at once; what they hold and may hold no longer they give back. */
    public Mono<Void> change(UUID workspaceId, UUID id, String name, Set<Permission> permissions) {
        return transactions.run(update(workspaceId, id, name, permissions)
                .thenMany(Flux.fromIterable(features))
                .concatMap(feature -> feature.release(workspaceId))
                .then());
    }

    private Mono<Void> update(UUID workspaceId, UUID id, String name, Set<Permission> permissions) {
        return Mono.fromSupplier(() -> named(name))
                .flatMap(given -> database.sql(
                                "update custom_role set name = $3, permissions = $4 where workspace_id = $1 and id = $2")
                        .bind(0, workspaceId)
                        .bind(1, id)
                        .bind(2, given)
                        .bind(3, Permission.codes(permissions))
                        .fetch()
                        .rowsUpdated()
                        .onErrorMap(DuplicateKeyException.class, taken -> new Rejected("role.name-taken", "name"))
                        .flatMap(CustomRoles::found));
    }

    /** Takes a role away that nobody has; otherwise {@code role.in-use}. */
    public Mono<Void> remove(UUID workspaceId, UUID id) {
        return database.sql("delete from custom_role where workspace_id = $1 and id = $2")
                .bind(0, workspaceId)
                .bind(1, id)
                .fetch()
                .rowsUpdated()
                .onErrorMap(DataIntegrityViolationException.class, used -> new Conflict("role.in-use"))
                .flatMap(CustomRoles::found);
    }

    private static Mono<Void> found(long rows) {
        return rows > 0 ? Mono.empty() : Mono.error(() -> new NotFound("role.not-found"));
    }

    private static String named(String name) {
        var given = name.strip();
        if (given.isEmpty() || given.length() > LONGEST) {
            throw new Rejected("role.name-length", "name", LONGEST);
        }
        return given;
    }
}
