package dev.afterword.web;

import dev.afterword.db.message.sender.TextRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;
import reactor.core.publisher.Mono;

/** Name servers of a test: they know what was published here, and ask nobody. */
@TestComponent
@Primary
public class TestRecords implements TextRecords {
    private final Map<String, List<String>> published = new ConcurrentHashMap<>();

    public void publish(String name, String... records) {
        published.put(name, List.of(records));
    }

    @Override
    public Mono<List<String>> find(String name) {
        return Mono.just(published.getOrDefault(name, List.of()));
    }
}
