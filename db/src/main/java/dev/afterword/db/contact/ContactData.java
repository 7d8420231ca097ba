package dev.afterword.db.contact;

import dev.afterword.db.Fields;
import dev.afterword.db.workspace.Purpose;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a source says about a contact: as the customer of an order, or as one line of an import of contacts.
 *
 * @param attributes a null value takes a known attribute away
 */
public record ContactData(
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String name,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable String country,
        Map<String, @Nullable String> attributes,
        List<ConsentGiven> consents,
        @Nullable Instant updatedAt) {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>(),;:\"\\\\]+@[^\\s@<>(),;:\"\\\\]+");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * One thing that a person said about being written to.
     *
     * @param at the latest time at which it can have been said, where nobody named one
     */
    public record ConsentGiven(Purpose purpose, boolean granted, Instant at, Dating dating, String source) {}

    /** How it is known when a person said something. */
    public enum Dating {
        /** The source named the time. */
        NAMED,
        /** It came with an order, and was said when that was placed. */
        ORDER,
        /** It stands in a record of the person, and was said at some time before that was changed last. */
        RECORD
    }

    /**
     * Reads {@code externalId}, {@code email}, {@code name}, {@code locale}, {@code timeZone}, {@code country}, {@code attributes}, {@code consents} and
     * {@code updatedAt}; {@code externalId} or {@code email} must be there.
     *
     * @param otherwiseAt before when a consent was given that names no time; null: before {@code updatedAt}, and where there is none it must name one
     */
    public static ContactData of(Fields fields, @Nullable Instant otherwiseAt) {
        var updatedAt = fields.optionalTime("updatedAt");
        return of(fields, updatedAt, otherwiseAt == null ? updatedAt : otherwiseAt, Dating.RECORD);
    }

    /** The same of the customer of an order, whose consents without a time were given when it was placed. */
    public static ContactData ofOrder(Fields fields, Instant placedAt) {
        return of(fields, fields.optionalTime("updatedAt"), placedAt, Dating.ORDER);
    }

    private static ContactData of(
            Fields fields, @Nullable Instant updatedAt, @Nullable Instant otherwiseAt, Dating otherwise) {
        var externalId = fields.optionalText("externalId", 200);
        var email = email(fields, "email");
        if (externalId == null && email == null) {
            throw fields.rejected("contact.nameless", "externalId");
        }
        return new ContactData(
                externalId,
                email,
                fields.optionalText("name", 300),
                locale(fields, "locale"),
                timeZone(fields),
                country(fields, "country"),
                fields.attributes("attributes"),
                consents(fields, otherwiseAt, otherwise),
                updatedAt);
    }

    public @Nullable String address() {
        return Contact.address(email);
    }

    /** The same, and where nothing is said of the country, this one. */
    public ContactData otherwiseIn(@Nullable String otherCountry) {
        return country != null || otherCountry == null
                ? this
                : new ContactData(
                        externalId, email, name, locale, timeZone, otherCountry, attributes, consents, updatedAt);
    }

    /** A mail address that a server could know (RFC 5321 lengths); otherwise {@code field.not-an-address}. */
    public static @Nullable String email(Fields fields, String name) {
        var email = fields.optionalText(name, 254);
        if (email != null && (!ADDRESS.matcher(email).matches() || email.indexOf('@') > 64)) {
            throw fields.rejected("field.not-an-address", name, email);
        }
        return email;
    }

    /** A BCP 47 language tag in its usual form; an underscore is taken for a hyphen. */
    public static @Nullable String locale(Fields fields, String name) {
        var tag = fields.optionalText(name, 100);
        try {
            return tag == null
                    ? null
                    : new Locale.Builder()
                            .setLanguageTag(tag.replace('_', '-'))
                            .build()
                            .toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw fields.rejected("field.not-a-locale", name, tag);
        }
    }

    private static @Nullable String timeZone(Fields fields) {
        var zone = fields.optionalText("timeZone", 100);
        try {
            return zone == null ? null : ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            throw fields.rejected("field.not-a-time-zone", "timeZone", zone);
        }
    }

    /** Two letters of ISO 3166, in capitals. */
    public static @Nullable String country(Fields fields, String name) {
        var country = fields.optionalText(name, 100);
        if (country == null) {
            return null;
        }
        var capitals = country.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(capitals)) {
            throw fields.rejected("field.not-a-country", name, country);
        }
        return capitals;
    }

    private static List<ConsentGiven> consents(Fields fields, @Nullable Instant otherwiseAt, Dating otherwise) {
        var objects = fields.optionalObjects("consents", 50);
        if (objects == null) {
            return List.of();
        }
        var consents = new ArrayList<ConsentGiven>(objects.size());
        for (var consent : objects) {
            var purpose = Purpose.find(consent.text("purpose", 40))
                    .orElseThrow(() -> consent.rejected("purpose.unknown", "purpose", consent.text("purpose", 40)));
            var granted = consent.optionalFlag("granted");
            if (granted == null) {
                throw consent.rejected("field.required", "granted");
            }
            var dated = consent.has("at");
            var at = dated || otherwiseAt == null ? consent.time("at") : otherwiseAt;
            var source = consent.optionalText("source", 200);
            consents.add(new ConsentGiven(
                    purpose, granted, at, dated ? Dating.NAMED : otherwise, source == null ? "shop" : source));
        }
        return consents;
    }
}
