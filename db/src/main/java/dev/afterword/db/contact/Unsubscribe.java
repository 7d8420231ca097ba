package dev.afterword.db.contact;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.workspace.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stops mail to a person at once: for one purpose, or for all. Doing it again changes nothing; it succeeds for a contact without an address too. */
@Component
public class Unsubscribe {
    private final Suppressions suppressions;
    private final Events events;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    Unsubscribe(
            Suppressions suppressions, Events events, DatabaseClient database, Transactions transactions, Clock clock) {
        this.suppressions = suppressions;
        this.events = events;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Stops the purpose.
     *
     * @param purpose null: all purposes except what answers the person’s own case
     */
    public Mono<Void> unsubscribe(Key contact, @Nullable Purpose purpose) {
        var now = clock.instant();
        return transactions.run(
                address(database, contact).flatMap(address -> suppress(contact, address, purpose, now)));
    }

    private Mono<Void> suppress(Key contact, String address, @Nullable Purpose purpose, Instant now) {
        var suppression = Suppression.of(contact.workspaceId(), address, purpose, SuppressionReason.UNSUBSCRIBED, now);
        return suppressions
                .add(contact.workspaceId(), List.of(suppression))
                .then(events.append(Event.of(
                        contact.workspaceId(), EventKind.UNSUBSCRIBED, contact.id(), contact.id(), false, now)));
    }

    /** The normalised address of a contact; empty without one. */
    static Mono<String> address(DatabaseClient database, Key contact) {
        return database.sql("select address from contact where workspace_id = $1 and id = $2 and address is not null")
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .mapValue(String.class)
                .one();
    }
}
