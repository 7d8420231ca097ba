package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines.Format;
import dev.afterword.db.ImportReport;
import dev.afterword.db.ImportReport.Failure;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.response.ImportRun.State;
import dev.afterword.db.response.mapping.ResponseMapping;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The uploaded files of all workspaces, their bytes until they are imported, and what became of them. */
@Repository
public class ImportRuns {
    private static final String COLUMNS =
            "select id, kind, format, file_name, bytes, bytes_read, state, lines, created, updated, unchanged, failed, failures, problem, mapping, created_at, finished_at from import_run ";
    private static final TypeReference<List<Failure>> FAILURES = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    ImportRuns(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A new file, whose bytes are still on their way. */
    public Mono<Void> begin(Key key, ImportKind kind, Format format, String fileName, UUID staffId, Instant now) {
        return database.sql("""
                        insert into import_run (workspace_id, id, kind, format, file_name, staff_id, state, created_at)
                        values ($1, $2, $3, $4, $5, $6, 'uploading', $7)
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, kind.code())
                .bind(3, format.name().toLowerCase(Locale.ROOT))
                .bind(4, fileName)
                .bind(5, staffId)
                .bind(6, now)
                .then();
    }

    /** Keeps the next piece of a file. */
    public Mono<Void> append(Key key, int number, byte[] bytes) {
        return database.sql("insert into import_chunk (workspace_id, run_id, number, bytes) values ($1, $2, $3, $4)")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, number)
                .bind(3, bytes)
                .then();
    }

    /** All bytes are there. */
    public Mono<Void> uploaded(Key key, long bytes) {
        return database.sql(
                        "update import_run set state = 'uploaded', bytes = $3 where workspace_id = $1 and id = $2 and state = 'uploading'")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, bytes)
                .then();
    }

    /** One file; otherwise {@code import.not-found}. */
    public Mono<ImportRun> find(Key key) {
        return database.sql(COLUMNS + "where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> run(key.workspaceId(), row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("import.not-found")));
    }

    /** The latest files of a workspace. */
    public Mono<List<ImportRun>> latest(UUID workspaceId, int limit) {
        return database.sql(COLUMNS + "where workspace_id = $1 and state <> 'uploading' order by id desc limit $2")
                .bind(0, workspaceId)
                .bind(1, limit)
                .map((Readable row) -> run(workspaceId, row))
                .all()
                .collectList();
    }

    /** A piece of a file by number, from 0; empty behind the last. */
    public Mono<byte[]> chunk(Key key, int number) {
        return database.sql("select bytes from import_chunk where workspace_id = $1 and run_id = $2 and number = $3")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, number)
                .mapValue(byte[].class)
                .one();
    }

    /** Keeps what the columns of a file are that waits to be imported; otherwise {@code import.already-started}. */
    public Mono<Void> map(Key key, ResponseMapping mapping) {
        return whileItWaits(
                key,
                database.sql(
                                "update import_run set mapping = $3 where workspace_id = $1 and id = $2 and state = 'uploaded'")
                        .bind(0, key.workspaceId())
                        .bind(1, key.id())
                        .bind(2, Json.of(json.writeValueAsString(mapping)))
                        .fetch()
                        .rowsUpdated());
    }

    /** Lets a worker import the file; otherwise {@code import.already-started}. */
    public Mono<Void> queue(Key key) {
        return whileItWaits(
                key,
                database.sql(
                                "update import_run set state = 'queued' where workspace_id = $1 and id = $2 and state = 'uploaded'")
                        .bind(0, key.workspaceId())
                        .bind(1, key.id())
                        .fetch()
                        .rowsUpdated());
    }

    /** Forgets a file that was not imported; otherwise {@code import.already-started}. */
    public Mono<Void> discard(Key key) {
        return whileItWaits(
                key,
                database.sql(
                                "delete from import_run where workspace_id = $1 and id = $2 and state in ('uploading', 'uploaded')")
                        .bind(0, key.workspaceId())
                        .bind(1, key.id())
                        .fetch()
                        .rowsUpdated());
    }

    private Mono<Void> whileItWaits(Key key, Mono<Long> change) {
        return find(key)
                .then(change)
                .flatMap(rows ->
                        rows > 0 ? Mono.<Void>empty() : Mono.error(() -> new Conflict("import.already-started")));
    }

    /** Files that wait, or whose process has gone: a hint, taken by {@link #claim}. */
    Flux<Key> waiting(Instant now) {
        return database.sql("""
                        select workspace_id, id from import_run
                        where state in ('queued', 'running') and (lease_until is null or lease_until < $1) order by id limit 10
                        """)
                .bind(0, now)
                .map((Readable row) ->
                        new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "id", UUID.class)))
                .all();
    }

    /** Takes a waiting file for this process; empty when another was quicker. */
    Mono<ImportRun> claim(Key key, Instant now, Instant leaseUntil) {
        return database.sql("""
                        update import_run set state = 'running', lease_until = $4
                        where workspace_id = $1 and id = $2 and state in ('queued', 'running') and (lease_until is null or lease_until < $3)
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, now)
                .bind(3, leaseUntil)
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows > 0)
                .flatMap(rows -> find(key));
    }

    /** Notes how far it has come, and keeps the lease. */
    Mono<Void> progress(Key key, ImportReport report, long bytesRead, Instant leaseUntil) {
        return report(database.sql("""
                        update import_run set lines = $3, created = $4, updated = $5, unchanged = $6, failed = $7, failures = $8, lease_until = $9, bytes_read = $10
                        where workspace_id = $1 and id = $2 and state = 'running'
                        """), key, report)
                .bind(8, leaseUntil)
                .bind(9, bytesRead)
                .then();
    }

    /** It is done, and its bytes are let go. */
    Mono<Void> finish(Key key, ImportReport report, Instant now) {
        return report(database.sql("""
                        update import_run set lines = $3, created = $4, updated = $5, unchanged = $6, failed = $7, failures = $8, state = 'finished', finished_at = $9
                        where workspace_id = $1 and id = $2
                        """), key, report).bind(8, now).then().then(dropBytes(key));
    }

    /** It cannot be read at all. */
    Mono<Void> fail(Key key, String problem, Instant now) {
        return database.sql(
                        "update import_run set state = 'failed', problem = $3, finished_at = $4 where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, problem)
                .bind(3, now)
                .then()
                .then(dropBytes(key));
    }

    private Mono<Void> dropBytes(Key key) {
        return database.sql("delete from import_chunk where workspace_id = $1 and run_id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .then();
    }

    private DatabaseClient.GenericExecuteSpec report(
            DatabaseClient.GenericExecuteSpec statement, Key key, ImportReport report) {
        return statement
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, report.lines())
                .bind(3, report.created())
                .bind(4, report.updated())
                .bind(5, report.unchanged())
                .bind(6, report.failed())
                .bind(7, Json.of(json.writeValueAsString(report.failures())));
    }

    private @Nullable ResponseMapping mapping(@Nullable Json column) {
        return column == null ? null : json.readValue(column.asString(), ResponseMapping.class);
    }

    private ImportRun run(UUID workspaceId, Readable row) {
        return new ImportRun(
                new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                ImportKind.find(Columns.value(row, "kind", String.class)).orElseThrow(),
                Format.valueOf(Columns.value(row, "format", String.class).toUpperCase(Locale.ROOT)),
                Columns.value(row, "file_name", String.class),
                Columns.value(row, "bytes", Long.class),
                Columns.value(row, "bytes_read", Long.class),
                State.valueOf(Columns.value(row, "state", String.class).toUpperCase(Locale.ROOT)),
                new ImportReport(
                        Columns.value(row, "lines", Long.class),
                        Columns.value(row, "created", Long.class),
                        Columns.value(row, "updated", Long.class),
                        Columns.value(row, "unchanged", Long.class),
                        Columns.value(row, "failed", Long.class),
                        json.readValue(
                                Columns.value(row, "failures", Json.class).asString(), FAILURES)),
                row.get("problem", String.class),
                mapping(row.get("mapping", Json.class)),
                Columns.value(row, "created_at", Instant.class),
                row.get("finished_at", Instant.class));
    }
}
