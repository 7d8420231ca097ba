package dev.afterword.api;

import static dev.afterword.db.workspace.Permission.ANSWER_CASES;
import static dev.afterword.db.workspace.Permission.CONFIGURE;
import static dev.afterword.db.workspace.Permission.DESIGN_SURVEYS;
import static dev.afterword.db.workspace.Permission.ERASE;
import static dev.afterword.db.workspace.Permission.EXPORT;
import static dev.afterword.db.workspace.Permission.MANAGE_KEYS;
import static dev.afterword.db.workspace.Permission.PUBLISH_FOLLOW_UPS;
import static dev.afterword.db.workspace.Permission.SEE_CUSTOMERS;
import static dev.afterword.db.workspace.Permission.TAKE_IN;
import static dev.afterword.db.workspace.Permission.VIEW;

import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.PermissionTable;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Which permission each call asks of its key, by the path below {@code /api/v1/}. Answering by an invitation's token asks for none, and neither does the description. */
public final class ApiPermits {
    private static final String BELOW = "/api/v1/";
    private static final String DESCRIPTION = "/api/docs";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final PermissionTable TABLE = PermissionTable.table()
            .open("openapi.json", "survey.schema.json", "invitations/*", "invitations/*/response")
            .change(TAKE_IN, "orders", "imports/**", "invitations", "suppressions")
            .change(SEE_CUSTOMERS, "suppressions/lookup")
            .both(ERASE, "contacts/*/data")
            .change(ERASE, "contacts/*")
            .read(SEE_CUSTOMERS, "orders/**", "contacts/**", "sends/**", "bounces", "rewards/given", "cases/**")
            .change(ANSWER_CASES, "cases/**")
            .read(EXPORT, "responses/export", "responses/codebook")
            .read(VIEW, "responses", "trends", "rewards/**")
            .read(VIEW, "topics/**")
            .change(PUBLISH_FOLLOW_UPS, "topics/*/changes/*/announcement")
            .read(ANSWER_CASES, "reply-templates/**")
            .read(VIEW, "surveys/**")
            .change(DESIGN_SURVEYS, "surveys/**")
            .both(PUBLISH_FOLLOW_UPS, "follow-ups/**")
            .both(MANAGE_KEYS, "endpoints/**")
            .both(CONFIGURE, "**")
            .done();

    private ApiPermits() {}

    /** The permission that a call asks for; empty where it needs no key. What is no call asks for the most. */
    public static Optional<Permission> asked(HttpMethod method, String path) {
        return path.startsWith(BELOW)
                ? TABLE.asked(!READING.contains(method), path.substring(BELOW.length()))
                : path.startsWith(DESCRIPTION) ? Optional.empty() : Optional.of(CONFIGURE);
    }

    static void check(Caller caller, ServerHttpRequest request) {
        asked(request.getMethod(), request.getPath().pathWithinApplication().value())
                .filter(permission -> !caller.may(permission))
                .ifPresent(permission -> {
                    throw new NoScope(permission);
                });
    }
}
