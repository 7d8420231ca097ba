package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Permission;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.EnumSet;
import java.util.Set;
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

/** The keys by which the shop's programs speak for a workspace: made, shown once, revoked. */
@Controller
class KeyPages {
    private static final int LONGEST = 80;

    private final ApiKeys keys;

    KeyPages(ApiKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/w/{code}/settings/keys")
    Mono<Rendering> show(Signed signed) {
        return page(signed, proposed(), null, HttpStatus.OK);
    }

    /** The answer holds the new key, and nothing keeps it: so there is no redirect, and the page is not to be stored. */
    @PostMapping("/w/{code}/settings/keys")
    Mono<Rendering> create(Signed signed, Form form) {
        var name = form.value("name");
        if (name.isEmpty() || name.length() > LONGEST) {
            return page(
                    signed,
                    form.wrong("name", "workspace.name-length", LONGEST),
                    null,
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return Mono.fromSupplier(() -> permissions(signed, form))
                .flatMap(permissions -> keys.create(signed.workspace(), name, permissions, signed.staffId()))
                .flatMap(created -> page(signed, proposed(), created, HttpStatus.CREATED))
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(signed, form.reject(rejected), null, HttpStatus.UNPROCESSABLE_CONTENT));
    }

    /** A key does what its maker may, and what programs can at all. */
    private static Set<Permission> permissions(Signed signed, Form form) {
        var permissions = Permission.exactly(form.values("permissions"));
        permissions.retainAll(ApiKeys.GIVABLE);
        if (permissions.isEmpty()) {
            throw new Rejected("api-key.may-nothing", "permissions");
        }
        signed.role().covers(permissions);
        return permissions;
    }

    /** What most keys are for: a shop's orders go in. */
    private static Form proposed() {
        return Form.blank().put("permissions", Permission.TAKE_IN.code());
    }

    @PostMapping("/w/{code}/settings/keys/{id}/revocation")
    Mono<Rendering> revoke(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return keys.revoke(signed.key(id)).then(Mono.fromSupplier(() -> {
            Flash.say(exchange, "key.revoked");
            return Rendering.redirectTo(signed.path("/settings/keys")).build();
        }));
    }

    private Mono<Rendering> page(Signed signed, Form form, ApiKeys.@Nullable Created created, HttpStatus status) {
        return keys.all(signed.workspace().id()).map(all -> {
            var page = Rendering.view("workspace/keys")
                    .modelAttribute("form", form)
                    .modelAttribute("keys", all)
                    .modelAttribute("givable", EnumSet.copyOf(ApiKeys.GIVABLE))
                    .modelAttribute("everything", ApiKeys.GIVABLE)
                    .status(status);
            return (created == null ? page : page.modelAttribute("created", created)).build();
        });
    }
}
