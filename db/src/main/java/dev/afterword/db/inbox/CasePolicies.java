package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.inbox.WorkingHours.Span;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** When the workspaces work, and how soon they answer. */
@Repository
public class CasePolicies {
    /** Monday to Friday from nine to five, an answer within a day of work and a solution within five; after one more the owners are told. A workspace that says nothing else works so. */
    public static final CasePolicy USUAL = new CasePolicy(0, usualDays(), Set.of(), 8, 40, 8);

    private static final TypeReference<Map<Integer, List<String>>> HOURS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    CasePolicies(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    public Mono<CasePolicy> find(UUID workspaceId) {
        return database.sql(
                        "select version, hours, holidays, first_answer_hours, solution_hours, escalation_hours from case_policy where workspace_id = $1")
                .bind(0, workspaceId)
                .map(this::read)
                .one()
                .defaultIfEmpty(USUAL);
    }

    /** Otherwise {@code case-policy.changed-meanwhile}. */
    public Mono<Void> save(UUID workspaceId, CasePolicy policy) {
        var hours = new TreeMap<Integer, List<String>>();
        policy.days()
                .forEach((day, span) -> hours.put(
                        day.getValue(),
                        List.of(span.from().toString(), span.until().toString())));
        return database.sql("""
                        insert into case_policy as p (workspace_id, version, hours, holidays, first_answer_hours, solution_hours, escalation_hours)
                        select $1, 1, $2, $3, $4, $5, $6 where $7 = 0 or exists (select from case_policy k where k.workspace_id = $1)
                        on conflict (workspace_id) do update set version = p.version + 1, hours = excluded.hours, holidays = excluded.holidays,
                            first_answer_hours = excluded.first_answer_hours, solution_hours = excluded.solution_hours,
                            escalation_hours = excluded.escalation_hours
                        where p.version = $7
                        """)
                .bind(0, workspaceId)
                .bind(1, Json.of(json.writeValueAsString(hours)))
                .bind(2, policy.holidays().stream().sorted().toArray(LocalDate[]::new))
                .bind(3, policy.firstAnswer())
                .bind(4, policy.solution())
                .bind(5, policy.escalation())
                .bind(6, policy.version())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 0 ? Mono.error(new Conflict("case-policy.changed-meanwhile")) : Mono.empty());
    }

    private CasePolicy read(Readable row) {
        var days = new EnumMap<DayOfWeek, Span>(DayOfWeek.class);
        json.readValue(value(row, "hours", Json.class).asString(), HOURS)
                .forEach((day, span) -> days.put(
                        DayOfWeek.of(day),
                        new Span(LocalTime.parse(span.getFirst()), LocalTime.parse(span.getLast()))));
        return new CasePolicy(
                value(row, "version", Integer.class),
                days,
                Set.of(value(row, "holidays", LocalDate[].class)),
                value(row, "first_answer_hours", Integer.class),
                value(row, "solution_hours", Integer.class),
                value(row, "escalation_hours", Integer.class));
    }

    private static Map<DayOfWeek, Span> usualDays() {
        var days = new EnumMap<DayOfWeek, Span>(DayOfWeek.class);
        for (int day = 1; day <= 5; day++) {
            days.put(DayOfWeek.of(day), new Span(LocalTime.of(9, 0), LocalTime.of(17, 0)));
        }
        return days;
    }
}
