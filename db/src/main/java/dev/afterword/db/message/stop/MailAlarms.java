package dev.afterword.db.message.stop;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What staff must know of a workspace's mail: steps that stopped, and mail that is refused for what we are. */
@Repository
public class MailAlarms {
    private static final Duration LATELY = Duration.ofDays(1);

    private final StepStops stops;
    private final DatabaseClient database;
    private final DatabaseTime time;

    MailAlarms(StepStops stops, DatabaseClient database, DatabaseTime time) {
        this.stops = stops;
        this.database = database;
        this.time = time;
    }

    /**
     * The alarms of a workspace.
     *
     * @param refused how many mails were refused in the last day for what we are, or for what they were
     * @param said what was said about the latest of them
     */
    public record Alarms(
            List<StepStop> stopped, long refused, @Nullable String said) {
        public boolean none() {
            return stopped.isEmpty() && refused == 0;
        }
    }

    public Mono<Alarms> of(UUID workspaceId) {
        return time.now()
                .flatMap(now -> Mono.zip(stops.of(workspaceId), refused(workspaceId, now.minus(LATELY))))
                .map(found -> new Alarms(
                        found.getT1(), found.getT2().count(), found.getT2().said()));
    }

    private record Refused(long count, @Nullable String said) {}

    private Mono<Refused> refused(UUID workspaceId, Instant since) {
        return database.sql("""
                        select count(*) as refused, (array_agg(diagnostic order by at desc))[1] as said
                        from bounce where workspace_id = $1 and at > $2 and kind = 'policy'
                        """)
                .bind(0, workspaceId)
                .bind(1, since)
                .map((Readable row) -> new Refused(value(row, "refused", Long.class), row.get("said", String.class)))
                .one();
    }
}
