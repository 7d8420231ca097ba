package dev.afterword.db.contact;

import dev.afterword.db.Rejected;
import dev.afterword.db.contact.ContactData.Dating;
import dev.afterword.db.contact.erasure.Erasures.Among;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The contacts that a batch of lines speaks of, while the batch is worked through in memory: decides who is one person, takes in what was sent, and knows at the
 * end what has to be written. Two lines of one batch about the same person meet here as they would in two batches.
 */
public final class KnownContacts {
    private final UUID workspaceId;
    private final Instant now;
    private final Map<UUID, Contact> before = new HashMap<>();
    private final Map<UUID, Contact> after = new LinkedHashMap<>();
    private final Map<String, UUID> byExternalId = new HashMap<>();
    private final Map<String, UUID> byAddress = new HashMap<>();
    private final Among erased;
    private final List<UUID> back = new ArrayList<>();
    private final List<Consent> said = new ArrayList<>();

    KnownContacts(UUID workspaceId, Collection<Contact> contacts, Among erased, Instant now) {
        this.workspaceId = workspaceId;
        this.erased = erased;
        this.now = now;
        contacts.forEach(contact -> {
            before.put(contact.key().id(), contact);
            index(contact);
        });
    }

    /**
     * The contact that a line speaks of, and whether the line said anything new about it.
     *
     * @param erased whether the person was erased, so that nothing that names them may be kept
     */
    public record Taken(UUID contactId, boolean changed, boolean erased) {}

    /**
     * Finds the contact by externalId, else by address among those without one, else adds it, and takes in what was sent. Of somebody who was erased nothing is
     * taken in, unless it says when they agreed to something and that is afterwards: then they are known anew.
     *
     * @param current the contact that the order already has: it stays when it has the address, whoever got an externalId meanwhile
     * @param asOf when the source knew this; null: now
     */
    public Taken take(ContactData data, @Nullable UUID current, @Nullable Instant asOf) {
        var known = find(data, current);
        var gone = known == null ? erased.find(data.externalId(), data.address()) : null;
        if (gone != null) {
            if (data.consents().stream()
                    .noneMatch(given -> given.granted()
                            && given.dating() == Dating.NAMED
                            && given.at().isAfter(gone.at()))) {
                return new Taken(gone.contactId(), false, true);
            }
            back.add(gone.contactId());
        }
        if (!data.consents().isEmpty() && data.address() == null && (known == null || known.address() == null)) {
            throw new Rejected("consent.no-address", "email");
        }
        var contact = known == null ? Contact.of(workspaceId, data, asOf, now) : known.with(data, asOf);
        index(contact);
        var address = data.address() == null ? contact.address() : data.address();
        if (address != null) {
            data.consents()
                    .forEach(given -> said.add(new Consent(
                            address,
                            given.purpose(),
                            given.granted(),
                            given.at(),
                            given.dating() != Dating.RECORD,
                            given.source())));
        }
        return new Taken(contact.key().id(), known == null || contact.differsFrom(known), false);
    }

    private @Nullable Contact find(ContactData data, @Nullable UUID current) {
        var externalId = data.externalId();
        if (externalId != null && byExternalId.containsKey(externalId)) {
            return contact(byExternalId.get(externalId));
        }
        var address = data.address();
        if (address == null) {
            return null;
        }
        if (externalId == null && current != null) {
            var ordered = contact(current);
            if (ordered != null && address.equals(ordered.address())) {
                return ordered;
            }
        }
        return contact(byAddress.get(address));
    }

    private @Nullable Contact contact(@Nullable UUID id) {
        return id == null ? null : after.get(id);
    }

    private void index(Contact contact) {
        var id = contact.key().id();
        after.put(id, contact);
        var address = contact.address();
        if (contact.externalId() != null) {
            byExternalId.put(contact.externalId(), id);
            byAddress.remove(address, id);
        } else if (address != null) {
            byAddress.put(address, id);
        }
    }

    int size() {
        return after.size();
    }

    /** Whether a contact was not there before this batch. */
    boolean isNew(Contact contact) {
        return !before.containsKey(contact.key().id());
    }

    Collection<Contact> added() {
        return after.values().stream().filter(this::isNew).toList();
    }

    /** Those to write again; what differs may be the source's time alone. */
    Collection<Contact> touched() {
        return after.values().stream()
                .filter(contact -> !isNew(contact)
                        && !contact.equals(before.get(contact.key().id())))
                .toList();
    }

    Collection<Contact> changed() {
        return touched().stream()
                .filter(contact -> {
                    var known = before.get(contact.key().id());
                    return known != null && contact.differsFrom(known);
                })
                .toList();
    }

    /** Who was erased and has come back. */
    Collection<UUID> back() {
        return back;
    }

    Collection<Consent> said() {
        return said;
    }

    UUID workspaceId() {
        return workspaceId;
    }

    Instant now() {
        return now;
    }
}
