package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.notice.Choice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.Telling;
import dev.afterword.db.inbox.notice.Tellings;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.EnumMap;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What somebody on the staff is told by mail, and when: theirs alone to choose, in each workspace. */
@Controller
class ToldPages {
    private static final String PAGE = "/w/{code}/told";

    private final Tellings tellings;

    ToldPages(Tellings tellings) {
        this.tellings = tellings;
    }

    @GetMapping(PAGE)
    Mono<Rendering> show(Signed signed) {
        return tellings.find(signed.workspace().id(), signed.staffId())
                .map(telling -> page(signed, filled(telling), HttpStatus.OK));
    }

    /** Kinds that their role hears nothing of stay as they are: a role can change. */
    @PostMapping(PAGE)
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return tellings.find(signed.workspace().id(), signed.staffId())
                .map(before -> read(before, NoticeKind.of(signed.role()), form))
                .flatMap(telling -> tellings.save(signed.workspace(), signed.staffId(), telling))
                .then(Mono.fromSupplier(() -> {
                    Flash.say(exchange, "settings.saved");
                    return Rendering.redirectTo(signed.path("/told")).build();
                }))
                .onErrorResume(
                        Rejected.class,
                        wrong -> Mono.just(page(signed, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    private static Telling read(Telling before, List<NoticeKind> heard, Form form) {
        var choices = new EnumMap<NoticeKind, Choice>(NoticeKind.class);
        choices.putAll(before.choices());
        for (var kind : heard) {
            var chosen = form.valueOrNull("kind-" + kind.code());
            if (chosen != null) {
                choices.put(kind, Choice.of(chosen));
            }
        }
        int hour = form.number("hour", 0, 23);
        return new Telling(hour, choices);
    }

    private static Form filled(Telling telling) {
        var form = Form.blank().put("hour", telling.hour());
        for (var kind : NoticeKind.values()) {
            form.put("kind-" + kind.code(), telling.choice(kind).code());
        }
        return form;
    }

    private static Rendering page(Signed signed, Form form, HttpStatus status) {
        return Rendering.view("inbox/told")
                .modelAttribute("form", form)
                .modelAttribute("kinds", NoticeKind.of(signed.role()))
                .modelAttribute("choices", Choice.values())
                .status(status)
                .build();
    }
}
