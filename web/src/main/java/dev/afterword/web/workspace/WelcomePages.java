package dev.afterword.web.workspace;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.followup.CreateFirstOwner;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Form;
import dev.afterword.web.SessionCookie;
import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The first page of an installation: a workspace and its owner, for who has the link from the console. */
@Controller
class WelcomePages {
    private final CreateFirstOwner createFirstOwner;
    private final OneTimeLinks links;
    private final SessionCookie cookie;
    private final Clock clock;

    WelcomePages(CreateFirstOwner createFirstOwner, OneTimeLinks links, SessionCookie cookie, Clock clock) {
        this.createFirstOwner = createFirstOwner;
        this.links = links;
        this.cookie = cookie;
        this.clock = clock;
    }

    @GetMapping("/welcome/{token}")
    Mono<Rendering> welcome(@PathVariable String token) {
        return known(token)
                .map(link -> page(Form.blank().put("zone", "Europe/Berlin").put("language", "en"), HttpStatus.OK));
    }

    @PostMapping("/welcome/{token}")
    Mono<Rendering> create(@PathVariable String token, Form form, ServerWebExchange exchange) {
        return known(token)
                .flatMap(link -> Mono.fromSupplier(() -> workspace(form)))
                .flatMap(workspace -> createFirstOwner.create(
                        token, workspace, form.value("name"), form.value("email"), form.raw("password")))
                .map(created -> {
                    cookie.set(exchange, created.sessionId());
                    return Rendering.redirectTo("/w/" + created.workspace().code() + "/settings")
                            .build();
                })
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(page(form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    private Mono<OneTimeLinks.Link> known(String token) {
        return links.find(token, clock.instant())
                .filter(link -> link.purpose() == OneTimeLinks.Purpose.FIRST_OWNER)
                .switchIfEmpty(Mono.error(() -> new NotFound("link.void")));
    }

    private Workspace workspace(Form form) {
        var name = WorkspaceFields.name(form.value("workspace"), "workspace");
        var zone = WorkspaceFields.zone(form.value("zone"));
        return Workspace.open(
                Key.nextId(), name, zone, WorkspaceFields.language(form.value("language")), clock.instant());
    }

    private static Rendering page(Form form, HttpStatus status) {
        return Rendering.view("workspace/welcome")
                .modelAttribute("form", form)
                .modelAttribute("zones", WorkspaceFields.ZONES)
                .modelAttribute("languages", WorkspaceFields.LANGUAGES)
                .status(status)
                .build();
    }
}
