package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Computes the lines of all audit logs anew, and finds what was changed, taken out, put between or never came into the line. */
@Component
public class CheckAudit {
    private static final int BATCH = 1000;

    private final DatabaseClient database;

    CheckAudit(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What was found in a workspace.
     *
     * @param links how many are right, from the beginning
     * @param head the hash of the last of them, in hexadecimal: kept elsewhere, it shows later that nothing was cut off the end
     * @param broken the position at which the line is broken; null where it is whole
     * @param outside entries that neither stand in the line nor wait for it
     */
    public record Finding(
            UUID workspaceId,
            String workspace,
            long links,
            String head,
            @Nullable Long broken,
            long outside) {
        public boolean whole() {
            return broken == null && outside == 0;
        }
    }

    private record Row(long position, String hash, @Nullable AuditEntry entry) {}

    private record So(long links, String head, @Nullable Long broken, int read) {}

    public Flux<Finding> check() {
        return database.sql("select id, code from workspace order by id")
                .map((Readable row) ->
                        new Place(Columns.value(row, "id", UUID.class), Columns.value(row, "code", String.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::check, 1);
    }

    private record Place(UUID id, String code) {}

    private Mono<Finding> check(Place place) {
        return walk(place.id(), new So(0, HexFormat.of().formatHex(AuditLog.BEGINNING), null, BATCH))
                .expand(so -> so.broken() != null || so.read() < BATCH ? Mono.empty() : walk(place.id(), so))
                .last()
                .zipWith(outside(place.id()))
                .map(read -> new Finding(
                        place.id(),
                        place.code(),
                        read.getT1().links(),
                        read.getT1().head(),
                        read.getT1().broken(),
                        read.getT2()));
    }

    private Mono<So> walk(UUID workspaceId, So so) {
        return database.sql("select l.position, l.hash, " + AuditEntry.COLUMNS
                        + " from audit_link l left join audit_entry e on e.workspace_id = $1 and e.id = l.entry_id"
                        + " where l.workspace_id = $1 and l.position > $2 order by l.position limit $3")
                .bind(0, workspaceId)
                .bind(1, so.links())
                .bind(2, BATCH)
                .map((Readable row) -> new Row(
                        Columns.value(row, "position", Long.class),
                        HexFormat.of().formatHex(Columns.value(row, "hash", byte[].class)),
                        row.get("id", UUID.class) == null ? null : AuditEntry.read(row)))
                .all()
                .collectList()
                .map(rows -> rows.stream()
                        .reduce(
                                new So(so.links(), so.head(), so.broken(), rows.size()),
                                CheckAudit::next,
                                (_, last) -> last));
    }

    private static So next(So so, Row row) {
        if (so.broken() != null) {
            return so;
        }
        var expected = row.entry() == null
                ? ""
                : HexFormat.of().formatHex(row.entry().hash(HexFormat.of().parseHex(so.head())));
        return row.position() == so.links() + 1 && expected.equals(row.hash())
                ? new So(so.links() + 1, row.hash(), null, so.read())
                : new So(so.links(), so.head(), so.links() + 1, so.read());
    }

    private Mono<Long> outside(UUID workspaceId) {
        return database.sql("""
                        select count(*) from audit_entry e where e.workspace_id = $1
                        and not exists (select from audit_link l where l.workspace_id = $1 and l.entry_id = e.id)
                        and not exists (select from audit_waiting w where w.workspace_id = $1 and w.entry_id = e.id)
                        """).bind(0, workspaceId).mapValue(Long.class).one();
    }
}
