package dev.afterword.web;

import dev.afterword.db.workspace.Base32;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds the session of a request by its cookie, at most once a request, and the token that its forms must carry; a visitor's forms are tied to a cookie of their own. */
@Component
public class StaffSessions implements ServerSecurityContextRepository, ServerCsrfTokenRepository {
    private static final String FOUND = StaffSessions.class.getName();

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Clock clock;

    StaffSessions(Sessions sessions, SessionCookie cookie, Clock clock) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.clock = clock;
    }

    /** The session of a request; empty for a visitor. */
    public Mono<Session> of(ServerWebExchange exchange) {
        Mono<Session> found = exchange.getAttribute(FOUND);
        if (found == null) {
            var id = cookie.session(exchange);
            found = id == null
                    ? Mono.empty()
                    : sessions.find(id, clock.instant()).cache();
            exchange.getAttributes().put(FOUND, found);
        }
        return found;
    }

    /** The session of a request that nothing is known of yet; empty for a visitor. */
    public Mono<Session> of(ServerHttpRequest request) {
        return Mono.justOrEmpty(cookie.session(request)).flatMap(id -> sessions.find(id, clock.instant()));
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return of(exchange)
                .map(session -> new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(session, null, List.of())));
    }

    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return Mono.empty();
    }

    @Override
    public Mono<CsrfToken> loadToken(ServerWebExchange exchange) {
        return of(exchange)
                .map(Session::csrfToken)
                .switchIfEmpty(Mono.justOrEmpty(cookie.visitor(exchange)))
                .map(StaffSessions::token);
    }

    @Override
    public Mono<CsrfToken> generateToken(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> token(Base32.random(32)));
    }

    @Override
    public Mono<Void> saveToken(ServerWebExchange exchange, @Nullable CsrfToken token) {
        return Mono.fromRunnable(() -> {
            if (token != null) {
                cookie.setVisitor(exchange, token.getToken());
            }
        });
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", value);
    }
}
