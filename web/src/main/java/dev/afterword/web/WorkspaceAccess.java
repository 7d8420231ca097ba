package dev.afterword.web;

import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Lets members into their workspace and no further than their role; for everybody else the workspace does not exist. */
@Component
class WorkspaceAccess implements ReactiveAuthorizationManager<AuthorizationContext> {
    private final Workspaces workspaces;
    private final Memberships memberships;
    private final Clock clock;

    WorkspaceAccess(Workspaces workspaces, Memberships memberships, Clock clock) {
        this.clock = clock;
        this.workspaces = workspaces;
        this.memberships = memberships;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        var exchange = context.getExchange();
        var code = String.valueOf(context.getVariables().get("code"));
        return authentication
                .mapNotNull(Authentication::getPrincipal)
                .ofType(Session.class)
                .flatMap(session -> signed(session, code).map(found -> decide(exchange, session, found)));
    }

    private record Found(Signed signed, boolean mustSetUp) {}

    private Mono<Found> signed(Session session, String code) {
        return workspaces
                .findByCode(code)
                .flatMap(workspace -> memberships
                        .standing(workspace.id(), session.staffId())
                        .map(standing -> new Found(
                                new Signed(
                                        session.staffId(),
                                        session.name(),
                                        session.email(),
                                        workspace,
                                        standing.role(),
                                        standing.elsewhere()),
                                standing.mustSetUp())))
                .switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")));
    }

    private AuthorizationResult decide(ServerWebExchange exchange, Session session, Found found) {
        var signed = found.signed();
        SignedArgument.put(exchange, signed);
        var path = exchange.getRequest().getPath().pathWithinApplication().value();
        var below = path.replaceFirst("^/w/[^/]*/?", "");
        var asked = Permits.asked(exchange.getRequest().getMethod(), below);
        if (!signed.role().may(asked)) {
            return new AuthorizationDecision(false);
        }
        if (found.mustSetUp() && !below.equals("news") && !below.startsWith("you/")) {
            throw new Elsewhere(signed.path("/you/two-factors"));
        }
        if (Permits.asksAgain(asked, below) && !session.fresh(clock.instant())) {
            throw new Elsewhere(
                    signed.path("/you/again?next=" + UriUtils.encode(next(exchange, path), StandardCharsets.UTF_8)));
        }
        return new AuthorizationDecision(true);
    }

    /** Where they were going; of what changes something the page that it stands on. */
    private static String next(ServerWebExchange exchange, String path) {
        var query = exchange.getRequest().getURI().getRawQuery();
        return HttpMethod.GET.equals(exchange.getRequest().getMethod())
                ? path + (query == null ? "" : "?" + query)
                : path.replaceFirst("^(/w/[^/]*/[^/]*/[^/]*).*$", "$1");
    }
}
