package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Problem;
import dev.afterword.db.inbox.SavedView;
import dev.afterword.db.inbox.SavedViews;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Keeps a look at the inbox under a name, and forgets it. */
@Controller
class SavedViewPages {
    private final SavedViews saved;
    private final InboxPages inbox;

    SavedViewPages(SavedViews saved, InboxPages inbox) {
        this.saved = saved;
        this.inbox = inbox;
    }

    @PostMapping(InboxPages.INBOX + "/views")
    Mono<Rendering> keep(Signed signed, Form form, ServerWebExchange exchange) {
        var query = new InboxQuery(form.value("view"), form.value("q"), form.value("team"), null, null);
        return Mono.defer(() -> saved.keep(new SavedView(
                        Key.next(signed.workspace().id()),
                        signed.staffId(),
                        form.has("shared", "yes"),
                        form.value("name"),
                        query.chosen(),
                        query.search(),
                        query.teamOrNull())))
                .map(_ -> to(signed, query, exchange, "inbox.kept"))
                .onErrorResume(Problem.class, problem -> {
                    form.wrong("name", problem.code(), problem.arguments().toArray());
                    return inbox.show(signed, query, form, HttpStatus.UNPROCESSABLE_CONTENT);
                });
    }

    @PostMapping(InboxPages.INBOX + "/views/{id}/removal")
    Mono<Rendering> forget(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return saved.forget(signed.key(id), signed.staffId(), signed.role().mayConfigure())
                .then(Mono.fromSupplier(
                        () -> to(signed, new InboxQuery(null, null, null, null, null), exchange, "inbox.forgotten")));
    }

    private static Rendering to(Signed signed, InboxQuery query, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(query.address(signed.path("/inbox"))).build();
    }
}
