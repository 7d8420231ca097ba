package dev.afterword.db.contact;

import dev.afterword.db.Batches.Met;
import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import dev.afterword.db.contact.erasure.Erasures;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Loads and writes the contacts of a whole batch with a fixed number of statements, inside the transaction of whoever works the batch. */
@Repository
public class ContactStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final DatabaseClient database;
    private final Consents consents;
    private final Erasures erasures;
    private final Events events;

    ContactStore(DatabaseClient database, Consents consents, Erasures erasures, Events events) {
        this.database = database;
        this.consents = consents;
        this.erasures = erasures;
        this.events = events;
    }

    /**
     * The contacts that could be meant, locked in the order of their ids, so that two batches at once cannot lock each other out.
     *
     * @param current contacts that orders of the batch already have
     */
    public Mono<KnownContacts> lock(
            UUID workspaceId, Collection<ContactData> data, Collection<UUID> current, Instant now) {
        return database.sql("""
                        select id, external_id, email, name, locale, time_zone, country, attributes::text as attributes, stage, updated_at, created_at
                        from contact
                        where workspace_id = $1 and id in (
                            select id from contact where workspace_id = $1 and external_id = any($2)
                            union all
                            select id from contact where workspace_id = $1 and external_id is null and address = any($3)
                            union all
                            select unnest($4::uuid[]))
                        order by id for no key update
                        """)
                .bind(0, workspaceId)
                .bind(1, distinct(data.stream().map(ContactData::externalId)))
                .bind(2, distinct(data.stream().map(ContactData::address)))
                .bind(3, current.stream().distinct().toArray(UUID[]::new))
                .map((Readable row) -> contact(workspaceId, row))
                .all()
                .collectList()
                // After the lock, so that who is erased meanwhile is known to be.
                .flatMap(contacts -> erasures.among(workspaceId, addresses(data), externalIds(data))
                        .map(erased -> new KnownContacts(workspaceId, contacts, erased, now)));
    }

    private static List<String> addresses(Collection<ContactData> data) {
        return List.of(distinct(data.stream().map(ContactData::address)));
    }

    private static List<String> externalIds(Collection<ContactData> data) {
        return List.of(distinct(data.stream().map(ContactData::externalId)));
    }

    private static String[] distinct(Stream<@Nullable String> values) {
        return values.filter(Objects::nonNull).distinct().toArray(String[]::new);
    }

    static Contact contact(UUID workspaceId, Readable row) {
        return new Contact(
                new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                row.get("external_id", String.class),
                row.get("email", String.class),
                row.get("name", String.class),
                row.get("locale", String.class),
                row.get("time_zone", String.class),
                row.get("country", String.class),
                attributes(Columns.value(row, "attributes", String.class)),
                Columns.value(row, "stage", String.class),
                row.get("updated_at", Instant.class),
                Columns.value(row, "created_at", Instant.class));
    }

    /** Reads a jsonb object of texts. */
    public static Map<String, String> attributes(String json) {
        return json.equals("{}") ? Map.of() : JSON.readValue(json, ATTRIBUTES);
    }

    /** Writes a jsonb object of texts. */
    public static String json(Map<String, String> attributes) {
        return attributes.isEmpty() ? "{}" : JSON.writeValueAsString(attributes);
    }

    /** Writes what the batch learned about contacts, and appends their events. */
    public Mono<Void> write(KnownContacts contacts, boolean imported) {
        return insert(contacts.workspaceId(), contacts.added())
                .then(update(contacts.workspaceId(), contacts.touched()))
                .then(erasures.lift(contacts.workspaceId(), contacts.back(), contacts.now()))
                .then(addConsents(contacts.workspaceId(), contacts.said()))
                .then(events.append(Stream.concat(
                                contacts.added().stream().map(event(EventKind.CONTACT_ADDED, imported, contacts.now())),
                                contacts.changed().stream()
                                        .map(event(EventKind.CONTACT_CHANGED, imported, contacts.now())))
                        .toList()));
    }

    private static Function<Contact, Event> event(EventKind kind, boolean imported, Instant now) {
        return contact -> Event.of(
                contact.key().workspaceId(),
                kind,
                contact.key().id(),
                contact.key().id(),
                imported,
                now);
    }

    private Mono<Void> insert(UUID workspaceId, Collection<Contact> contacts) {
        if (contacts.isEmpty()) {
            return Mono.empty();
        }
        var sorted = contacts.stream()
                .sorted(Comparator.comparing(Contact::externalId, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Contact::address, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        return bind(database.sql("""
                        insert into contact (workspace_id, id, version, external_id, email, address, name, locale, time_zone, country, attributes, updated_at, created_at)
                        select $1, id, 0, external_id, email, address, name, locale, time_zone, country, attributes::jsonb, updated_at, created_at
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[])
                          as sent (id, external_id, email, address, name, locale, time_zone, country, attributes, updated_at, created_at)
                        on conflict do nothing
                        """).bind(0, workspaceId), sorted)
                .column(Instant.class, Contact::createdAt)
                .bound()
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == contacts.size() ? Mono.<Void>empty() : Mono.error(new Met("contact")));
    }

    private static Unnest<Contact> bind(DatabaseClient.GenericExecuteSpec statement, Collection<Contact> contacts) {
        return Unnest.into(statement, 1, contacts)
                .column(UUID.class, contact -> contact.key().id())
                .column(String.class, Contact::externalId)
                .column(String.class, Contact::email)
                .column(String.class, Contact::address)
                .column(String.class, Contact::name)
                .column(String.class, Contact::locale)
                .column(String.class, Contact::timeZone)
                .column(String.class, Contact::country)
                .column(String.class, contact -> json(contact.attributes()))
                .column(Instant.class, Contact::updatedAt);
    }

    private Mono<Void> update(UUID workspaceId, Collection<Contact> contacts) {
        if (contacts.isEmpty()) {
            return Mono.empty();
        }
        // Who shares an address with somebody since before it had one form keeps the spelling by which they are told
        // apart.
        return bind(database.sql("""
                        update contact c
                        set version = c.version + 1, external_id = sent.external_id, email = sent.email, address = case when c.email = sent.email and sent.external_id is null then c.address else sent.address end, name = sent.name,
                            locale = sent.locale, time_zone = sent.time_zone, country = sent.country, attributes = sent.attributes::jsonb, updated_at = sent.updated_at
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[])
                          as sent (id, external_id, email, address, name, locale, time_zone, country, attributes, updated_at)
                        where c.workspace_id = $1 and c.id = sent.id
                        """).bind(0, workspaceId), contacts).bound().then();
    }

    /** Sorted, so that two batches at once write them in one order. */
    private Mono<Void> addConsents(UUID workspaceId, Collection<Consent> said) {
        return consents.add(
                workspaceId,
                said.stream()
                        .sorted(Comparator.comparing(Consent::address)
                                .thenComparing(Consent::purpose)
                                .thenComparing(Consent::at))
                        .toList());
    }
}
