package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.insight.SegmentAttribute.Source;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The attributes by which workspaces tell answers apart, and those that they could. */
@Repository
public class SegmentAttributes {
    /** So many of the newest orders and customers say what there is; in a shop with millions of them this is as fast. */
    public static final int LOOKED_AT = 2_000;

    private final DatabaseClient database;

    SegmentAttributes(DatabaseClient database) {
        this.database = database;
    }

    /**
     * One that could be marked.
     *
     * @param carried how many of the newest carry it
     * @param values how many different values they have
     */
    public record Offered(SegmentAttribute attribute, long carried, long values) {}

    /** The marked ones, by name. */
    public Mono<List<SegmentAttribute>> of(UUID workspaceId) {
        return database.sql("select source, name from segment_attribute where workspace_id = $1 order by name")
                .bind(0, workspaceId)
                .map(SegmentAttributes::attribute)
                .all()
                .collectList();
    }

    /** What the newest orders and customers carry, the most frequent first. */
    public Mono<List<Offered>> offered(UUID workspaceId) {
        return database.sql("""
                        select c.source, a.key as name, count(*) as carried, count(distinct a.value) as values
                        from (
                            (select 'order' as source, attributes from customer_order where workspace_id = $1 order by id desc limit $2)
                            union all (select 'customer', attributes from contact where workspace_id = $1 order by id desc limit $2)) c
                        cross join lateral jsonb_each_text(c.attributes) a
                        group by c.source, a.key order by c.source desc, carried desc, name limit 200
                        """)
                .bind(0, workspaceId)
                .bind(1, LOOKED_AT)
                .map((Readable row) -> new Offered(
                        attribute(row),
                        Columns.value(row, "carried", Long.class),
                        Columns.value(row, "values", Long.class)))
                .all()
                .collectList();
    }

    /** Whether the past is still being looked at after the last change. */
    public Mono<Boolean> counting(UUID workspaceId) {
        return database.sql("select exists (select from segment_fill where workspace_id = $1)")
                .bind(0, workspaceId)
                .mapValue(Boolean.class)
                .one();
    }

    private static SegmentAttribute attribute(Readable row) {
        return new SegmentAttribute(
                Source.of(Columns.value(row, "source", String.class)), Columns.value(row, "name", String.class));
    }
}
