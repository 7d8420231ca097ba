package dev.afterword.web.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.ChangeRole;
import dev.afterword.db.workspace.CustomRoles;
import dev.afterword.db.workspace.InviteStaff;
import dev.afterword.db.workspace.Membership;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.RemoveMember;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.SecondFactors;
import dev.afterword.db.workspace.provider.SignInProvider;
import dev.afterword.db.workspace.provider.SignInProviders;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who belongs to a workspace, and as what. */
@Controller
class MemberPages {
    private final Memberships memberships;
    private final CustomRoles roles;
    private final SecondFactors factors;
    private final SignInProviders providers;
    private final InviteStaff inviteStaff;
    private final ChangeRole changeRole;
    private final RemoveMember removeMember;

    MemberPages(
            Memberships memberships,
            CustomRoles roles,
            SecondFactors factors,
            SignInProviders providers,
            InviteStaff inviteStaff,
            ChangeRole changeRole,
            RemoveMember removeMember) {
        this.memberships = memberships;
        this.roles = roles;
        this.factors = factors;
        this.providers = providers;
        this.inviteStaff = inviteStaff;
        this.changeRole = changeRole;
        this.removeMember = removeMember;
    }

    @GetMapping("/w/{code}/settings/staff")
    Mono<Rendering> show(Signed signed) {
        return page(signed, invitation(), HttpStatus.OK);
    }

    @PostMapping("/w/{code}/settings/staff")
    Mono<Rendering> invite(Signed signed, Form form, ServerWebExchange exchange) {
        return given(signed, form)
                .flatMap(role ->
                        inviteStaff.invite(signed.workspace().id(), form.value("name"), form.value("email"), role))
                .zipWhen(_ -> byProviderOnly(signed))
                .map(done -> to(
                        signed,
                        exchange,
                        done.getT2() || done.getT1().passwordHash() == null ? "staff.invited" : "staff.added"))
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(signed, form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT));
    }

    @PostMapping("/w/{code}/settings/staff/{id}/role")
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return within(signed, id)
                .then(given(signed, form))
                .flatMap(role -> changeRole.change(signed.workspace().id(), id, role))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "staff.role")))
                .onErrorResume(Conflict.class, conflict -> refused(signed, conflict))
                .onErrorResume(Rejected.class, rejected -> refused(signed, rejected));
    }

    @PostMapping("/w/{code}/settings/staff/{id}/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return within(signed, id)
                .then(removeMember.remove(signed.workspace().id(), id))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "staff.removed")))
                .onErrorResume(Conflict.class, conflict -> refused(signed, conflict))
                .onErrorResume(Rejected.class, rejected -> refused(signed, rejected));
    }

    /** The role that a form gives, which may not go beyond the giver's own. */
    private Mono<Role> given(Signed signed, Form form) {
        return roles.find(signed.workspace().id(), form.value("role"))
                .doOnNext(role -> signed.role().covers(role.permissions()));
    }

    /** Who may do more than oneself is not one's to change. */
    private Mono<Membership> within(Signed signed, UUID id) {
        return memberships
                .find(signed.workspace().id(), id)
                .doOnNext(member -> signed.role().covers(member.role().permissions()));
    }

    /** The form for somebody new, which proposes the role that most people get. */
    private static Form invitation() {
        return Form.blank().put("role", Role.SUPPORT.code());
    }

    private Mono<Rendering> refused(Signed signed, Conflict conflict) {
        return page(signed, invitation().wrong("", conflict.code()), HttpStatus.CONFLICT);
    }

    private Mono<Rendering> refused(Signed signed, Rejected rejected) {
        return page(signed, invitation().reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Mono<Boolean> byProviderOnly(Signed signed) {
        return providers.of(signed.workspace().id()).map(SignInProvider::only).defaultIfEmpty(false);
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/staff")).build();
    }

    private Mono<Rendering> page(Signed signed, Form form, HttpStatus status) {
        var workspaceId = signed.workspace().id();
        return Mono.zip(
                        memberships.of(workspaceId),
                        roles.all(workspaceId),
                        factors.required(workspaceId),
                        byProviderOnly(signed))
                .map(read -> Rendering.view("workspace/staff")
                        .modelAttribute("form", form)
                        .modelAttribute("members", read.getT1())
                        .modelAttribute("own", read.getT2())
                        .modelAttribute("required", read.getT3())
                        .modelAttribute("byProviderOnly", read.getT4())
                        .modelAttribute(
                                "roles",
                                Stream.concat(Role.builtIn().stream(), read.getT2().stream())
                                        .toList())
                        .status(status)
                        .build());
    }
}
