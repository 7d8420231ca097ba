package dev.afterword.db.workspace;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;

/**
 * A person who works with Afterword; may belong to several workspaces.
 *
 * @param passwordHash null until the one-time link was followed
 */
public record Staff(
        @Id UUID id,
        @Version @Nullable Integer version,
        String email,
        String name,
        @Nullable String passwordHash,
        Instant createdAt) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^@\\s<>]{1,64}@[^@\\s<>]{1,190}\\.[^@\\s<>.]{2,63}|[^@\\s<>]{1,64}@localhost");

    /** Somebody new, who has no password yet. */
    public static Staff of(String email, String name, Instant now) {
        if (name.isBlank() || name.strip().length() > 100) {
            throw new Rejected("staff.name-length", "name", 100);
        }
        return new Staff(Key.nextId(), null, address(email), name.strip(), null, now);
    }

    /** The address as it is kept: trimmed and in lower case. */
    static String address(String email) {
        var address = email.strip().toLowerCase(Locale.ROOT);
        if (!ADDRESS.matcher(address).matches()) {
            throw new Rejected("staff.email-unreadable", "email");
        }
        return address;
    }

    public Staff withPassword(String hash) {
        return new Staff(id, version, email, name, hash, createdAt);
    }

    /** Never shows the hash. */
    @Override
    public String toString() {
        return "Staff[" + id + "]";
    }
}
