package dev.afterword.web.insight;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.followup.AnnounceChange;
import dev.afterword.db.response.topic.TopicChange;
import dev.afterword.db.response.topic.TopicChanges;
import dev.afterword.web.Act;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where the shop says what it did about a topic, and has those told who had said it. */
@Controller
class ChangePages {
    private static final String ALL = "/w/{workspace}/topics/{id}/changes";

    private final TopicPages pages;
    private final TopicChanges changes;
    private final AnnounceChange announceChange;

    ChangePages(TopicPages pages, TopicChanges changes, AnnounceChange announceChange) {
        this.pages = pages;
        this.changes = changes;
        this.announceChange = announceChange;
    }

    @PostMapping(ALL)
    Mono<Rendering> add(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return Mono.defer(() -> changes.add(signed.workspace(), read(signed, id, form), signed.staffId()))
                .map(_ -> Act.on(exchange, TopicPages.path(signed, id), "topic.change-added"))
                .onErrorResume(
                        Rejected.class,
                        problem -> pages.show(
                                signed,
                                id,
                                form.wrong(
                                        "day".equals(problem.field())
                                                ? "day"
                                                : "did-" + signed.workspace().language(),
                                        problem.code(),
                                        problem.arguments().toArray()),
                                null,
                                HttpStatus.UNPROCESSABLE_CONTENT));
    }

    private static TopicChange read(Signed signed, UUID topic, Form form) {
        var words = new TreeMap<String, String>();
        TopicPages.LANGUAGES.forEach(language -> words.put(language, form.value("did-" + language)));
        words.put(
                signed.workspace().language(),
                form.value("did-" + signed.workspace().language()));
        return new TopicChange(
                Key.next(signed.workspace().id()), topic, day(form.value("day")), words, signed.name(), null);
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException _) {
            throw new Rejected("topic.change-day", "day");
        }
    }

    @PostMapping(ALL + "/{change}/announcement")
    Mono<Rendering> announce(
            Signed signed, @PathVariable UUID id, @PathVariable UUID change, Form form, ServerWebExchange exchange) {
        return new Act(form, exchange, (typed, status) -> pages.show(signed, id, typed, null, status))
                .then(
                        TopicPages.path(signed, id),
                        "topic.announced",
                        () -> announceChange.announce(signed.key(change)));
    }
}
