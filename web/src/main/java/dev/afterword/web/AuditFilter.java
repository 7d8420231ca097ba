package dev.afterword.web;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.AuditEntry;
import dev.afterword.db.workspace.AuditLog;
import dev.afterword.db.workspace.Permission;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/** Writes every change and every look at customers into the audit log, before the answer goes out: what cannot be written is not shown. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class AuditFilter implements WebFilter {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int LONGEST = 60;
    private static final int MOST = 400;

    private final AuditLog log;
    private final Clock clock;

    AuditFilter(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var signed = SignedArgument.of(exchange);
        if (signed != null) {
            exchange.getResponse().beforeCommit(() -> write(exchange, signed));
        }
        return chain.filter(exchange);
    }

    private Mono<Void> write(ServerWebExchange exchange, Signed signed) {
        var status = exchange.getResponse().getStatusCode();
        PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null || (status != null && !status.is2xxSuccessful() && !status.is3xxRedirection())) {
            return Mono.empty();
        }
        var method = exchange.getRequest().getMethod();
        var below = pattern.getPatternString().replaceFirst("^/w/[^/]*/?", "");
        var asked = Permits.asked(method, below);
        var changed = !READING.contains(method);
        if (below.endsWith("/presence") || !(changed || looks(signed, asked, below))) {
            return Mono.empty();
        }
        return log.add(
                signed.workspace().id(),
                new AuditEntry(
                        Key.nextId(),
                        clock.instant(),
                        signed.staffId(),
                        null,
                        asked.code(),
                        changed,
                        method + " " + pattern.getPatternString(),
                        subjects(exchange, signed),
                        code(status)));
    }

    private static int code(@Nullable HttpStatusCode status) {
        return status == null ? 200 : status.value();
    }

    /** Customers stand on the pages that ask for it, and beside the answers for who may see them. */
    private static boolean looks(Signed signed, Permission asked, String below) {
        return switch (asked) {
            case SEE_CUSTOMERS, ANSWER_CASES, EXPORT, ERASE, READ_AUDIT, MANAGE_PEOPLE -> true;
            case VIEW -> below.startsWith("responses") && signed.role().maySeeCustomers();
            case DESIGN_SURVEYS, PUBLISH_FOLLOW_UPS, CONFIGURE, TAKE_IN, MANAGE_KEYS -> false;
        };
    }

    private static String subjects(ServerWebExchange exchange, Signed signed) {
        Map<String, String> variables =
                exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        var subjects = new LinkedHashSet<String>();
        variables.forEach((name, value) -> {
            if (!value.equals(signed.workspace().code()) && value.length() <= LONGEST) {
                subjects.add(value);
            }
        });
        var location = exchange.getResponse().getHeaders().getLocation();
        if (location != null && location.getPath() != null && location.getPath().startsWith(signed.path("/"))) {
            subjects.add(location.getPath().substring(signed.path("").length()));
        }
        var text = String.join(" ", subjects).replaceAll("[\\p{Cntrl}]", "");
        return text.substring(0, Math.min(text.length(), MOST));
    }
}
