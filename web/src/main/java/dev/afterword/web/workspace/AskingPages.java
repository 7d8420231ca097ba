package dev.afterword.web.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.followup.ChangeDelays;
import dev.afterword.db.followup.CountReach;
import dev.afterword.db.followup.Delays;
import dev.afterword.db.followup.DisableFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.Mail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The follow-up that asks after the purchase: when it writes, what it writes, to how many, and its switch. */
@Controller
class AskingPages {
    private final FollowUps followUps;
    private final CountReach countReach;
    private final PreviewMail previewMail;
    private final EnableFollowUp enableFollowUp;
    private final DisableFollowUp disableFollowUp;
    private final ChangeDelays changeDelays;
    private final StaffMails staffMails;
    private final Clock clock;

    AskingPages(
            FollowUps followUps,
            CountReach countReach,
            PreviewMail previewMail,
            EnableFollowUp enableFollowUp,
            DisableFollowUp disableFollowUp,
            ChangeDelays changeDelays,
            StaffMails staffMails,
            Clock clock) {
        this.followUps = followUps;
        this.countReach = countReach;
        this.previewMail = previewMail;
        this.enableFollowUp = enableFollowUp;
        this.disableFollowUp = disableFollowUp;
        this.changeDelays = changeDelays;
        this.staffMails = staffMails;
        this.clock = clock;
    }

    @GetMapping("/w/{code}/settings/asking")
    Mono<Rendering> show(Signed signed, @RequestParam(defaultValue = "") String language) {
        return followUp(signed).flatMap(followUp -> page(signed, followUp, filled(followUp), language, HttpStatus.OK));
    }

    /** To how many it would write: a part of the page that comes by itself, because everybody on the way through it is looked at. */
    @GetMapping("/w/{code}/settings/asking/reach")
    Mono<Rendering> reach(Signed signed) {
        return followUp(signed)
                .flatMap(followUp -> countReach
                        .of(followUp.key())
                        .map(reach -> Rendering.view("workspace/_reach :: reach")
                                .modelAttribute("followUp", followUp)
                                .modelAttribute("reach", reach)
                                .build()));
    }

    @PostMapping("/w/{code}/settings/asking")
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return followUp(signed)
                .flatMap(followUp -> change(followUp, form).thenReturn(to(signed, exchange, "settings.saved")))
                .onErrorResume(Rejected.class, rejected -> again(signed, form.reject(rejected)));
    }

    @PostMapping("/w/{code}/settings/asking/switch")
    Mono<Rendering> on(Signed signed, ServerWebExchange exchange) {
        return followUp(signed)
                .flatMap(followUp -> enableFollowUp.enable(followUp.key()))
                .map(enabled -> to(signed, exchange, "asking.on"))
                .onErrorResume(
                        Conflict.class,
                        conflict -> followUp(signed)
                                .flatMap(followUp -> page(
                                        signed,
                                        followUp,
                                        filled(followUp)
                                                .wrong(
                                                        "",
                                                        conflict.code(),
                                                        conflict.arguments().toArray()),
                                        "",
                                        HttpStatus.CONFLICT)));
    }

    @PostMapping("/w/{code}/settings/asking/switch/off")
    Mono<Rendering> off(Signed signed, ServerWebExchange exchange) {
        return followUp(signed)
                .flatMap(followUp -> disableFollowUp.disable(followUp.key()))
                .map(disabled -> to(signed, exchange, "asking.off"));
    }

    @PostMapping("/w/{code}/settings/asking/test")
    Mono<Rendering> test(Signed signed, Form form, ServerWebExchange exchange) {
        var language = language(signed, form.value("language"));
        return followUp(signed)
                .flatMap(followUp ->
                        staffMails.addTest(followUp.key(), null, signed.staffId(), language, clock.instant()))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "asking.test")));
    }

    private Mono<FollowUp> followUp(Signed signed) {
        return followUps
                .of(signed.workspace().id())
                .flatMapIterable(found -> found)
                .filter(found -> found.followUpKey().equals("post-purchase"))
                .next()
                .switchIfEmpty(Mono.error(() -> new NotFound("follow-up.unknown")));
    }

    private Mono<FollowUp> change(FollowUp followUp, Form form) {
        var afterDelivery = form.number("daysAfterDelivery", 0, 365);
        var afterShipping = form.number("daysAfterShipping", 0, 365);
        var reminder = form.value("daysToReminder").isEmpty() ? null : form.number("daysToReminder", 1, 365);
        if (!form.right()) {
            return Mono.error(new Rejected("form.not-right", "form"));
        }
        return Mono.fromSupplier(() -> new Delays(afterDelivery, afterShipping, reminder))
                .flatMap(delays -> changeDelays.change(followUp.key(), delays));
    }

    private Mono<Rendering> again(Signed signed, Form form) {
        return followUp(signed).flatMap(followUp -> page(signed, followUp, form, "", HttpStatus.UNPROCESSABLE_CONTENT));
    }

    private Mono<Rendering> page(Signed signed, FollowUp followUp, Form form, String language, HttpStatus status) {
        var shown = language(signed, language);
        return Mono.zip(letters(followUp, shown), tested(signed))
                .map(read -> Rendering.view("workspace/asking")
                        .modelAttribute("form", form)
                        .modelAttribute("followUp", followUp)
                        .modelAttribute("letters", read.getT1())
                        .modelAttribute("tested", read.getT2())
                        .modelAttribute("language", shown)
                        .modelAttribute("languages", WorkspaceFields.LANGUAGES)
                        .status(status)
                        .build());
    }

    /** Each mail that it writes, in its order. */
    private Mono<List<ShownLetter>> letters(FollowUp followUp, String language) {
        return Flux.fromIterable(followUp.shown().allSteps())
                .ofType(Step.Written.class)
                .concatMap(step -> previewMail
                        .preview(followUp.key(), step.key(), language, null)
                        .map(mail -> new ShownLetter(step.key(), title(step), mail)))
                .collectList();
    }

    private static String title(Step.Written step) {
        return switch (step) {
            case Step.Ask _ -> "asking.mail.ask";
            case Step.Remind _ -> "asking.mail.reminder";
            case Step.Mail _ -> "asking.mail.mail";
        };
    }

    /**
     * A mail as the customer of the latest order would read it.
     *
     * @param step its key
     * @param title a message's key
     */
    record ShownLetter(String step, String title, Mail mail) {}

    private Mono<Tested> tested(Signed signed) {
        return staffMails
                .latestTest(signed.workspace().id())
                .map(test -> new Tested(test.late(clock.instant()), test.error()))
                .defaultIfEmpty(new Tested(false, null));
    }

    /** What keeps the latest test mail from leaving, as far as it is known. */
    record Tested(boolean late, @Nullable String error) {}

    private static String language(Signed signed, String wanted) {
        if (WorkspaceFields.LANGUAGES.containsKey(wanted)) {
            return wanted;
        }
        var own = signed.workspace().language();
        return WorkspaceFields.LANGUAGES.containsKey(own) ? own : "en";
    }

    private static Form filled(FollowUp followUp) {
        var delays = Delays.of(followUp.shown());
        return Form.blank()
                .put("daysAfterDelivery", delays.afterDelivery())
                .put("daysAfterShipping", delays.afterShipping())
                .put("daysToReminder", delays.toReminder());
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/asking")).build();
    }
}
