package dev.afterword.db.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

@DatabaseTest
@Tag("server")
class ReadEventsTest {
    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    Events events;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    EventBacklog backlog;

    @Autowired
    Transactions transactions;

    @Autowired
    DatabaseClient database;

    UUID workspace;

    @BeforeEach
    void open() {
        workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block()
                .id();
    }

    @Test
    void readsEveryEventOnceInOrder() {
        var appended = append(1_203);
        var reader = new Remembering();

        ReadToTheEnd.read(numbering, reading, reader);
        ReadToTheEnd.read(numbering, reading, reader);

        assertThat(reader.subjects).containsExactlyElementsOf(appended);
        assertThat(backlog.unread(List.of(reader.name())).block()).containsEntry(reader.name(), 0L);
    }

    @Test
    void passesOverKindsThatDoNotConcernTheReader() {
        append(3);
        var contact = Key.nextId();
        events.append(Event.of(workspace, EventKind.CONTACT_ADDED, contact, contact, false, Instant.now()))
                .block();
        append(3);
        var reader = new Remembering() {
            @Override
            public Set<EventKind> kinds() {
                return Set.of(EventKind.CONTACT_ADDED);
            }
        };

        ReadToTheEnd.read(numbering, reading, reader);

        assertThat(reader.subjects).containsExactly(contact);
    }

    @Test
    void missesNothingThatCommitsLateAfterLaterEventsWereRead() {
        var letGo = Sinks.<Boolean>one();
        var late = Event.of(workspace, EventKind.ORDER_ADDED, Key.nextId(), null, false, Instant.now());
        var committed =
                transactions.run(events.append(late).then(letGo.asMono())).toFuture();
        await().until(() -> openTransactions() > 0);
        var early = append(2);
        var reader = new Remembering();
        ReadToTheEnd.read(numbering, reading, reader);
        assertThat(reader.subjects).containsExactlyElementsOf(early);

        letGo.tryEmitValue(true);
        committed.join();
        ReadToTheEnd.read(numbering, reading, reader);

        assertThat(reader.subjects).hasSize(3).endsWith(late.subjectId());
    }

    @Test
    void numbersAndReadsOnceWhenManyProcessesDoIt() {
        var reader = new Remembering();
        var appended = append(2_000);

        for (int round = 0; round < 8; round++) {
            Flux.range(0, 6)
                    .flatMap(process ->
                            numbering.number().then(reading.read(reader)).subscribeOn(Schedulers.boundedElastic()))
                    .blockLast();
        }

        assertThat(reader.subjects).containsExactlyElementsOf(appended);
    }

    @Test
    void setsAnEventAsideAfterFiveFailuresAndGoesOn() {
        var appended = append(7);
        var reader = new Remembering();
        reader.poison = appended.get(3);

        numbering.number().block();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            database.sql("update event_failure set failed_at = failed_at - interval '1 hour' where workspace_id = $1")
                    .bind(0, workspace)
                    .then()
                    .block();
            reading.read(reader).block();
            return reader.subjects.size() == 6;
        });

        assertThat(reader.failures).isBetween(5, 11);
        assertThat(backlog.setAside(workspace).block()).singleElement().satisfies(setAside -> {
            assertThat(setAside.reader()).isEqualTo(reader.name());
            assertThat(setAside.error()).contains("poison");
        });
    }

    private List<UUID> append(int count) {
        var batch = IntStream.range(0, count)
                .mapToObj(n -> Event.of(workspace, EventKind.ORDER_ADDED, Key.nextId(), null, false, Instant.now()))
                .toList();
        events.append(batch).block();
        return batch.stream().map(Event::subjectId).toList();
    }

    private long openTransactions() {
        return database.sql(
                        "select count(*) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()")
                .mapValue(Long.class)
                .one()
                .block();
    }

    /** Remembers what it was given of this test's workspace. */
    private class Remembering implements EventReader {
        private final String name = "test-" + Key.nextId();
        final List<UUID> subjects = Collections.synchronizedList(new ArrayList<>());
        UUID poison;
        int failures;

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<EventKind> kinds() {
            return Set.of(EventKind.ORDER_ADDED);
        }

        @Override
        public Mono<Void> handle(UUID workspaceId, List<Event> batch) {
            if (!workspaceId.equals(workspace)) {
                return Mono.empty();
            }
            var given = batch.stream().map(Event::subjectId).toList();
            if (given.contains(poison)) {
                failures++;
                return Mono.error(new IllegalStateException("poison"));
            }
            subjects.addAll(given);
            return Mono.empty();
        }
    }
}
