package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.RetentionKind;
import dev.afterword.db.workspace.Retentions;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** For how long what is kept. */
@Controller
class PrivacyPages {
    private final Retentions retentions;

    PrivacyPages(Retentions retentions) {
        this.retentions = retentions;
    }

    @GetMapping("/w/{code}/settings/privacy")
    Mono<Rendering> show(Signed signed) {
        return retentions.of(signed.workspace().id()).map(days -> {
            var form = Form.blank();
            days.forEach((kind, count) -> form.put(kind.code(), count));
            return page(form, HttpStatus.OK);
        });
    }

    /** All or nothing: a number that is wrong changes none. */
    @PostMapping("/w/{code}/settings/privacy")
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        for (var kind : RetentionKind.values()) {
            if (!form.value(kind.code()).isEmpty()) {
                form.number(kind.code(), Retentions.LEAST, Retentions.MOST);
            }
        }
        if (!form.right()) {
            return Mono.just(page(form, HttpStatus.UNPROCESSABLE_CONTENT));
        }
        return Flux.fromArray(RetentionKind.values())
                .concatMap(kind -> retentions.choose(
                        signed.workspace().id(),
                        kind,
                        form.value(kind.code()).isEmpty() ? null : Integer.valueOf(form.value(kind.code()))))
                .then(Mono.fromSupplier(() -> {
                    Flash.say(exchange, "settings.saved");
                    return Rendering.redirectTo(signed.path("/settings/privacy"))
                            .build();
                }))
                .onErrorResume(
                        Rejected.class, wrong -> Mono.just(page(form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    private static Rendering page(Form form, HttpStatus status) {
        return Rendering.view("workspace/privacy")
                .modelAttribute("form", form)
                .modelAttribute("kinds", RetentionKind.values())
                .status(status)
                .build();
    }
}
