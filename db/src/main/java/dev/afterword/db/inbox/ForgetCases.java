package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.workspace.Retained;
import dev.afterword.db.workspace.RetentionKind;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes the words, photos and mail out of cases that were closed long ago; how long they took and why stays. What is said in one afterwards goes when that is as
 * long ago.
 */
@Component
class ForgetCases implements Retained {
    private static final int BATCH = 500;

    private final DatabaseClient database;

    ForgetCases(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public RetentionKind kind() {
        return RetentionKind.CASES;
    }

    @Override
    public Mono<Instant> forget(UUID workspaceId, @Nullable Instant after, Instant before) {
        return database.sql("""
                        with old as materialized (
                            select id, closed_at, latest_at from support_case
                            where workspace_id = $1 and closed_at is not null and closed_at < $2
                                and (forgotten_until is null or latest_at > forgotten_until)
                                -- What was added to one that is forgotten stays for as long as what others say.
                                and (forgotten_until is null or latest_at < $2)
                            order by closed_at limit $3),
                        photos as (delete from case_photo p using old where p.workspace_id = $1 and p.case_id = old.id),
                        files as (
                            delete from attachment f using case_entry e, old
                            where e.workspace_id = $1 and e.case_id = old.id and f.workspace_id = $1 and f.message_id in (e.incoming_id, e.send_id)),
                        -- Their ids stay: by them a mail of ours still says what it answers.
                        mails as (
                            update incoming_message m set sender = null, subject = $4, words = case when m.words is not null then $4 end, raw = null
                            from case_entry e, old where e.workspace_id = $1 and e.case_id = old.id and m.workspace_id = $1 and m.id = e.incoming_id),
                        entries as (
                            update case_entry e set words = $4 from old where e.workspace_id = $1 and e.case_id = old.id and e.words not in ('', $4)),
                        gone as (
                            update support_case k set version = version + 1, subject = $4, words = '', forgotten_until = old.latest_at
                            from old where k.workspace_id = $1 and k.id = old.id)
                        select count(*) as looked, max(closed_at) as until from old
                        """)
                .bind(0, workspaceId)
                .bind(1, before)
                .bind(2, BATCH)
                .bind(3, Person.ERASED)
                .map((Readable row) -> {
                    var until = row.get("until", Instant.class);
                    return value(row, "looked", Long.class) < BATCH || until == null ? before : until;
                })
                .one();
    }
}
