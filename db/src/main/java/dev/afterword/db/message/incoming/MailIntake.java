package dev.afterword.db.message.incoming;

import dev.afterword.db.Rejected;
import dev.afterword.db.contact.Address;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether mail to a workspace's support address becomes cases.
 *
 * @param address the support address that is forwarded to us, in lower case; null: only the workspace's own, and those that its mail names
 */
public record MailIntake(boolean on, @Nullable String address) {
    /** What a workspace that says nothing does. */
    static final MailIntake USUAL = new MailIntake(true, null);

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>\",;]{1,64}@[^@\\s<>\",;]+");
    private static final int LONGEST = 200;

    public MailIntake {
        address = address == null || address.isBlank() ? null : Address.readable(address);
        if (address != null
                && (address.length() > LONGEST || !ADDRESS.matcher(address).matches())) {
            throw new Rejected("workspace.address-unreadable", "address");
        }
    }
}
