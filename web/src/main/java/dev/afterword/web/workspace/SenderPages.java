package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.contact.Address;
import dev.afterword.db.message.sender.CheckSender;
import dev.afterword.db.message.sender.MakeSenderKeys;
import dev.afterword.db.message.sender.StartSigning;
import dev.afterword.db.message.sender.TextRecords;
import dev.afterword.db.message.sender.WarmUps;
import dev.afterword.db.message.stop.MailAlarms;
import dev.afterword.db.message.stop.StepStops;
import dev.afterword.web.Flash;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What receivers look up about a workspace's sender: what is published, what is missing; the keys that sign its mail; and what came back. */
@Controller
class SenderPages {
    private static final String PATH = "/settings/mail/sender";

    private final CheckSender checkSender;
    private final MakeSenderKeys makeKeys;
    private final StartSigning startSigning;
    private final TextRecords records;
    private final StepStops stops;
    private final MailAlarms alarms;
    private final WarmUps warmUps;
    private final Clock clock;

    SenderPages(
            CheckSender checkSender,
            MakeSenderKeys makeKeys,
            StartSigning startSigning,
            TextRecords records,
            StepStops stops,
            MailAlarms alarms,
            WarmUps warmUps,
            Clock clock) {
        this.checkSender = checkSender;
        this.makeKeys = makeKeys;
        this.startSigning = startSigning;
        this.records = records;
        this.stops = stops;
        this.alarms = alarms;
        this.warmUps = warmUps;
        this.clock = clock;
    }

    @GetMapping("/w/{code}/settings/mail/sender")
    Mono<Rendering> show(Signed signed) {
        return alarms.of(signed.workspace().id()).flatMap(found -> {
            var page = Rendering.view("workspace/sender").modelAttribute("alarms", found);
            return domain(signed)
                    .map(domain -> warmUps.room(signed.workspace().id(), domain, clock.instant())
                            .doOnNext(room -> page.modelAttribute("room", room))
                            .then(checkSender.check(signed.workspace().id(), domain, records))
                            .map(report -> page.modelAttribute("report", report).build()))
                    .orElseGet(() -> Mono.fromSupplier(page::build));
        });
    }

    /** Lets a step go on that was stopped because of what came back. */
    @PostMapping("/w/{code}/settings/mail/sender/stops/{id}/end")
    Mono<Rendering> goOn(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return stops.lift(signed.key(id), signed.staffId(), clock.instant())
                .then(Mono.fromSupplier(() -> to(signed, exchange, "sender.going-on")));
    }

    @PostMapping("/w/{code}/settings/mail/sender/keys")
    Mono<Rendering> make(Signed signed, ServerWebExchange exchange) {
        return makeKeys.make(signed.workspace().id(), needed(signed)).map(made -> to(signed, exchange, "sender.made"));
    }

    /** Looks once more first: mail that is signed without a record is worse off than mail that is not signed. */
    @PostMapping("/w/{code}/settings/mail/sender/signing")
    Mono<Rendering> start(Signed signed, ServerWebExchange exchange) {
        return checkSender
                .check(signed.workspace().id(), needed(signed), records)
                .flatMap(report -> {
                    var waiting = report.waiting();
                    return waiting == null || !report.mayStart()
                            ? Mono.just(to(signed, exchange, "sender.not-published"))
                            : startSigning
                                    .start(waiting.key())
                                    .then(Mono.fromSupplier(() -> to(signed, exchange, "sender.started")));
                });
    }

    /** Sends little at first, and more each day that goes well. */
    @PostMapping("/w/{code}/settings/mail/sender/warm-up")
    Mono<Rendering> startSlowly(Signed signed, ServerWebExchange exchange) {
        return warmUps.start(signed.workspace(), needed(signed), clock.instant())
                .then(Mono.fromSupplier(() -> to(signed, exchange, "sender.slowly")));
    }

    @PostMapping("/w/{code}/settings/mail/sender/warm-up/end")
    Mono<Rendering> sendAll(Signed signed, ServerWebExchange exchange) {
        return warmUps.end(signed.workspace().id(), needed(signed))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "sender.no-longer-slowly")));
    }

    private static Optional<String> domain(Signed signed) {
        var address = signed.workspace().senderAddress();
        return address == null ? Optional.empty() : Optional.of(Address.domain(address));
    }

    private static String needed(Signed signed) {
        return domain(signed).orElseThrow(() -> new Rejected("sender-domain.no-address", "senderAddress"));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path(PATH)).build();
    }
}
