package dev.afterword.db.workspace;

import static dev.afterword.db.Columns.value;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a feature keeps sealed with {@code afterword.secret}; each feature that seals something has one, so that the older secret can be taken away. */
public interface Resealed {
    /** Seals under the current secret what is sealed under an older one; how much that was. Two at once do no harm. */
    Mono<Long> reseal();

    /** Does it for one column of bytes; table, column and use are the program's own words. */
    static Mono<Long> column(DatabaseClient database, AfterwordSecret secret, String table, String column, String use) {
        return database.sql("select distinct %2$s as bytes from %1$s where %2$s is not null".formatted(table, column))
                .map((Readable row) -> value(row, "bytes", byte[].class))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(old -> Mono.justOrEmpty(secret.resealed(use, old))
                        .flatMap(anew -> database.sql(
                                        "update %1$s set %2$s = $2 where %2$s = $1".formatted(table, column))
                                .bind(0, old)
                                .bind(1, anew)
                                .fetch()
                                .rowsUpdated()))
                .reduce(0L, Long::sum);
    }
}
