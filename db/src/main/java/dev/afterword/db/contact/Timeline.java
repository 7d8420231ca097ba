package dev.afterword.db.contact;

import dev.afterword.db.Cursor;
import dev.afterword.db.Key;
import dev.afterword.db.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Everything that happened with one person, merged by time, the latest first; one statement a feature. */
@Component
public class Timeline {
    /** After everything that can be planned. */
    private static final Cursor END = new Cursor(true, Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    // Ids compare as PostgreSQL compares them: byte by byte, which the text does and UUID.compareTo does not.
    private static final Comparator<TimelineEntry> LATEST_FIRST = Comparator.comparing(TimelineEntry::at)
            .thenComparing(entry -> entry.id().toString())
            .reversed();

    private final List<TimelineSource> sources;

    Timeline(List<TimelineSource> sources) {
        this.sources = sources;
    }

    /** A page of the timeline; a null cursor begins with what is planned. */
    public Mono<Page<TimelineEntry>> of(Key contact, @Nullable Cursor cursor, int size) {
        var from = cursor == null ? END : cursor;
        return Flux.fromIterable(sources)
                .flatMap(source -> source.before(contact, from.at(), from.id(), size + 1))
                .cast(TimelineEntry.class)
                .sort(LATEST_FIRST)
                .take(size + 1L)
                .collectList()
                .map(read -> page(read, size));
    }

    private static Page<TimelineEntry> page(List<TimelineEntry> read, int size) {
        if (read.size() <= size) {
            return new Page<>(read, null);
        }
        var last = read.get(size - 1);
        return new Page<>(List.copyOf(read.subList(0, size)), new Cursor(true, last.at(), last.id()).encode());
    }
}
