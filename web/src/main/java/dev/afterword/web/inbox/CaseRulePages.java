package dev.afterword.web.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.order.Orders;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One rule that opens cases by itself: added, changed and removed. */
@Controller
class CaseRulePages {
    private static final String ALL = "/w/{code}/settings/cases/rules";
    private static final String ONE = ALL + "/{id}";

    private final CaseRules rules;
    private final Topics topics;
    private final Orders orders;

    CaseRulePages(CaseRules rules, Topics topics, Orders orders) {
        this.rules = rules;
        this.topics = topics;
        this.orders = orders;
    }

    @GetMapping(ALL + "/new")
    Mono<Rendering> blank(Signed signed) {
        return page(signed, null, RuleForm.blank(), HttpStatus.OK);
    }

    @PostMapping(ALL)
    Mono<Rendering> add(Signed signed, Form form, ServerWebExchange exchange) {
        return save(signed, null, form, exchange);
    }

    @GetMapping(ONE)
    Mono<Rendering> show(Signed signed, @PathVariable UUID id) {
        return rules.find(signed.key(id))
                .flatMap(rule -> page(signed, rule.key(), RuleForm.filled(rule), HttpStatus.OK));
    }

    @PostMapping(ONE)
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return rules.find(signed.key(id)).flatMap(rule -> save(signed, rule.key(), form, exchange));
    }

    private Mono<Rendering> save(Signed signed, @Nullable Key key, Form form, ServerWebExchange exchange) {
        return Mono.defer(() -> Mono.justOrEmpty(
                        RuleForm.read(key == null ? Key.next(signed.workspace().id()) : key, key == null, form)))
                .flatMap(rule -> key == null ? rules.add(rule) : rules.change(rule))
                .map(saved -> to(signed, exchange, "settings.saved"))
                .switchIfEmpty(Mono.defer(() -> page(signed, key, form, HttpStatus.UNPROCESSABLE_CONTENT)))
                .onErrorResume(
                        Rejected.class,
                        wrong -> page(signed, key, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT))
                .onErrorResume(
                        Conflict.class,
                        meanwhile -> key == null ? Mono.error(meanwhile) : overtaken(signed, key, form));
    }

    /** What was typed stays, and counts when it is saved again. */
    private Mono<Rendering> overtaken(Signed signed, Key key, Form form) {
        return rules.find(key).flatMap(found -> {
            form.wrong("", "settings.changed-meanwhile").put("version", found.version());
            return page(signed, key, form, HttpStatus.CONFLICT);
        });
    }

    @PostMapping(ONE + "/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return rules.remove(signed.key(id))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "case-settings.rule-removed")));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/cases")).build();
    }

    /** @param key null for a new one */
    private Mono<Rendering> page(Signed signed, @Nullable Key key, Form form, HttpStatus status) {
        var workspaceId = signed.workspace().id();
        return Mono.zip(topics.all(workspaceId), orders.currencies(workspaceId))
                .map(read -> Rendering.view("inbox/rule")
                        .modelAttribute("currencies", read.getT2())
                        .modelAttribute(
                                "topics",
                                read.getT1().stream()
                                        .filter(topic -> topic.archivedAt() == null
                                                || form.has(
                                                        "topic",
                                                        topic.key().id().toString()))
                                        .toList())
                        .modelAttribute("form", form)
                        .modelAttribute("fresh", key == null)
                        .modelAttribute(
                                "address", signed.path("/settings/cases/rules" + (key == null ? "" : "/" + key.id())))
                        .modelAttribute("kinds", CaseKind.values())
                        .status(status)
                        .build());
    }
}
