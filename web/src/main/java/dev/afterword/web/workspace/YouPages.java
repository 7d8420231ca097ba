package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.ChangePassword;
import dev.afterword.db.workspace.ProveAgain;
import dev.afterword.db.workspace.SecondFactors;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.web.Attempts;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Paths;
import dev.afterword.web.Signed;
import dev.afterword.web.StaffSessions;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One's own place: password, second factor, and where one is signed in; and the page that asks once more who one is. */
@Controller
class YouPages {
    static final String YOU = "/w/{code}/you";

    private final StaffSessions staffSessions;
    private final Sessions sessions;
    private final SecondFactors factors;
    private final ChangePassword changePassword;
    private final ProveAgain proveAgain;
    private final Attempts attempts;
    private final Clock clock;

    YouPages(
            StaffSessions staffSessions,
            Sessions sessions,
            SecondFactors factors,
            ChangePassword changePassword,
            ProveAgain proveAgain,
            Attempts attempts,
            Clock clock) {
        this.staffSessions = staffSessions;
        this.sessions = sessions;
        this.factors = factors;
        this.changePassword = changePassword;
        this.proveAgain = proveAgain;
        this.attempts = attempts;
        this.clock = clock;
    }

    @GetMapping(YOU)
    Mono<Rendering> show(ServerWebExchange exchange) {
        return staffSessions.of(exchange).flatMap(session -> page(session, Form.blank(), HttpStatus.OK));
    }

    @PostMapping(YOU + "/password")
    Mono<Rendering> password(Signed signed, Form form, ServerWebExchange exchange) {
        return proving(
                exchange,
                form,
                session -> changePassword
                        .change(session, form.raw("present"), form.raw("password"))
                        .then(Mono.fromSupplier(() -> to(signed, exchange, "/you", "you.password"))),
                (session, status) -> page(session, form, status));
    }

    @PostMapping(YOU + "/sessions/{hash}/end")
    Mono<Rendering> end(Signed signed, @PathVariable String hash, ServerWebExchange exchange) {
        return staffSessions
                .of(exchange)
                .flatMap(session -> sessions.end(session, hash))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "/you", "you.session-ended")));
    }

    @PostMapping(YOU + "/sessions/end")
    Mono<Rendering> endOthers(Signed signed, ServerWebExchange exchange) {
        return staffSessions
                .of(exchange)
                .flatMap(sessions::endOthers)
                .then(Mono.fromSupplier(() -> to(signed, exchange, "/you", "you.sessions-ended")));
    }

    @GetMapping(YOU + "/again")
    Mono<Rendering> again(@RequestParam(defaultValue = "") String next, ServerWebExchange exchange) {
        return staffSessions
                .of(exchange)
                .flatMap(session -> asked(session, Form.blank().put("next", next), HttpStatus.OK));
    }

    @PostMapping(YOU + "/again")
    Mono<Rendering> prove(Signed signed, Form form, ServerWebExchange exchange) {
        var next = form.value("next");
        return proving(
                exchange,
                form,
                session -> proveAgain
                        .prove(session, form.raw("password"), form.value("code"))
                        .thenReturn(Rendering.redirectTo(Paths.next(next, signed.path("/")))
                                .build()),
                (session, status) -> asked(session, form, status));
    }

    /** Guessing is as slow for who has a session as for who has none. */
    private Mono<Rendering> proving(
            ServerWebExchange exchange,
            Form form,
            Function<Session, Mono<Rendering>> act,
            BiFunction<Session, HttpStatus, Mono<Rendering>> wrong) {
        return staffSessions.of(exchange).flatMap(session -> {
            if (!attempts.allowedWho("again", session.staffId().toString())) {
                form.wrong("", "sign-in.too-many");
                return wrong.apply(session, HttpStatus.TOO_MANY_REQUESTS);
            }
            return act.apply(session)
                    .doOnNext(_ -> attempts.forget("again", session.staffId().toString()))
                    .onErrorResume(Rejected.class, rejected -> {
                        form.reject(rejected);
                        return wrong.apply(session, HttpStatus.UNPROCESSABLE_CONTENT);
                    });
        });
    }

    private Mono<Rendering> asked(Session session, Form form, HttpStatus status) {
        return factors.of(session.staffId())
                .map(factor -> Rendering.view("workspace/again")
                        .modelAttribute("form", form)
                        .modelAttribute("factor", factor)
                        .modelAttribute("byProvider", session.byProvider())
                        .status(status)
                        .build());
    }

    private Mono<Rendering> page(Session session, Form form, HttpStatus status) {
        return Mono.zip(sessions.of(session, clock.instant()), factors.of(session.staffId()))
                .map(read -> Rendering.view("workspace/you")
                        .modelAttribute("form", form)
                        .modelAttribute("sessions", read.getT1())
                        .modelAttribute("factor", read.getT2())
                        .modelAttribute("present", session.hash())
                        .modelAttribute("byProvider", session.byProvider())
                        .status(status)
                        .build());
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String below, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path(below)).build();
    }
}
