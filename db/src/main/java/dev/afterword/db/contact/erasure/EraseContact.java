package dev.afterword.db.contact.erasure;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forgets a person in every feature at once: what names them and their words go, what is counted stays, and nothing is written to them again. */
@Component
public class EraseContact {
    private final DatabaseClient database;
    private final List<PersonalData> features;
    private final Erasures erasures;
    private final ErasureFile file;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    EraseContact(
            DatabaseClient database,
            List<PersonalData> features,
            Erasures erasures,
            ErasureFile file,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.database = database;
        this.features = features;
        this.erasures = erasures;
        this.file = file;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Known(
            String workspaceCode,
            @Nullable String externalId,
            @Nullable String address,
            boolean erased) {}

    /** False when they were erased before; otherwise {@code contact.not-found}, or {@code erasure.file} where the file cannot be written: then nothing is erased. */
    public Mono<Boolean> erase(Key contact) {
        return transactions.run(known(contact)
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found", contact.id())))
                .flatMap(known -> known.erased() ? Mono.just(false) : forget(contact, known)));
    }

    private Mono<Boolean> forget(Key contact, Known known) {
        var now = clock.instant();
        return erasures.line(
                        known.workspaceCode(),
                        contact.workspaceId(),
                        contact.id(),
                        known.address(),
                        known.externalId(),
                        now)
                // Before it is done: a line too many does again what was asked for, a line too few would not.
                .flatMap(line -> erasures.sealedKey()
                        .flatMap(key -> file.append(key, line))
                        .then(forget(contact, known, line)))
                .thenReturn(true);
    }

    /** Does a line of the file again, where the dump that was restored does not know of it yet. */
    Mono<Void> again(UUID workspaceId, ErasureFile.Line line) {
        var contact = new Key(workspaceId, line.contact());
        return transactions.run(known(contact)
                .switchIfEmpty(Mono.defer(() -> nobody(contact, line.at()).then(known(contact))))
                .flatMap(known -> forget(contact, known, line)));
    }

    private Mono<Void> forget(Key contact, Known known, ErasureFile.Line line) {
        var person = new Person(contact, known.address(), line.at());
        return Flux.fromIterable(features)
                .concatMap(feature -> feature.erase(person))
                .then(Mono.defer(() -> erasures.add(contact.workspaceId(), line)))
                .then(Mono.defer(() -> events.append(List.of(Event.of(
                        contact.workspaceId(),
                        EventKind.CONTACT_ERASED,
                        contact.id(),
                        contact.id(),
                        false,
                        line.at())))));
    }

    private Mono<Known> known(Key contact) {
        return database.sql("""
                        select w.code, c.external_id, c.address, c.erased_at is not null as erased
                        from contact c join workspace w on w.id = $1 where c.workspace_id = $1 and c.id = $2 for update of c
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .map((Readable row) -> new Known(
                        value(row, "code", String.class),
                        row.get("external_id", String.class),
                        row.get("address", String.class),
                        value(row, "erased", Boolean.class)))
                .one();
    }

    /** What is left of somebody whom the dump did not know yet, so that an import finds whom it must not name. */
    private Mono<Void> nobody(Key contact, Instant at) {
        return database.sql("insert into contact (workspace_id, id, version, created_at) values ($1, $2, 0, $3)")
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .then();
    }
}
