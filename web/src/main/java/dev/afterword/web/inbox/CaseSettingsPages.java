package dev.afterword.web.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.inbox.CasePolicies;
import dev.afterword.db.inbox.CasePolicy;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.inbox.CaughtByRules;
import dev.afterword.db.inbox.CaughtByRules.Caught;
import dev.afterword.db.inbox.ReplyTemplates;
import dev.afterword.db.order.Orders;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** When a shop works on cases and how soon it answers, what opens cases by itself, and the replies that it keeps ready. */
@Controller
class CaseSettingsPages {
    private static final String PAGE = "/w/{code}/settings/cases";
    private static final int USUAL = 3;

    private final CasePolicies policies;
    private final CaseRules rules;
    private final CaughtByRules caught;
    private final Topics topics;
    private final ReplyTemplates templates;
    private final Orders orders;
    private final Clock clock;

    CaseSettingsPages(
            CasePolicies policies,
            CaseRules rules,
            CaughtByRules caught,
            Topics topics,
            ReplyTemplates templates,
            Orders orders,
            Clock clock) {
        this.policies = policies;
        this.rules = rules;
        this.caught = caught;
        this.topics = topics;
        this.templates = templates;
        this.orders = orders;
        this.clock = clock;
    }

    /** When a case that comes in late on a Friday is due, in words; null for what is not promised. */
    record Example(
            String in, @Nullable String answer, @Nullable String solution) {
        private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEEE, HH:mm", Locale.ENGLISH);
        private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

        static Example of(CasePolicy policy, Instant now, ZoneId zone) {
            var in = now.atZone(zone)
                    .toLocalDate()
                    .with(TemporalAdjusters.next(DayOfWeek.FRIDAY))
                    .atTime(16, 30)
                    .atZone(zone);
            return new Example(
                    WHEN.format(in),
                    said(policy.due(in.toInstant(), zone, policy.firstAnswer(), USUAL), zone),
                    said(policy.due(in.toInstant(), zone, policy.solution(), USUAL), zone));
        }

        private static @Nullable String said(@Nullable Instant due, ZoneId zone) {
            return due == null ? null : DAY.format(due.atZone(zone));
        }
    }

    /**
     * A rule, and how often it would have held.
     *
     * @param percent of the answers
     * @param topics their names
     */
    record CountedRule(CaseRule rule, long caught, int percent, List<String> topics) {
        static CountedRule of(CaseRule rule, Caught caught, List<Topic> topics) {
            var n = caught.of(rule.key().id());
            return new CountedRule(
                    rule,
                    n,
                    caught.answers() == 0 ? 0 : (int) Math.round(100.0 * n / caught.answers()),
                    topics.stream()
                            .filter(topic -> rule.topics().contains(topic.key().id()))
                            .map(Topic::name)
                            .toList());
        }
    }

    @GetMapping(PAGE)
    Mono<Rendering> show(Signed signed) {
        return policies.find(signed.workspace().id())
                .flatMap(policy -> page(signed, policy, PolicyForm.filled(policy), HttpStatus.OK));
    }

    @PostMapping(PAGE)
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> Optional.ofNullable(PolicyForm.read(form)))
                .flatMap(read -> read.isPresent()
                        ? policies.save(signed.workspace().id(), read.get()).then(Mono.fromSupplier(() -> {
                            Flash.say(exchange, "settings.saved");
                            return Rendering.redirectTo(signed.path("/settings/cases"))
                                    .build();
                        }))
                        : policies.find(signed.workspace().id())
                                .flatMap(policy -> page(signed, policy, form, HttpStatus.UNPROCESSABLE_CONTENT)))
                .onErrorResume(Conflict.class, _ -> overtaken(signed, form));
    }

    /** What was typed stays, and counts when it is saved again. */
    private Mono<Rendering> overtaken(Signed signed, Form form) {
        return policies.find(signed.workspace().id())
                .flatMap(policy -> page(
                        signed,
                        policy,
                        form.wrong("", "settings.changed-meanwhile").put("version", policy.version()),
                        HttpStatus.CONFLICT));
    }

    private Mono<Rendering> page(Signed signed, CasePolicy policy, Form form, HttpStatus status) {
        var workspaceId = signed.workspace().id();
        var now = clock.instant();
        return Mono.zip(
                        rules.all(workspaceId),
                        caught.last90Days(workspaceId, now),
                        templates.all(workspaceId),
                        topics.all(workspaceId),
                        orders.currencies(workspaceId))
                .map(found -> Rendering.view("inbox/settings")
                        .modelAttribute("form", form)
                        .modelAttribute("days", DayOfWeek.values())
                        .modelAttribute(
                                "example",
                                Example.of(policy, now, signed.workspace().zone()))
                        .modelAttribute("rules", counted(found.getT1(), found.getT2(), found.getT4()))
                        .modelAttribute("answers", found.getT2().answers())
                        .modelAttribute("templates", found.getT3())
                        .modelAttribute("currencies", found.getT5())
                        .status(status)
                        .build());
    }

    private static List<CountedRule> counted(List<CaseRule> rules, Caught caught, List<Topic> topics) {
        return rules.stream().map(rule -> CountedRule.of(rule, caught, topics)).toList();
    }
}
