package dev.afterword.db.contact.relationship;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who keeps in touch with whom, the days that matter to customers, and what was done for them in person. */
@Repository
public class Relationships {
    private static final int MOST_OCCASIONS = 20;
    private static final int LONGEST_WORDS = 4_000;

    private final DatabaseClient database;
    private final Clock clock;

    Relationships(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** That of a contact; nothing where it is not known. */
    public Mono<Relationship> of(Key contact) {
        return Mono.zip(owner(contact), occasions(contact))
                .map(read -> new Relationship(read.getT1().orElse(null), read.getT2()));
    }

    private Mono<Optional<UUID>> owner(Key contact) {
        return database.sql("select owner_id from contact where workspace_id = $1 and id = $2")
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .map((Readable row) -> Optional.ofNullable(row.get("owner_id", UUID.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found", contact.id())));
    }

    private Mono<List<Occasion>> occasions(Key contact) {
        return database.sql("""
                        select id, name, on_date, yearly, next_on from occasion
                        where workspace_id = $1 and contact_id = $2 order by next_on nulls last, id
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .map((Readable row) -> new Occasion(
                        new Key(contact.workspaceId(), value(row, "id", UUID.class)),
                        contact.id(),
                        value(row, "name", String.class),
                        value(row, "on_date", LocalDate.class),
                        value(row, "yearly", Boolean.class),
                        row.get("next_on", LocalDate.class)))
                .all()
                .collectList();
    }

    /**
     * Gives the customer to one of the staff, or to nobody.
     *
     * @param staffId a member of the workspace; otherwise {@code staff.unknown}
     */
    public Mono<Void> give(Key contact, @Nullable UUID staffId) {
        return database.sql("update contact set owner_id = $3 where workspace_id = $1 and id = $2")
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, staffId == null ? Parameters.in(UUID.class) : staffId)
                .fetch()
                .rowsUpdated()
                .onErrorMap(DataIntegrityViolationException.class, _ -> new Rejected("staff.unknown", "owner"))
                .filter(changed -> changed > 0)
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found", contact.id())))
                .then();
    }

    /**
     * Keeps a day that matters to a customer; at most {@value #MOST_OCCASIONS} of one customer, otherwise {@code occasion.too-many}.
     *
     * @param zone the workspace's, by which a day is over
     */
    public Mono<Occasion> remember(Key contact, String name, LocalDate on, boolean yearly, ZoneId zone) {
        return Mono.fromSupplier(
                        () -> Occasion.of(contact, name, on, yearly, LocalDate.ofInstant(clock.instant(), zone)))
                .flatMap(occasion -> database.sql("""
                                insert into occasion (workspace_id, id, contact_id, name, on_date, yearly, next_on, created_at)
                                select $1, $2, $3, $4, $5, $6, $7, $8
                                where (select count(*) from occasion where workspace_id = $1 and contact_id = $3) < $9
                                """)
                        .bind(0, contact.workspaceId())
                        .bind(1, occasion.key().id())
                        .bind(2, contact.id())
                        .bind(3, occasion.name())
                        .bind(4, occasion.on())
                        .bind(5, yearly)
                        .bind(6, Objects.requireNonNull(occasion.nextOn()))
                        .bind(7, clock.instant())
                        .bind(8, MOST_OCCASIONS)
                        .fetch()
                        .rowsUpdated()
                        .onErrorMap(
                                DataIntegrityViolationException.class,
                                _ -> new NotFound("contact.not-found", contact.id()))
                        .flatMap(added -> added > 0
                                ? Mono.just(occasion)
                                : Mono.error(new Rejected("occasion.too-many", "occasion", MOST_OCCASIONS))));
    }

    /** Nothing when it is gone. */
    public Mono<Void> forget(Key contact, UUID occasionId) {
        return database.sql("delete from occasion where workspace_id = $1 and contact_id = $2 and id = $3")
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, occasionId)
                .then();
    }

    /**
     * Notes what somebody did in person.
     *
     * @param words what was written, said or given; may be null
     */
    public Mono<Void> did(Key contact, PersonalContact kind, @Nullable String words, UUID staffId) {
        if (words != null && words.length() > LONGEST_WORDS) {
            return Mono.error(new Rejected("personal-contact.long", "words", LONGEST_WORDS));
        }
        return database.sql("""
                        insert into personal_contact (workspace_id, id, contact_id, kind, words, staff_id, at) values ($1, $2, $3, $4, $5, $6, $7)
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, Key.nextId())
                .bind(2, contact.id())
                .bind(3, kind.code())
                .bind(4, words == null ? Parameters.in(String.class) : words)
                .bind(5, staffId)
                .bind(6, clock.instant())
                .then()
                .onErrorMap(
                        DataIntegrityViolationException.class, _ -> new NotFound("contact.not-found", contact.id()));
    }

    /** The occasions of a staff member's customers in so many days, the next first; at most so many. */
    public Mono<List<ComingOccasion>> coming(UUID workspaceId, UUID ownerId, LocalDate today, int days, int most) {
        return database.sql("""
                        select o.id, o.contact_id, coalesce(c.name, c.email, c.external_id) as customer, o.name, o.next_on
                        from occasion o join contact c on c.workspace_id = $1 and c.id = o.contact_id and c.owner_id = $2
                        where o.workspace_id = $1 and o.next_on between $3 and $4 order by o.next_on, o.id limit $5
                        """)
                .bind(0, workspaceId)
                .bind(1, ownerId)
                .bind(2, today)
                .bind(3, today.plusDays(days))
                .bind(4, most)
                .map((Readable row) -> new ComingOccasion(
                        value(row, "id", UUID.class),
                        value(row, "contact_id", UUID.class),
                        row.get("customer", String.class),
                        value(row, "name", String.class),
                        value(row, "next_on", LocalDate.class)))
                .all()
                .collectList();
    }
}
