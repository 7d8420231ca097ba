package dev.afterword.db;

import io.r2dbc.spi.Readable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells the planner about tables that have just grown, in the minute before autovacuum does. It takes a table that was never analysed for nearly empty, and then
 * checks foreign keys through any index that begins with the workspace, reading all its rows for each: 8,135 orders into a new database took 33 s so, and 6.5 s
 * when told after the first 500.
 */
@Component
public class FreshTables {
    private static final Logger LOG = LoggerFactory.getLogger(FreshTables.class);
    /** Fewer rows at a time do not make a table grow much. */
    private static final int MANY = 100;

    private final DatabaseClient database;

    FreshTables(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Analyses the tables that are three times as large as when the planner last looked, after so many rows were written; what goes wrong with it does not
     * matter.
     */
    public Mono<Void> after(int rows) {
        return rows < MANY ? Mono.empty() : analyse();
    }

    /** Analyses the tables that are three times as large as when the planner last looked. */
    public Mono<Void> analyse() {
        return database.sql("""
                        select relname::text as name from pg_class
                        where relkind = 'r' and relnamespace = current_schema()::regnamespace
                          and pg_relation_size(oid) > 3 * greatest(relpages, 1) * current_setting('block_size')::bigint
                        """)
                .map((Readable row) -> Columns.value(row, "name", String.class))
                .all()
                .collectList()
                .flatMap(this::analyse)
                .onErrorResume(error -> {
                    LOG.debug("Could not analyse", error);
                    return Mono.empty();
                });
    }

    private Mono<Void> analyse(List<String> tables) {
        return tables.isEmpty()
                ? Mono.empty()
                : database.sql("analyze " + String.join(", ", tables)).then();
    }
}
