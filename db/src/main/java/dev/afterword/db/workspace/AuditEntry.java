package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody, or a program, changed something or looked at customers.
 *
 * @param changed whether it changed something; else it was a look
 * @param place the page or call as it is mapped, with its method
 * @param subjects the ids and keys in its address, and in the address it led to, with blanks between
 * @param status what was answered
 */
public record AuditEntry(
        UUID id,
        Instant at,
        @Nullable UUID staffId,
        @Nullable UUID apiKeyId,
        String permission,
        boolean changed,
        String place,
        String subjects,
        int status) {
    static final String COLUMNS =
            "e.id, e.at, e.staff_id, e.api_key_id, e.permission, e.changed, e.place, e.subjects, e.status";

    static AuditEntry read(Readable row) {
        return new AuditEntry(
                Columns.value(row, "id", UUID.class),
                Columns.value(row, "at", Instant.class),
                row.get("staff_id", UUID.class),
                row.get("api_key_id", UUID.class),
                Columns.value(row, "permission", String.class),
                Columns.value(row, "changed", Boolean.class),
                Columns.value(row, "place", String.class),
                Columns.value(row, "subjects", String.class),
                Columns.value(row, "status", Integer.class));
    }

    /** SHA-256 over the hash before and every field, each on a line of its own; the time in microseconds, which is what the database keeps. */
    byte[] hash(byte[] before) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            var text = String.join(
                    "\n",
                    id.toString(),
                    String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, at)),
                    staffId == null ? "" : staffId.toString(),
                    apiKeyId == null ? "" : apiKeyId.toString(),
                    permission,
                    String.valueOf(changed),
                    place,
                    subjects,
                    String.valueOf(status));
            return digest.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
