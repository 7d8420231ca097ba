package dev.afterword.web.response;

import dev.afterword.db.response.hit.HitQueue;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Measures of the hits of this process: {@code afterword.hits.written}, {@code afterword.hits.dropped}, {@code afterword.hits.waiting}. */
@Component
class HitMeasures {
    HitMeasures(HitQueue queue, MeterRegistry meters) {
        FunctionCounter.builder("afterword.hits.written", queue, HitQueue::written)
                .description("Requests of customers’ links that were stored")
                .register(meters);
        FunctionCounter.builder("afterword.hits.dropped", queue, HitQueue::dropped)
                .description("Requests of customers’ links that were lost: the queue was full or the database away")
                .register(meters);
        Gauge.builder("afterword.hits.waiting", queue, HitQueue::waiting)
                .description("Requests of customers’ links that wait to be stored")
                .register(meters);
    }
}
