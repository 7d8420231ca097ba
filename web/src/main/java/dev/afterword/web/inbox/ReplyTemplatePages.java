package dev.afterword.web.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.ReplyTemplate;
import dev.afterword.db.inbox.ReplyTemplates;
import dev.afterword.db.message.Locality;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One reply that support keeps ready, in the languages of its customers: added, changed and removed. */
@Controller
class ReplyTemplatePages {
    private static final String ALL = "/w/{code}/settings/cases/templates";
    private static final String ONE = ALL + "/{id}";

    private final ReplyTemplates templates;

    ReplyTemplatePages(ReplyTemplates templates) {
        this.templates = templates;
    }

    @GetMapping(ALL + "/new")
    Rendering blank(Signed signed) {
        return page(signed, null, Form.blank(), HttpStatus.OK);
    }

    @PostMapping(ALL)
    Mono<Rendering> add(Signed signed, Form form, ServerWebExchange exchange) {
        return save(signed, null, form, exchange);
    }

    @GetMapping(ONE)
    Mono<Rendering> show(Signed signed, @PathVariable UUID id) {
        return templates.find(signed.key(id)).map(template -> {
            var form = Form.blank().put("version", template.version()).put("name", template.name());
            template.words().forEach((language, words) -> form.put("words-" + language, words));
            return page(signed, template.key(), form, HttpStatus.OK);
        });
    }

    @PostMapping(ONE)
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return templates.find(signed.key(id)).flatMap(found -> save(signed, found.key(), form, exchange));
    }

    private Mono<Rendering> save(Signed signed, @Nullable Key key, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() ->
                        read(signed, key == null ? Key.next(signed.workspace().id()) : key, key == null, form))
                .flatMap(read -> read.isPresent()
                        ? templates.save(read.get()).map(saved -> to(signed, exchange, "settings.saved"))
                        : Mono.just(page(signed, key, form, HttpStatus.UNPROCESSABLE_CONTENT)))
                .onErrorResume(
                        Rejected.class,
                        wrong -> Mono.just(page(signed, key, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT)))
                .onErrorResume(Conflict.class, taken -> {
                    if (key != null && taken.code().equals("reply-template.changed-meanwhile")) {
                        return overtaken(signed, key, form);
                    }
                    form.wrong("name", taken.code(), taken.arguments().toArray());
                    return Mono.just(page(signed, key, form, HttpStatus.CONFLICT));
                });
    }

    /** What was typed stays, and counts when it is saved again. */
    private Mono<Rendering> overtaken(Signed signed, Key key, Form form) {
        return templates.find(key).map(found -> {
            form.wrong("", "settings.changed-meanwhile").put("version", found.version());
            return page(signed, key, form, HttpStatus.CONFLICT);
        });
    }

    /** Otherwise the form says what is wrong. */
    private static Optional<ReplyTemplate> read(Signed signed, Key key, boolean fresh, Form form) {
        var words = new LinkedHashMap<String, String>();
        for (var language : languages(signed)) {
            var said = form.valueOrNull("words-" + language);
            if (said != null) {
                words.put(language, said);
            }
        }
        var first = signed.workspace().language();
        if (!words.containsKey(first)) {
            form.wrong("words-" + first, "field.required");
            return Optional.empty();
        }
        var template = new ReplyTemplate(
                key, fresh ? 0 : form.number("version", 0, Integer.MAX_VALUE), form.value("name"), words);
        template.problems(signed.workspace()).forEach(problem -> {
            var language = problem.path().replaceFirst("\\..*", "");
            form.wrong(
                    language.isEmpty() ? "" : "words-" + language,
                    problem.code(),
                    problem.arguments().toArray());
        });
        return form.right() ? Optional.of(template) : Optional.empty();
    }

    /** The workspace's own first. */
    private static List<String> languages(Signed signed) {
        return Stream.concat(Stream.of(signed.workspace().language()), Locality.LANGUAGES.stream())
                .distinct()
                .toList();
    }

    @PostMapping(ONE + "/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return templates
                .remove(signed.key(id))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "case-settings.template-removed")));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/cases")).build();
    }

    /** @param key null for a new one */
    private static Rendering page(Signed signed, @Nullable Key key, Form form, HttpStatus status) {
        return Rendering.view("inbox/template")
                .modelAttribute("form", form)
                .modelAttribute("fresh", key == null)
                .modelAttribute(
                        "address", signed.path("/settings/cases/templates" + (key == null ? "" : "/" + key.id())))
                .modelAttribute("languages", languages(signed))
                .status(status)
                .build();
    }
}
