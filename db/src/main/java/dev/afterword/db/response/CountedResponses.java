package dev.afterword.db.response;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** How many confirmed responses each survey has; beyond {@link #COUNTED} it is only said that there are more. */
@Repository
public class CountedResponses {
    public static final int COUNTED = 1_000;

    private final DatabaseClient database;

    CountedResponses(DatabaseClient database) {
        this.database = database;
    }

    /** By the survey's id; at most one more than are counted. */
    public Mono<Map<UUID, Integer>> of(UUID workspaceId) {
        return database.sql("""
                        select s.id, r.n from survey s cross join lateral (
                            select count(*) as n from (
                                select 1 from response where workspace_id = $1 and survey_id = s.id and confirmed_at is not null limit $2) few) r
                        where s.workspace_id = $1
                        """)
                .bind(0, workspaceId)
                .bind(1, COUNTED + 1)
                .map((Readable row) -> Map.entry(
                        Columns.value(row, "id", UUID.class),
                        Columns.value(row, "n", Long.class).intValue()))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
