package dev.afterword.db.message;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver of a mail wishes to get, as the page behind its unsubscribe link shows it.
 *
 * @param purpose what that mail was for
 * @param language BCP 47: what the mail was written in
 * @param address the whole address, which no page may show
 * @param stopped the purposes for which nothing is sent to the address
 */
public record MailWish(
        Workspace workspace,
        Key contact,
        Purpose purpose,
        String language,
        @Nullable String address,
        Set<Purpose> stopped) {
    /** The address so that its owner knows it and nobody else learns it: {@code a…@e…com}. */
    public String maskedAddress() {
        if (address == null || address.indexOf('@') < 1) {
            return "…";
        }
        var at = address.indexOf('@');
        var dot = address.lastIndexOf('.');
        return address.substring(0, address.offsetByCodePoints(0, 1)) + "…@"
                + (dot > at ? "…" + address.substring(dot) : "…");
    }
}
