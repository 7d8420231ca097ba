package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.message.SendLinks;
import dev.afterword.db.message.incoming.MailIntake;
import dev.afterword.db.message.incoming.MailIntakes;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Whether mail to the support address becomes cases, and which address that is. */
@Controller
class MailInPages {
    private static final String PAGE = "/w/{code}/settings/cases/mail";
    private static final String YES = "yes";

    private final MailIntakes intakes;
    private final SendLinks links;
    private final Clock clock;

    MailInPages(MailIntakes intakes, SendLinks links, Clock clock) {
        this.intakes = intakes;
        this.links = links;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    Mono<Rendering> show(Signed signed) {
        return intakes.find(signed.workspace().id())
                .map(saved -> page(
                        signed,
                        saved,
                        Form.blank().put("on", saved.on() ? YES : "").put("address", saved.address()),
                        HttpStatus.OK));
    }

    @PostMapping(PAGE)
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> new MailIntake(form.has("on", YES), form.valueOrNull("address")))
                .flatMap(intake -> intakes.save(signed.workspace().id(), intake, clock.instant()))
                .then(Mono.fromSupplier(() -> {
                    Flash.say(exchange, "settings.saved");
                    return Rendering.redirectTo(signed.path("/settings/cases/mail"))
                            .build();
                }))
                .onErrorResume(
                        Rejected.class,
                        wrong -> intakes.find(signed.workspace().id())
                                .map(saved ->
                                        page(signed, saved, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    private Rendering page(Signed signed, MailIntake saved, Form form, HttpStatus status) {
        var page = Rendering.view("inbox/mail-settings")
                .modelAttribute("form", form)
                .modelAttribute("saved", saved)
                .status(status);
        links.intake(signed.workspace()).ifPresent(own -> page.modelAttribute("own", own));
        return page.build();
    }
}
