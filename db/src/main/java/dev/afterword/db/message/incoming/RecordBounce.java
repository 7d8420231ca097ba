package dev.afterword.db.message.incoming;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Suppression;
import dev.afterword.db.contact.SuppressionReason;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.incoming.Consequence.Failure;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps what a receiving server or a mailbox provider said about a mail, and draws the consequence for its address. The same said again about the same mail changes
 * nothing.
 */
@Component
public class RecordBounce {
    /** So long after it was accepted, a mail that did not come back has arrived. */
    private static final Duration ARRIVED_AFTER = Duration.ofDays(3);

    private static final List<Purpose> MARKETING = List.of(Purpose.QUESTIONS, Purpose.TIPS, Purpose.NEWS);

    private final Suppressions suppressions;
    private final Events events;
    private final DatabaseClient database;
    private final Transactions transactions;

    RecordBounce(Suppressions suppressions, Events events, DatabaseClient database, Transactions transactions) {
        this.suppressions = suppressions;
        this.events = events;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * What was said about a mail of ours.
     *
     * @param incomingId the kept message that said it; null: said while it was being sent
     */
    public record Said(
            Key send,
            UUID contactId,
            Notice notice,
            @Nullable UUID incomingId,
            Instant at) {}

    /** In a transaction of its own. */
    public Mono<Void> record(Said said) {
        return transactions.run(keep(said).then());
    }

    /** Joins the transaction of its caller; empty when it was known, or nothing to keep. */
    Mono<Boolean> keep(Said said) {
        var kind = said.notice().kind();
        if (kind == NoticeKind.AUTOMATIC || kind == NoticeKind.REPLY) {
            return Mono.empty();
        }
        return insert(said)
                .flatMap(address -> tell(said).then(consequence(said, address)).thenReturn(true));
    }

    /** The address that it was about; empty when the same is known of the send. */
    private Mono<String> insert(Said said) {
        var notice = said.notice();
        var insert = database.sql("""
                        insert into bounce (workspace_id, id, send_id, contact_id, address, kind, status, diagnostic, sure, incoming_id, at)
                        select $1, $2, $3, c.id, c.address, $5, $6, $7, $8, $9, $10
                        from contact c where c.workspace_id = $1 and c.id = $4 and c.address is not null
                        on conflict (workspace_id, send_id, kind) do nothing
                        returning address
                        """)
                .bind(0, said.send().workspaceId())
                .bind(1, Key.nextId())
                .bind(2, said.send().id())
                .bind(3, said.contactId())
                .bind(4, notice.kind().code())
                .bind(7, notice.sure())
                .bind(9, said.at());
        insert = notice.status() == null ? insert.bindNull(5, String.class) : insert.bind(5, notice.status());
        insert = notice.diagnostic() == null ? insert.bindNull(6, String.class) : insert.bind(6, notice.diagnostic());
        insert = said.incomingId() == null ? insert.bindNull(8, UUID.class) : insert.bind(8, said.incomingId());
        return insert.mapValue(String.class).one();
    }

    private Mono<Void> tell(Said said) {
        var kind = switch (said.notice().kind()) {
            case HARD, SOFT, POLICY -> EventKind.SEND_BOUNCED;
            case SPAM_REPORT -> EventKind.SEND_REPORTED;
            case DELAYED, AUTOMATIC, REPLY -> null;
        };
        return kind == null
                ? Mono.empty()
                : events.append(Event.of(
                        said.send().workspaceId(), kind, said.send().id(), said.contactId(), false, said.at()));
    }

    private Mono<Void> consequence(Said said, String address) {
        return switch (said.notice().kind()) {
            case HARD, SOFT ->
                failures(said, address)
                        .flatMap(failures -> Mono.justOrEmpty(Consequence.of(failures)))
                        .flatMap(reason -> suppress(said, List.of(suppression(said, address, null, reason))));
            case SPAM_REPORT ->
                suppress(
                        said,
                        MARKETING.stream()
                                .map(purpose -> suppression(said, address, purpose, SuppressionReason.SPAM_REPORT))
                                .toList());
            case POLICY, DELAYED, AUTOMATIC, REPLY -> Mono.empty();
        };
    }

    private Mono<Void> suppress(Said said, List<Suppression> found) {
        return suppressions.add(said.send().workspaceId(), found);
    }

    private static Suppression suppression(
            Said said, String address, @Nullable Purpose purpose, SuppressionReason reason) {
        return Suppression.of(said.send().workspaceId(), address, purpose, reason, said.at());
    }

    /** What failed since the last mail to the address that was accepted long enough ago and did not come back. */
    private Mono<List<Failure>> failures(Said said, String address) {
        return database.sql("""
                        select b.kind, b.status, b.sure, b.at from bounce b
                        where b.workspace_id = $1 and b.address = $2 and b.kind in ('hard', 'soft') and b.at > coalesce((
                            select max(s.submitted_at) from contact c
                            join send s on s.workspace_id = $1 and s.contact_id = c.id and s.state = 'accepted' and s.submitted_at < $3
                            where c.workspace_id = $1 and c.address = $2
                            and not exists (select from bounce x where x.workspace_id = $1 and x.send_id = s.id and x.kind in ('hard', 'soft', 'policy'))
                        ), '-infinity')
                        order by b.at desc limit 50
                        """)
                .bind(0, said.send().workspaceId())
                .bind(1, address)
                .bind(2, said.at().minus(ARRIVED_AFTER))
                .map((Readable row) -> new Failure(
                        NoticeKind.of(Columns.value(row, "kind", String.class)),
                        row.get("status", String.class),
                        Columns.value(row, "sure", Boolean.class),
                        Columns.value(row, "at", Instant.class)))
                .all()
                .collectList();
    }
}
