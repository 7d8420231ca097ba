package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;

/**
 * A shop or brand, how it looks to its customers, and the rules by which it writes to them.
 *
 * @param code 8 base32 characters; every key and link of the workspace begins with it
 * @param zone IANA zone: the workspace's days, and the last fallback for a customer's
 * @param language BCP 47; the last fallback for a customer's
 * @param allowedFrom when mail may go out in the customer's zone; equal to {@code allowedUntil} means at any hour
 * @param channels the order channels that are asked about; null means all
 */
public record Workspace(
        @Id UUID id,
        @Version @Nullable Integer version,
        String code,
        String name,
        String colour,
        ZoneId zone,
        String language,
        @Nullable String senderName,
        @Nullable String senderAddress,
        @Nullable String replyTo,
        @Nullable String postalAddress,
        LocalTime allowedFrom,
        LocalTime allowedUntil,
        @Nullable List<String> channels,
        int quarantineDays,
        @Nullable Instant mailPausedAt,
        boolean demo,
        Instant createdAt) {
    private static final int LONGEST_NAME = 80;
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>\"]{1,64}@[^@\\s<>\"]+");

    /** A new workspace, which writes between 9 and 20 o'clock in the customer's zone. */
    public static Workspace open(UUID id, String name, ZoneId zone, String language, Instant now) {
        return new Workspace(
                id,
                null,
                Base32.random(8),
                name,
                "#0b6475",
                zone,
                language,
                null,
                null,
                null,
                null,
                LocalTime.of(9, 0),
                LocalTime.of(20, 0),
                null,
                30,
                null,
                false,
                now);
    }

    /** As customers see it. */
    public Workspace presented(String name, String colour, ZoneId zone, String language) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new Rejected("workspace.name-length", "name", LONGEST_NAME);
        }
        var hex = Colour.parse(colour)
                .orElseThrow(() -> new Rejected("workspace.colour-unreadable", "colour"))
                .hex();
        return new Workspace(
                id,
                version,
                code,
                name,
                hex,
                zone,
                language,
                senderName,
                senderAddress,
                replyTo,
                postalAddress,
                allowedFrom,
                allowedUntil,
                channels,
                quarantineDays,
                mailPausedAt,
                demo,
                createdAt);
    }

    /** Who its mail comes from. */
    public Workspace from(
            @Nullable String name, @Nullable String address, @Nullable String reply, @Nullable String postal) {
        checkLine("senderName", name);
        checkAddress("senderAddress", address);
        checkAddress("replyTo", reply);
        if (postal != null && postal.length() > 500) {
            throw new Rejected("workspace.too-long", "postalAddress", 500);
        }
        return new Workspace(
                id,
                version,
                code,
                this.name,
                colour,
                zone,
                language,
                name,
                address,
                reply,
                postal,
                allowedFrom,
                allowedUntil,
                channels,
                quarantineDays,
                mailPausedAt,
                demo,
                createdAt);
    }

    /** When it writes, about orders of which channels (null: all), and not again to the same person within so many days. */
    public Workspace writing(LocalTime from, LocalTime until, @Nullable List<String> asked, int quarantine) {
        if (quarantine < 0 || quarantine > 365) {
            throw new Rejected("form.number", "quarantineDays", 0, 365);
        }
        if (from.isAfter(until)) {
            throw new Rejected("workspace.hours-reversed", "allowedUntil");
        }
        return new Workspace(
                id,
                version,
                code,
                name,
                colour,
                zone,
                language,
                senderName,
                senderAddress,
                replyTo,
                postalAddress,
                from,
                until,
                asked,
                quarantine,
                mailPausedAt,
                demo,
                createdAt);
    }

    /** Stops all its mail since then; null lets it go out again. */
    public Workspace paused(@Nullable Instant since) {
        return at(version, since);
    }

    /** As it stood when a form was opened: saving fails when it has been changed since. */
    public Workspace asOf(int opened) {
        return at(opened, mailPausedAt);
    }

    private Workspace at(@Nullable Integer version, @Nullable Instant paused) {
        return new Workspace(
                id,
                version,
                code,
                name,
                colour,
                zone,
                language,
                senderName,
                senderAddress,
                replyTo,
                postalAddress,
                allowedFrom,
                allowedUntil,
                channels,
                quarantineDays,
                paused,
                demo,
                createdAt);
    }

    private static void checkAddress(String field, @Nullable String address) {
        if (address != null
                && (address.length() > 200 || !ADDRESS.matcher(address).matches())) {
            throw new Rejected("workspace.address-unreadable", field);
        }
    }

    private static void checkLine(String field, @Nullable String line) {
        if (line != null && (line.length() > LONGEST_NAME || line.chars().anyMatch(Character::isISOControl))) {
            throw new Rejected("workspace.too-long", field, LONGEST_NAME);
        }
    }
}
