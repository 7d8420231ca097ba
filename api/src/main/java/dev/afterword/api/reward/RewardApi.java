package dev.afterword.api.reward;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.api.reward.RewardResponse.Given;
import dev.afterword.api.reward.RewardResponse.GivenPage;
import dev.afterword.db.Conflict;
import dev.afterword.db.Cursor;
import dev.afterword.db.Fields;
import dev.afterword.db.order.Offer;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.reward.GivenRewards;
import dev.afterword.db.reward.PromiseReward;
import dev.afterword.db.reward.RewardPools;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Pools of codes as JSON, what surveys promise for answering, and what was given. */
@RestController
@Tag(name = "Rewards")
class RewardApi {
    private static final int USUAL_WARNING = 20;
    private static final int PAGE = 100;

    private final RewardPools pools;
    private final ChangePools changePools;
    private final PromiseReward promiseReward;
    private final GivenRewards given;

    RewardApi(RewardPools pools, ChangePools changePools, PromiseReward promiseReward, GivenRewards given) {
        this.pools = pools;
        this.changePools = changePools;
        this.promiseReward = promiseReward;
        this.given = given;
    }

    @GetMapping("/api/v1/rewards")
    @Operation(summary = "All pools of codes that are not archived")
    Mono<RewardResponse.Page> all(Caller caller) {
        return pools.all(caller.workspaceId())
                .map(all -> new RewardResponse.Page(
                        all.stream().map(RewardResponse::of).toList(), null));
    }

    @GetMapping("/api/v1/rewards/{key}")
    @Operation(summary = "A pool: what its codes are worth, and what became of them")
    Mono<RewardResponse> find(Caller caller, @PathVariable String key) {
        return pools.find(caller.workspaceId(), key).map(RewardResponse::of);
    }

    @PostMapping(path = "/api/v1/rewards", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Make a pool",
            description =
                    "{key, name, fixedCode?, offer, warnAt?}; an offer is {amount: {amount, currency}}, {percent} or {words: {en: …}}, with until (a day) or days.")
    Mono<ResponseEntity<RewardResponse>> create(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("key", "name", "fixedCode", "offer", "warnAt"));
                    return changePools.create(
                            caller.workspaceId(),
                            fields.text("key", 200),
                            wish(fields, fields.optionalText("fixedCode", 60)));
                })
                .flatMap(made -> pools.find(caller.workspaceId(), made.poolKey()))
                .map(made -> ResponseEntity.status(HttpStatus.CREATED).body(RewardResponse.of(made)));
    }

    @PutMapping(path = "/api/v1/rewards/{key}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change what its codes are worth from now on",
            description =
                    "{version, name, offer, warnAt?}; what was promised stays as it was promised. 409 where somebody else has changed it since that version.")
    Mono<RewardResponse> change(Caller caller, @PathVariable String key, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("version", "name", "offer", "warnAt"));
            int seen = fields.integer("version", 0, Integer.MAX_VALUE);
            return pools.find(caller.workspaceId(), key)
                    .flatMap(found -> found.pool().version() == seen
                            ? changePools.change(
                                    found.pool(), wish(fields, found.pool().fixedCode()))
                            : Mono.error(new Conflict("reward-pool.changed-meanwhile")))
                    .flatMap(changed -> pools.find(caller.workspaceId(), key))
                    .map(RewardResponse::of);
        });
    }

    @PostMapping("/api/v1/rewards/{key}/archive")
    @Operation(
            summary = "Put a pool away",
            description = "Nothing new is promised from it; what was promised is given.")
    Mono<RewardResponse> archive(Caller caller, @PathVariable String key) {
        return pools.find(caller.workspaceId(), key)
                .flatMap(found -> changePools.archive(found.pool()))
                .flatMap(put -> pools.find(caller.workspaceId(), key))
                .map(RewardResponse::of);
    }

    @PutMapping("/api/v1/rewards/{key}/surveys/{survey}")
    @Operation(
            summary = "Promise it for answering a survey",
            description =
                    "To everybody who is invited from then on, whatever they will say; it takes the place of another promise.")
    Mono<ResponseEntity<Void>> promise(Caller caller, @PathVariable String key, @PathVariable String survey) {
        return promiseReward
                .promise(caller.workspaceId(), survey, key)
                .thenReturn(ResponseEntity.noContent().build());
    }

    @DeleteMapping("/api/v1/rewards/{key}/surveys/{survey}")
    @Operation(summary = "Promise nothing more for answering a survey", description = "What was promised is given.")
    Mono<ResponseEntity<Void>> withdraw(Caller caller, @PathVariable String key, @PathVariable String survey) {
        return pools.find(caller.workspaceId(), key)
                .flatMap(found -> found.surveys().contains(survey)
                        ? promiseReward.withdraw(caller.workspaceId(), survey)
                        : Mono.empty())
                .thenReturn(ResponseEntity.noContent().build());
    }

    @GetMapping("/api/v1/rewards/given")
    @Operation(summary = "What was given and what is owed, the latest first")
    Mono<GivenPage> given(
            Caller caller,
            @RequestParam(required = false) @Nullable String pool,
            @RequestParam(required = false) @Nullable UUID contact,
            @RequestParam(required = false) @Nullable String cursor) {
        var from = cursor == null ? null : Cursor.decode(cursor);
        var whose = pool == null
                ? given.page(caller.workspaceId(), null, contact, from, PAGE)
                : pools.find(caller.workspaceId(), pool)
                        .flatMap(found -> given.page(
                                caller.workspaceId(), found.pool().key().id(), contact, from, PAGE));
        return whose.map(
                page -> new GivenPage(page.items().stream().map(Given::of).toList(), page.next()));
    }

    private static ChangePools.Wish wish(Fields fields, @Nullable String fixedCode) {
        return new ChangePools.Wish(
                fields.text("name", 1_000),
                fixedCode,
                Offer.read(fields.object("offer")),
                Objects.requireNonNullElse(fields.optionalInteger("warnAt", 0, 1_000_000), USUAL_WARNING));
    }
}
