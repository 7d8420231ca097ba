package dev.afterword.web.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.SecondFactors;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.web.Attempts;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.QrCode;
import dev.afterword.web.Signed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** A second factor: set up with an app, switched off, asked of everybody, and taken from who lost it. */
@Controller
class TwoFactorPages {
    private static final String OWN = YouPages.YOU + "/two-factors";
    private static final String STAFF = "/w/{code}/settings/staff";

    private final SecondFactors factors;
    private final Memberships memberships;
    private final Sessions sessions;
    private final Attempts attempts;

    TwoFactorPages(SecondFactors factors, Memberships memberships, Sessions sessions, Attempts attempts) {
        this.factors = factors;
        this.memberships = memberships;
        this.sessions = sessions;
        this.attempts = attempts;
    }

    @GetMapping(OWN)
    Mono<Rendering> show(Signed signed) {
        return page(signed, Form.blank(), HttpStatus.OK);
    }

    /** The answer holds the recovery codes, and nothing keeps them: so there is no redirect. */
    @PostMapping(OWN)
    Mono<Rendering> confirm(Signed signed, Form form) {
        if (!attempts.allowedWho("code", signed.staffId().toString())) {
            return page(signed, form.wrong("", "sign-in.too-many"), HttpStatus.TOO_MANY_REQUESTS);
        }
        return factors.confirm(signed.staffId(), form.value("code"))
                .map(codes -> Rendering.view("workspace/recovery-codes")
                        .modelAttribute("codes", codes)
                        .build())
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(signed, form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT));
    }

    @PostMapping(OWN + "/removal")
    Mono<Rendering> remove(Signed signed, ServerWebExchange exchange) {
        return factors.remove(signed.staffId()).then(Mono.fromSupplier(() -> {
            Flash.say(exchange, "two-factors.off");
            return Rendering.redirectTo(signed.path("/you")).build();
        }));
    }

    /** Asks it of everybody, or of nobody any more. */
    @PostMapping(STAFF + "/two-factors")
    Mono<Rendering> require(Signed signed, Form form, ServerWebExchange exchange) {
        var everybody = form.has("required", "yes");
        return factors.require(signed.workspace().id(), everybody)
                .then(Mono.fromSupplier(
                        () -> staff(signed, exchange, everybody ? "two-factors.required" : "two-factors.free")));
    }

    /** For who lost the app and the codes: they sign in with the password alone, once, and set it up anew. Who belongs elsewhere too is not ours alone to reset. */
    @PostMapping(STAFF + "/{id}/two-factors/removal")
    Mono<Rendering> reset(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return memberships
                .find(signed.workspace().id(), id)
                .doOnNext(member -> signed.role().covers(member.role().permissions()))
                .then(memberships.placesOf(id))
                .filter(places -> places.size() == 1)
                .switchIfEmpty(Mono.error(() -> new Conflict("second-factor.elsewhere")))
                .then(factors.remove(id))
                .then(sessions.endAllOf(id))
                .then(Mono.fromSupplier(() -> staff(signed, exchange, "two-factors.reset")));
    }

    private static Rendering staff(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/staff")).build();
    }

    private Mono<Rendering> page(Signed signed, Form form, HttpStatus status) {
        return Mono.zip(
                        factors.of(signed.staffId()),
                        factors.required(signed.workspace().id()))
                .flatMap(read -> {
                    var page = Rendering.view("workspace/two-factors")
                            .modelAttribute("form", form)
                            .modelAttribute("factor", read.getT1())
                            .modelAttribute("required", read.getT2())
                            .status(status);
                    return read.getT1().on()
                            ? Mono.just(page.build())
                            : factors.begin(signed.staffId())
                                    .map(seed -> page.modelAttribute("seed", readable(seed))
                                            .modelAttribute("qr", qr(signed, seed))
                                            .build());
                });
    }

    private static String readable(String seed) {
        return seed.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** The picture that apps read, inside the page: its seed is in no address. */
    private static String qr(Signed signed, String seed) {
        var address = "otpauth://totp/Afterword:%s?secret=%s&issuer=Afterword"
                .formatted(UriUtils.encode(signed.email(), StandardCharsets.UTF_8), seed);
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(QrCode.svg(address).getBytes(StandardCharsets.UTF_8));
    }
}
