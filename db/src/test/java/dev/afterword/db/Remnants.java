package dev.afterword.db;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Looks through every column of every table for words, as text and as bytes. */
public final class Remnants {
    private Remnants() {}

    /** The rows that hold one of the words, each with its table's name. */
    public static List<String> of(DatabaseClient database, String... words) {
        var patterns = Arrays.stream(words)
                .flatMap(word -> Stream.of(
                        "%" + word.toLowerCase(Locale.ROOT) + "%",
                        "%" + HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)) + "%"))
                .toArray(String[]::new);
        return database.sql("select tablename from pg_tables where schemaname = 'public' order by 1")
                .mapValue(String.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(table -> database.sql(
                                "select '%1$s: ' || t::text from \"%1$s\" t where lower(t::text) like any($1)"
                                        .formatted(table))
                        .bind(0, patterns)
                        .mapValue(String.class)
                        .all())
                .collectList()
                .block();
    }
}
