package dev.afterword.web.demo;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.contact.Unsubscribe;
import dev.afterword.db.followup.RecordSends;
import dev.afterword.db.followup.SendOutcome;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendQueue;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SkipReason;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes the mail of the past from the queue as a worker would, asks once more whether it may go out, and has the receiving servers of the time take most of it. */
@Component
class PastMail {
    private static final int MOST = 1_000;
    private static final Duration LEASE = Duration.ofMinutes(10);
    private final SendQueue queue;
    private final List<LastCheck> lastChecks;
    private final RecordSends recordSends;
    private final Unsubscribe unsubscribe;
    private final PastAnswers answers;
    private final DatabaseClient database;

    PastMail(
            SendQueue queue,
            List<LastCheck> lastChecks,
            RecordSends recordSends,
            Unsubscribe unsubscribe,
            PastAnswers answers,
            DatabaseClient database) {
        this.queue = queue;
        this.lastChecks = lastChecks;
        this.recordSends = recordSends;
        this.unsubscribe = unsubscribe;
        this.answers = answers;
        this.database = database;
    }

    /** A tip about an order that reached its customer. */
    record Tip(PastOrder order, Instant at) {}

    /** Delivers what is due by then; the tips among it. */
    Mono<List<Tip>> deliverDue(UUID workspaceId, Map<String, PastOrder> orders, Instant until) {
        return queue.claim(workspaceId, until, LEASE, MOST)
                .filter(leased -> !leased.isEmpty())
                .flatMap(leased -> Mono.zip(refused(workspaceId, leased), numbers(workspaceId, leased))
                        .flatMap(known -> deliver(leased, known.getT1(), known.getT2(), orders)));
    }

    private Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Leased> leased) {
        List<Candidate> candidates = leased.stream()
                .map(one -> one.send().candidate(one.send().dueAt()))
                .toList();
        return Flux.fromIterable(lastChecks)
                .concatMap(check -> check.refused(workspaceId, candidates))
                .collectList()
                .map(found -> {
                    var refused = new HashMap<UUID, SkipReason>();
                    found.forEach(refused::putAll);
                    return refused;
                });
    }

    /** The shop's own numbers of the orders that the mails are about. */
    private Mono<Map<UUID, String>> numbers(UUID workspaceId, List<Leased> leased) {
        return database.sql("select id, external_id from customer_order where workspace_id = $1 and id = any($2)")
                .bind(0, workspaceId)
                .bind(1, Columns.array(leased, UUID.class, one -> one.send().orderId()))
                .map((Readable row) -> Map.entry(
                        Columns.value(row, "id", UUID.class), Columns.value(row, "external_id", String.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<Tip>> deliver(
            List<Leased> leased,
            Map<UUID, SkipReason> refused,
            Map<UUID, String> numbers,
            Map<String, PastOrder> orders) {
        var outcomes = leased.stream()
                .map(one -> outcome(one, refused, order(one, numbers, orders)))
                .toList();
        return recordSends
                .record(List.of(), outcomes)
                .thenMany(Flux.fromIterable(outcomes))
                .filter(outcome -> Integer.valueOf(250).equals(outcome.smtpCode()))
                .concatMap(outcome -> arrived(outcome, order(outcome.leased(), numbers, orders)))
                .collectList();
    }

    private static PastOrder order(Leased leased, Map<UUID, String> numbers, Map<String, PastOrder> orders) {
        var number = numbers.get(leased.send().orderId());
        return Objects.requireNonNull(orders.get(Objects.requireNonNull(number)));
    }

    /** What became of a mail, some seconds after it was due. */
    private static SendOutcome outcome(Leased leased, Map<UUID, SkipReason> refused, PastOrder order) {
        var at = leased.send()
                .dueAt()
                .plusMillis(Chance.of("way " + order.externalId()).upTo(20_000));
        var reason = refused.get(leased.send().key().id());
        if (reason != null) {
            return SendOutcome.skipped(leased, reason).at(at);
        }
        return Chance.of("bounce " + order.person().number()).happens(0.006)
                ? SendOutcome.rejected(leased, 550, "5.1.1 no such mailbox").at(at)
                : SendOutcome.accepted(leased, 250, "2.0.0 ok").at(at);
    }

    private Mono<Tip> arrived(SendOutcome outcome, PastOrder order) {
        var send = outcome.leased().send();
        var invitation = send.invitationId();
        var at = Objects.requireNonNull(outcome.at());
        if (Chance.of("enough " + order.externalId()).happens(0.005)) {
            return unsubscribe
                    .unsubscribe(new Key(send.key().workspaceId(), send.contactId()), send.purpose())
                    .then(Mono.empty());
        }
        if (invitation == null) {
            return Mono.just(new Tip(order, at));
        }
        answers.asked(new Key(send.key().workspaceId(), invitation), order, send.kind() == SendKind.REMIND, at);
        return Mono.empty();
    }
}
