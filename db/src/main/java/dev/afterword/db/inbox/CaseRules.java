package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
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
                .map((Readable row) -> new CaseRule(
                        new Key(workspaceId, value(row, "id", UUID.class)),
                        value(row, "name", String.class),
                        row.get("band", String.class),
                        List.of(value(row, "keywords", String[].class)),
                        List.of(value(row, "products", String[].class)),
                        row.get("least_spent", BigDecimal.class),
                        CaseKind.of(value(row, "kind", String.class)),
                        value(row, "priority", Integer.class),
                        row.get("team", String.class)))
                .all()
                .collectList();
    }

    public Mono<CaseRule> add(CaseRule rule) {
        return database.sql("""
                        insert into case_rule (workspace_id, id, name, band, keywords, products, least_spent, kind, priority, team, created_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                        """)
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
                .bind(10, clock.instant())
                .then()
                .thenReturn(rule);
    }

    public Mono<Void> remove(Key key) {
        return database.sql("delete from case_rule where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .then();
    }
}
