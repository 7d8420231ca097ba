package dev.afterword.web.survey;

import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.survey.Walk;
import dev.afterword.db.workspace.Base32;
import dev.afterword.db.workspace.Logos;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.QuestionView;
import dev.afterword.web.QuestionViews;
import dev.afterword.web.Signed;
import dev.afterword.web.TextDirection;
import dev.afterword.web.ThemeStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** What is being written of a survey, as customers will see it: every question, with what it depends on in words. */
@Controller
class PreviewPages {
    private final SurveyDrafts drafts;
    private final Logos logos;
    private final ConditionWords words;

    PreviewPages(SurveyDrafts drafts, Logos logos, ConditionWords words) {
        this.drafts = drafts;
        this.logos = logos;
        this.words = words;
    }

    /** A page of the survey: its heading, and its questions as customers see them. */
    record Section(String title, String onlyIf, boolean repeated, List<Shown> questions, String endIf) {}

    /** A question, and what it depends on. */
    record Shown(QuestionView view, String onlyIf, boolean repeated, String endIf) {}

    @GetMapping("/w/{code}/surveys/{survey}/preview")
    Mono<Rendering> show(Signed signed, @PathVariable String survey, @RequestParam(defaultValue = "") String language) {
        var workspace = signed.workspace();
        return Mono.zip(
                        drafts.find(workspace.id(), survey),
                        logos.of(workspace.id()).hasElement())
                .map(read -> page(signed, read.getT1(), language, read.getT2()));
    }

    private Rendering page(Signed signed, SurveyDraft draft, String language, boolean hasLogo) {
        var definition = draft.definition();
        var written = definition.languages().getFirst();
        var spoken = definition.languages().contains(language) ? language : written;
        var texts = new Piped(definition, Facts.NONE, Walk.of(definition, Facts.NONE, Map.of()), spoken, written);
        var nonce = Base32.random(24);
        var workspace = signed.workspace();
        return Rendering.view("survey/preview")
                .modelAttribute("shop", workspace.name())
                .modelAttribute("logo", hasLogo && definition.theme().logo() ? signed.path("/settings/logo.png") : "")
                .modelAttribute("spoken", spoken)
                .modelAttribute("direction", TextDirection.of(Locale.forLanguageTag(spoken)))
                .modelAttribute("title", texts.text(definition.title()))
                .modelAttribute("welcome", texts.text(definition.welcome()))
                .modelAttribute("thanks", texts.text(definition.thanks()))
                .modelAttribute(
                        "sections",
                        sections(definition, texts, draft.survey().key().id()))
                .modelAttribute("theme", ThemeStyle.of(workspace, definition.theme()))
                .modelAttribute("nonce", nonce)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self' 'nonce-" + nonce
                                + "'; img-src 'self' https:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'")
                .header("X-Frame-Options", "SAMEORIGIN")
                .build();
    }

    private List<Section> sections(SurveyDefinition definition, Piped texts, UUID seed) {
        var views = new QuestionViews(texts, AnswerFields.none(), QuestionView.Problems.NONE, Map.of(), seed, "");
        return definition.pages().stream()
                .map(page -> new Section(
                        texts.text(page.title()),
                        words.of(page.showIf(), definition),
                        page.perOrderLine(),
                        page.questions().stream()
                                .map(question -> new Shown(
                                        views.of(new Walk.Step(page, question, "", List.of())),
                                        words.of(question.asking().showIf(), definition),
                                        question.asking().perOrderLine(),
                                        words.of(question.asking().endIf(), definition)))
                                .toList(),
                        words.of(page.endIf(), definition)))
                .toList();
    }
}
