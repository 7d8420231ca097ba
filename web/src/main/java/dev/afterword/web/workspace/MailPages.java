package dev.afterword.web.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.message.stop.MailAlarms;
import dev.afterword.db.message.stop.MailAlarms.Alarms;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who a workspace's mail comes from, whom it may go to and when; and the switch that stops it all. */
@Controller
class MailPages {
    /** Before a survey's key: the field of its own quarantine. */
    private static final String QUARANTINE = "quarantine-";

    private final Workspaces workspaces;
    private final Grounds grounds;
    private final ContactPolicies policies;
    private final Surveys surveys;
    private final MailAlarms alarms;
    private final Transactions transactions;
    private final Clock clock;

    MailPages(
            Workspaces workspaces,
            Grounds grounds,
            ContactPolicies policies,
            Surveys surveys,
            MailAlarms alarms,
            Transactions transactions,
            Clock clock) {
        this.workspaces = workspaces;
        this.grounds = grounds;
        this.policies = policies;
        this.surveys = surveys;
        this.alarms = alarms;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/w/{code}/settings/mail")
    Mono<Rendering> show(Signed signed) {
        return Mono.zip(
                        grounds.of(signed.workspace().id()),
                        policies.find(signed.workspace().id()),
                        alarms.of(signed.workspace().id()))
                .flatMap(found -> page(
                        signed,
                        filled(signed.workspace(), found.getT1(), found.getT2()),
                        found.getT3(),
                        HttpStatus.OK));
    }

    @PostMapping("/w/{code}/settings/mail")
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.zip(policies.find(signed.workspace().id()), asked(signed))
                .map(found -> new Wish(changed(signed.workspace(), form), policy(found.getT1(), found.getT2(), form)))
                .filter(wish -> form.right())
                .flatMap(wish -> transactions.run(workspaces
                        .save(wish.workspace())
                        .flatMap(saved -> policies.save(saved.id(), wish.policy())
                                .then(state(saved, form, clock.instant()))
                                .thenReturn(saved))))
                .map(saved -> to(signed, exchange, "settings.saved"))
                .switchIfEmpty(Mono.defer(() -> page(signed, form, null, HttpStatus.UNPROCESSABLE_CONTENT)))
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(signed, form.reject(rejected), null, HttpStatus.UNPROCESSABLE_CONTENT))
                .onErrorResume(OptimisticLockingFailureException.class, _ -> overtaken(signed, form))
                .onErrorResume(Conflict.class, _ -> overtaken(signed, form));
    }

    /** What was typed stays, and counts when it is saved again. */
    private Mono<Rendering> overtaken(Signed signed, Form form) {
        return policies.find(signed.workspace().id())
                .flatMap(policy -> page(
                        signed,
                        form.wrong("", "settings.changed-meanwhile")
                                .put("version", signed.workspace().version())
                                .put("policyVersion", policy.version()),
                        null,
                        HttpStatus.CONFLICT));
    }

    @PostMapping("/w/{code}/settings/mail/pause")
    Mono<Rendering> pause(Signed signed, ServerWebExchange exchange) {
        return workspaces
                .save(signed.workspace().paused(clock.instant()))
                .map(saved -> to(signed, exchange, "settings.paused"));
    }

    @PostMapping("/w/{code}/settings/mail/pause/end")
    Mono<Rendering> resume(Signed signed, ServerWebExchange exchange) {
        return workspaces.save(signed.workspace().paused(null)).map(saved -> to(signed, exchange, "settings.resumed"));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/mail")).build();
    }

    /** What the form asks for. */
    private record Wish(Workspace workspace, ContactPolicy policy) {}

    private static Form filled(Workspace workspace, Map<Purpose, Ground> stated, ContactPolicy policy) {
        var channels = workspace.channels();
        var form = Form.blank()
                .put("version", workspace.version())
                .put("policyVersion", policy.version())
                .put("senderName", workspace.senderName())
                .put("senderAddress", workspace.senderAddress())
                .put("replyTo", workspace.replyTo())
                .put("postalAddress", workspace.postalAddress())
                .put("allowedFrom", workspace.allowedFrom())
                .put("allowedUntil", workspace.allowedUntil())
                .put("channels", channels == null ? "" : String.join(", ", channels))
                .put("quarantineDays", workspace.quarantineDays())
                .put("mostAWeek", policy.mostAWeek())
                .put("holdout", policy.holdout());
        policy.quarantines().forEach((survey, days) -> form.put(QUARANTINE + survey, days));
        policy.quietDays().forEach(day -> form.put("quiet-" + day.getValue(), "yes"));
        for (var purpose : Purpose.values()) {
            var ground = stated.get(purpose);
            form.put("ground-" + purpose.code(), ground == null ? "" : ground.code());
        }
        return form;
    }

    private static Workspace changed(Workspace workspace, Form form) {
        return workspace
                .asOf(form.number("version", 0, Integer.MAX_VALUE))
                .from(
                        form.valueOrNull("senderName"),
                        form.valueOrNull("senderAddress"),
                        form.valueOrNull("replyTo"),
                        form.valueOrNull("postalAddress"))
                .writing(
                        time(form, "allowedFrom"),
                        time(form, "allowedUntil"),
                        channels(form.value("channels")),
                        form.number("quarantineDays", 0, 365));
    }

    /** What is kept of surveys that are not listed any more stays. */
    private static ContactPolicy policy(ContactPolicy before, List<Survey> surveys, Form form) {
        var quarantines = new HashMap<>(before.quarantines());
        for (var survey : surveys) {
            var field = QUARANTINE + survey.surveyKey();
            if (form.value(field).isEmpty()) {
                quarantines.remove(survey.surveyKey());
            } else {
                quarantines.put(survey.surveyKey(), Math.max(0, form.number(field, 0, 730)));
            }
        }
        var most = form.value("mostAWeek").isEmpty() ? null : form.number("mostAWeek", 1, 50);
        return new ContactPolicy(
                form.number("policyVersion", 0, Integer.MAX_VALUE),
                Arrays.stream(DayOfWeek.values())
                        .filter(day -> !form.value("quiet-" + day.getValue()).isEmpty())
                        .collect(Collectors.toSet()),
                most,
                form.value("holdout").isEmpty() ? 0 : form.number("holdout", 0, 20),
                quarantines);
    }

    private static LocalTime time(Form form, String field) {
        try {
            return LocalTime.parse(form.value(field));
        } catch (DateTimeParseException e) {
            throw new Rejected("workspace.time-unreadable", field);
        }
    }

    private static @Nullable List<String> channels(String typed) {
        var channels = Arrays.stream(typed.split(","))
                .map(String::strip)
                .filter(channel -> !channel.isEmpty())
                .distinct()
                .toList();
        return channels.isEmpty() ? null : channels;
    }

    private Mono<Void> state(Workspace workspace, Form form, Instant now) {
        return Flux.fromArray(Purpose.values())
                .concatMap(purpose -> {
                    var ground = form.value("ground-" + purpose.code());
                    return Arrays.stream(Ground.values())
                                    .anyMatch(known -> known.code().equals(ground))
                            ? grounds.state(workspace.id(), purpose, Ground.of(ground), now)
                            : grounds.withdraw(workspace.id(), purpose);
                })
                .then();
    }

    /** The surveys that may be asked. */
    private Mono<List<Survey>> asked(Signed signed) {
        return surveys.all(signed.workspace().id())
                .map(all -> all.stream()
                        .filter(survey -> survey.archivedAt() == null)
                        .toList());
    }

    private Mono<Rendering> page(Signed signed, Form form, @Nullable Alarms alarms, HttpStatus status) {
        return asked(signed).map(all -> {
            var page = Rendering.view("workspace/mail")
                    .modelAttribute("form", form)
                    .modelAttribute("surveys", all)
                    .modelAttribute("purposes", Purpose.values())
                    .modelAttribute("days", DayOfWeek.values())
                    .status(status);
            return (alarms == null ? page : page.modelAttribute("alarms", alarms)).build();
        });
    }
}
