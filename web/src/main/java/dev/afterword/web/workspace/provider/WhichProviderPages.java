package dev.afterword.web.workspace.provider;

import dev.afterword.db.workspace.provider.RequestDoorMail;
import dev.afterword.web.Attempts;
import dev.afterword.web.Form;
import dev.afterword.web.Paths;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/**
 * Leads to the door of the right workspace. By its code at once, because that stands in every link that its customers get; by a mail address through a mail, so that
 * nobody learns who works where.
 */
@Controller
class WhichProviderPages {
    private static final Pattern CODE = Pattern.compile("[a-z2-7]{8}");
    /** So long takes the answer for every address, known or not. */
    private static final Duration SAME_TIME = Duration.ofMillis(400);

    private final RequestDoorMail requestDoorMail;
    private final Attempts attempts;

    WhichProviderPages(RequestDoorMail requestDoorMail, Attempts attempts) {
        this.requestDoorMail = requestDoorMail;
        this.attempts = attempts;
    }

    /** Straight to the door of a page that somebody was going to. */
    @GetMapping("/sign-in/with")
    Rendering which(@RequestParam(defaultValue = "") String next, @RequestParam(defaultValue = "false") boolean sent) {
        return Paths.ours(next)
                ? Rendering.redirectTo("/sign-in/with/" + next.substring("/w/".length(), "/w/".length() + 8) + "?next="
                                + UriUtils.encode(next, StandardCharsets.UTF_8))
                        .build()
                : page(Form.blank(), sent, HttpStatus.OK);
    }

    @PostMapping("/sign-in/with")
    Mono<Rendering> find(Form form, ServerWebExchange exchange) {
        var who = form.value("who");
        var code = who.toLowerCase(Locale.ROOT);
        if (CODE.matcher(code).matches()) {
            return Mono.just(Rendering.redirectTo("/sign-in/with/" + code).build());
        }
        if (!who.contains("@")) {
            return Mono.just(page(form.wrong("who", "provider.who"), false, HttpStatus.UNPROCESSABLE_CONTENT));
        }
        if (!attempts.allowed("door", who, exchange)) {
            return Mono.just(page(form.wrong("", "sign-in.too-many"), false, HttpStatus.TOO_MANY_REQUESTS));
        }
        return Mono.when(requestDoorMail.request(who), Mono.delay(SAME_TIME))
                .thenReturn(Rendering.redirectTo("/sign-in/with?sent=true").build());
    }

    private static Rendering page(Form form, boolean sent, HttpStatus status) {
        return Rendering.view("workspace/provider-which")
                .modelAttribute("form", form)
                .modelAttribute("sent", sent)
                .status(status)
                .build();
    }
}
