package dev.afterword.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.ApiKeys.Created;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Opens workspaces with a key each, and calls the API with it. */
@Component
@Lazy
public class ApiCalls {
    private final OpenWorkspace openWorkspace;
    private final ApiKeys keys;
    private final int port;

    ApiCalls(OpenWorkspace openWorkspace, ApiKeys keys, @Value("${local.server.port}") int port) {
        this.openWorkspace = openWorkspace;
        this.keys = keys;
        this.port = port;
    }

    /** A workspace of its own, its key, and a client that sends it. */
    public record Shop(UUID workspaceId, Created key, WebTestClient client) {
        /** What comes back with that status. Without a body when it is empty. */
        public JsonNode call(HttpMethod method, String path, String body, int status) {
            var request = client.method(method).uri(path);
            var result = (body.isEmpty()
                            ? request
                            : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body))
                    .exchange()
                    .expectBody(JsonNode.class)
                    .returnResult();
            assertThat(result.getStatus().value()).as(path).isEqualTo(status);
            return result.getResponseBody();
        }
    }

    public Shop newShop() {
        var workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("America/Sao_Paulo"), "pt", Instant.now()))
                .block();
        var key = keys.create(workspace, "Tests", null).block();
        return new Shop(
                workspace.id(),
                key,
                anonymous()
                        .mutate()
                        .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key.secret())
                        .build());
    }

    /** A client without a key. */
    public WebTestClient anonymous() {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(2))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .build();
    }
}
