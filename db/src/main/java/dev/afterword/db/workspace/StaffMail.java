package dev.afterword.db.workspace;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to a staff member with a link that works once.
 *
 * @param workspace the name of the workspace that invites; null for a forgotten password
 */
public record StaffMail(
        UUID linkId,
        OneTimeLinks.Purpose purpose,
        String name,
        String email,
        @Nullable String workspace) {
    private static final String TEXTS = "messages/mail-staff";

    public String subject() {
        return text("subject", "");
    }

    /** The mail as plain text. */
    public String text(String link) {
        return text("text", link);
    }

    private String text(String part, String link) {
        var bundle = ResourceBundle.getBundle(TEXTS, Locale.ENGLISH);
        var pattern = bundle.getString("mail." + purpose.code() + "." + part);
        return new MessageFormat(pattern, Locale.ENGLISH)
                .format(new Object[] {name, workspace == null ? "" : workspace, link});
    }
}
