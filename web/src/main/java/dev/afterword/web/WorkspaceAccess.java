package dev.afterword.web;

import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Workspaces;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets members into their workspace and no further than their role; for everybody else the workspace does not exist. */
@Component
class WorkspaceAccess implements ReactiveAuthorizationManager<AuthorizationContext> {
    private final Workspaces workspaces;
    private final Memberships memberships;

    WorkspaceAccess(Workspaces workspaces, Memberships memberships) {
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
                .flatMap(session -> signed(session, code))
                .map(signed -> decide(exchange, signed));
    }

    private Mono<Signed> signed(Session session, String code) {
        return workspaces
                .findByCode(code)
                .flatMap(workspace -> memberships
                        .standing(workspace.id(), session.staffId())
                        .map(standing -> new Signed(
                                session.staffId(),
                                session.name(),
                                session.email(),
                                workspace,
                                standing.role(),
                                standing.elsewhere())))
                .switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")));
    }

    private static AuthorizationResult decide(ServerWebExchange exchange, Signed signed) {
        SignedArgument.put(exchange, signed);
        var path = exchange.getRequest().getPath().pathWithinApplication().value();
        var below = path.replaceFirst("^/w/[^/]*/?", "");
        var asked = Permits.asked(exchange.getRequest().getMethod(), below);
        return new AuthorizationDecision(signed.role().may(asked));
    }
}
