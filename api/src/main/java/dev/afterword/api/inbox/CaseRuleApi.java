package dev.afterword.api.inbox;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.inbox.CaughtByRules;
import dev.afterword.db.inbox.CaughtByRules.Caught;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What opens cases by itself, as JSON. */
@RestController
@Tag(name = "Cases")
class CaseRuleApi {
    private static final int MANY = 50;
    private static final int LONGEST = 80;

    private final CaseRules rules;
    private final CaughtByRules caught;
    private final Clock clock;

    CaseRuleApi(CaseRules rules, CaughtByRules caught, Clock clock) {
        this.rules = rules;
        this.caught = caught;
        this.clock = clock;
    }

    /**
     * A rule.
     *
     * @param caught the answers of the last 90 days for which it holds; null where that was not counted
     */
    @Schema(name = "CaseRule")
    record CaseRuleResponse(
            UUID id,
            int version,
            String name,
            @Nullable String band,
            List<String> keywords,
            List<String> products,
            @Nullable String leastSpent,
            String kind,
            int priority,
            @Nullable String team,
            List<UUID> topics,
            @Nullable Long caught) {
        static CaseRuleResponse of(CaseRule rule, @Nullable Caught caught) {
            var spent = rule.leastSpent();
            return new CaseRuleResponse(
                    rule.key().id(),
                    rule.version(),
                    rule.name(),
                    rule.band(),
                    rule.keywords(),
                    rule.products(),
                    spent == null ? null : spent.stripTrailingZeros().toPlainString(),
                    rule.kind().code(),
                    rule.priority(),
                    rule.team(),
                    rule.topics(),
                    caught == null ? null : caught.of(rule.key().id()));
        }
    }

    /** All rules, the one that is asked first at the beginning. */
    @Schema(name = "CaseRules")
    record Page(List<CaseRuleResponse> items, @Nullable String next) {}

    @GetMapping("/api/v1/case-rules")
    @Operation(
            summary = "What opens cases by itself",
            description =
                    "The first that holds opens the case; caught is for how many answers of the last 90 days each holds by itself.")
    Mono<Page> all(Caller caller) {
        return Mono.zip(rules.all(caller.workspaceId()), caught.last90Days(caller.workspaceId(), clock.instant()))
                .map(found -> new Page(
                        found.getT1().stream()
                                .map(rule -> CaseRuleResponse.of(rule, found.getT2()))
                                .toList(),
                        null));
    }

    @PostMapping(path = "/api/v1/case-rules", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add a rule",
            description =
                    "{name, band?, keywords?, products?, leastSpent?, topics?, kind, priority?, team?}; topics are ids; every condition that is there must hold, and one must be. band is good, middling or bad.")
    Mono<CaseRuleResponse> add(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> rule(Key.next(caller.workspaceId()), 0, JsonBody.read(body)))
                .flatMap(rules::add)
                .map(added -> CaseRuleResponse.of(added, null));
    }

    @PutMapping(path = "/api/v1/case-rules/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Replace a rule",
            description =
                    "The fields of a new one, and version?; with it, 409 where somebody else has changed the rule since that version. Without it, what stands there is replaced.")
    Mono<CaseRuleResponse> change(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> rules.find(caller.key(id))
                        .flatMap(found -> rules.change(rule(found.key(), found.version(), fields)))
                        .map(changed -> CaseRuleResponse.of(changed, null)));
    }

    @DeleteMapping("/api/v1/case-rules/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a rule", description = "The cases that it opened stay.")
    Mono<Void> remove(Caller caller, @PathVariable UUID id) {
        return rules.find(caller.key(id)).flatMap(found -> rules.remove(found.key()));
    }

    /** @param version of now; that of the fields goes before it */
    private static CaseRule rule(Key key, int version, Fields fields) {
        fields.only(Set.of(
                "version", "name", "band", "keywords", "products", "leastSpent", "kind", "priority", "team", "topics"));
        BigDecimal spent = fields.optionalDecimal("leastSpent", 12, 4);
        return new CaseRule(
                key,
                Objects.requireNonNullElse(fields.optionalInteger("version", 0, Integer.MAX_VALUE), version),
                fields.text("name", LONGEST),
                fields.optionalText("band", LONGEST),
                Objects.requireNonNullElse(fields.optionalTexts("keywords", MANY, LONGEST), List.of()),
                Objects.requireNonNullElse(fields.optionalTexts("products", MANY, 200), List.of()),
                spent,
                CaseKind.of(fields.text("kind", 40)),
                Objects.requireNonNullElse(fields.optionalInteger("priority", 1, 4), 3),
                fields.optionalText("team", LONGEST),
                Objects.requireNonNullElse(fields.optionalTexts("topics", MANY, 40), List.<String>of()).stream()
                        .map(topic -> fields.id("topics", topic))
                        .toList());
    }
}
