package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Device;
import dev.afterword.db.workspace.EnterByCode;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.SignIn;
import dev.afterword.web.Attempts;
import dev.afterword.web.Form;
import dev.afterword.web.Paths;
import dev.afterword.web.SessionCookie;
import dev.afterword.web.StaffSessions;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where staff signs in and out, and chooses among several workspaces. */
@Controller
class SignInPages {
    private final SignIn signIn;
    private final EnterByCode enterByCode;
    private final Sessions sessions;
    private final StaffSessions staffSessions;
    private final Memberships memberships;
    private final SessionCookie cookie;
    private final Attempts attempts;
    private final Clock clock;

    SignInPages(
            SignIn signIn,
            EnterByCode enterByCode,
            Sessions sessions,
            StaffSessions staffSessions,
            Memberships memberships,
            SessionCookie cookie,
            Attempts attempts,
            Clock clock) {
        this.signIn = signIn;
        this.enterByCode = enterByCode;
        this.clock = clock;
        this.sessions = sessions;
        this.staffSessions = staffSessions;
        this.memberships = memberships;
        this.cookie = cookie;
        this.attempts = attempts;
    }

    @GetMapping("/")
    Mono<Rendering> start(@RequestParam(defaultValue = "") String next, ServerWebExchange exchange) {
        return staffSessions
                .of(exchange)
                .flatMap(this::enter)
                .defaultIfEmpty(page(Form.blank().put("next", next), HttpStatus.OK));
    }

    /** Straight into the only workspace; a choice among several. */
    private Mono<Rendering> enter(Session session) {
        return memberships
                .placesOf(session)
                .map(places -> places.size() == 1
                        ? to("/w/" + places.getFirst().code() + "/")
                        : Rendering.view("workspace/choose")
                                .modelAttribute("places", places)
                                .modelAttribute("name", session.name())
                                .build());
    }

    @PostMapping("/sign-in")
    Mono<Rendering> signIn(Form form, ServerWebExchange exchange) {
        var email = form.value("email");
        if (!attempts.allowed("sign-in", email, exchange)) {
            return Mono.just(page(form.wrong("", "sign-in.too-many"), HttpStatus.TOO_MANY_REQUESTS));
        }
        return signIn.signIn(email, form.raw("password"), device(exchange))
                .map(entry -> {
                    attempts.succeeded("sign-in", email, exchange);
                    if (entry.session() == null) {
                        return code(form.put("ticket", entry.ticket()), HttpStatus.OK);
                    }
                    cookie.set(exchange, entry.session());
                    attempts.remember(email, exchange);
                    return to(Paths.next(form.value("next"), "/"));
                })
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(page(form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @PostMapping("/sign-in/code")
    Mono<Rendering> enter(Form form, ServerWebExchange exchange) {
        var ticket = form.value("ticket");
        return Mono.fromSupplier(() -> enterByCode.who(ticket).toString())
                .flatMap(who -> {
                    if (!attempts.allowedWho("code", who)) {
                        return Mono.just(code(form.wrong("", "sign-in.too-many"), HttpStatus.TOO_MANY_REQUESTS));
                    }
                    return enterByCode
                            .enter(ticket, form.value("code"), device(exchange))
                            .flatMap(session -> sessions.find(session, clock.instant())
                                    .map(found -> {
                                        attempts.forget("code", who);
                                        attempts.remember(found.email(), exchange);
                                        cookie.set(exchange, session);
                                        return to(Paths.next(form.value("next"), "/"));
                                    }));
                })
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(code(form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    static String device(ServerWebExchange exchange) {
        return Device.of(exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
    }

    private static Rendering code(Form form, HttpStatus status) {
        return Rendering.view("workspace/sign-in-code")
                .modelAttribute("form", form)
                .status(status)
                .build();
    }

    @PostMapping("/sign-out")
    Mono<Rendering> signOut(ServerWebExchange exchange) {
        return staffSessions
                .of(exchange)
                .flatMap(session -> sessions.end(session.hash()))
                .then(Mono.fromSupplier(() -> {
                    cookie.clear(exchange);
                    // What pages have put into the browser goes with the session.
                    exchange.getResponse().getHeaders().set("Clear-Site-Data", "\"cache\", \"storage\"");
                    return to("/");
                }));
    }

    private static Rendering page(Form form, HttpStatus status) {
        return Rendering.view("workspace/sign-in")
                .modelAttribute("form", form)
                .status(status)
                .build();
    }

    private static Rendering to(String path) {
        return Rendering.redirectTo(path).build();
    }
}
