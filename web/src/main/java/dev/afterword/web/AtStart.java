package dev.afterword.web;

import reactor.core.publisher.Mono;

/**
 * Runs work to its end while the process starts, on the thread that starts it. Ends a chain, because nobody else can: there is no request yet, and the start
 * goes on only when the work is done.
 */
public final class AtStart {
    private AtStart() {}

    public static void run(Mono<Void> work) {
        work.block();
    }
}
