package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The looks at the inbox that staff keep, with how many cases stand in each. */
@Repository
public class SavedViews {
    private static final int MOST = 20;

    private final DatabaseClient database;
    private final ListedCases cases;
    private final Clock clock;

    SavedViews(DatabaseClient database, ListedCases cases, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.clock = clock;
    }

    /**
     * One with how many cases stand in it.
     *
     * @param count counted up to one more than {@link ListedCases#COUNTED}
     */
    public record Counted(SavedView view, long count) {}

    /** Those of a staff member and those that are shared, by name, at most {@value #MOST}; two statements. */
    public Mono<List<Counted>> of(UUID workspaceId, UUID staffId, Instant now) {
        return database.sql("""
                        select id, staff_id, shared, name, view, search, team from saved_view
                        where workspace_id = $1 and (staff_id = $2 or shared) order by lower(name), id limit $3
                        """)
                .bind(0, workspaceId)
                .bind(1, staffId)
                .bind(2, MOST)
                .map((Readable row) -> new SavedView(
                        new Key(workspaceId, value(row, "id", UUID.class)),
                        value(row, "staff_id", UUID.class),
                        value(row, "shared", Boolean.class),
                        value(row, "name", String.class),
                        CaseView.of(value(row, "view", String.class)).orElse(CaseView.ALL),
                        row.get("search", String.class),
                        row.get("team", String.class)))
                .all()
                .collectList()
                .flatMap(views -> cases.counts(
                                workspaceId,
                                staffId,
                                views.stream().map(one -> one.asked(staffId)).toList(),
                                now)
                        .map(counts -> views.stream()
                                .map(one -> new Counted(one, counts.get(views.indexOf(one))))
                                .toList()));
    }

    /** Keeps it; otherwise {@code saved-view.name-taken}, or {@code saved-view.too-many} when its maker has {@value #MOST}. */
    public Mono<SavedView> keep(SavedView view) {
        return database.sql("""
                        insert into saved_view (workspace_id, id, staff_id, shared, name, view, search, team, created_at)
                        select $1, $2, $3, $4, $5, $6, $7, $8, $9
                        where (select count(*) from saved_view where workspace_id = $1 and (staff_id = $3 or shared)) < $10
                        """)
                .bind(0, view.key().workspaceId())
                .bind(1, view.key().id())
                .bind(2, view.staffId())
                .bind(3, view.shared())
                .bind(4, view.name())
                .bind(5, view.view().code())
                .bind(6, view.search() == null ? Parameters.in(String.class) : view.search())
                .bind(7, view.team() == null ? Parameters.in(String.class) : view.team())
                .bind(8, clock.instant())
                .bind(9, MOST)
                .fetch()
                .rowsUpdated()
                .onErrorMap(DuplicateKeyException.class, _ -> new Conflict("saved-view.name-taken", view.name()))
                .flatMap(kept ->
                        kept > 0 ? Mono.just(view) : Mono.error(new Rejected("saved-view.too-many", "name", MOST)));
    }

    /**
     * Removes one of one's own, or, with {@code any}, one that is shared; otherwise {@code saved-view.unknown}.
     *
     * @param any whether those of others may be removed
     */
    public Mono<Void> forget(Key key, UUID staffId, boolean any) {
        return database.sql(
                        "delete from saved_view where workspace_id = $1 and id = $2 and (staff_id = $3 or (shared and $4))")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, staffId)
                .bind(3, any)
                .fetch()
                .rowsUpdated()
                .filter(removed -> removed > 0)
                .switchIfEmpty(Mono.error(() -> new NotFound("saved-view.unknown")))
                .then();
    }
}
