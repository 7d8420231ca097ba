package dev.afterword.db.message.incoming;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.contact.erasure.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Forgets how messages that came back read, 30 days after; what was made of them stays. Of those that belong to no case, as reports and automatic answers do, who
 * wrote them and their words go too: what stands in a case stays as long as the case.
 */
@Component
public class ForgetIncoming {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 1_000;

    private final DatabaseClient database;
    private final DatabaseTime time;

    ForgetIncoming(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    /** A batch of every workspace, and of what belongs to none. True when there may be more. */
    public Mono<Boolean> forget() {
        return time.now()
                .map(now -> now.minus(KEPT))
                .flatMap(before -> database.sql("select id from workspace")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> ofWorkspace(workspace, before))
                        .concatWith(Mono.defer(() -> unmatched(before)))
                        .reduce(false, (more, forgotten) -> more || forgotten == BATCH));
    }

    private Mono<Long> ofWorkspace(UUID workspaceId, Instant before) {
        return database.sql("""
                        with old as materialized (
                            select m.id, m.kind = 'reply' and exists (select from case_entry e where e.workspace_id = $1 and e.incoming_id = m.id) as said
                            from incoming_message m where m.workspace_id = $1 and m.raw is not null and m.received_at < $2 order by m.received_at limit $3)
                        update incoming_message m set raw = null, sender = case when o.said then m.sender end, message_id = case when o.said then m.message_id end,
                            subject = case when o.said then m.subject else $4 end, words = case when o.said or m.words is null then m.words else $4 end
                        from old o where m.workspace_id = $1 and m.id = o.id
                        """)
                .bind(0, workspaceId)
                .bind(1, before)
                .bind(2, BATCH)
                .bind(3, Person.ERASED)
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> unmatched(Instant before) {
        return database.sql("""
                        delete from unmatched_message where digest in (
                            select digest from unmatched_message where received_at < $1 order by received_at limit $2)
                        """).bind(0, before).bind(1, BATCH).fetch().rowsUpdated();
    }
}
