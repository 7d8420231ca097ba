package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import io.r2dbc.spi.Readable;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** How far a new workspace has come on its way to the first question. */
@Repository
public class FirstSteps {
    private final DatabaseClient database;

    FirstSteps(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What has been done.
     *
     * @param sender mails have a sender, and a postal address beneath them
     * @param orders any order is known, from whenever
     * @param following any follow-up is switched on
     */
    public record Done(boolean sender, boolean orders, boolean following) {}

    public Mono<Done> of(UUID workspaceId) {
        return database.sql("""
                        select w.sender_address is not null and w.postal_address is not null as sender,
                            exists (select from customer_order o where o.workspace_id = w.id) as orders,
                            exists (select from follow_up f where f.workspace_id = w.id and f.enabled_at is not null and f.archived_at is null) as following
                        from workspace w where w.id = $1
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new Done(
                        value(row, "sender", Boolean.class),
                        value(row, "orders", Boolean.class),
                        value(row, "following", Boolean.class)))
                .one();
    }
}
