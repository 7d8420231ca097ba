package dev.afterword.web.survey;

import dev.afterword.db.response.CountedResponses;
import dev.afterword.db.survey.ArchiveSurvey;
import dev.afterword.db.survey.CreateSurvey;
import dev.afterword.db.survey.DuplicateSurvey;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.survey.SurveyGallery;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The surveys of a workspace, and new ones: from the gallery, from nothing, or like another. */
@Controller
class SurveyPages {
    private final SurveyDrafts drafts;
    private final CountedResponses counted;
    private final CreateSurvey createSurvey;
    private final DuplicateSurvey duplicateSurvey;
    private final ArchiveSurvey archiveSurvey;
    private final MessageSource messages;

    SurveyPages(
            SurveyDrafts drafts,
            CountedResponses counted,
            CreateSurvey createSurvey,
            DuplicateSurvey duplicateSurvey,
            ArchiveSurvey archiveSurvey,
            MessageSource messages) {
        this.drafts = drafts;
        this.counted = counted;
        this.createSurvey = createSurvey;
        this.duplicateSurvey = duplicateSurvey;
        this.archiveSurvey = archiveSurvey;
        this.messages = messages;
    }

    @GetMapping("/w/{code}/surveys")
    Mono<Rendering> list(
            Signed signed,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String archived) {
        var workspace = signed.workspace().id();
        return Mono.zip(drafts.all(workspace), counted.of(workspace))
                .map(read -> Rendering.view("survey/list")
                        .modelAttribute(
                                "list",
                                SurveyListView.of(signed, q, archived.equals("yes"), read.getT1(), read.getT2()))
                        .build());
    }

    @GetMapping("/w/{code}/new-survey")
    Rendering gallery() {
        return Rendering.view("survey/new")
                .modelAttribute("templates", SurveyGallery.all())
                .build();
    }

    @PostMapping("/w/{code}/new-survey")
    Mono<Rendering> create(Signed signed, Form form) {
        var workspace = signed.workspace();
        var language = workspace.language();
        var blank = messages.getMessage("survey.blank.title", null, Locale.ENGLISH);
        var template = SurveyGallery.find(form.value("template"));
        var definition =
                template.map(found -> found.in(language)).orElseGet(() -> SurveyGallery.blank(language, blank));
        var name =
                template.map(found -> found.definition().title().in("en", "en")).orElse(blank);
        return createSurvey
                .create(workspace.id(), null, name, definition, signed.staffId())
                .map(draft -> to(signed, draft));
    }

    @PostMapping("/w/{code}/surveys/{survey}/copies")
    Mono<Rendering> duplicate(Signed signed, @PathVariable String survey, ServerWebExchange exchange) {
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> duplicateSurvey.duplicate(
                        draft.survey().key(),
                        messages.getMessage(
                                "survey.copy-of", new Object[] {draft.survey().name()}, Locale.ENGLISH),
                        signed.staffId()))
                .map(copy -> {
                    Flash.say(exchange, "survey.copied");
                    return to(signed, copy);
                });
    }

    @PostMapping("/w/{code}/surveys/{survey}/archive")
    Mono<Rendering> archive(Signed signed, @PathVariable String survey, Form form, ServerWebExchange exchange) {
        var away = form.value("back").isEmpty();
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> archiveSurvey.archive(draft.survey().key(), away))
                .map(done -> {
                    Flash.say(exchange, away ? "survey.archived" : "survey.restored");
                    return Rendering.redirectTo(signed.path("/surveys")).build();
                });
    }

    private static Rendering to(Signed signed, SurveyDraft draft) {
        return Rendering.redirectTo(signed.path("/surveys/" + draft.survey().surveyKey()))
                .build();
    }
}
