package dev.afterword.web.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.followup.ArchiveFollowUp;
import dev.afterword.db.followup.BeginFromGallery;
import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.DisableFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUpGallery;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.StartByHand;
import dev.afterword.db.followup.StepCounts;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.survey.Surveys;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The follow-ups of a workspace, and one of them as a list of steps with what became of each. */
@Controller
class FollowUpPages {
    private static final Duration PERIOD = Duration.ofDays(30);

    private static final FollowUpDefinition EMPTY = FollowUpReader.read("""
            {"level": 4, "purpose": "tips", "trigger": {"on": "order-delivered"}, "holdout": 10, "steps": []}""");

    private final FollowUps followUps;
    private final CreateFollowUp createFollowUp;
    private final BeginFromGallery beginFromGallery;
    private final StepCounts counts;
    private final EnableFollowUp enableFollowUp;
    private final DisableFollowUp disableFollowUp;
    private final ArchiveFollowUp archiveFollowUp;
    private final PublishFollowUp publishFollowUp;
    private final StartByHand startByHand;
    private final Surveys surveys;
    private final JourneyWords words;
    private final Clock clock;

    FollowUpPages(
            FollowUps followUps,
            CreateFollowUp createFollowUp,
            BeginFromGallery beginFromGallery,
            StepCounts counts,
            EnableFollowUp enableFollowUp,
            DisableFollowUp disableFollowUp,
            ArchiveFollowUp archiveFollowUp,
            PublishFollowUp publishFollowUp,
            StartByHand startByHand,
            Surveys surveys,
            JourneyWords words,
            Clock clock) {
        this.followUps = followUps;
        this.createFollowUp = createFollowUp;
        this.beginFromGallery = beginFromGallery;
        this.counts = counts;
        this.enableFollowUp = enableFollowUp;
        this.disableFollowUp = disableFollowUp;
        this.archiveFollowUp = archiveFollowUp;
        this.publishFollowUp = publishFollowUp;
        this.startByHand = startByHand;
        this.surveys = surveys;
        this.words = words;
        this.clock = clock;
    }

    /** A follow-up in the list, with what happened in it in the last 30 days. */
    record Row(FollowUp followUp, int level, String trigger, StepCounts.Sum sum) {}

    @GetMapping("/w/{code}/follow-ups")
    Mono<Rendering> list(Signed signed, @RequestParam(defaultValue = "") String archived) {
        var workspace = signed.workspace().id();
        var away = archived.equals("yes");
        return Mono.zip(
                        followUps.of(workspace),
                        followUps.archived(workspace),
                        counts.sums(workspace, clock.instant().minus(PERIOD)),
                        surveys.all(workspace).map(words::naming))
                .map(found -> Rendering.view("followup/list")
                        .modelAttribute(
                                "rows",
                                (away ? found.getT2() : found.getT1())
                                        .stream()
                                                .map(one -> new Row(
                                                        one,
                                                        one.shown().level(),
                                                        found.getT4()
                                                                .trigger(one.shown()
                                                                        .trigger()),
                                                        found.getT3()
                                                                .getOrDefault(
                                                                        one.key()
                                                                                .id(),
                                                                        new StepCounts.Sum(0, 0, 0))))
                                                .toList())
                        .modelAttribute("archived", away)
                        .modelAttribute("away", found.getT2().size())
                        .build());
    }

    @GetMapping("/w/{code}/new-follow-up")
    Rendering gallery() {
        return Rendering.view("followup/new")
                .modelAttribute("templates", FollowUpGallery.all())
                .build();
    }

    @PostMapping("/w/{code}/new-follow-up")
    Mono<Rendering> create(Signed signed, Form form) {
        var template = form.value("template");
        var made = template.isEmpty()
                ? createFollowUp.create(signed.workspace().id(), words.unnamed(), EMPTY)
                : beginFromGallery.begin(signed.workspace(), template, signed.staffId());
        return made.map(followUp -> Rendering.redirectTo(signed.path("/follow-ups/" + followUp.followUpKey() + "/edit"))
                .build());
    }

    @GetMapping("/w/{code}/follow-ups/{followUp}")
    Mono<Rendering> show(Signed signed, @PathVariable String followUp) {
        return page(signed, followUp, Form.blank(), HttpStatus.OK);
    }

    @PostMapping("/w/{code}/follow-ups/{followUp}/switch")
    Mono<Rendering> on(Signed signed, @PathVariable String followUp, ServerWebExchange exchange) {
        return act(signed, followUp, "follow-up.on", exchange, enableFollowUp::enable);
    }

    @PostMapping("/w/{code}/follow-ups/{followUp}/switch/off")
    Mono<Rendering> off(Signed signed, @PathVariable String followUp, ServerWebExchange exchange) {
        return act(signed, followUp, "follow-up.off", exchange, disableFollowUp::disable);
    }

    @PostMapping("/w/{code}/follow-ups/{followUp}/archive")
    Mono<Rendering> archive(Signed signed, @PathVariable String followUp, Form form, ServerWebExchange exchange) {
        return form.value("back").isEmpty()
                ? act(signed, followUp, "follow-up.archived", exchange, archiveFollowUp::archive)
                : act(signed, followUp, "follow-up.restored", exchange, archiveFollowUp::takeOut);
    }

    @PostMapping("/w/{code}/follow-ups/{followUp}/start")
    Mono<Rendering> start(Signed signed, @PathVariable String followUp, Form form, ServerWebExchange exchange) {
        return form.value("sure").isEmpty()
                ? find(signed, followUp)
                        .flatMap(startByHand::count)
                        .flatMap(begins -> page(signed, followUp, Form.blank(), HttpStatus.OK, begins))
                        .onErrorResume(Conflict.class, conflict -> refused(signed, followUp, conflict))
                : act(signed, followUp, "follow-up.started", exchange, startByHand::start);
    }

    @PostMapping("/w/{code}/follow-ups/{followUp}/publication")
    Mono<Rendering> publish(Signed signed, @PathVariable String followUp, Form form, ServerWebExchange exchange) {
        return find(signed, followUp)
                .flatMap(key -> publishFollowUp.publish(
                        key,
                        form.number("version", 0, Integer.MAX_VALUE),
                        !form.value("moving").isEmpty()))
                .flatMap(publication -> {
                    if (publication.problems().isEmpty()) {
                        Flash.say(exchange, "follow-up.published");
                        return Mono.just(to(signed, followUp));
                    }
                    var wrong = Form.blank();
                    publication
                            .problems()
                            .forEach(one -> wrong.wrong(
                                    one.code() + one.step(),
                                    one.code(),
                                    one.arguments().toArray()));
                    return page(signed, followUp, wrong, HttpStatus.UNPROCESSABLE_CONTENT);
                });
    }

    private <T> Mono<Rendering> act(
            Signed signed, String followUp, String flash, ServerWebExchange exchange, Function<Key, Mono<T>> act) {
        return find(signed, followUp)
                .flatMap(act)
                .map(done -> {
                    Flash.say(exchange, flash);
                    return to(signed, followUp);
                })
                .onErrorResume(Conflict.class, conflict -> refused(signed, followUp, conflict));
    }

    private Mono<Rendering> refused(Signed signed, String followUp, Conflict conflict) {
        var wrong = Form.blank().wrong("", conflict.code(), conflict.arguments().toArray());
        return page(signed, followUp, wrong, HttpStatus.CONFLICT);
    }

    private Mono<Key> find(Signed signed, String followUp) {
        return followUps.find(signed.workspace().id(), followUp).map(FollowUp::key);
    }

    private Mono<Rendering> page(Signed signed, String followUp, Form form, HttpStatus status) {
        return page(signed, followUp, form, status, null);
    }

    /** @param begins for how many it is to be started, who is asked once more; null: nobody is asked */
    private Mono<Rendering> page(
            Signed signed, String followUp, Form form, HttpStatus status, @Nullable Integer begins) {
        return followUps
                .find(signed.workspace().id(), followUp)
                .flatMap(found -> Mono.zip(
                                counts.of(found.key(), clock.instant().minus(PERIOD)),
                                surveys.all(signed.workspace().id()).map(words::naming))
                        .map(read -> Rendering.view("followup/show")
                                .modelAttribute("journey", JourneyView.of(found, read.getT1(), read.getT2()))
                                .modelAttribute("byHand", found.shown().trigger() instanceof Trigger.ByHand)
                                .modelAttribute("form", form)
                                .model(begins == null ? Map.of() : Map.of("begins", begins))
                                .status(status)
                                .build()));
    }

    private static Rendering to(Signed signed, String followUp) {
        return Rendering.redirectTo(signed.path("/follow-ups/" + followUp)).build();
    }
}
