package dev.afterword.web.response;

import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.NoteOnResponse;
import dev.afterword.db.response.topic.ResponseLabels;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.web.Act;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where staff put topics, tags and notes on an answer, or topics and tags on many at once. */
@Controller
class LabelPages {
    private static final String ONE = "/w/{workspace}/responses/{id}";
    private static final int MOST = 200;

    private final ResponsePages pages;
    private final ResponseLabels labels;
    private final Topics topics;
    private final NoteOnResponse noteOnResponse;

    LabelPages(ResponsePages pages, ResponseLabels labels, Topics topics, NoteOnResponse noteOnResponse) {
        this.pages = pages;
        this.labels = labels;
        this.topics = topics;
        this.noteOnResponse = noteOnResponse;
    }

    /** Puts one there, or takes it away. */
    @PostMapping(ONE + "/topics")
    Mono<Rendering> topic(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "topic",
                () -> topics.find(signed.key(Form.id("topic", form.value("topic"))))
                        .flatMap(topic -> away(form)
                                ? labels.take(
                                        signed.workspace().id(),
                                        List.of(id),
                                        topic.key().id(),
                                        signed.staffId())
                                : labels.put(
                                        signed.workspace().id(),
                                        List.of(id),
                                        topic.key().id(),
                                        signed.staffId())));
    }

    @PostMapping(ONE + "/tags")
    Mono<Rendering> tag(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "tag",
                () -> away(form)
                        ? labels.untag(signed.workspace().id(), List.of(id), ResponseLabels.tag(form.value("tag")))
                        : labels.tag(signed.workspace().id(), List.of(id), form.value("tag"), signed.staffId()));
    }

    /** Tells those who are ticked. */
    @PostMapping(ONE + "/notes")
    Mono<Rendering> note(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "note",
                () -> noteOnResponse.write(
                        signed.key(id),
                        signed.staffId(),
                        form.value("note"),
                        form.values("mention").stream()
                                .map(text -> Form.id("mention", text))
                                .toList()));
    }

    /** A topic or a tag of all that are ticked; back to the list with its filters. */
    @PostMapping("/w/{workspace}/responses/labels")
    Mono<Rendering> many(Signed signed, ResponseQuery query, Form form, ServerWebExchange exchange) {
        var ids = form.values("response").stream()
                .limit(MOST)
                .map(text -> Form.id("response", text))
                .distinct()
                .toList();
        var list = query.address(signed.path("/responses"), null);
        return (ids.isEmpty() ? Mono.just("responses.none-ticked") : labelled(signed, ids, form))
                .onErrorResume(Rejected.class, _ -> Mono.just("responses.nothing-chosen"))
                .map(said -> Act.on(exchange, list, said));
    }

    private Mono<String> labelled(Signed signed, List<UUID> ids, Form form) {
        var workspaceId = signed.workspace().id();
        var said = away(form) ? "responses.unlabelled" : "responses.labelled";
        if (form.value("kind").equals("tag")) {
            return Mono.defer(() -> away(form)
                            ? labels.untag(workspaceId, ids, ResponseLabels.tag(form.value("put-tag")))
                            : labels.tag(workspaceId, ids, form.value("put-tag"), signed.staffId()))
                    .thenReturn(said);
        }
        return Mono.defer(() -> topics.find(signed.key(Form.id("topic", form.value("put-topic")))))
                .flatMap(topic -> away(form)
                        ? labels.take(workspaceId, ids, topic.key().id(), signed.staffId())
                        : labels.put(workspaceId, ids, topic.key().id(), signed.staffId()))
                .thenReturn(said);
    }

    private static boolean away(Form form) {
        return form.value("act").equals("take");
    }

    private Mono<Rendering> act(
            Signed signed, UUID id, Form form, ServerWebExchange exchange, String what, Supplier<Mono<?>> deed) {
        var path = signed.path("/responses/" + id);
        return new Act(form, exchange, (typed, status) -> pages.show(signed, id, typed, status))
                .to(
                        "response." + what + (away(form) ? "-away" : ""),
                        what,
                        () -> deed.get().then(Mono.just(path)));
    }
}
