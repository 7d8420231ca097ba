package dev.afterword.db;

import java.time.Duration;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The time that all processes agree on, for due times and leases: the database's, read once a round and given to statements as a parameter. */
public final class DatabaseTime {
    private final DatabaseClient database;
    private final ShiftedClock clock;

    public DatabaseTime(DatabaseClient database, ShiftedClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Mono<Instant> now() {
        return database.sql("select afterword_now() as now")
                .mapValue(Instant.class)
                .one();
    }

    /** Shifts the database's time and this process's clock together; for tests and simulations only. */
    public Mono<Void> shift(Duration shift) {
        return database.sql(
                        "insert into clock_shift (shift) values (make_interval(secs => :seconds)) on conflict (only_row) do update set shift = excluded.shift")
                .bind("seconds", (double) shift.toSeconds())
                .then()
                .doOnSuccess(done -> clock.shift(shift));
    }
}
