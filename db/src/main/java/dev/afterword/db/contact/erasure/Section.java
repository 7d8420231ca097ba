package dev.afterword.db.contact.erasure;

import io.r2dbc.spi.Parameters;
import java.util.List;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One kind of what is kept of a person.
 *
 * @param name as {@code orders}
 * @param rows by time; values are texts, numbers, booleans, lists and objects
 */
public record Section(String name, List<Map<String, Object>> rows) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

    /**
     * Reads one.
     *
     * @param sql gives one column of JSON objects, by time; $1 is the workspace, $2 the contact and, where it is named, $3 the address or null; $1 and $2 are named always
     */
    public static Mono<Section> read(DatabaseClient database, Person person, String name, String sql) {
        return bound(database, person, "select row::text from (" + sql + ") as sections (row)")
                .mapValue(String.class)
                .all()
                .<Map<String, Object>>map(row -> JSON.readValue(row, ROW))
                .collectList()
                .map(rows -> new Section(name, rows));
    }

    /** Runs statements of an erasure one after the other; $1 is the workspace, $2 the contact and $3 the address or null. */
    public static Mono<Void> run(DatabaseClient database, Person person, String... statements) {
        return Flux.fromArray(statements)
                .concatMap(sql -> bound(database, person, sql).then())
                .then();
    }

    /** As {@code run}, for statements that write when it was: $3 is the time at which it was asked for. */
    public static Mono<Void> runAt(DatabaseClient database, Person person, String... statements) {
        return Flux.fromArray(statements)
                .concatMap(sql -> database.sql(sql)
                        .bind(0, person.key().workspaceId())
                        .bind(1, person.key().id())
                        .bind(2, person.at())
                        .then())
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bound(DatabaseClient database, Person person, String sql) {
        var statement = database.sql(sql)
                .bind(0, person.key().workspaceId())
                .bind(1, person.key().id());
        if (!sql.contains("$3")) {
            return statement;
        }
        return statement.bind(2, person.address() == null ? Parameters.in(String.class) : person.address());
    }
}
