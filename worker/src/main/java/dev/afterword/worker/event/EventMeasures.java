package dev.afterword.worker.event;

import dev.afterword.db.event.EventBacklog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Gauges of the events that wait: {@code afterword.events.lag} for each reader, {@code afterword.events.set-aside}. */
class EventMeasures {
    private final EventBacklog backlog;
    private final List<String> readers;
    private final Map<String, Long> lag = new ConcurrentHashMap<>();
    private volatile long setAside;

    EventMeasures(EventBacklog backlog, List<String> readers, MeterRegistry meters) {
        this.backlog = backlog;
        this.readers = readers;
        for (var reader : readers) {
            Gauge.builder("afterword.events.lag", lag, lags -> lags.getOrDefault(reader, 0L))
                    .description("Events that the reader has still to read, with those that have no position yet")
                    .tag("reader", reader)
                    .register(meters);
        }
        Gauge.builder("afterword.events.set-aside", this, measures -> measures.setAside)
                .description("Events that a reader could not handle")
                .register(meters);
    }

    Mono<Boolean> measure() {
        return Mono.zip(backlog.unnumbered(), backlog.unread(readers), backlog.setAside())
                .map(measured -> {
                    measured.getT2().forEach((reader, unread) -> lag.put(reader, unread + measured.getT1()));
                    setAside = measured.getT3();
                    return false;
                });
    }
}
