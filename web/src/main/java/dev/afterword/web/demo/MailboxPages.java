package dev.afterword.web.demo;

import dev.afterword.db.NotFound;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** The mailbox of the demo's customers: everything that was sent, as they would see it. */
@Controller
class MailboxPages {
    private static final int PAGE = 50;

    /** A mail's own page may show itself and open its links in a new tab, and nothing else. */
    private static final String MAIL_POLICY =
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; "
                    + "sandbox allow-popups allow-popups-to-escape-sandbox";

    private final MailCatcher mails;

    MailboxPages(MailCatcher mails) {
        this.mails = mails;
    }

    @GetMapping("/demo/mailbox")
    Mono<Rendering> list(@RequestParam(defaultValue = "") String before) {
        return MailCatcher.blocking(() -> mails.before(before, PAGE + 1))
                .map(found -> Rendering.view("demo/mailbox")
                        .modelAttribute("mails", found.subList(0, Math.min(PAGE, found.size())))
                        .modelAttribute(
                                "next",
                                found.size() > PAGE ? found.get(PAGE - 1).id() : "")
                        .build());
    }

    @GetMapping("/demo/mailbox/{id}")
    Mono<Rendering> show(@PathVariable UUID id) {
        return mail(id).map(mail -> Rendering.view("demo/mail")
                .modelAttribute("mail", mail)
                .modelAttribute(
                        "lines",
                        Optional.ofNullable(mail.text()).stream()
                                .flatMap(String::lines)
                                .toList())
                .build());
    }

    /** The HTML part as it came, for the frame in the mail's page. */
    @GetMapping("/demo/mailbox/{id}/html")
    Mono<ResponseEntity<String>> html(@PathVariable UUID id) {
        return mail(id).map(mail -> ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", MAIL_POLICY)
                .body("<base target=\"_blank\">" + (mail.html() == null ? "" : mail.html())));
    }

    private Mono<CaughtMail> mail(UUID id) {
        return MailCatcher.blocking(() -> mails.find(id).orElseThrow(() -> new NotFound("mail.unknown")));
    }
}
