package dev.afterword.web.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.endpoint.Endpoint;
import dev.afterword.db.endpoint.Endpoints;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.followup.SaveFollowUp;
import dev.afterword.db.reward.RewardPools;
import dev.afterword.db.survey.Surveys;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where a follow-up is written: each change is kept in its draft, and nothing happens to anybody before it is published. */
@Controller
class JourneyEditorPages {
    private final FollowUps followUps;
    private final Surveys surveys;
    private final SaveFollowUp saveFollowUp;
    private final PreviewMail previewMail;
    private final Endpoints endpoints;
    private final RewardPools rewardPools;
    private final JourneyWords words;

    JourneyEditorPages(
            FollowUps followUps,
            Surveys surveys,
            SaveFollowUp saveFollowUp,
            PreviewMail previewMail,
            Endpoints endpoints,
            RewardPools rewardPools,
            JourneyWords words) {
        this.followUps = followUps;
        this.surveys = surveys;
        this.saveFollowUp = saveFollowUp;
        this.previewMail = previewMail;
        this.endpoints = endpoints;
        this.rewardPools = rewardPools;
        this.words = words;
    }

    private record Edited(FollowUp followUp, Surroundings around) {}

    private record Done(FollowUp followUp, JourneyPlace place) {}

    @GetMapping("/w/{code}/follow-ups/{followUp}/edit")
    Mono<Rendering> show(
            Signed signed,
            @PathVariable String followUp,
            @RequestParam(defaultValue = "") String at,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        return edited(signed, followUp)
                .map(edited -> page(view(signed, edited, JourneyPlace.parse(at)), fragment ? "editor" : "")
                        .build());
    }

    /** One change: kept, then shown. A script that saves what is being typed gets only what must change on the page. */
    @PostMapping("/w/{code}/follow-ups/{followUp}/changes")
    Mono<Rendering> change(
            Signed signed,
            @PathVariable String followUp,
            Form form,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
            ServerWebExchange exchange) {
        var how = !fragment ? "" : form.value("auto").isEmpty() ? "editor" : "saved";
        return edited(signed, followUp)
                .flatMap(edited -> changed(edited, form)
                        .map(done -> shown(
                                signed, exchange, new Edited(done.followUp(), edited.around()), done.place(), how))
                        .onErrorResume(
                                Rejected.class,
                                rejected -> Mono.just(refused(signed, edited, form.reject(beside(rejected)), how)))
                        .onErrorResume(Conflict.class, meanwhile -> Mono.just(overtaken(signed, edited, form, how))));
    }

    private Mono<Edited> edited(Signed signed, String followUp) {
        var workspace = signed.workspace();
        return Mono.zip(
                        followUps.find(workspace.id(), followUp),
                        surveys.current(workspace.id()),
                        surveys.all(workspace.id()),
                        followUps.of(workspace.id()),
                        previewMail.examples(workspace.id()),
                        endpoints.of(workspace.id()),
                        rewardPools.keys(workspace.id()))
                .map(found -> new Edited(
                        found.getT1(),
                        new Surroundings(
                                workspace,
                                found.getT2(),
                                found.getT3(),
                                found.getT4(),
                                found.getT5(),
                                found.getT6().stream().map(Endpoint::name).toList(),
                                found.getT7().stream().sorted().toList())));
    }

    private Mono<Done> changed(Edited edited, Form form) {
        var followUp = edited.followUp();
        var seen = form.number("version", 0, Integer.MAX_VALUE);
        if (seen != followUp.draftVersion()) {
            return Mono.error(new Conflict("follow-up.changed-meanwhile"));
        }
        var keys = JourneyChange.adds(form) ? followUps.keysOfVersions(followUp.key()) : Mono.just(Set.<String>of());
        return keys.map(published -> JourneyChange.of(followUp.shown(), published, form, edited.around(), words))
                .flatMap(change -> {
                    var name = Objects.requireNonNullElse(form.valueOrNull("title"), followUp.name());
                    return change.definition().equals(followUp.shown()) && name.equals(followUp.name())
                            ? Mono.just(new Done(followUp, change.place()))
                            : saveFollowUp
                                    .save(followUp.key(), seen, name, change.definition())
                                    .map(saved -> new Done(saved, change.place()));
                });
    }

    /** The path of what is wrong ends in the name of its field. */
    private static Rejected beside(Rejected rejected) {
        var path = rejected.field() == null ? "" : rejected.field();
        var field = path.substring(path.lastIndexOf('.') + 1);
        return new Rejected(rejected.code(), field, rejected.arguments().toArray());
    }

    private Rendering shown(Signed signed, ServerWebExchange exchange, Edited edited, JourneyPlace place, String how) {
        var followUp = edited.followUp();
        exchange.getResponse()
                .getHeaders()
                .set("HX-Trigger", "{\"draft\":{\"version\":" + followUp.draftVersion() + "}}");
        return how.isEmpty()
                ? Rendering.redirectTo(path(signed, followUp) + "/edit?at=" + place)
                        .build()
                : page(view(signed, edited, place), how).build();
    }

    private Rendering refused(Signed signed, Edited edited, Form form, String how) {
        var view = view(signed, edited, JourneyPlace.parse(form.value("place")));
        return page(view, how.equals("saved") ? "refused" : how)
                .modelAttribute("form", form)
                .status(HttpStatus.UNPROCESSABLE_CONTENT)
                .build();
    }

    private Rendering overtaken(Signed signed, Edited edited, Form form, String how) {
        var view = view(signed, edited, JourneyPlace.parse(form.value("place")));
        return page(view, how.equals("saved") ? "overtaken" : how)
                .modelAttribute("overtaken", true)
                .status(how.isEmpty() ? HttpStatus.CONFLICT : HttpStatus.OK)
                .build();
    }

    private JourneyEditorView view(Signed signed, Edited edited, JourneyPlace place) {
        return JourneyEditorView.of(
                edited.followUp(),
                edited.around(),
                path(signed, edited.followUp()),
                place,
                words.naming(edited.around().named()));
    }

    private static String path(Signed signed, FollowUp followUp) {
        return signed.path("/follow-ups/" + followUp.followUpKey());
    }

    /** The whole page, or one of its fragments. */
    private static Rendering.Builder<?> page(JourneyEditorView view, String fragment) {
        return Rendering.view(fragment.isEmpty() ? "followup/edit" : "followup/_editor :: " + fragment)
                .modelAttribute("editor", view)
                .modelAttribute("form", view.form());
    }
}
