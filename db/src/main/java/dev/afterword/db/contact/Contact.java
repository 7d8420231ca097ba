package dev.afterword.db.contact;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person whom the shop knows.
 *
 * @param email as the shop wrote it
 * @param locale BCP 47, as {@code pt-BR}
 * @param timeZone IANA
 * @param country ISO 3166, two letters
 * @param stage the ladder's word; the ladder alone writes it
 * @param updatedAt the source's own time of its last change
 */
public record Contact(
        Key key,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String name,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable String country,
        Map<String, String> attributes,
        String stage,
        @Nullable Instant updatedAt,
        Instant createdAt) {

    /** A new contact with what is known of it. */
    static Contact of(UUID workspaceId, ContactData data, @Nullable Instant asOf, Instant now) {
        return new Contact(
                Key.next(workspaceId),
                data.externalId(),
                data.email(),
                data.name(),
                data.locale(),
                data.timeZone(),
                data.country(),
                attributes(Map.of(), data.attributes(), true),
                "prospect",
                asOf,
                now);
    }

    /** The address in the form by which identity, suppression, consent and quarantine go; null without one. */
    public @Nullable String address() {
        return address(email);
    }

    static @Nullable String address(@Nullable String email) {
        return email == null ? null : Address.normalise(email);
    }

    /**
     * This contact with what was sent: what is newer, as new, or of unknown time replaces what is known; what is older only fills gaps; none never replaces
     * anything. An address that is only spelt otherwise stays as it is.
     */
    Contact with(ContactData data, @Nullable Instant asOf) {
        boolean wins = updatedAt == null || asOf == null || !asOf.isBefore(updatedAt);
        var merged = new Contact(
                key,
                externalId == null ? data.externalId() : externalId,
                Objects.equals(address(), data.address()) ? email : pick(email, data.email(), wins),
                pick(name, data.name(), wins),
                pick(locale, data.locale(), wins),
                pick(timeZone, data.timeZone(), wins),
                pick(country, data.country(), wins),
                attributes(attributes, data.attributes(), wins),
                stage,
                updatedAt,
                createdAt);
        if (asOf == null || !wins || asOf.equals(updatedAt)) {
            return merged;
        }
        return new Contact(
                key,
                merged.externalId,
                merged.email,
                merged.name,
                merged.locale,
                merged.timeZone,
                merged.country,
                merged.attributes,
                stage,
                asOf,
                createdAt);
    }

    /** Whether another version of this contact says something else, apart from the source's time. */
    boolean differsFrom(Contact other) {
        return !Objects.equals(externalId, other.externalId)
                || !Objects.equals(email, other.email)
                || !Objects.equals(name, other.name)
                || !Objects.equals(locale, other.locale)
                || !Objects.equals(timeZone, other.timeZone)
                || !Objects.equals(country, other.country)
                || !attributes.equals(other.attributes);
    }

    private static @Nullable String pick(@Nullable String known, @Nullable String sent, boolean sentWins) {
        return sent != null && (sentWins || known == null) ? sent : known;
    }

    private static Map<String, String> attributes(
            Map<String, String> known, Map<String, @Nullable String> sent, boolean sentWins) {
        if (sent.isEmpty()) {
            return known;
        }
        var merged = new TreeMap<>(known);
        sent.forEach((name, value) -> {
            if (value == null && sentWins) {
                merged.remove(name);
            } else if (value != null && (sentWins || !merged.containsKey(name))) {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
