package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Marks the attributes by which a workspace tells its answers apart; the past is then looked at again, in the background. */
@Component
public class MarkAttributes {
    private final SegmentAttributes attributes;
    private final DatabaseTime time;
    private final DatabaseClient database;
    private final Transactions transactions;

    MarkAttributes(
            SegmentAttributes attributes, DatabaseTime time, DatabaseClient database, Transactions transactions) {
        this.attributes = attributes;
        this.time = time;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * These, and no others. Fails with {@code attribute.too-many}, with {@code attribute.twice} where two have one name, and with {@code
     * attribute.still-counting} while the past is being looked at after the change before.
     */
    public Mono<Void> mark(UUID workspaceId, Set<SegmentAttribute> wanted) {
        if (wanted.size() > SegmentAttribute.MOST) {
            return Mono.error(new Rejected("attribute.too-many", "attributes", SegmentAttribute.MOST));
        }
        var names = wanted.stream().map(SegmentAttribute::name).toList();
        for (var name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                return Mono.error(new Rejected("attribute.twice", "attributes", name));
            }
        }
        return transactions.run(alone(workspaceId)
                .then(attributes.of(workspaceId))
                .flatMap(marked -> Set.copyOf(marked).equals(wanted) ? Mono.empty() : change(workspaceId, wanted)));
    }

    private Mono<Void> change(UUID workspaceId, Set<SegmentAttribute> wanted) {
        var ordered = List.copyOf(wanted);
        return attributes
                .counting(workspaceId)
                .flatMap(counting -> counting ? Mono.error(new Conflict("attribute.still-counting")) : time.now())
                .flatMap(now -> forgetOthers(workspaceId, ordered)
                        .then(add(workspaceId, ordered, now))
                        .then(countAgain(workspaceId, now)));
    }

    /** Two who save at once do it one after the other. */
    private Mono<Void> alone(UUID workspaceId) {
        return database.sql("select id from workspace where id = $1 for no key update")
                .bind(0, workspaceId)
                .then();
    }

    private Mono<Void> forgetOthers(UUID workspaceId, List<SegmentAttribute> wanted) {
        return database.sql("""
                        delete from segment_attribute where workspace_id = $1 and (source, name) not in (select source, name from unnest($2::text[], $3::text[]) w (source, name))
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(wanted, String.class, one -> one.source().code()))
                .bind(2, Columns.array(wanted, String.class, SegmentAttribute::name))
                .then();
    }

    private Mono<Void> add(UUID workspaceId, List<SegmentAttribute> wanted, Instant now) {
        return database.sql("""
                        insert into segment_attribute (workspace_id, source, name, marked_at) select $1, source, name, $4 from unnest($2::text[], $3::text[]) w (source, name)
                        on conflict (workspace_id, name) do nothing
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(wanted, String.class, one -> one.source().code()))
                .bind(2, Columns.array(wanted, String.class, SegmentAttribute::name))
                .bind(3, now)
                .then();
    }

    private Mono<Void> countAgain(UUID workspaceId, Instant now) {
        return database.sql("insert into segment_fill (workspace_id, step, since) values ($1, 'response', $2)")
                .bind(0, workspaceId)
                .bind(1, now)
                .then();
    }
}
