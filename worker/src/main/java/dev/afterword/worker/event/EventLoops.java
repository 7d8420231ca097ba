package dev.afterword.worker.event;

import dev.afterword.db.event.EventBacklog;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.worker.Loop;
import dev.afterword.worker.Precedence;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** One loop that numbers, and one for each reader, so that a slow reader holds up no other. */
@Component
class EventLoops implements SmartLifecycle {
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** Events come in one by one: taken a tenth of a second's worth at a time they cost a tenth of the transactions. */
    private static final Duration BREATH = Duration.ofMillis(100);

    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofSeconds(5);

    private final List<Loop> loops = new ArrayList<>();

    EventLoops(
            NumberEvents numbering,
            ReadEvents reading,
            List<EventReader> readers,
            EventBacklog backlog,
            Precedence precedence,
            MeterRegistry meters) {
        var rest = precedence.givingWay((more, took) -> more ? BREATH : PAUSE);
        loops.add(new Loop("Numbering events", rest, () -> numbering.number().map(numbered -> numbered > 0)));
        for (var reader : readers) {
            loops.add(new Loop("Reading events for " + reader.name(), rest, () -> reading.read(reader)));
        }
        var measures = new EventMeasures(
                backlog, readers.stream().map(EventReader::name).toList(), meters);
        loops.add(new Loop("Measuring events", BETWEEN_MEASUREMENTS, measures::measure));
    }

    @Override
    public void start() {
        loops.forEach(Loop::start);
    }

    @Override
    public void stop() {
        loops.forEach(Loop::stop);
    }

    @Override
    public void stop(Runnable callback) {
        Loop.stopAll(loops, callback);
    }

    @Override
    public boolean isRunning() {
        return loops.stream().anyMatch(Loop::isRunning);
    }
}
