package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.desk.DeskMails;
import dev.afterword.db.inbox.desk.HelpDesks;
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
    static final String PAGE = "/w/{code}/settings/cases/mail";
    private static final String YES = "yes";

    private final MailIntakes intakes;
    private final HelpDesks desks;
    private final DeskMails deskMails;
    private final SendLinks links;
    private final Clock clock;

    MailInPages(MailIntakes intakes, HelpDesks desks, DeskMails deskMails, SendLinks links, Clock clock) {
        this.intakes = intakes;
        this.desks = desks;
        this.deskMails = deskMails;
        this.links = links;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    Mono<Rendering> show(Signed signed) {
        return again(signed, Form.blank());
    }

    /** The page with what was typed in the part that was sent. */
    Mono<Rendering> again(Signed signed, Form form) {
        return intakes.find(signed.workspace().id())
                .flatMap(saved -> page(
                        signed,
                        saved,
                        form.put("on", saved.on() ? YES : "").put("address", saved.address()),
                        form.right() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT));
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
                                .flatMap(saved ->
                                        page(signed, saved, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    private Mono<Rendering> page(Signed signed, MailIntake saved, Form form, HttpStatus status) {
        var workspaceId = signed.workspace().id();
        return Mono.zip(desks.find(workspaceId), deskMails.notSent(workspaceId, clock.instant()))
                .map(found -> {
                    var desk = found.getT1();
                    var page = Rendering.view("inbox/mail-settings")
                            .modelAttribute("form", form)
                            .modelAttribute("saved", saved)
                            .modelAttribute("notSent", found.getT2())
                            .status(status);
                    links.intake(signed.workspace()).ifPresent(own -> page.modelAttribute("own", own));
                    desk.ifPresent(one -> page.modelAttribute("desk", one));
                    return page.build();
                });
    }
}
