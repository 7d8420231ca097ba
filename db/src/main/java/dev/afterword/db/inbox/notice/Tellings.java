package dev.afterword.db.inbox.notice;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How staff wants to be told. */
@Repository
public class Tellings {
    private static final TypeReference<Map<String, String>> CHOICES = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;
    private final DatabaseTime time;
    private final Transactions transactions;

    Tellings(DatabaseClient database, JsonMapper json, DatabaseTime time, Transactions transactions) {
        this.database = database;
        this.json = json;
        this.time = time;
        this.transactions = transactions;
    }

    public Mono<Telling> find(UUID workspaceId, UUID staffId) {
        return database.sql("select hour, choices from staff_telling where workspace_id = $1 and staff_id = $2")
                .bind(0, workspaceId)
                .bind(1, staffId)
                .map((Readable row) -> read(value(row, "hour", Integer.class), value(row, "choices", Json.class)))
                .one()
                .defaultIfEmpty(Telling.USUAL);
    }

    /** What waits already is told as they want it now. */
    public Mono<Void> save(Workspace workspace, UUID staffId, Telling telling) {
        return time.now()
                .flatMap(now -> transactions.run(
                        keep(workspace.id(), staffId, telling).then(again(workspace, staffId, telling, now))));
    }

    private Mono<Void> keep(UUID workspaceId, UUID staffId, Telling telling) {
        var choices = new TreeMap<String, String>();
        telling.choices().forEach((kind, choice) -> choices.put(kind.code(), choice.code()));
        return database.sql("""
                        insert into staff_telling (workspace_id, staff_id, hour, choices) values ($1, $2, $3, $4)
                        on conflict (workspace_id, staff_id) do update set hour = excluded.hour, choices = excluded.choices
                        """)
                .bind(0, workspaceId)
                .bind(1, staffId)
                .bind(2, telling.hour())
                .bind(3, Json.of(json.writeValueAsString(choices)))
                .then();
    }

    private Mono<Void> again(Workspace workspace, UUID staffId, Telling telling, Instant now) {
        return Flux.fromArray(NoticeKind.values())
                .concatMap(kind -> {
                    var due = telling.due(kind, now, workspace.zone());
                    return database.sql("""
                                    update staff_notice set due_at = coalesce($4, due_at), told_at = case when $4::timestamptz is null then $5::timestamptz end
                                    where workspace_id = $1 and staff_id = $2 and kind = $3 and told_at is null
                                    """)
                            .bind(0, workspace.id())
                            .bind(1, staffId)
                            .bind(2, kind.code())
                            .bind(3, StaffNotices.orNull(Instant.class, due))
                            .bind(4, now)
                            .then();
                })
                .then();
    }

    /** @param hour null for who has not chosen */
    Telling read(@Nullable Integer hour, @Nullable Json stored) {
        if (hour == null || stored == null) {
            return Telling.USUAL;
        }
        var choices = new EnumMap<NoticeKind, Choice>(NoticeKind.class);
        json.readValue(stored.asString(), CHOICES)
                .forEach((kind, choice) -> choices.put(NoticeKind.of(kind), Choice.of(choice)));
        return new Telling(hour, choices);
    }
}
