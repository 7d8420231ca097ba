package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells somebody by mail that what they said has arrived; not more than a few times a day, whoever uses their address. */
@Component
class ArrivalMail {
    /** So many go to one address in a day. */
    static final int MOST = 3;

    private static final Duration DAY = Duration.ofDays(1);

    private final PlanSend planSend;
    private final FallSilent fallSilent;
    private final DatabaseClient database;

    ArrivalMail(PlanSend planSend, FallSilent fallSilent, DatabaseClient database) {
        this.planSend = planSend;
        this.fallSilent = fallSilent;
        this.database = database;
    }

    /** The send, which its words are to name; empty when they had enough of them, which the case says. Joins the transaction of its caller. */
    Mono<Optional<UUID>> plan(Key opened, UUID contactId, @Nullable UUID orderId, Instant now) {
        var workspaceId = opened.workspaceId();
        return database.sql("""
                        select count(*)::int from send s where s.workspace_id = $1 and s.kind = 'received' and s.due_at > $3 and s.contact_id in (
                            select o.id from contact c join contact o on o.workspace_id = $1 and o.address = c.address where c.workspace_id = $1 and c.id = $2)
                        """)
                .bind(0, workspaceId)
                .bind(1, contactId)
                .bind(2, now.minus(DAY))
                .mapValue(Integer.class)
                .one()
                .flatMap(sent -> sent >= MOST
                        ? fallSilent.say(opened, FallSilent.Of.ARRIVAL, now).thenReturn(Optional.empty())
                        : planSend.service(workspaceId, contactId, orderId, SendKind.RECEIVED, now)
                                .map(Optional::of));
    }
}
