package dev.afterword.web.survey;

import dev.afterword.db.Rejected;
import dev.afterword.db.SmallBody;
import dev.afterword.db.survey.CreateSurvey;
import dev.afterword.db.survey.moving.ReadForeignSurvey;
import dev.afterword.db.workspace.Permission;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Upload a survey of another product, see what was read and what could not be, and make it a draft. */
@Controller
class MovingPages {
    private static final String IMPORT = "/w/{code}/new-survey/import";

    private final ReadForeignSurvey readForeignSurvey;
    private final CreateSurvey createSurvey;

    MovingPages(ReadForeignSurvey readForeignSurvey, CreateSurvey createSurvey) {
        this.readForeignSurvey = readForeignSurvey;
        this.createSurvey = createSurvey;
    }

    @GetMapping(IMPORT)
    Rendering ask(Signed signed) {
        allowed(signed);
        return ask((Rejected) null);
    }

    private static Rendering ask(@Nullable Rejected problem) {
        var page = Rendering.view("survey/import");
        return (problem == null
                        ? page
                        : page.modelAttribute("problem", problem.code())
                                .modelAttribute("arguments", problem.arguments().toArray())
                                .status(HttpStatus.UNPROCESSABLE_CONTENT))
                .build();
    }

    @PostMapping(path = IMPORT, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<Rendering> read(Signed signed, @RequestPart FilePart file) {
        allowed(signed);
        return SmallBody.read(file.content(), ReadForeignSurvey.MOST_BYTES, ReadForeignSurvey::tooLarge)
                .flatMap(readForeignSurvey::read)
                .map(read -> Rendering.view("survey/imported")
                        .modelAttribute("read", MovedView.of(read))
                        .modelAttribute("carried", CarriedSurvey.pack(read.definition()))
                        .build())
                .onErrorResume(Rejected.class, problem -> Mono.just(ask(problem)));
    }

    @PostMapping(IMPORT + "/draft")
    Mono<Rendering> create(Signed signed, Form form, ServerWebExchange exchange) {
        allowed(signed);
        return Mono.fromCallable(() -> CarriedSurvey.unpack(form.value("carried")))
                .flatMap(definition -> createSurvey.create(
                        signed.workspace().id(), null, form.value("name"), definition, signed.staffId()))
                .map(draft -> {
                    Flash.say(exchange, "survey-import.created");
                    return Rendering.redirectTo(
                                    signed.path("/surveys/" + draft.survey().surveyKey()))
                            .build();
                });
    }

    private static void allowed(Signed signed) {
        if (!signed.role().may(Permission.DESIGN_SURVEYS)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
