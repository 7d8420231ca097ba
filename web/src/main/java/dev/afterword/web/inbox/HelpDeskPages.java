package dev.afterword.web.inbox;

import dev.afterword.db.inbox.desk.HelpDesks;
import dev.afterword.web.Act;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Another help desk for a workspace's cases: its address, the code that was mailed to it, and its end. */
@Controller
class HelpDeskPages {
    private final HelpDesks desks;
    private final MailInPages pages;
    private final Clock clock;

    HelpDeskPages(HelpDesks desks, MailInPages pages, Clock clock) {
        this.desks = desks;
        this.pages = pages;
        this.clock = clock;
    }

    @PostMapping(MailInPages.PAGE + "/desk")
    Mono<Rendering> ask(Signed signed, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                form,
                exchange,
                "mail-in.asked",
                desks.ask(signed.workspace().id(), form.value("desk"), clock.instant()));
    }

    @PostMapping(MailInPages.PAGE + "/desk/code")
    Mono<Rendering> confirm(Signed signed, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                form,
                exchange,
                "mail-in.confirmed",
                desks.confirm(signed.workspace().id(), form.value("code"), clock.instant()));
    }

    @PostMapping(MailInPages.PAGE + "/desk/removal")
    Mono<Rendering> remove(Signed signed, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                form,
                exchange,
                "mail-in.removed",
                desks.remove(signed.workspace().id()));
    }

    private Mono<Rendering> act(Signed signed, Form form, ServerWebExchange exchange, String said, Mono<Void> deed) {
        return new Act(form, exchange, (typed, _) -> pages.again(signed, typed))
                .then(signed.path("/settings/cases/mail"), said, () -> deed);
    }
}
