package dev.afterword.api;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.AuditEntry;
import dev.afterword.db.workspace.AuditLog;
import dev.afterword.db.workspace.Permission;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Writes every change and every look at customers that a program makes into the audit log, before the answer goes out. What programs put in is not repeated there:
 * the events say what came, and a shop sends thousands of orders an hour.
 */
@Component
class ApiAudit {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int LONGEST = 60;

    private final AuditLog log;
    private final Clock clock;

    ApiAudit(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void listen(ServerWebExchange exchange, Caller caller) {
        exchange.getResponse().beforeCommit(() -> write(exchange, caller));
    }

    private Mono<Void> write(ServerWebExchange exchange, Caller caller) {
        var status = exchange.getResponse().getStatusCode();
        PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null || (status != null && !status.is2xxSuccessful())) {
            return Mono.empty();
        }
        var method = exchange.getRequest().getMethod();
        var place = pattern.getPatternString();
        var changed = !READING.contains(method);
        return ApiPermits.asked(method, place)
                .filter(asked -> changed ? asked != Permission.TAKE_IN : looks(caller, asked, place))
                .map(asked -> log.add(
                        caller.workspaceId(),
                        new AuditEntry(
                                Key.nextId(),
                                clock.instant(),
                                null,
                                caller.apiKey().id(),
                                asked.code(),
                                changed,
                                method + " " + place,
                                subjects(exchange),
                                status == null ? 200 : status.value())))
                .orElseGet(Mono::empty);
    }

    private static boolean looks(Caller caller, Permission asked, String place) {
        return switch (asked) {
            case SEE_CUSTOMERS, EXPORT, ERASE -> true;
            case VIEW -> place.endsWith("/responses") && caller.may(Permission.SEE_CUSTOMERS);
            case ANSWER_CASES,
                    DESIGN_SURVEYS,
                    PUBLISH_FOLLOW_UPS,
                    CONFIGURE,
                    TAKE_IN,
                    MANAGE_PEOPLE,
                    MANAGE_KEYS,
                    READ_AUDIT -> false;
        };
    }

    private static String subjects(ServerWebExchange exchange) {
        Map<String, String> variables =
                exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        return variables.values().stream()
                .filter(value -> value.length() <= LONGEST)
                .collect(Collectors.joining(" "))
                .replaceAll("[\\p{Cntrl}]", "");
    }
}
