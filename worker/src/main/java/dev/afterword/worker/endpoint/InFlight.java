package dev.afterword.worker.endpoint;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** The calls that wait for an answer, by their lease and delivery. It ends reactive chains because a round must not wait for those that it began. */
class InFlight {
    private static final int ROOM = 64;

    private final Map<Call, CompletableFuture<Void>> calls = new ConcurrentHashMap<>();

    private record Call(UUID delivery, UUID lease) {}

    /** Whether another batch may begin; a batch is small, so that it never matters that a few are too many. */
    boolean hasRoom() {
        return calls.size() < ROOM;
    }

    boolean none() {
        return calls.isEmpty();
    }

    void begin(UUID delivery, UUID lease, Mono<Void> work) {
        var call = new Call(delivery, lease);
        var ended = new CompletableFuture<Void>();
        calls.put(call, ended);
        var _ = work.toFuture().whenComplete((nothing, error) -> {
            calls.remove(call);
            ended.complete(null);
        });
    }

    /** When all that have begun are over. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(calls.values().toArray(CompletableFuture[]::new));
    }
}
