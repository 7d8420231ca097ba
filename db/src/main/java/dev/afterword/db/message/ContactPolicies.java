package dev.afterword.db.message;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How much each workspace writes to one person. */
@Repository
public class ContactPolicies {
    private static final TypeReference<Map<String, Integer>> DAYS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    ContactPolicies(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** The policy of a workspace; the usual one where it has said nothing. */
    public Mono<ContactPolicy> find(UUID workspaceId) {
        return database.sql(
                        "select version, quiet_days, most_a_week, holdout, quarantines from contact_policy where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) -> new ContactPolicy(
                        value(row, "version", Integer.class),
                        Arrays.stream(value(row, "quiet_days", Short[].class))
                                .map(DayOfWeek::of)
                                .collect(Collectors.toSet()),
                        row.get("most_a_week", Integer.class),
                        value(row, "holdout", Integer.class),
                        json.readValue(value(row, "quarantines", Json.class).asString(), DAYS)))
                .one()
                .defaultIfEmpty(ContactPolicy.USUAL);
    }

    /** What is planned keeps its time; the policy is asked again before it goes out. Otherwise {@code contact-policy.changed-meanwhile}. */
    public Mono<Void> save(UUID workspaceId, ContactPolicy policy) {
        var most = policy.mostAWeek();
        return database.sql("""
                        insert into contact_policy as p (workspace_id, version, quiet_days, most_a_week, holdout, quarantines)
                        select $1, 1, $2, $3, $5, $4 where $6 = 0 or exists (select from contact_policy k where k.workspace_id = $1)
                        on conflict (workspace_id) do update set version = p.version + 1, quiet_days = excluded.quiet_days, most_a_week = excluded.most_a_week, holdout = excluded.holdout, quarantines = excluded.quarantines
                        where p.version = $6
                        """)
                .bind(0, workspaceId)
                .bind(
                        1,
                        policy.quietDays().stream()
                                .map(day -> (short) day.getValue())
                                .toArray(Short[]::new))
                .bind(2, most == null ? Parameters.in(Integer.class) : most)
                .bind(3, Json.of(json.writeValueAsString(policy.quarantines())))
                .bind(4, policy.holdout())
                .bind(5, policy.version())
                .fetch()
                .rowsUpdated()
                .flatMap(rows ->
                        rows == 0 ? Mono.error(new Conflict("contact-policy.changed-meanwhile")) : Mono.empty());
    }
}
