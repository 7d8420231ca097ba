package dev.afterword.web.followup;

import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.message.Mail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;

/** The mail of a step as a customer would read it: in the editor's frame, and sent to who writes it. */
@Controller
class JourneyMailPages {
    private final FollowUps followUps;
    private final PreviewMail previewMail;
    private final StaffMails staffMails;
    private final Clock clock;

    JourneyMailPages(FollowUps followUps, PreviewMail previewMail, StaffMails staffMails, Clock clock) {
        this.followUps = followUps;
        this.previewMail = previewMail;
        this.staffMails = staffMails;
        this.clock = clock;
    }

    /** The mail by itself; it may show itself in the editor's frame, and do nothing. With pictures off none is loaded, as many mail programs do. */
    @GetMapping("/w/{code}/follow-ups/{followUp}/mails/{step}")
    Mono<ResponseEntity<String>> show(
            Signed signed,
            @PathVariable String followUp,
            @PathVariable String step,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "") String dark,
            @RequestParam(defaultValue = "") String pictures,
            @RequestParam(defaultValue = "") String text) {
        return followUps
                .find(signed.workspace().id(), followUp)
                .flatMap(found ->
                        previewMail.preview(found.key(), step, language.isEmpty() ? null : language, order(customer)))
                .map(mail -> ResponseEntity.ok()
                        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                        .header(
                                "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; img-src "
                                        + (pictures.equals("off") ? "'none'" : "'self' data: https:")
                                        + "; sandbox allow-same-origin; frame-ancestors 'self'")
                        .header("X-Frame-Options", "SAMEORIGIN")
                        .body(text.isEmpty() ? shown(mail, !dark.isEmpty()) : plain(mail)));
    }

    private static @Nullable UUID order(String customer) {
        try {
            return customer.isEmpty() ? null : UUID.fromString(customer);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** By day or by night, whatever the reader's own screen is set to. */
    private static String shown(Mail mail, boolean dark) {
        return mail.html().replaceAll("\\(prefers-color-scheme:\\s*dark\\)", dark ? "all" : "not all");
    }

    private static String plain(Mail mail) {
        return "<!doctype html><html lang=\"\"><head><meta charset=\"utf-8\"><title>"
                + HtmlUtils.htmlEscape(mail.subject())
                + "</title></head><body><pre dir=\"auto\" style=\"white-space:pre-wrap;font:14px/1.5 ui-monospace,monospace;padding:16px\">"
                + HtmlUtils.htmlEscape(mail.text()) + "</pre></body></html>";
    }

    @PostMapping("/w/{code}/follow-ups/{followUp}/mails/{step}/test")
    Mono<Rendering> test(
            Signed signed,
            @PathVariable String followUp,
            @PathVariable String step,
            Form form,
            ServerWebExchange exchange) {
        var language = form.valueOrNull("language");
        return followUps
                .find(signed.workspace().id(), followUp)
                .flatMap(found -> staffMails
                        .addTest(
                                found.key(),
                                step,
                                signed.staffId(),
                                language == null ? signed.workspace().language() : language,
                                clock.instant())
                        .then(Mono.fromSupplier(() -> {
                            Flash.say(exchange, "asking.test");
                            return Rendering.redirectTo(signed.path("/follow-ups/" + found.followUpKey() + "/edit?at="
                                            + JourneyPlace.parse(form.value("place"))))
                                    .build();
                        })));
    }
}
