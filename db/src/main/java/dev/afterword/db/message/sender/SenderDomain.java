package dev.afterword.db.message.sender;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pair of keys by which a workspace signs its mail for a domain, without what is secret of them.
 *
 * @param rsaPublic as it stands in the record's {@code p=}
 * @param activeAt since when it signs; null while it waits for its records
 * @param retiredAt when another took its place
 */
public record SenderDomain(
        Key key,
        String domain,
        String rsaSelector,
        String rsaPublic,
        String ed25519Selector,
        String ed25519Public,
        Instant createdAt,
        @Nullable Instant activeAt,
        @Nullable Instant retiredAt) {
    /** A DNS record of type TXT. */
    public record TextRecord(String name, String value) {}

    public boolean signs() {
        return activeAt != null && retiredAt == null;
    }

    /** What must be published before it may sign (RFC 6376 §3.6.1, RFC 8463 §4). */
    public List<TextRecord> records() {
        return List.of(
                new TextRecord(rsaSelector + "._domainkey." + domain, "v=DKIM1; k=rsa; p=" + rsaPublic),
                new TextRecord(ed25519Selector + "._domainkey." + domain, "v=DKIM1; k=ed25519; p=" + ed25519Public));
    }
}
