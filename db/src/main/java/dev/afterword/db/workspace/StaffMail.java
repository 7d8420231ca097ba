package dev.afterword.db.workspace;

import dev.afterword.db.Key;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to a staff member.
 *
 * @param workspace the name of the workspace that it comes from; null for a forgotten password
 */
public record StaffMail(
        UUID id, String name, String email, @Nullable String workspace, Content content) {
    private static final String TEXTS = "messages/mail-staff";

    /** What it holds. */
    public sealed interface Content permits Link, Door, Test, Notices {}

    /**
     * Where they sign in with their company's account.
     *
     * @param code of the workspace
     * @param invited whether they have never been in
     */
    public record Door(String code, boolean invited) implements Content {}

    /** A link that works once. */
    public record Link(UUID id, OneTimeLinks.Purpose purpose) implements Content {}

    /**
     * A follow-up's mail as a customer would get it.
     *
     * @param step whose mail it is; null for its first question
     */
    public record Test(Key followUp, @Nullable String step, String language) implements Content {}

    /** What happened, as {@code inbox} tells it. */
    public record Notices(UUID workspaceId) implements Content {}

    public String subject(Link link) {
        return text("mail." + link.purpose().code() + ".subject", "");
    }

    /** The mail with a link as plain text. */
    public String text(Link link, String address) {
        return text("mail." + link.purpose().code() + ".text", address);
    }

    public String subject(Door door) {
        return text("mail." + kind(door) + ".subject", door.code());
    }

    /** The mail with the address of a door as plain text. */
    public String text(Door door, String address) {
        return text("mail." + kind(door) + ".text", address);
    }

    private static String kind(Door door) {
        return door.invited() ? "door-invitation" : "door";
    }

    private String text(String key, String address) {
        var pattern = ResourceBundle.getBundle(TEXTS, Locale.ENGLISH).getString(key);
        return new MessageFormat(pattern, Locale.ENGLISH)
                .format(new Object[] {name, workspace == null ? "" : workspace, address});
    }
}
