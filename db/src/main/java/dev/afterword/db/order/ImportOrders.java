package dev.afterword.db.order;

import dev.afterword.db.Batches;
import dev.afterword.db.LineResult;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.contact.KnownContacts;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes in orders with their customers and lines, one or many at once: the one way in for the API, for imports and for shops' webhooks. */
@Component
public class ImportOrders {
    private final OrderStore orders;
    private final ContactStore contacts;
    private final Events events;
    private final Batches batches;
    private final Clock clock;

    ImportOrders(OrderStore orders, ContactStore contacts, Events events, Batches batches, Clock clock) {
        this.orders = orders;
        this.contacts = contacts;
        this.events = events;
        this.batches = batches;
        this.clock = clock;
    }

    /**
     * Writes at most 500 orders in one transaction and a fixed number of statements; one result for each, in order. The same order twice is taken in twice, one
     * after the other.
     *
     * @param imported they come from an import: those whose last step is over 30 days ago are marked as history, about which nothing goes out
     */
    public Mono<List<LineResult>> write(UUID workspaceId, List<OrderData> sent, boolean imported) {
        return batches.write(sent, batch -> work(workspaceId, batch, imported));
    }

    private Mono<List<LineResult>> work(UUID workspaceId, List<OrderData> batch, boolean imported) {
        var now = clock.instant();
        return orders.lock(workspaceId, batch)
                .flatMap(known -> contacts.lock(
                                workspaceId,
                                batch.stream().map(OrderData::customer).toList(),
                                known.values().stream().map(Order::contactId).toList(),
                                now)
                        .flatMap(people -> {
                            var round = new Round(workspaceId, known, people, now);
                            var results = batch.stream().map(round::take).toList();
                            return write(round, imported).thenReturn(results);
                        }));
    }

    private Mono<Void> write(Round round, boolean imported) {
        return contacts.write(round.people, imported)
                .then(orders.insert(round.workspaceId, round.added()))
                .then(orders.update(round.workspaceId, round.changed()))
                .then(orders.replaceLines(round.workspaceId, round.linesChanged(), round.added()))
                .then(events.append(Stream.concat(
                                round.added().stream()
                                        .map(order -> event(EventKind.ORDER_ADDED, order, imported, round.now)),
                                round.changed().stream()
                                        .map(order -> event(EventKind.ORDER_CHANGED, order, imported, round.now)))
                        .toList()));
    }

    private static Event event(EventKind kind, Order order, boolean imported, Instant now) {
        return Event.of(
                order.key().workspaceId(),
                kind,
                order.key().id(),
                order.contactId(),
                imported && order.isHistory(now),
                now);
    }

    /** One batch while it is worked through in memory. */
    private static final class Round {
        private final UUID workspaceId;
        private final Map<String, Order> before;
        private final Map<String, Order> after;
        private final KnownContacts people;
        private final Instant now;

        Round(UUID workspaceId, Map<String, Order> known, KnownContacts people, Instant now) {
            this.workspaceId = workspaceId;
            this.before = known;
            this.after = new HashMap<>(known);
            this.people = people;
            this.now = now;
        }

        LineResult take(OrderData data) {
            var known = after.get(data.externalId());
            if (known != null && known.isNewerThan(data)) {
                return LineResult.UNCHANGED;
            }
            try {
                var customer = people.take(data.customer(), known == null ? null : known.contactId(), data.asOf());
                var kept = customer.erased() ? data.withoutPerson() : data;
                var order = known == null
                        ? Order.of(workspaceId, kept, customer.contactId(), now)
                        : known.with(kept, customer.contactId());
                after.put(data.externalId(), order);
                return known == null
                        ? LineResult.CREATED
                        : LineResult.updated(customer.changed() || !order.equals(known));
            } catch (Rejected rejected) {
                return LineResult.failed(new Rejected(rejected.code(), "customer." + rejected.field()));
            } catch (Problem problem) {
                return LineResult.failed(problem);
            }
        }

        Collection<Order> added() {
            return after.values().stream()
                    .filter(order -> !before.containsKey(order.externalId()))
                    .toList();
        }

        Collection<Order> changed() {
            return after.values().stream()
                    .filter(order ->
                            before.containsKey(order.externalId()) && !order.equals(before.get(order.externalId())))
                    .toList();
        }

        Collection<Order> linesChanged() {
            return changed().stream()
                    .filter(order -> {
                        var known = before.get(order.externalId());
                        return known != null && !order.lines().equals(known.lines());
                    })
                    .toList();
        }
    }
}
