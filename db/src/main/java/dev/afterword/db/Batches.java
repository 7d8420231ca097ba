package dev.afterword.db;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Writes many commands in one transaction, so that none is lost for another's sake: a batch that met somebody else's is written again, a batch that the database
 * refuses is written by halves, until the one command that it refuses stands alone.
 */
@Component
public class Batches {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final int TRIES = 5;

    private final Transactions transactions;
    private final FreshTables freshTables;

    Batches(Transactions transactions, FreshTables freshTables) {
        this.transactions = transactions;
        this.freshTables = freshTables;
    }

    /** Somebody else wrote the same thing at the same time; the next try sees it. */
    public static final class Met extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Met(String what) {
            super(what, null, false, false);
        }
    }

    /**
     * Writes the commands, however many of them fail.
     *
     * @param work writes commands and returns one result for each, in order; it is run in a transaction, perhaps several times
     */
    public <C> Mono<List<LineResult>> write(List<C> commands, Function<List<C>, Mono<List<LineResult>>> work) {
        if (commands.isEmpty()) {
            return Mono.just(List.of());
        }
        return transactions
                .run(Mono.defer(() -> work.apply(commands)))
                .retryWhen(Retry.backoff(TRIES, Duration.ofMillis(10))
                        .maxBackoff(Duration.ofMillis(500))
                        .jitter(0.9)
                        .filter(Batches::met)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .onErrorResume(error -> met(error) || refused(error), error -> byHalves(commands, work, error))
                .flatMap(results -> freshTables.after(commands.size()).thenReturn(results));
    }

    private <C> Mono<List<LineResult>> byHalves(
            List<C> commands, Function<List<C>, Mono<List<LineResult>>> work, Throwable error) {
        if (commands.size() == 1) {
            LOG.warn("The database refused a line: SQLSTATE {}", sqlState(error));
            return Mono.just(List.of(LineResult.failed(new Rejected("line.refused", null))));
        }
        int half = commands.size() / 2;
        return write(commands.subList(0, half), work)
                .flatMap(first -> write(commands.subList(half, commands.size()), work)
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }

    private static boolean met(Throwable error) {
        var state = sqlState(error);
        return error instanceof Met || state.startsWith("40") || state.equals("23505");
    }

    private static boolean refused(Throwable error) {
        var state = sqlState(error);
        return state.startsWith("22") || state.startsWith("23");
    }

    private static String sqlState(@Nullable Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException r2dbc && r2dbc.getSqlState() != null) {
                return r2dbc.getSqlState();
            }
        }
        return "";
    }
}
