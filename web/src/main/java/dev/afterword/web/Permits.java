package dev.afterword.web;

import static dev.afterword.db.workspace.Permission.ANSWER_CASES;
import static dev.afterword.db.workspace.Permission.CONFIGURE;
import static dev.afterword.db.workspace.Permission.DESIGN_SURVEYS;
import static dev.afterword.db.workspace.Permission.ERASE;
import static dev.afterword.db.workspace.Permission.EXPORT;
import static dev.afterword.db.workspace.Permission.MANAGE_KEYS;
import static dev.afterword.db.workspace.Permission.MANAGE_PEOPLE;
import static dev.afterword.db.workspace.Permission.PUBLISH_FOLLOW_UPS;
import static dev.afterword.db.workspace.Permission.READ_AUDIT;
import static dev.afterword.db.workspace.Permission.SEE_CUSTOMERS;
import static dev.afterword.db.workspace.Permission.VIEW;

import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.PermissionTable;
import java.util.Set;
import org.springframework.http.HttpMethod;

/** Which permission each page of a workspace asks for, by the path below {@code /w/{code}/}. */
final class Permits {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final PermissionTable TABLE = PermissionTable.table()
            .both(VIEW, "told/**", "you/**")
            .read(EXPORT, "responses/export", "responses/codebook")
            .read(VIEW, "", "today", "news", "trends/**", "responses/**", "topics/**")
            .change(ANSWER_CASES, "responses/labels", "responses/*/topics", "responses/*/tags", "responses/*/notes")
            .change(PUBLISH_FOLLOW_UPS, "topics/*/changes/*/announcement")
            .read(VIEW, "surveys", "surveys/*/preview", "surveys/*/versions/**")
            .both(ERASE, "customers/*/data", "customers/*/data.json", "customers/*/erasure")
            .read(SEE_CUSTOMERS, "customers/**")
            .change(ANSWER_CASES, "customers/**")
            .both(ANSWER_CASES, "inbox/**")
            .both(DESIGN_SURVEYS, "surveys/**", "new-survey/**")
            .both(PUBLISH_FOLLOW_UPS, "follow-ups/**", "new-follow-up/**")
            .read(VIEW, "settings/logo.png")
            .both(MANAGE_PEOPLE, "settings/staff/**")
            .both(READ_AUDIT, "settings/audit/**")
            .both(MANAGE_KEYS, "settings/keys/**", "settings/endpoints/**")
            .both(CONFIGURE, "**")
            .done();

    private Permits() {}

    /** Whether the place opens only to who proved a few minutes ago who they are. */
    static boolean asksAgain(Permission asked, String below) {
        return asked == MANAGE_PEOPLE
                || asked == ERASE
                || below.equals("settings/keys")
                || below.startsWith("settings/keys/")
                || below.equals("responses/export")
                || below.startsWith("you/two-factors");
    }

    /** Whether the place is somebody's own, whatever the workspace: no workspace's provider opens it. */
    static boolean ofThePerson(String below) {
        return below.equals("you/password") || below.startsWith("you/two-factors");
    }

    /** The permission that a page asks for. */
    static Permission asked(HttpMethod method, String below) {
        return TABLE.asked(!READING.contains(method), below).orElse(CONFIGURE);
    }
}
