package dev.afterword.web.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.survey.SaveSurveyDraft;
import dev.afterword.db.survey.StepSurveyDraft;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.workspace.Membership;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Where a survey is written: each change is kept in its draft, and nobody is asked it before it is published. */
@Controller
class EditorPages {
    private final SurveyDrafts drafts;
    private final SaveSurveyDraft saveSurveyDraft;
    private final StepSurveyDraft stepSurveyDraft;
    private final Memberships memberships;
    private final ConditionWords words;

    EditorPages(
            SurveyDrafts drafts,
            SaveSurveyDraft saveSurveyDraft,
            StepSurveyDraft stepSurveyDraft,
            Memberships memberships,
            ConditionWords words) {
        this.drafts = drafts;
        this.saveSurveyDraft = saveSurveyDraft;
        this.stepSurveyDraft = stepSurveyDraft;
        this.memberships = memberships;
        this.words = words;
    }

    @GetMapping("/w/{code}/surveys/{survey}")
    Mono<Rendering> show(
            Signed signed,
            @PathVariable String survey,
            @RequestParam(defaultValue = "") String at,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        return drafts.find(signed.workspace().id(), survey)
                .map(draft -> page(view(signed, draft, Place.parse(at)), fragment ? "editor" : "")
                        .build());
    }

    /** One change: kept, then shown. A script that saves what is being typed gets only what must change on the page. */
    @PostMapping("/w/{code}/surveys/{survey}/changes")
    Mono<Rendering> change(
            Signed signed,
            @PathVariable String survey,
            Form form,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
            ServerWebExchange exchange) {
        var how = !fragment ? "" : form.value("auto").isEmpty() ? "editor" : "saved";
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> changed(signed, draft, form)
                        .map(done -> shown(signed, exchange, done, how))
                        .onErrorResume(
                                Rejected.class, rejected -> refused(signed, draft, form.reject(beside(rejected)), how))
                        .onErrorResume(Conflict.class, meanwhile -> overtaken(signed, draft, form, how)));
    }

    /** The last change taken back, or made again. */
    @PostMapping("/w/{code}/surveys/{survey}/steps")
    Mono<Rendering> step(
            Signed signed,
            @PathVariable String survey,
            Form form,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
            ServerWebExchange exchange) {
        var how = fragment ? "editor" : "";
        var redo = form.value("step").equals("redo");
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> stepSurveyDraft
                        .step(
                                draft.survey().key(),
                                form.number("version", 0, Integer.MAX_VALUE),
                                redo,
                                signed.staffId())
                        .map(stepped -> shown(signed, exchange, new Done(stepped, Place.parse(form.value("at"))), how))
                        .onErrorResume(Conflict.class, meanwhile -> overtaken(signed, draft, form, how)));
    }

    private Rendering shown(Signed signed, ServerWebExchange exchange, Done done, String how) {
        tell(exchange, done.draft());
        return how.isEmpty()
                ? Rendering.redirectTo(address(signed, done.draft().survey().surveyKey(), done.place()))
                        .build()
                : page(view(signed, done.draft(), done.place()), how).build();
    }

    private record Done(SurveyDraft draft, Place place) {}

    private Mono<Done> changed(Signed signed, SurveyDraft draft, Form form) {
        var seen = form.number("version", 0, Integer.MAX_VALUE);
        if (seen != draft.version()) {
            return Mono.error(new Conflict("survey.changed-meanwhile"));
        }
        return Mono.fromCallable(() -> DraftChange.of(draft.definition(), form)).flatMap(change -> {
            var name = Objects.requireNonNullElse(
                    form.valueOrNull("name"), draft.survey().name());
            return change.definition().equals(draft.definition())
                            && name.equals(draft.survey().name())
                    ? Mono.just(new Done(draft, change.place()))
                    : saveSurveyDraft
                            .save(draft.survey().key(), seen, name, change.definition(), signed.staffId())
                            .map(saved -> new Done(saved, change.place()));
        });
    }

    /** The path of what is wrong ends in the name of its field. */
    private static Rejected beside(Rejected rejected) {
        var path = rejected.field() == null ? "" : rejected.field();
        var field = path.substring(path.lastIndexOf('.') + 1);
        return new Rejected(rejected.code(), field, rejected.arguments().toArray());
    }

    private Mono<Rendering> refused(Signed signed, SurveyDraft draft, Form form, String how) {
        var view = view(signed, draft, Place.parse(form.value("at")));
        return Mono.just(page(view, how.equals("saved") ? "refused" : how)
                .modelAttribute("form", form)
                .status(HttpStatus.UNPROCESSABLE_CONTENT)
                .build());
    }

    private Mono<Rendering> overtaken(Signed signed, SurveyDraft draft, Form form, String how) {
        var view = view(signed, draft, Place.parse(form.value("at")));
        return memberships
                .of(signed.workspace().id())
                .map(members -> members.stream()
                        .filter(member -> member.staffId().equals(draft.changedBy()))
                        .map(Membership::name)
                        .findFirst()
                        .orElse(""))
                .map(who -> page(view, how.equals("saved") ? "overtaken" : how)
                        .modelAttribute("overtakenBy", who)
                        .status(how.isEmpty() ? HttpStatus.CONFLICT : HttpStatus.OK)
                        .build());
    }

    /** Tells the page's script which version the next change is made of. */
    private static void tell(ServerWebExchange exchange, SurveyDraft draft) {
        exchange.getResponse().getHeaders().set("HX-Trigger", "{\"draft\":{\"version\":" + draft.version() + "}}");
    }

    private EditorView view(Signed signed, SurveyDraft draft, Place place) {
        return EditorView.of(draft, signed, place, words);
    }

    private static String address(Signed signed, String survey, Place place) {
        return signed.path("/surveys/" + UriUtils.encodePathSegment(survey, StandardCharsets.UTF_8)) + "?at=" + place;
    }

    /** The whole page, or one of its fragments. */
    private static Rendering.Builder<?> page(EditorView view, String fragment) {
        return Rendering.view(fragment.isEmpty() ? "survey/editor" : "survey/_editor :: " + fragment)
                .modelAttribute("editor", view)
                .modelAttribute("form", view.form());
    }
}
