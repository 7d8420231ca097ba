package dev.afterword.api.insight;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.AnnounceChange;
import dev.afterword.db.response.topic.TopicChange;
import dev.afterword.db.response.topic.TopicChanges;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the shop did about topics, as JSON, and telling those who had said it. */
@RestController
@Tag(name = "Topics")
class TopicChangeApi {
    private static final String ALL = TopicApi.ONE + "/changes";
    private static final int LONGEST = 1_000;

    private final Topics topics;
    private final TopicChanges changes;
    private final AnnounceChange announceChange;
    private final Workspaces workspaces;

    TopicChangeApi(Topics topics, TopicChanges changes, AnnounceChange announceChange, Workspaces workspaces) {
        this.topics = topics;
        this.changes = changes;
        this.announceChange = announceChange;
        this.workspaces = workspaces;
    }

    @GetMapping(ALL)
    @Operation(summary = "What was done about a topic, the latest first")
    Mono<TopicResponse.Changes> all(Caller caller, @PathVariable UUID id) {
        return topics.find(caller.key(id))
                .flatMap(found -> changes.of(found.key()))
                .map(all -> new TopicResponse.Changes(
                        all.stream().map(TopicResponse.Change::of).toList(), null));
    }

    @PostMapping(path = ALL, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Say what was done about a topic",
            description =
                    "{day, words: {en: …}}; the workspace’s language must be among them, and the day is today or before. Nobody is told before it is announced.")
    Mono<TopicResponse.Change> add(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> change(caller.key(id), JsonBody.read(body)))
                .flatMap(change -> workspaces
                        .findById(caller.workspaceId())
                        .flatMap(workspace -> changes.add(workspace, change, null)))
                .map(TopicResponse.Change::of);
    }

    private static TopicChange change(Key topic, Fields fields) {
        fields.only(Set.of("day", "words"));
        return new TopicChange(
                Key.next(topic.workspaceId()), topic.id(), day(fields), words(fields.object("words")), null, null);
    }

    private static LocalDate day(Fields fields) {
        var day = fields.text("day", 40);
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException _) {
            throw fields.rejected("field.not-a-day", "day", day);
        }
    }

    private static Map<String, String> words(Fields fields) {
        var words = new TreeMap<String, String>();
        fields.names().forEach(language -> words.put(language, fields.text(language, LONGEST)));
        return words;
    }

    @PostMapping(ALL + "/{change}/announcement")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Tell those who had said it what was done",
            description =
                    "By the follow-up that begins with it; 409 where none is switched on, or where they are told already.")
    Mono<Void> announce(Caller caller, @PathVariable UUID id, @PathVariable UUID change) {
        return changes.of(caller.key(id))
                .flatMapIterable(all -> all)
                .filter(one -> one.key().id().equals(change))
                .next()
                .switchIfEmpty(Mono.error(() -> new NotFound("topic.change-unknown")))
                .flatMap(found -> announceChange.announce(found.key()));
    }
}
