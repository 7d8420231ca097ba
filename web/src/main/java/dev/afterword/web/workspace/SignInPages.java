package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.SignIn;
import dev.afterword.web.Attempts;
import dev.afterword.web.Form;
import dev.afterword.web.SessionCookie;
import dev.afterword.web.StaffSessions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
    private static final Pattern OURS = Pattern.compile("/w/[a-z2-7]{8}(/[^\\\\\\p{Cntrl}]{0,1000})?");

    private final SignIn signIn;
    private final Sessions sessions;
    private final StaffSessions staffSessions;
    private final Memberships memberships;
    private final SessionCookie cookie;
    private final Attempts attempts;

    SignInPages(
            SignIn signIn,
            Sessions sessions,
            StaffSessions staffSessions,
            Memberships memberships,
            SessionCookie cookie,
            Attempts attempts) {
        this.signIn = signIn;
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
                .placesOf(session.staffId())
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
        return signIn.signIn(email, form.raw("password"))
                .map(session -> {
                    attempts.succeeded("sign-in", email, exchange);
                    cookie.set(exchange, session);
                    return to(ours(form.value("next")));
                })
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(page(form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @PostMapping("/sign-out")
    Mono<Rendering> signOut(ServerWebExchange exchange) {
        return staffSessions
                .of(exchange)
                .flatMap(session -> sessions.end(session.hash()))
                .then(Mono.fromSupplier(() -> {
                    cookie.clear(exchange);
                    return to("/");
                }));
    }

    private static Rendering page(Form form, HttpStatus status) {
        return Rendering.view("workspace/sign-in")
                .modelAttribute("form", form)
                .status(status)
                .build();
    }

    /** Where a visitor was going, as long as it is one of our own pages. */
    private static String ours(@Nullable String next) {
        return next != null && OURS.matcher(next).matches() && !next.contains("//") ? next : "/";
    }

    private static Rendering to(String path) {
        return Rendering.redirectTo(path).build();
    }
}
