package dev.afterword.web.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.survey.SaveSurveyDraft;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A survey's texts side by side in two languages, on the page or in a CSV file for a translator. */
@Controller
class TranslationPages {
    private static final String FIELD = "t:";

    private final SurveyDrafts drafts;
    private final SaveSurveyDraft saveSurveyDraft;

    TranslationPages(SurveyDrafts drafts, SaveSurveyDraft saveSurveyDraft) {
        this.drafts = drafts;
        this.saveSurveyDraft = saveSurveyDraft;
    }

    /** A language of the survey, and how much is missing in it. */
    record Language(String tag, String name, int missing) {
        static Language of(DraftTree tree, String tag) {
            int missing = (int) Translations.of(tree, tag).stream()
                    .filter(Translations.Entry::isMissing)
                    .count();
            return new Language(tag, Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH), missing);
        }
    }

    @GetMapping("/w/{code}/surveys/{survey}/translations")
    Mono<Rendering> show(Signed signed, @PathVariable String survey, @RequestParam(defaultValue = "") String language) {
        return drafts.find(signed.workspace().id(), survey)
                .map(draft -> page(signed, draft, language, Form.blank(), HttpStatus.OK));
    }

    @PostMapping("/w/{code}/surveys/{survey}/translations")
    Mono<Rendering> save(
            Signed signed,
            @PathVariable String survey,
            @RequestParam String language,
            Form form,
            ServerWebExchange exchange) {
        return change(signed, survey, language, form, exchange, tree -> {
            var texts = new HashMap<String, String>();
            Translations.of(tree, language).forEach(entry -> {
                if (!form.values(FIELD + entry.key()).isEmpty()) {
                    texts.put(entry.key(), form.value(FIELD + entry.key()));
                }
            });
            Translations.put(tree, language, texts);
        });
    }

    @PostMapping("/w/{code}/surveys/{survey}/translations/languages")
    Mono<Rendering> add(Signed signed, @PathVariable String survey, Form form, ServerWebExchange exchange) {
        var language = form.value("language");
        return change(signed, survey, language, form, exchange, tree -> Translations.add(tree, language));
    }

    @PostMapping("/w/{code}/surveys/{survey}/translations/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable String survey, Form form, ServerWebExchange exchange) {
        var language = form.value("language");
        return change(signed, survey, "", form, exchange, tree -> Translations.remove(tree, language));
    }

    /** What a translator got back: the columns key, source and target, pasted or from a file. */
    @PostMapping("/w/{code}/surveys/{survey}/translations/table")
    Mono<Rendering> take(
            Signed signed,
            @PathVariable String survey,
            @RequestParam String language,
            Form form,
            ServerWebExchange exchange) {
        return change(
                signed,
                survey,
                language,
                form,
                exchange,
                tree -> Translations.put(tree, language, TranslationTable.read(form.value("csv"))));
    }

    @GetMapping("/w/{code}/surveys/{survey}/translations.csv")
    Mono<ResponseEntity<String>> give(Signed signed, @PathVariable String survey, @RequestParam String language) {
        return drafts.find(signed.workspace().id(), survey)
                .map(draft -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename(survey + "-" + language.replaceAll("[^A-Za-z0-9-]", "") + ".csv")
                                        .build()
                                        .toString())
                        .body(TranslationTable.write(Translations.of(DraftTree.of(draft.definition()), language))));
    }

    private Mono<Rendering> change(
            Signed signed,
            String survey,
            String language,
            Form form,
            ServerWebExchange exchange,
            Consumer<DraftTree> change) {
        return drafts.find(signed.workspace().id(), survey)
                .flatMap(draft -> Mono.fromCallable(() -> {
                            var tree = DraftTree.of(draft.definition());
                            change.accept(tree);
                            return tree.definition();
                        })
                        .flatMap(definition -> saveSurveyDraft.save(
                                draft.survey().key(),
                                form.number("version", 0, Integer.MAX_VALUE),
                                draft.survey().name(),
                                definition,
                                signed.staffId()))
                        .map(saved -> {
                            Flash.say(exchange, "settings.saved");
                            return Rendering.redirectTo(
                                            signed.path("/surveys/" + survey + "/translations?language=" + language))
                                    .build();
                        })
                        .onErrorResume(
                                Rejected.class,
                                rejected -> Mono.just(page(
                                        signed,
                                        draft,
                                        language,
                                        form.wrong(
                                                "",
                                                rejected.code(),
                                                rejected.arguments().toArray()),
                                        HttpStatus.UNPROCESSABLE_CONTENT)))
                        .onErrorResume(
                                Conflict.class,
                                meanwhile -> Mono.just(page(
                                        signed,
                                        draft,
                                        language,
                                        form.wrong("", meanwhile.code()),
                                        HttpStatus.CONFLICT))));
    }

    private static Rendering page(Signed signed, SurveyDraft draft, String wanted, Form form, HttpStatus status) {
        var tree = DraftTree.of(draft.definition());
        var others = tree.languages().subList(1, tree.languages().size());
        var language = others.contains(wanted) ? wanted : others.isEmpty() ? "" : others.getFirst();
        List<Translations.Entry> entries = language.isEmpty() ? List.of() : Translations.of(tree, language);
        return Rendering.view("survey/translations")
                .modelAttribute("survey", draft.survey())
                .modelAttribute("version", draft.version())
                .modelAttribute("path", signed.path("/surveys/" + draft.survey().surveyKey()))
                .modelAttribute("source", Language.of(tree, tree.language()))
                .modelAttribute(
                        "languages",
                        others.stream().map(one -> Language.of(tree, one)).toList())
                .modelAttribute("language", language)
                .modelAttribute("entries", entries)
                .modelAttribute("form", form)
                .status(status)
                .build();
    }
}
