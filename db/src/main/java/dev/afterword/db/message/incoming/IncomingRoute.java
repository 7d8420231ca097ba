package dev.afterword.db.message.incoming;

import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** A feature that takes some mail in by itself, before anything else is made of it. */
public interface IncomingRoute {
    /**
     * Empty where it is none of its own; else committed when it completes. The same message a second time changes nothing.
     *
     * @param digest SHA-256 of the raw message
     * @param zipped the raw message, gzip
     */
    Mono<Taken> take(byte[] digest, byte[] zipped, Incoming incoming, Instant now);
}
