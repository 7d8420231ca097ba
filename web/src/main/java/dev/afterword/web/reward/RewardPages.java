package dev.afterword.web.reward;

import dev.afterword.db.Conflict;
import dev.afterword.db.Cursor;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.message.Locality;
import dev.afterword.db.reward.AddCodes;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.reward.CodePattern;
import dev.afterword.db.reward.GivenRewards;
import dev.afterword.db.reward.ListedPool;
import dev.afterword.db.reward.PromiseReward;
import dev.afterword.db.reward.RewardPools;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Pools of codes: made, filled, changed, promised for answering, and put away. */
@Controller
class RewardPages {
    static final List<String> LANGUAGES = List.copyOf(Locality.LANGUAGES);
    private static final String LIST = "/w/{code}/settings/rewards";
    private static final String ONE = LIST + "/{key}";
    private static final int SHOWN = 50;

    private final RewardPools pools;
    private final ChangePools changePools;
    private final AddCodes addCodes;
    private final KeepCodes keepCodes;
    private final PromiseReward promiseReward;
    private final GivenRewards given;
    private final SurveyDrafts surveys;

    RewardPages(
            RewardPools pools,
            ChangePools changePools,
            AddCodes addCodes,
            KeepCodes keepCodes,
            PromiseReward promiseReward,
            GivenRewards given,
            SurveyDrafts surveys) {
        this.pools = pools;
        this.changePools = changePools;
        this.addCodes = addCodes;
        this.keepCodes = keepCodes;
        this.promiseReward = promiseReward;
        this.given = given;
        this.surveys = surveys;
    }

    @GetMapping(LIST)
    Mono<Rendering> list(Signed signed) {
        return list(signed, Form.blank().put("worth", "percent").put("warnAt", 20), HttpStatus.OK);
    }

    private Mono<Rendering> list(Signed signed, Form form, HttpStatus status) {
        return pools.all(signed.workspace().id())
                .map(all -> Rendering.view("reward/list")
                        .modelAttribute("form", form)
                        .modelAttribute("pools", all)
                        .modelAttribute("languages", LANGUAGES)
                        .status(status)
                        .build());
    }

    @PostMapping(LIST)
    Mono<Rendering> create(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.defer(() -> Mono.justOrEmpty(PoolForm.read(form, form.valueOrNull("fixedCode"))))
                .flatMap(wish -> changePools.create(signed.workspace().id(), form.value("key"), wish))
                .map(made -> to(signed, made.poolKey(), exchange, "reward.made"))
                .switchIfEmpty(Mono.defer(() -> list(signed, form, HttpStatus.UNPROCESSABLE_CONTENT)))
                .onErrorResume(
                        Rejected.class, wrong -> list(signed, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT))
                .onErrorResume(Conflict.class, taken -> {
                    form.wrong("key", taken.code(), taken.arguments().toArray());
                    return list(signed, form, HttpStatus.CONFLICT);
                });
    }

    @GetMapping(ONE)
    Mono<Rendering> show(Signed signed, @PathVariable String key, @RequestParam(required = false) @Nullable String at) {
        return pools.find(signed.workspace().id(), key)
                .flatMap(pool -> page(signed, pool, PoolForm.filled(pool.pool()), at, HttpStatus.OK));
    }

    private Mono<Rendering> page(Signed signed, ListedPool pool, Form form, @Nullable String at, HttpStatus status) {
        var workspaceId = signed.workspace().id();
        return Mono.zip(
                        given.page(
                                workspaceId,
                                pool.pool().key().id(),
                                null,
                                at == null ? null : Cursor.decode(at),
                                SHOWN),
                        surveys.all(workspaceId))
                .map(found -> Rendering.view("reward/one")
                        .modelAttribute("form", form)
                        .modelAttribute("listed", pool)
                        .modelAttribute("given", found.getT1())
                        .modelAttribute("first", at == null)
                        .modelAttribute(
                                "surveys",
                                found.getT2().stream()
                                        .map(one -> one.survey())
                                        .filter(one -> !one.archived())
                                        .toList())
                        .modelAttribute("languages", LANGUAGES)
                        .status(status)
                        .build());
    }

    @PostMapping(ONE)
    Mono<Rendering> change(Signed signed, @PathVariable String key, Form form, ServerWebExchange exchange) {
        return pools.find(signed.workspace().id(), key)
                .flatMap(pool -> Mono.defer(() -> {
                            var wish = PoolForm.read(form, pool.pool().fixedCode());
                            if (pool.pool().version() != form.number("version", 0, Integer.MAX_VALUE)) {
                                throw new Conflict("reward-pool.changed-meanwhile");
                            }
                            return Mono.justOrEmpty(wish);
                        })
                        .flatMap(wish -> changePools.change(pool.pool(), wish))
                        .map(changed -> to(signed, key, exchange, "settings.saved"))
                        .switchIfEmpty(
                                Mono.defer(() -> page(signed, pool, form, null, HttpStatus.UNPROCESSABLE_CONTENT)))
                        .onErrorResume(Problem.class, problem -> again(signed, pool, form, problem)));
    }

    private Mono<Rendering> again(Signed signed, ListedPool pool, Form form, Problem problem) {
        var field = problem.field();
        form.wrong(
                field == null ? "" : field, problem.code(), problem.arguments().toArray());
        form.put("version", pool.pool().version());
        return page(
                signed,
                pool,
                form,
                null,
                problem instanceof Conflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping(path = ONE + "/codes", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<Rendering> add(
            Signed signed,
            @PathVariable String key,
            @RequestPart(required = false) @Nullable String codes,
            @RequestPart(required = false) @Nullable FilePart file) {
        return pools.find(signed.workspace().id(), key)
                .flatMap(pool -> keepCodes
                        .keep(pool.pool().key(), codes, file)
                        .flatMap(report -> pools.find(signed.workspace().id(), key)
                                .flatMap(filled ->
                                        page(signed, filled, PoolForm.filled(filled.pool()), null, HttpStatus.OK))
                                .map(page -> Rendering.view("reward/one")
                                        .model(page.modelAttributes())
                                        .modelAttribute("report", report)
                                        .build())));
    }

    @PostMapping(ONE + "/generation")
    Mono<Rendering> generate(Signed signed, @PathVariable String key, Form form, ServerWebExchange exchange) {
        return pools.find(signed.workspace().id(), key)
                .flatMap(pool -> Mono.defer(() -> {
                            var pattern = new CodePattern(form.value("pattern"));
                            var count = form.number("count", 1, 100_000);
                            return form.right()
                                    ? addCodes.generate(pool.pool().key(), pattern, count)
                                    : Mono.<Integer>empty();
                        })
                        .map(made -> to(signed, key, exchange, "reward.codes"))
                        .switchIfEmpty(Mono.defer(() -> refill(signed, pool, form)))
                        .onErrorResume(Problem.class, problem -> {
                            var field = problem.field();
                            form.wrong(
                                    field == null ? "" : field,
                                    problem.code(),
                                    problem.arguments().toArray());
                            return refill(signed, pool, form);
                        }));
    }

    /** The page with what was typed for making codes, and the rest as it is stored. */
    private Mono<Rendering> refill(Signed signed, ListedPool pool, Form typed) {
        var form = PoolForm.filled(pool.pool())
                .put("pattern", typed.value("pattern"))
                .put("count", typed.value("count"));
        for (var field : List.of("pattern", "count", "")) {
            var wrong = typed.error(field);
            if (wrong != null) {
                form.wrong(
                        field,
                        wrong.code().substring("problem.".length()),
                        wrong.arguments().toArray());
            }
        }
        return page(signed, pool, form, null, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping(ONE + "/surveys")
    Mono<Rendering> promise(Signed signed, @PathVariable String key, Form form, ServerWebExchange exchange) {
        var workspaceId = signed.workspace().id();
        var survey = form.value("survey");
        return (form.value("withdraw").isEmpty()
                        ? promiseReward.promise(workspaceId, survey, key)
                        : promiseReward.withdraw(workspaceId, survey))
                .then(Mono.fromSupplier(() -> to(signed, key, exchange, "settings.saved")));
    }

    @PostMapping(ONE + "/archive")
    Mono<Rendering> archive(Signed signed, @PathVariable String key, ServerWebExchange exchange) {
        return pools.find(signed.workspace().id(), key)
                .flatMap(pool -> changePools.archive(pool.pool()))
                .map(put -> {
                    Flash.say(exchange, "reward.archived");
                    return Rendering.redirectTo(signed.path("/settings/rewards"))
                            .build();
                });
    }

    private static Rendering to(Signed signed, String key, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/rewards/" + key)).build();
    }
}
