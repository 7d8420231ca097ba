package dev.afterword.web.demo;

import dev.afterword.db.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sets the time that all of Afterword follows, while the demo's past is being made. */
@Component
class TimeMachine {
    private final DatabaseTime time;

    TimeMachine(DatabaseTime time) {
        this.time = time;
    }

    Mono<Void> to(Instant then) {
        return Mono.defer(() -> time.shift(Duration.between(Clock.systemUTC().instant(), then)));
    }

    /** Back to what the clock on the wall says. */
    Mono<Void> back() {
        return time.shift(Duration.ZERO);
    }
}
