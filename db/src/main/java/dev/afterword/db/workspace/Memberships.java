package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Which staff belongs to which workspace, and as what. */
@Repository
public class Memberships {
    private final DatabaseClient database;

    Memberships(DatabaseClient database) {
        this.database = database;
    }

    /** A workspace that somebody belongs to. */
    public record Place(String code, String name, Role role) {}

    /** The workspaces that a session opens, by name. */
    public Mono<List<Place>> placesOf(Session session) {
        return placesOf(session.staffId(), session.workspaceId());
    }

    /** The workspaces of a staff member, by name. */
    public Mono<List<Place>> placesOf(UUID staffId) {
        return placesOf(staffId, null);
    }

    private Mono<List<Place>> placesOf(UUID staffId, @Nullable UUID only) {
        return database.sql("""
                        select w.code, w.name, m.role, m.custom_role_id, c.name as role_name, c.permissions as role_permissions
                        from membership m join workspace w on w.id = m.workspace_id
                        left join custom_role c on c.workspace_id = m.workspace_id and c.id = m.custom_role_id
                        where m.staff_id = $1 and ($2::uuid is null or m.workspace_id = $2) order by lower(w.name), w.code
                        """)
                .bind(0, staffId)
                .bind(1, only == null ? Parameters.in(UUID.class) : only)
                .map((Readable row) -> new Place(
                        Columns.value(row, "code", String.class),
                        Columns.value(row, "name", String.class),
                        Role.read(row)))
                .all()
                .collectList();
    }

    /**
     * What somebody may do in a workspace.
     *
     * @param elsewhere whether they belong to another one too
     * @param mustSetUp whether the workspace asks for a second factor and they have none yet
     * @param byProviderOnly whether the workspace lets people in by its own provider and by nothing else
     */
    public record Standing(Role role, boolean elsewhere, boolean mustSetUp, boolean byProviderOnly) {}

    /** Their role here, and whether they could change to another workspace; empty for who does not belong to this one. */
    public Mono<Standing> standing(UUID workspaceId, UUID staffId) {
        return database.sql("""
                        select m.role, m.custom_role_id, c.name as role_name, c.permissions as role_permissions,
                            exists (select from membership other where other.staff_id = $2 and other.workspace_id <> $1) as elsewhere,
                            exists (select from people_policy p where p.workspace_id = $1 and p.two_factors_since is not null)
                                and not exists (select from second_factor f where f.staff_id = $2 and f.confirmed_at is not null) as must_set_up,
                            exists (select from sign_in_provider i where i.workspace_id = $1 and i.only_since is not null) as by_provider_only
                        from membership m left join custom_role c on c.workspace_id = $1 and c.id = m.custom_role_id
                        where m.workspace_id = $1 and m.staff_id = $2
                        """)
                .bind(0, workspaceId)
                .bind(1, staffId)
                .map((Readable row) -> new Standing(
                        Role.read(row),
                        Columns.value(row, "elsewhere", Boolean.class),
                        Columns.value(row, "must_set_up", Boolean.class),
                        Columns.value(row, "by_provider_only", Boolean.class)))
                .one();
    }

    /** Everybody in a workspace, by name. */
    public Mono<List<Membership>> of(UUID workspaceId) {
        return database.sql("""
                        select m.staff_id, s.name, s.email, m.role, m.custom_role_id, c.name as role_name, c.permissions as role_permissions,
                            s.password_hash is not null or exists (select from provider_account a where a.workspace_id = $1 and a.staff_id = m.staff_id) as joined, m.created_at,
                            exists (select from second_factor f where f.staff_id = m.staff_id and f.confirmed_at is not null) as two_factors
                        from membership m join staff s on s.id = m.staff_id
                        left join custom_role c on c.workspace_id = $1 and c.id = m.custom_role_id
                        where m.workspace_id = $1 order by lower(s.name), s.id
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> membership(workspaceId, row))
                .all()
                .collectList();
    }

    public Mono<Membership> find(UUID workspaceId, UUID staffId) {
        return database.sql("""
                        select m.staff_id, s.name, s.email, m.role, m.custom_role_id, c.name as role_name, c.permissions as role_permissions,
                            s.password_hash is not null or exists (select from provider_account a where a.workspace_id = $1 and a.staff_id = m.staff_id) as joined, m.created_at,
                            exists (select from second_factor f where f.staff_id = m.staff_id and f.confirmed_at is not null) as two_factors
                        from membership m join staff s on s.id = m.staff_id
                        left join custom_role c on c.workspace_id = $1 and c.id = m.custom_role_id
                        where m.workspace_id = $1 and m.staff_id = $2
                        """)
                .bind(0, workspaceId)
                .bind(1, staffId)
                .map((Readable row) -> membership(workspaceId, row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("staff.unknown")));
    }

    private static Membership membership(UUID workspaceId, Readable row) {
        return new Membership(
                workspaceId,
                Columns.value(row, "staff_id", UUID.class),
                Columns.value(row, "name", String.class),
                Columns.value(row, "email", String.class),
                Role.read(row),
                Columns.value(row, "joined", Boolean.class),
                Columns.value(row, "two_factors", Boolean.class),
                Columns.value(row, "created_at", Instant.class));
    }

    /** Adds somebody; false when they belong to the workspace already. */
    public Mono<Boolean> add(UUID workspaceId, UUID staffId, Role role, Instant now) {
        return database.sql(
                        "insert into membership (workspace_id, staff_id, role, created_at, custom_role_id) values ($1, $2, $3, $4, $5) on conflict do nothing")
                .bind(0, workspaceId)
                .bind(1, staffId)
                .bind(2, role.kept())
                .bind(3, now)
                .bind(4, own(role))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    Mono<Void> change(UUID workspaceId, UUID staffId, Role role) {
        return database.sql(
                        "update membership set role = $3, custom_role_id = $4 where workspace_id = $1 and staff_id = $2")
                .bind(0, workspaceId)
                .bind(1, staffId)
                .bind(2, role.kept())
                .bind(3, own(role))
                .then();
    }

    private static Object own(Role role) {
        return role.custom() ? UUID.fromString(role.code()) : Parameters.in(UUID.class);
    }

    Mono<Void> remove(UUID workspaceId, UUID staffId) {
        return database.sql("delete from membership where workspace_id = $1 and staff_id = $2")
                .bind(0, workspaceId)
                .bind(1, staffId)
                .then();
    }

    /** The owners who have a password, locked until the transaction ends, so that two changes at once cannot leave none. */
    Mono<List<UUID>> lockOwners(UUID workspaceId) {
        return database.sql("""
                        select m.staff_id from membership m join staff s on s.id = m.staff_id
                        where m.workspace_id = $1 and m.role = 'owner' and s.password_hash is not null
                        order by m.staff_id for update of m
                        """).bind(0, workspaceId).mapValue(UUID.class).all().collectList();
    }
}
