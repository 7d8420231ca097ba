package dev.afterword.db.message.incoming;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Rejected;
import dev.afterword.db.contact.Address;
import dev.afterword.db.message.SendLinks;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The support addresses of all workspaces. */
@Repository
public class MailIntakes {
    private final SendLinks links;
    private final DatabaseClient database;

    MailIntakes(SendLinks links, DatabaseClient database) {
        this.links = links;
        this.database = database;
    }

    public Mono<MailIntake> find(UUID workspaceId) {
        return database.sql("select closed_at, address from mail_intake where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) ->
                        new MailIntake(row.get("closed_at", Instant.class) == null, row.get("address", String.class)))
                .one()
                .defaultIfEmpty(MailIntake.USUAL);
    }

    /** Otherwise {@code mail-in.address-taken}: another workspace of the installation has that address. */
    public Mono<Void> save(UUID workspaceId, MailIntake intake, Instant now) {
        return taken(workspaceId, intake.address())
                .flatMap(taken -> taken
                        ? Mono.error(new Rejected("mail-in.address-taken", "address"))
                        : write(workspaceId, intake, now));
    }

    private Mono<Boolean> taken(UUID workspaceId, @Nullable String address) {
        return database.sql("""
                        select 1 from workspace w left join mail_intake i on i.workspace_id = w.id
                        where w.id <> $1 and (lower(w.sender_address) = any($2) or lower(w.reply_to) = any($2) or i.address = any($2)) limit 1
                        """)
                .bind(0, workspaceId)
                .bind(
                        1,
                        address == null
                                ? new String[0]
                                : Address.spellings(address).toArray(String[]::new))
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    private Mono<Void> write(UUID workspaceId, MailIntake intake, Instant now) {
        return database.sql("""
                        insert into mail_intake (workspace_id, closed_at, address) values ($1, $2, $3)
                        on conflict (workspace_id) do update set address = excluded.address,
                            closed_at = case when excluded.closed_at is null then null else coalesce(mail_intake.closed_at, excluded.closed_at) end
                        """)
                .bind(0, workspaceId)
                .bind(1, intake.on() ? Parameters.in(Instant.class) : now)
                .bind(2, orNull(intake.address()))
                .then();
    }

    private static Object orNull(@Nullable String text) {
        return text == null ? Parameters.in(String.class) : text;
    }

    /** Whose address a message went to, and whether that workspace makes cases of it. */
    record Place(UUID workspaceId, boolean on) {}

    /**
     * The one workspace whose address stands among these: its own with us before the one that it names, before those that its mail names; and the only workspace
     * of an installation whatever stands there. Empty where none or several are meant.
     */
    Mono<Place> of(List<String> addresses) {
        var written = addresses.stream()
                .flatMap(address -> Address.spellings(address).stream())
                .toList();
        var codes = written.stream()
                .flatMap(address -> links.intakeCode(address).stream())
                .toArray(String[]::new);
        return database.sql("""
                        with meant as (
                            select w.id, i.closed_at is null as taken, case
                                when w.code = any($1) then 1
                                when i.address = any($2) then 2
                                when lower(w.reply_to) = any($2) then 3
                                when lower(w.sender_address) = any($2) then 4
                                when not exists (select from workspace o where o.id <> w.id) then 5 end as rank
                            from workspace w left join mail_intake i on i.workspace_id = w.id)
                        select id, taken from meant where rank = (select min(rank) from meant) limit 2
                        """)
                .bind(0, codes)
                .bind(1, written.toArray(String[]::new))
                .map((Readable row) -> new Place(value(row, "id", UUID.class), value(row, "taken", Boolean.class)))
                .all()
                .collectList()
                .flatMap(found -> found.size() == 1 ? Mono.just(found.getFirst()) : Mono.empty());
    }

    /** Whether that is an address of ours, or of the help desk that works for the workspace: no customer writes from there. */
    Mono<Boolean> ours(UUID workspaceId, String sender) {
        return links.comesIn(sender)
                ? Mono.just(true)
                : database.sql("""
                                select 1 from workspace w left join mail_intake i on i.workspace_id = w.id
                                left join help_desk d on d.workspace_id = w.id and w.id = $2
                                where lower(w.sender_address) = any($1) or lower(w.reply_to) = any($1) or i.address = any($1) or d.address = any($1) limit 1
                                """)
                        .bind(0, Address.spellings(sender).toArray(String[]::new))
                        .bind(1, workspaceId)
                        .mapValue(Integer.class)
                        .one()
                        .hasElement();
    }
}
