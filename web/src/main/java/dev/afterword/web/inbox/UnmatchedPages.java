package dev.afterword.web.inbox;

import dev.afterword.db.Cursor;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.OpenFromMail;
import dev.afterword.db.message.incoming.UnmatchedMails;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The mail of which no case was made, and why; one click makes a case of one. */
@Controller
class UnmatchedPages {
    static final String PAGE = InboxPages.INBOX + "/unmatched";
    private static final int ON_A_PAGE = 25;

    private final UnmatchedMails mails;
    private final OpenFromMail openFromMail;

    UnmatchedPages(UnmatchedMails mails, OpenFromMail openFromMail) {
        this.mails = mails;
        this.openFromMail = openFromMail;
    }

    @GetMapping(PAGE)
    Mono<Rendering> list(Signed signed, @RequestParam(required = false) @Nullable String at) {
        return list(signed, at, Form.blank(), HttpStatus.OK);
    }

    private Mono<Rendering> list(Signed signed, @Nullable String at, Form form, HttpStatus status) {
        var path = signed.path("/inbox/unmatched");
        return mails.page(signed.workspace().id(), at == null ? null : Cursor.decode(at), ON_A_PAGE)
                .map(leaf -> {
                    var page = Rendering.view("inbox/unmatched")
                            .modelAttribute("mails", leaf.items())
                            .modelAttribute("path", path)
                            .modelAttribute("form", form)
                            .status(status);
                    if (leaf.newer() != null) {
                        page.modelAttribute("newer", path + "?at=" + leaf.newer());
                    }
                    if (leaf.older() != null) {
                        page.modelAttribute("older", path + "?at=" + leaf.older());
                    }
                    return page.build();
                });
    }

    @PostMapping(PAGE + "/{id}/case")
    Mono<Rendering> open(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return openFromMail
                .open(signed.key(id), signed.staffId())
                .map(opened -> {
                    Flash.say(exchange, "inbox.opened");
                    return Rendering.redirectTo(
                                    signed.path("/inbox/" + opened.key().id()))
                            .build();
                })
                .onErrorResume(Rejected.class, wrong -> {
                    form.wrong("", wrong.code(), wrong.arguments().toArray());
                    return list(signed, null, form, HttpStatus.UNPROCESSABLE_CONTENT);
                });
    }
}
