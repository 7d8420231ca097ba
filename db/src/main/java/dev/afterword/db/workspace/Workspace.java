package dev.afterword.db.workspace;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
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
}
