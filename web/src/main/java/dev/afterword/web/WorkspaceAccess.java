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

    /**
     * @param mustSetUp whether they are asked for a second factor first; a provider that vouches for them has asked for what it wants
     * @param mustComeByProvider whether the workspace does not take their password
     */
    private record Found(Signed signed, boolean mustSetUp, boolean mustComeByProvider) {}

    private Mono<Found> signed(Session session, String code) {
        return workspaces
                .findByCode(code)
                .filter(workspace -> session.opens(workspace.id()))
                .flatMap(workspace -> memberships
                        .standing(workspace.id(), session.staffId())
                        .map(standing -> new Found(
                                new Signed(
                                        session.staffId(),
                                        session.name(),
                                        session.email(),
                                        workspace,
                                        standing.role(),
                                        standing.elsewhere() && !session.byProvider()),
                                standing.mustSetUp() && !session.byProvider(),
                                standing.byProviderOnly() && !session.byProvider())))
                .switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")));
    }

    private AuthorizationResult decide(ServerWebExchange exchange, Session session, Found found) {
        var signed = found.signed();
        SignedArgument.put(exchange, signed);
        var path = exchange.getRequest().getPath().pathWithinApplication().value();
        var below = path.replaceFirst("^/w/[^/]*/?", "");
        if (found.mustComeByProvider()) {
            throw new Elsewhere(
                    "/sign-in/with/" + signed.workspace().code() + "?next=" + encoded(next(exchange, path)));
        }
        var asked = Permits.asked(exchange.getRequest().getMethod(), below);
        if (!signed.role().may(asked)) {
            return new AuthorizationDecision(false);
        }
        if (found.mustSetUp() && !below.equals("news") && !below.startsWith("you/")) {
            throw new Elsewhere(signed.path("/you/two-factors"));
        }
        if (Permits.ofThePerson(below)) {
            session.ofThePerson();
        }
        if (Permits.asksAgain(asked, below) && !session.fresh(clock.instant())) {
            throw new Elsewhere(signed.path("/you/again?next=" + encoded(next(exchange, path))));
        }
        return new AuthorizationDecision(true);
    }

    private static String encoded(String next) {
        return UriUtils.encode(next, StandardCharsets.UTF_8);
    }

    /** Where they were going; of what changes something the page that it stands on. */
    private static String next(ServerWebExchange exchange, String path) {
        var query = exchange.getRequest().getURI().getRawQuery();
        return HttpMethod.GET.equals(exchange.getRequest().getMethod())
                ? path + (query == null ? "" : "?" + query)
                : path.replaceFirst("^(/w/[^/]*/[^/]*/[^/]*).*$", "$1");
    }
}
