package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.message.PlanSend;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides anew about the orders of a follow-up that are planned, or were not planned because it was off, page by page in short transactions. */
@Component
class PlanAgain {
    private static final int PAGE = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final PlanAsks asks;
    private final DatabaseClient database;

    PlanAgain(PlanAsks asks, DatabaseClient database) {
        this.asks = asks;
        this.database = database;
    }

    Mono<Void> plan(FollowUp followUp, Instant now) {
        return page(followUp, FIRST, now)
                .expand(orders -> orders.size() < PAGE ? Mono.empty() : page(followUp, orders.getLast(), now))
                .concatMap(orders -> orders.isEmpty() ? Mono.empty() : asks.plan(followUp.key(), orders, Set.of(), now))
                .then(reviveReminders(followUp, now));
    }

    /** Orders of which the decision may come out otherwise now, after one order's id; what was due long before the delays could matter is left out. */
    Mono<List<UUID>> page(FollowUp followUp, UUID after, Instant now) {
        return database.sql("""
                        select order_id from send
                        where workspace_id = $1 and follow_up_id = $2 and step = 'ask' and order_id > $3
                        and (state = 'planned' or (state = 'skipped' and skip_reason in ('follow-up-off', 'too-late') and due_at > $4))
                        order by order_id limit $5
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, after)
                .bind(3, now.minus(PlanSend.LATEST).minus(Duration.ofDays(60)))
                .bind(4, PAGE)
                .map((Readable row) -> Columns.value(row, "order_id", UUID.class))
                .all()
                .collectList();
    }

    private Mono<Void> reviveReminders(FollowUp followUp, Instant now) {
        if (!followUp.enabled()) {
            return Mono.empty();
        }
        return database.sql("""
                        update send set state = 'planned', skip_reason = null, finished_at = null
                        where workspace_id = $1 and follow_up_id = $2 and step = 'remind' and state = 'skipped' and skip_reason = 'follow-up-off' and not_after > $3
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, now)
                .then();
    }
}
