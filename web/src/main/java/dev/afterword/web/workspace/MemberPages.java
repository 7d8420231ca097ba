package dev.afterword.web.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.ChangeRole;
import dev.afterword.db.workspace.InviteStaff;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.RemoveMember;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.UUID;
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
    private final InviteStaff inviteStaff;
    private final ChangeRole changeRole;
    private final RemoveMember removeMember;

    MemberPages(Memberships memberships, InviteStaff inviteStaff, ChangeRole changeRole, RemoveMember removeMember) {
        this.memberships = memberships;
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
        return Mono.fromSupplier(() -> Role.of(form.value("role")))
                .flatMap(role ->
                        inviteStaff.invite(signed.workspace().id(), form.value("name"), form.value("email"), role))
                .map(person -> to(signed, exchange, person.passwordHash() == null ? "staff.invited" : "staff.added"))
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(signed, form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT));
    }

    @PostMapping("/w/{code}/settings/staff/{id}/role")
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> Role.of(form.value("role")))
                .flatMap(role -> changeRole.change(signed.workspace().id(), id, role))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "staff.role")))
                .onErrorResume(Conflict.class, conflict -> refused(signed, conflict));
    }

    @PostMapping("/w/{code}/settings/staff/{id}/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return removeMember
                .remove(signed.workspace().id(), id)
                .then(Mono.fromSupplier(() -> to(signed, exchange, "staff.removed")))
                .onErrorResume(Conflict.class, conflict -> refused(signed, conflict));
    }

    /** The form for somebody new, which proposes the role that most people get. */
    private static Form invitation() {
        return Form.blank().put("role", Role.SUPPORT.code());
    }

    private Mono<Rendering> refused(Signed signed, Conflict conflict) {
        return page(signed, invitation().wrong("", conflict.code()), HttpStatus.CONFLICT);
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/staff")).build();
    }

    private Mono<Rendering> page(Signed signed, Form form, HttpStatus status) {
        return memberships
                .of(signed.workspace().id())
                .map(members -> Rendering.view("workspace/staff")
                        .modelAttribute("form", form)
                        .modelAttribute("members", members)
                        .modelAttribute("roles", Role.values())
                        .status(status)
                        .build());
    }
}
