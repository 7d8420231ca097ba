package dev.afterword.db.contact;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets a person wish for mail of one purpose again: their unsubscription ends and their consent is kept. A bounce or a spam report stands all the same. */
@Component
public class Resubscribe {
    private final Suppressions suppressions;
    private final Consents consents;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    Resubscribe(
            Suppressions suppressions,
            Consents consents,
            DatabaseClient database,
            Transactions transactions,
            Clock clock) {
        this.suppressions = suppressions;
        this.consents = consents;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Mono<Void> resubscribe(Key contact, Purpose purpose) {
        var now = clock.instant();
        return transactions.run(Unsubscribe.address(database, contact)
                .flatMap(address -> keepOtherWishes(contact, address, purpose, now)
                        .then(suppressions.liftUnsubscribed(contact.workspaceId(), address, purpose))
                        .then(consents.add(
                                contact.workspaceId(),
                                List.of(new Consent(address, purpose, true, now, true, "preferences"))))));
    }

    /** Who had unsubscribed from all and takes one purpose back remains unsubscribed from the others. */
    private Mono<Void> keepOtherWishes(Key contact, String address, Purpose purpose, Instant now) {
        return suppressions
                .of(contact.workspaceId(), address)
                .filter(standing -> standing.stream()
                        .anyMatch(one -> one.purpose() == null && one.reason() == SuppressionReason.UNSUBSCRIBED))
                .flatMap(fromAll -> suppressions.add(
                        contact.workspaceId(),
                        EnumSet.complementOf(EnumSet.of(purpose, Purpose.SERVICE)).stream()
                                .map(other -> Suppression.of(
                                        contact.workspaceId(), address, other, SuppressionReason.UNSUBSCRIBED, now))
                                .toList()));
    }
}
