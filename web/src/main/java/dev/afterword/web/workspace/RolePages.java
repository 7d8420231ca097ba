package dev.afterword.web.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.CustomRoles;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
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

/** The roles that a workspace makes for itself: a name, and what its holders may do. */
@Controller
class RolePages {
    private static final String ALL = "/w/{code}/settings/staff/roles";
    private static final String ONE = ALL + "/{id}";

    private final CustomRoles roles;
    private final Sessions sessions;
    private final Clock clock;

    RolePages(CustomRoles roles, Sessions sessions, Clock clock) {
        this.roles = roles;
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping(ALL + "/new")
    Rendering write() {
        return page(Form.blank(), null, HttpStatus.OK);
    }

    @PostMapping(ALL)
    Mono<Rendering> add(Signed signed, Form form, ServerWebExchange exchange) {
        return permissions(signed, form)
                .flatMap(permissions ->
                        roles.add(signed.workspace().id(), form.value("name"), permissions, clock.instant()))
                .map(role -> to(signed, exchange, "role.added"))
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(page(form.reject(rejected), null, HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @GetMapping(ONE)
    Mono<Rendering> show(Signed signed, @PathVariable UUID id) {
        return roles.find(signed.workspace().id(), id.toString())
                .map(role -> page(
                        Form.blank()
                                .put("name", role.name())
                                .putAll(
                                        "permissions",
                                        role.permissions().stream()
                                                .map(Permission::code)
                                                .toList()),
                        id,
                        HttpStatus.OK));
    }

    @PostMapping(ONE)
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        var workspaceId = signed.workspace().id();
        return within(signed, id)
                .then(permissions(signed, form))
                .flatMap(permissions -> roles.change(workspaceId, id, form.value("name"), permissions))
                .then(sessions.endAllWith(workspaceId, id))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "role.changed")))
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(page(form.reject(rejected), id, HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @PostMapping(ONE + "/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return within(signed, id)
                .flatMap(role -> roles.remove(signed.workspace().id(), id)
                        .then(Mono.fromSupplier(() -> to(signed, exchange, "role.removed")))
                        .onErrorResume(
                                Conflict.class,
                                conflict -> show(signed, id).map(shown -> {
                                    var form = (Form) shown.modelAttributes().get("form");
                                    return page(
                                            form == null ? Form.blank() : form.wrong("", conflict.code()),
                                            id,
                                            HttpStatus.CONFLICT);
                                })));
    }

    private Mono<Role> within(Signed signed, UUID id) {
        return roles.find(signed.workspace().id(), id.toString())
                .doOnNext(role -> signed.role().covers(role.permissions()));
    }

    private static Mono<Set<Permission>> permissions(Signed signed, Form form) {
        return Mono.fromSupplier(() -> Permission.of(form.values("permissions")))
                .doOnNext(permissions -> signed.role().covers(permissions));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/staff")).build();
    }

    private static Rendering page(Form form, @Nullable UUID id, HttpStatus status) {
        var page = Rendering.view("workspace/role")
                .modelAttribute("form", form)
                .modelAttribute("permissions", EnumSet.complementOf(EnumSet.of(Permission.VIEW)))
                .status(status);
        return (id == null ? page : page.modelAttribute("id", id)).build();
    }
}
