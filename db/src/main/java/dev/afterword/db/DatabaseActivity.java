package dev.afterword.db;

import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What goes on in the database itself, for those who watch it. */
public final class DatabaseActivity {
    private final DatabaseClient database;

    DatabaseActivity(DatabaseClient database) {
        this.database = database;
    }

    /** For how long the oldest transaction has been open, whoever's it is; it holds back numbering and vacuum. Zero while there is none. */
    public Mono<Duration> oldestTransaction() {
        return database.sql("""
                        select coalesce(extract(epoch from max(clock_timestamp() - xact_start)), 0)::float8 as seconds
                        from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                        """)
                .mapValue(Double.class)
                .one()
                .map(seconds -> Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000)));
    }
}
