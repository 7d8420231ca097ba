package dev.afterword.api.inbox;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.ReplyTemplate;
import dev.afterword.db.inbox.ReplyTemplates;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** The replies that support keeps ready, as JSON. */
@RestController
@Tag(name = "Cases")
class ReplyTemplateApi {
    private static final String ALL = "/api/v1/reply-templates";
    private static final String ONE = ALL + "/{id}";
    private static final int LONGEST = 50_000;

    private final ReplyTemplates templates;
    private final Workspaces workspaces;

    ReplyTemplateApi(ReplyTemplates templates, Workspaces workspaces) {
        this.templates = templates;
        this.workspaces = workspaces;
    }

    /**
     * A reply that is kept ready.
     *
     * @param words in Markdown, with the fields of mails, by language
     */
    @Schema(name = "ReplyTemplate")
    record Response(UUID id, int version, String name, Map<String, String> words) {
        static Response of(ReplyTemplate template) {
            return new Response(template.key().id(), template.version(), template.name(), template.words());
        }
    }

    /** All replies by name. */
    @Schema(name = "ReplyTemplates")
    record Page(List<Response> items, @Nullable String next) {}

    @GetMapping(ALL)
    @Operation(summary = "The replies that support keeps ready, by name")
    Mono<Page> all(Caller caller) {
        return templates
                .all(caller.workspaceId())
                .map(all -> new Page(all.stream().map(Response::of).toList(), null));
    }

    @GetMapping(ONE)
    @Operation(summary = "A reply that is kept ready")
    Mono<Response> find(Caller caller, @PathVariable UUID id) {
        return templates.find(caller.key(id)).map(Response::of);
    }

    @PostMapping(path = ALL, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Keep a reply ready",
            description =
                    "{name, words: {en: …}}; words are Markdown with fields as {{contact.firstName|there}}, and the workspace’s language must be among them.")
    Mono<Response> add(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("name", "words"));
            return save(Key.next(caller.workspaceId()), 0, fields);
        });
    }

    @PutMapping(path = ONE, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change a reply that is kept ready",
            description = "{version, name, words}; 409 where somebody else has changed it since that version.")
    Mono<Response> change(Caller caller, @PathVariable UUID id, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("version", "name", "words"));
            int seen = fields.integer("version", 0, Integer.MAX_VALUE);
            return templates.find(caller.key(id)).flatMap(found -> save(found.key(), seen, fields));
        });
    }

    @DeleteMapping(ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a reply that is kept ready", description = "What was sent with it stays.")
    Mono<Void> remove(Caller caller, @PathVariable UUID id) {
        return templates.find(caller.key(id)).flatMap(found -> templates.remove(found.key()));
    }

    private Mono<Response> save(Key key, int version, Fields fields) {
        return workspaces
                .findById(key.workspaceId())
                .map(workspace -> checked(
                        workspace, new ReplyTemplate(key, version, fields.text("name", LONGEST), words(fields))))
                .flatMap(templates::save)
                .map(Response::of);
    }

    /** The first of what is wrong. */
    private static ReplyTemplate checked(Workspace workspace, ReplyTemplate template) {
        if (!template.words().containsKey(workspace.language())) {
            throw new Rejected("field.required", "words." + workspace.language());
        }
        template.problems(workspace).stream().findFirst().ifPresent(problem -> {
            throw new Rejected(
                    problem.code(),
                    "words." + problem.path(),
                    problem.arguments().toArray());
        });
        return template;
    }

    private static Map<String, String> words(Fields fields) {
        var words = new LinkedHashMap<String, String>();
        var given = fields.object("words");
        given.names().forEach(language -> words.put(language, given.text(language, LONGEST)));
        return words;
    }
}
