package dev.afterword.web;

import dev.afterword.db.workspace.Role;
import java.util.Set;
import org.springframework.http.HttpMethod;

/** Which role may open which place of a workspace, by the path below {@code /w/{code}/}. */
final class Permits {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private Permits() {}

    /** Owner all; marketer all but staff and keys; support works on cases, and reads customers, responses and surveys; viewer reads numbers, the list of surveys, and answers without names. */
    static boolean allows(Role role, HttpMethod method, String below) {
        var parts = below.split("/", -1);
        var allowed = switch (parts[0]) {
            case "", "today", "responses", "trends", "news", "told" -> true;
            case "customers", "contacts", "inbox" -> role.maySeeCustomers();
            case "surveys" ->
                parts.length == 1 || role.mayConfigure() || (role.maySeeCustomers() && isOfReaders(parts));
            case "settings" -> isOfOwners(parts) ? role.maySeeStaffAndKeys() : role.mayConfigure();
            default -> role.mayConfigure();
        };
        return allowed
                && (READING.contains(method)
                        || role.mayConfigure()
                        || isWorkWithCustomers(parts[0])
                        || isOnesOwn(parts));
    }

    /** What support does: cases, and keeping in touch. */
    private static boolean isWorkWithCustomers(String place) {
        return place.equals("inbox") || place.equals("customers");
    }

    /** What everybody chooses for themselves: how they are told what happens. */
    private static boolean isOnesOwn(String[] parts) {
        return parts[0].equals("told");
    }

    /** What a survey asks and asked, without the editor. */
    private static boolean isOfReaders(String[] parts) {
        return parts.length > 2 && Set.of("preview", "versions").contains(parts[2]);
    }

    private static boolean isOfOwners(String[] parts) {
        return parts.length > 1 && Set.of("staff", "keys", "endpoints").contains(parts[1]);
    }
}
