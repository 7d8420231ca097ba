package dev.afterword.db;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The one way to run a database transaction. It is subscribed apart from its caller: a caller that goes away while the transaction begins would otherwise
 * give the connection back to the pool inside a transaction, and later writes on it would be acknowledged and lost.
 */
public final class Transactions {
    private final TransactionalOperator operator;

    public Transactions(ConnectionFactory connections) {
        this.operator = TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }

    /** Runs the work in one transaction, to its end, even when nobody waits for it any more. */
    public <T> Mono<T> run(Mono<T> work) {
        return apart(operator.transactional(work));
    }

    /** Runs work to its end apart from its caller; for statements that must not be cut off half-way. */
    public static <T> Mono<T> apart(Mono<T> work) {
        return Mono.create(caller ->
                work.contextWrite(caller.contextView()).subscribe(caller::success, caller::error, caller::success));
    }
}
