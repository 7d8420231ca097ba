package dev.afterword.db;

import io.r2dbc.spi.Readable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells the planner about tables that have just been filled. It takes a table that was never analysed for nearly empty, and then checks foreign keys through any
 * index that begins with the workspace, reading all its rows for each: 8,135 orders into a new database took 33 s so, and 6.5 s when told after the first 500.
 */
@Component
class FreshTables {
    private static final Logger LOG = LoggerFactory.getLogger(FreshTables.class);

    private final DatabaseClient database;

    FreshTables(DatabaseClient database) {
        this.database = database;
    }

    /** Analyses those that hold rows and were not analysed since they were empty; what goes wrong with it does not matter. */
    Mono<Void> analyse() {
        return database.sql("""
                        select relname::text as name from pg_class
                        where oid in ('contact'::regclass, 'customer_order'::regclass, 'order_line'::regclass, 'product'::regclass, 'response'::regclass, 'answer'::regclass)
                          and reltuples < 200 and pg_relation_size(oid) > 32768
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
