package dev.afterword.api.insight;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.TopicRule;
import dev.afterword.db.response.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What customers speak of, as JSON: topics, and the words that put them on answers. */
@RestController
@Tag(name = "Topics")
class TopicApi {
    private static final String ALL = "/api/v1/topics";
    static final String ONE = ALL + "/{id}";
    private static final int LONGEST = 1_000;

    private final Topics topics;
    private final Clock clock;

    TopicApi(Topics topics, Clock clock) {
        this.topics = topics;
        this.clock = clock;
    }

    @GetMapping(ALL)
    @Operation(summary = "All topics by name, archived ones too")
    Mono<TopicResponse.Page> all(Caller caller) {
        return topics.all(caller.workspaceId())
                .map(all -> new TopicResponse.Page(
                        all.stream().map(TopicResponse::of).toList(), null));
    }

    @GetMapping(ONE)
    @Operation(summary = "A topic")
    Mono<TopicResponse> find(Caller caller, @PathVariable UUID id) {
        return topics.find(caller.key(id)).map(TopicResponse::of);
    }

    @PostMapping(path = ALL, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add a topic", description = "{name}; rules put it on answers, and so does staff.")
    Mono<TopicResponse> add(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("name"));
                    return topics.add(caller.workspaceId(), fields.text("name", LONGEST));
                })
                .map(TopicResponse::of);
    }

    @PutMapping(path = ONE, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change a topic’s name, and who sees to it",
            description =
                    "{version, name, owner?}; owner is the id of a member of staff, nobody without it. 409 where somebody else has changed it since that version.")
    Mono<TopicResponse> change(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("version", "name", "owner"));
            int seen = fields.integer("version", 0, Integer.MAX_VALUE);
            var name = fields.text("name", LONGEST);
            var owner = owner(fields);
            return topics.find(caller.key(id))
                    .flatMap(found -> topics.save(found.asOf(seen).renamed(name).ownedBy(owner)))
                    .map(TopicResponse::of);
        });
    }

    private static @Nullable UUID owner(Fields fields) {
        var owner = fields.optionalText("owner", 40);
        return owner == null ? null : fields.id("owner", owner);
    }

    @PostMapping(ONE + "/archive")
    @Operation(summary = "Put a topic away", description = "Answers keep it; it is put on no more of them.")
    Mono<TopicResponse> archive(Caller caller, @PathVariable UUID id) {
        return topics.find(caller.key(id))
                .flatMap(found ->
                        found.archivedAt() == null ? topics.save(found.archived(clock.instant())) : Mono.just(found))
                .map(TopicResponse::of);
    }

    @DeleteMapping(ONE + "/archive")
    @Operation(summary = "Bring a topic back")
    Mono<TopicResponse> bringBack(Caller caller, @PathVariable UUID id) {
        return topics.find(caller.key(id))
                .flatMap(found -> topics.save(found.archived(null)))
                .map(TopicResponse::of);
    }

    @GetMapping(ONE + "/rules")
    @Operation(summary = "The words that put a topic on answers, the oldest first")
    Mono<TopicResponse.Rules> rules(Caller caller, @PathVariable UUID id) {
        return topics.find(caller.key(id))
                .flatMap(found -> topics.rules(found.key()))
                .map(all -> new TopicResponse.Rules(
                        all.stream().map(TopicResponse.Rule::of).toList(), null));
    }

    @PostMapping(path = ONE + "/rules", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add words that put a topic on answers",
            description =
                    "{words, language?}: one word in whatever form, several one after another, or the beginning of one with a star behind it; for answers that come from now on. Without a language, for every language.")
    Mono<TopicResponse.Rule> addRule(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("words", "language"));
                    var words = fields.text("words", LONGEST);
                    var language = Objects.requireNonNullElse(fields.optionalText("language", 40), "");
                    return topics.find(caller.key(id)).flatMap(found -> topics.add(rule(found, language, words), null));
                })
                .map(TopicResponse.Rule::of);
    }

    private static TopicRule rule(Topic topic, String language, String words) {
        return new TopicRule(Key.next(topic.key().workspaceId()), topic.key().id(), language, words);
    }

    @DeleteMapping(ONE + "/rules/{rule}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove such words", description = "What they had put on answers goes with them.")
    Mono<Void> removeRule(Caller caller, @PathVariable UUID id, @PathVariable UUID rule) {
        return topics.find(caller.key(id)).flatMap(found -> topics.remove(found.key(), rule));
    }

    @PostMapping(ONE + "/past")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Put a topic on earlier answers too", description = "The worker reads them in the background.")
    Mono<Void> readPast(Caller caller, @PathVariable UUID id) {
        return topics.find(caller.key(id)).flatMap(found -> topics.readPast(found.key()));
    }
}
