package dev.afterword.db.event;

import reactor.core.publisher.Flux;

/** Numbers and reads events in a test, as the worker does, until nothing is left. */
public final class ReadToTheEnd {
    private ReadToTheEnd() {}

    /** Blocks until every committed event was handed to each of these readers. */
    public static void read(NumberEvents numbering, ReadEvents reading, EventReader... readers) {
        boolean more = true;
        while (more) {
            var numbered = numbering.number().block() > 0;
            more = Flux.fromArray(readers)
                            .concatMap(reading::read)
                            .reduce(false, (one, other) -> one || other)
                            .block()
                    || numbered;
        }
    }
}
