package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.response.Standing;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** How many responses count, and how many do not: those from a roll-up, these, which are few, from rows. */
@Repository
public class ResponseNumbers {
    private final DatabaseClient database;

    ResponseNumbers(DatabaseClient database) {
        this.database = database;
    }

    /** Of a survey, by its key, in the workspace's days from the first to the last, both included. */
    public Mono<Map<Standing, Long>> of(UUID workspaceId, String survey, LocalDate from, LocalDate to) {
        return database.sql("""
                        select (select coalesce(sum(u.counted), 0)::bigint from response_rollup u
                                where u.workspace_id = $1 and u.survey_id = s.id and u.day between $3 and $4) as counted,
                            count(r.id) filter (where %s) as provisional, count(r.id) filter (where %s) as discarded
                        from workspace w join survey s on s.workspace_id = $1 and s.key = $2
                        left join response r on r.workspace_id = $1 and r.survey_id = s.id and (r.confirmed_at is null or r.discarded_at is not null)
                            and r.answered_at >= ($3::date::timestamp at time zone w.zone) and r.answered_at < (($4::date + 1)::timestamp at time zone w.zone)
                        where w.id = $1
                        group by s.id
                        """.formatted(Standing.PROVISIONAL.condition(), Standing.DISCARDED.condition()))
                .bind(0, workspaceId)
                .bind(1, survey)
                .bind(2, from)
                .bind(3, to)
                .map((Readable row) -> Map.of(
                        Standing.COUNTED, Columns.value(row, "counted", Long.class),
                        Standing.PROVISIONAL, Columns.value(row, "provisional", Long.class),
                        Standing.DISCARDED, Columns.value(row, "discarded", Long.class)))
                .one()
                .defaultIfEmpty(Map.of());
    }
}
