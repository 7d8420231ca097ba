package dev.afterword.db.contact;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What people said about being written to. Of one address and purpose the latest by its own time counts. */
@Repository
public class Consents {
    private final DatabaseClient database;

    Consents(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Keeps what was said; of what was said at one time for one purpose one thing is kept, and a refusal rather than a consent. A consent of which nobody knows when
     * it was given says something new only where nothing was said before, or where the same records refused before: it never overrules a refusal that has a time.
     */
    public Mono<Void> add(UUID workspaceId, Collection<Consent> consents) {
        return Flux.just(true, false)
                .map(sure -> consents.stream()
                        .filter(consent -> sure == (consent.dated() || !consent.granted()))
                        .toList())
                .filter(some -> !some.isEmpty())
                .concatMap(some -> insert(workspaceId, some))
                .then();
    }

    private Mono<Void> insert(UUID workspaceId, Collection<Consent> consents) {
        return database.sql("""
                        insert into consent (workspace_id, id, address, purpose, granted, at, dated, source)
                        select distinct on (address, purpose, at) $1, sent.*
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[], $7::boolean[], $8::text[]) as sent (id, address, purpose, granted, at, dated, source)
                        where sent.dated or not sent.granted or coalesce((
                            select not k.granted and not k.dated and k.at < sent.at from consent k
                            where k.workspace_id = $1 and k.address = sent.address and k.purpose = sent.purpose
                            order by k.at desc, k.id desc limit 1), true)
                        order by address, purpose, at, granted
                        on conflict (workspace_id, address, purpose, at) do update set granted = false, dated = excluded.dated, source = excluded.source
                        where consent.granted and not excluded.granted
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(consents, UUID.class, consent -> Key.nextId()))
                .bind(2, Columns.array(consents, String.class, Consent::address))
                .bind(
                        3,
                        Columns.array(
                                consents,
                                String.class,
                                consent -> consent.purpose().code()))
                .bind(4, Columns.array(consents, Boolean.class, Consent::granted))
                .bind(5, Columns.array(consents, Instant.class, Consent::at))
                .bind(6, Columns.array(consents, Boolean.class, Consent::dated))
                .bind(7, Columns.array(consents, String.class, Consent::source))
                .then();
    }

    /** Everything that was said for an address, the latest first. */
    public Mono<List<Consent>> of(UUID workspaceId, String address) {
        return database.sql("""
                        select address, purpose, granted, at, dated, source from consent
                        where workspace_id = $1 and address = $2 order by at desc, id desc limit 200
                        """)
                .bind(0, workspaceId)
                .bind(1, address)
                .map((Readable row) -> new Consent(
                        Columns.value(row, "address", String.class),
                        Purpose.of(Columns.value(row, "purpose", String.class)),
                        Columns.value(row, "granted", Boolean.class),
                        Columns.value(row, "at", Instant.class),
                        Columns.value(row, "dated", Boolean.class),
                        Columns.value(row, "source", String.class)))
                .all()
                .collectList();
    }
}
