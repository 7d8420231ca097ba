package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.ChoosePassword;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.RequestPasswordLink;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.web.Attempts;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.SessionCookie;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A forgotten password, and the page that a link by mail opens: a new password, or the first. */
@Controller
class PasswordPages {
    /** So long takes the answer for every address, known or not. */
    private static final Duration SAME_TIME = Duration.ofMillis(400);

    private final RequestPasswordLink requestPasswordLink;
    private final ChoosePassword choosePassword;
    private final Sessions sessions;
    private final OneTimeLinks links;
    private final SessionCookie cookie;
    private final Attempts attempts;
    private final Clock clock;

    PasswordPages(
            RequestPasswordLink requestPasswordLink,
            ChoosePassword choosePassword,
            Sessions sessions,
            OneTimeLinks links,
            SessionCookie cookie,
            Attempts attempts,
            Clock clock) {
        this.requestPasswordLink = requestPasswordLink;
        this.choosePassword = choosePassword;
        this.sessions = sessions;
        this.links = links;
        this.cookie = cookie;
        this.attempts = attempts;
        this.clock = clock;
    }

    @GetMapping("/forgotten")
    Rendering forgotten(@RequestParam(required = false, defaultValue = "false") boolean sent) {
        return Rendering.view("workspace/forgotten")
                .modelAttribute("form", Form.blank())
                .modelAttribute("sent", sent)
                .build();
    }

    @PostMapping("/forgotten")
    Mono<Rendering> request(Form form, ServerWebExchange exchange) {
        var email = form.value("email");
        if (!attempts.allowed("forgotten", email, exchange)) {
            return Mono.just(Rendering.view("workspace/forgotten")
                    .modelAttribute("form", form.wrong("", "sign-in.too-many"))
                    .modelAttribute("sent", false)
                    .status(HttpStatus.TOO_MANY_REQUESTS)
                    .build());
        }
        return Mono.when(requestPasswordLink.request(email), Mono.delay(SAME_TIME))
                .thenReturn(Rendering.redirectTo("/forgotten?sent=true").build());
    }

    @GetMapping("/password/{token}")
    Mono<Rendering> password(@PathVariable String token) {
        return links.find(token, clock.instant()).map(link -> page(Form.blank(), HttpStatus.OK, link));
    }

    @PostMapping("/password/{token}")
    Mono<Rendering> choose(@PathVariable String token, Form form, ServerWebExchange exchange) {
        return choosePassword
                .choose(token, form.raw("password"))
                .flatMap(session -> sessions.find(session, clock.instant()).map(found -> {
                    cookie.set(exchange, session);
                    attempts.remember(found.email(), exchange);
                    return Rendering.redirectTo("/").build();
                }))
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    Flash.say(exchange, "you.password");
                    return Rendering.redirectTo("/").build();
                }))
                .onErrorResume(
                        Rejected.class,
                        rejected -> links.find(token, clock.instant())
                                .map(link -> page(form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT, link)));
    }

    private static Rendering page(Form form, HttpStatus status, OneTimeLinks.Link link) {
        return Rendering.view("workspace/password")
                .modelAttribute("form", form)
                .modelAttribute("invited", link.purpose() == OneTimeLinks.Purpose.INVITATION)
                .status(status)
                .build();
    }
}
