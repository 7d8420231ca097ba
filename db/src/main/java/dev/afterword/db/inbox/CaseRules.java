package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What opens cases by itself. */
@Repository
public class CaseRules {
    private final DatabaseClient database;
    private final Clock clock;

    CaseRules(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The oldest first: the first that holds opens the case. */
    public Mono<List<CaseRule>> all(UUID workspaceId) {
        return database.sql("select * from case_rule where workspace_id = $1 order by created_at, id")
                .bind(0, workspaceId)
                .map((Readable row) -> read(workspaceId, row))
                .all()
                .collectList();
    }

    /** That rule; otherwise {@code case-rule.unknown}. */
    public Mono<CaseRule> find(Key key) {
        return database.sql("select * from case_rule where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> read(key.workspaceId(), row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("case-rule.unknown")));
    }

    private static CaseRule read(UUID workspaceId, Readable row) {
        return new CaseRule(
                new Key(workspaceId, value(row, "id", UUID.class)),
                value(row, "version", Integer.class),
                value(row, "name", String.class),
                row.get("band", String.class),
                List.of(value(row, "keywords", String[].class)),
                List.of(value(row, "products", String[].class)),
                row.get("least_spent", BigDecimal.class),
                CaseKind.of(value(row, "kind", String.class)),
                value(row, "priority", Integer.class),
                row.get("team", String.class),
                List.of(value(row, "topics", UUID[].class)));
    }

    /** A new one, of version 0. */
    public Mono<CaseRule> add(CaseRule rule) {
        return written(rule, """
                        insert into case_rule (workspace_id, id, name, band, keywords, products, least_spent, kind, priority, team, topics, created_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                        """).bind(11, clock.instant()).then().thenReturn(rule.at(0));
    }

    /** Puts it in the place of the one with its key; otherwise {@code case-rule.unknown} or {@code case-rule.changed-meanwhile}. */
    public Mono<CaseRule> change(CaseRule rule) {
        return written(rule, """
                        update case_rule set version = version + 1, name = $3, band = $4, keywords = $5, products = $6, least_spent = $7, kind = $8, priority = $9, team = $10, topics = $11
                        where workspace_id = $1 and id = $2 and version = $12 returning version
                        """)
                .bind(11, rule.version())
                .mapValue(Integer.class)
                .one()
                .map(rule::at)
                .switchIfEmpty(Mono.defer(() ->
                        find(rule.key()).flatMap(other -> Mono.error(new Conflict("case-rule.changed-meanwhile")))));
    }

    private GenericExecuteSpec written(CaseRule rule, String sql) {
        return database.sql(sql)
                .bind(0, rule.key().workspaceId())
                .bind(1, rule.key().id())
                .bind(2, rule.name())
                .bind(3, Cases.orNull(String.class, rule.band()))
                .bind(4, rule.keywords().toArray(String[]::new))
                .bind(5, rule.products().toArray(String[]::new))
                .bind(6, Cases.orNull(BigDecimal.class, rule.leastSpent()))
                .bind(7, rule.kind().code())
                .bind(8, rule.priority())
                .bind(9, Cases.orNull(String.class, rule.team()))
                .bind(10, rule.topics().toArray(UUID[]::new));
    }

    public Mono<Void> remove(Key key) {
        return database.sql("delete from case_rule where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .then();
    }
}
