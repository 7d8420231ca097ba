package dev.afterword.web.insight;

import dev.afterword.db.Conflict;
import dev.afterword.db.Cursor;
import dev.afterword.db.Key;
import dev.afterword.db.Leaf;
import dev.afterword.db.followup.AnnounceChange;
import dev.afterword.db.insight.TopicEffects;
import dev.afterword.db.insight.TopicReports;
import dev.afterword.db.message.Locality;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.topic.Dictionary;
import dev.afterword.db.response.topic.Standout;
import dev.afterword.db.response.topic.SuggestWords;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.TopicRule;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Act;
import dev.afterword.web.AskedQuestions;
import dev.afterword.web.Form;
import dev.afterword.web.ResponseView;
import dev.afterword.web.Signed;
import java.time.Clock;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What customers speak of: all topics, and one with its answers, its words and who sees to it. */
@Controller
class TopicPages {
    private static final String ALL = "/w/{workspace}/topics";
    private static final String ONE = ALL + "/{id}";
    /** In which customers are written to. */
    static final List<String> LANGUAGES = Locality.LANGUAGES.stream().sorted().toList();

    private static final int SHOWN = 10;
    private static final int DAYS = 90;

    private final Topics topics;
    private final TopicReports reports;
    private final TopicEffects effects;
    private final AnnounceChange announceChange;
    private final SuggestWords suggestWords;
    private final ListedResponses responses;
    private final AskedQuestions asked;
    private final Memberships memberships;
    private final Wording wording;
    private final Clock clock;

    TopicPages(
            Topics topics,
            TopicReports reports,
            TopicEffects effects,
            AnnounceChange announceChange,
            SuggestWords suggestWords,
            ListedResponses responses,
            AskedQuestions asked,
            Memberships memberships,
            Wording wording,
            Clock clock) {
        this.topics = topics;
        this.reports = reports;
        this.effects = effects;
        this.announceChange = announceChange;
        this.suggestWords = suggestWords;
        this.responses = responses;
        this.asked = asked;
        this.memberships = memberships;
        this.wording = wording;
        this.clock = clock;
    }

    @GetMapping(ALL)
    Mono<Rendering> list(Signed signed, @RequestParam(defaultValue = "90") int days) {
        return list(signed, days, Form.blank(), HttpStatus.OK);
    }

    private Mono<Rendering> list(Signed signed, int days, Form form, HttpStatus status) {
        var workspaceId = signed.workspace().id();
        return Mono.zip(
                        reports.of(workspaceId, Math.clamp(days, 7, 730)),
                        signed.role().mayConfigure()
                                ? suggestWords.forNoTopic(workspaceId)
                                : Mono.just(List.<Standout>of()))
                .map(read -> Rendering.view("insight/topics")
                        .modelAttribute("topics", TopicView.of(read.getT1(), wording))
                        .modelAttribute("suggested", read.getT2())
                        .modelAttribute("form", form)
                        .status(status)
                        .build());
    }

    /** With a rule, where words were suggested for it. */
    @PostMapping(ALL)
    Mono<Rendering> add(Signed signed, Form form, ServerWebExchange exchange) {
        var workspaceId = signed.workspace().id();
        return new Act(form, exchange, (typed, status) -> list(signed, DAYS, typed, status))
                .to(
                        "topic.added",
                        "",
                        () -> topics.add(workspaceId, form.value("name"))
                                .flatMap(topic -> form.has("words")
                                        ? rule(signed, topic.key(), form)
                                                .then(topics.readPast(topic.key()))
                                                .thenReturn(topic)
                                        : Mono.just(topic))
                                .map(topic -> path(signed, topic.key().id())));
    }

    @GetMapping(ONE)
    Mono<Rendering> one(Signed signed, @PathVariable UUID id, @RequestParam(required = false) @Nullable String at) {
        return show(signed, id, Form.blank(), at, HttpStatus.OK);
    }

    /** With what was typed. */
    Mono<Rendering> show(Signed signed, UUID id, Form form, @Nullable String at, HttpStatus status) {
        var key = signed.key(id);
        var workspace = signed.workspace();
        return topics.find(key)
                .flatMap(topic -> Mono.zip(
                                reports.of(workspace.id(), DAYS),
                                memberships.of(workspace.id()),
                                topics.rules(key),
                                signed.role().mayConfigure()
                                        ? suggestWords.forTopic(key)
                                        : Mono.just(List.<Standout>of()),
                                topics.past(key).map(Optional::of).defaultIfEmpty(Optional.empty()),
                                answers(signed, topic, at),
                                changes(signed, topic))
                        .map(read -> {
                            var all = TopicView.of(read.getT1(), wording);
                            return new OneTopicView(
                                    topic,
                                    all.lines().stream()
                                            .filter(line ->
                                                    line.of().topic().key().equals(key))
                                            .findFirst()
                                            .orElse(null),
                                    all,
                                    OneTopicView.owner(topic, read.getT2()),
                                    read.getT3(),
                                    read.getT4(),
                                    OneTopicView.past(read.getT5()),
                                    read.getT2(),
                                    read.getT6(),
                                    Dictionary.languages(),
                                    read.getT7(),
                                    spoken(workspace));
                        }))
                .map(view -> Rendering.view("insight/topic")
                        .modelAttribute("page", view)
                        .modelAttribute("form", filled(form, view.topic(), workspace.language()))
                        .status(status)
                        .build());
    }

    private static Form filled(Form form, Topic topic, String language) {
        if (!form.has("name")) {
            form.put("name", topic.name()).put("owner", topic.ownerId());
        }
        form.put("version", topic.version());
        return form.has("language") ? form : form.put("language", language);
    }

    private Mono<List<ChangeLine>> changes(Signed signed, Topic topic) {
        var workspace = signed.workspace();
        return effects.of(workspace, topic.key())
                .flatMapIterable(all -> all)
                .concatMap(effect -> announceChange
                        .concerned(effect.change().key())
                        .map(concerned -> ChangeLine.of(effect, concerned, workspace.language())))
                .collectList();
    }

    /** The workspace's language first. */
    private static List<String> spoken(Workspace workspace) {
        return Stream.concat(Stream.of(workspace.language()), LANGUAGES.stream())
                .distinct()
                .toList();
    }

    private Mono<Leaf<ResponseView>> answers(Signed signed, Topic topic, @Nullable String at) {
        var workspace = signed.workspace();
        return responses
                .page(
                        workspace.id(),
                        workspace.zone(),
                        ResponseFilter.ALL.about(topic.key().id().toString(), null),
                        at == null || at.isBlank() ? null : Cursor.decode(at),
                        SHOWN)
                .flatMap(leaf -> asked.of(
                                workspace.id(),
                                leaf.items().stream()
                                        .map(ListedResponse::versionId)
                                        .toList())
                        .map(versions -> new Leaf<>(
                                leaf.items().stream()
                                        .map(one -> ResponseView.of(signed, one, versions.get(one.versionId())))
                                        .toList(),
                                address(signed, topic, leaf.newer()),
                                address(signed, topic, leaf.older()))));
    }

    private static @Nullable String address(Signed signed, Topic topic, @Nullable String cursor) {
        return cursor == null ? null : path(signed, topic.key().id()) + "?at=" + cursor;
    }

    /** Name and owner. */
    @PostMapping(ONE)
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "settings.saved",
                key -> topics.find(key).flatMap(topic -> {
                    var owner = form.valueOrNull("owner");
                    return topics.save(topic.asOf(form.number("version", 0, Integer.MAX_VALUE))
                                    .renamed(form.value("name"))
                                    .ownedBy(owner == null ? null : Form.id("owner", owner)))
                            .onErrorMap(Conflict.class, TopicPages::typedMeanwhile);
                }));
    }

    @PostMapping(ONE + "/archive")
    Mono<Rendering> archive(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "topic.archived",
                key -> topics.find(key).flatMap(topic -> topics.save(topic.archived(clock.instant()))));
    }

    @PostMapping(ONE + "/return")
    Mono<Rendering> bringBack(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "topic.back",
                key -> topics.find(key).flatMap(topic -> topics.save(topic.archived(null))));
    }

    @PostMapping(ONE + "/rules")
    Mono<Rendering> addRule(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "topic.rule-added",
                key -> topics.find(key).flatMap(topic -> rule(signed, topic.key(), form)));
    }

    @PostMapping(ONE + "/rules/{rule}/removal")
    Mono<Rendering> removeRule(
            Signed signed, @PathVariable UUID id, @PathVariable UUID rule, Form form, ServerWebExchange exchange) {
        return act(signed, id, form, exchange, "topic.rule-removed", key -> topics.remove(key, rule));
    }

    @PostMapping(ONE + "/past")
    Mono<Rendering> readPast(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "topic.past",
                key -> topics.find(key).flatMap(topic -> topics.readPast(topic.key())));
    }

    private Mono<TopicRule> rule(Signed signed, Key topic, Form form) {
        return Mono.defer(() -> topics.add(
                new TopicRule(Key.next(topic.workspaceId()), topic.id(), form.value("language"), form.value("words")),
                signed.staffId()));
    }

    /** What is done with a topic. */
    private interface Deed {
        Mono<?> with(Key key);
    }

    private Mono<Rendering> act(Signed signed, UUID id, Form form, ServerWebExchange exchange, String said, Deed deed) {
        return new Act(form, exchange, (typed, status) -> show(signed, id, typed, null, status))
                .then(path(signed, id), said, () -> deed.with(signed.key(id)));
    }

    /** What was typed stands in the form with the version of now, and counts when it is saved again. */
    private static Conflict typedMeanwhile(Conflict conflict) {
        return conflict.code().equals("topic.changed-meanwhile")
                ? new Conflict("settings.changed-meanwhile")
                : conflict;
    }

    static String path(Signed signed, UUID id) {
        return signed.path("/topics/" + id);
    }
}
