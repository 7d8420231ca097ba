package dev.afterword.api.endpoint;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.api.endpoint.EndpointResponse.DeliveryResponse;
import dev.afterword.db.Fields;
import dev.afterword.db.Page;
import dev.afterword.db.endpoint.Deliveries;
import dev.afterword.db.endpoint.Endpoint;
import dev.afterword.db.endpoint.Endpoints;
import dev.afterword.db.endpoint.PlanDeliveries;
import dev.afterword.db.event.EventKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Where events are delivered to, signed as Standard Webhooks, and what became of each delivery. */
@RestController
@Tag(name = "Endpoints")
class EndpointApi {
    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final PlanDeliveries planDeliveries;

    EndpointApi(Endpoints endpoints, Deliveries deliveries, PlanDeliveries planDeliveries) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.planDeliveries = planDeliveries;
    }

    @GetMapping("/api/v1/endpoints")
    @Operation(summary = "All endpoints")
    Mono<EndpointResponse.Page> all(Caller caller) {
        return endpoints
                .of(caller.workspaceId())
                .map(all -> new EndpointResponse.Page(
                        all.stream()
                                .map(endpoint -> EndpointResponse.of(endpoint, null))
                                .toList(),
                        null));
    }

    @GetMapping("/api/v1/endpoints/{name}")
    @Operation(summary = "An endpoint")
    Mono<EndpointResponse> find(Caller caller, @PathVariable String name) {
        return on(caller, name, endpoint -> Mono.just(EndpointResponse.of(endpoint, null)));
    }

    @PostMapping(path = "/api/v1/endpoints", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make an endpoint",
            description =
                    "{name, url, events}; its secret is in this answer and never again. Messages are signed as Standard Webhooks; they hold ids, never a mail address.")
    Mono<EndpointResponse> create(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body)).flatMap(fields -> {
            fields.only(Set.of("name", "url", "events"));
            return endpoints
                    .create(
                            caller.workspaceId(),
                            fields.text("name", 100),
                            fields.text("url", 2_000),
                            events(fields, Set.of()))
                    .map(made -> EndpointResponse.of(made.endpoint(), made.secret()));
        });
    }

    @PutMapping(path = "/api/v1/endpoints/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Change an endpoint", description = "{url?, events?}; what is not sent stays.")
    Mono<EndpointResponse> change(Caller caller, @PathVariable String name, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> JsonBody.read(body))
                .flatMap(fields -> {
                    fields.only(Set.of("url", "events"));
                    var url = fields.optionalText("url", 2_000);
                    return on(
                            caller,
                            name,
                            endpoint -> endpoints.change(
                                    endpoint,
                                    url == null ? endpoint.url().toString() : url,
                                    events(fields, endpoint.kinds())));
                })
                .map(endpoint -> EndpointResponse.of(endpoint, null));
    }

    @DeleteMapping("/api/v1/endpoints/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an endpoint and everything that was delivered to it")
    Mono<Void> remove(Caller caller, @PathVariable String name) {
        return on(caller, name, endpoints::remove);
    }

    @PostMapping("/api/v1/endpoints/{name}/switch")
    @Operation(summary = "Switch an endpoint on", description = "What happened while it was off is not delivered.")
    Mono<EndpointResponse> on(Caller caller, @PathVariable String name) {
        return on(caller, name, endpoints::enable).map(endpoint -> EndpointResponse.of(endpoint, null));
    }

    @DeleteMapping("/api/v1/endpoints/{name}/switch")
    @Operation(summary = "Switch an endpoint off", description = "What waits for it is cancelled.")
    Mono<EndpointResponse> off(Caller caller, @PathVariable String name) {
        return on(caller, name, endpoints::disable).map(endpoint -> EndpointResponse.of(endpoint, null));
    }

    @PostMapping("/api/v1/endpoints/{name}/secret")
    @Operation(
            summary = "Make a new secret",
            description = "{secret}; messages are signed with the one before too for a day.")
    Mono<Map<String, String>> rotate(Caller caller, @PathVariable String name) {
        return on(caller, name, endpoints::rotate).map(secret -> Map.of("secret", secret));
    }

    @PostMapping("/api/v1/endpoints/{name}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send a message endpoint.test")
    Mono<Void> test(Caller caller, @PathVariable String name) {
        return on(caller, name, planDeliveries::test);
    }

    @GetMapping("/api/v1/endpoints/{name}/deliveries")
    @Operation(
            summary = "What was delivered to an endpoint in the last 30 days, and what was not",
            description = "The latest first.")
    Mono<Page<DeliveryResponse>> deliveries(
            Caller caller, @PathVariable String name, @RequestParam(required = false) @Nullable String next) {
        return on(caller, name, endpoint -> deliveries.of(endpoint, next))
                .map(page -> new Page<>(
                        page.items().stream().map(DeliveryResponse::of).toList(), page.next()));
    }

    @PostMapping("/api/v1/endpoints/{name}/deliveries/{id}/again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Deliver a message once more", description = "Under the same webhook-id.")
    Mono<Void> again(Caller caller, @PathVariable String name, @PathVariable UUID id) {
        return on(caller, name, endpoint -> deliveries.again(endpoint, id));
    }

    private <T> Mono<T> on(Caller caller, String name, Function<Endpoint, Mono<T>> act) {
        return endpoints.find(caller.workspaceId(), name).flatMap(act);
    }

    private static Set<EventKind> events(Fields fields, Set<EventKind> before) {
        List<String> codes = fields.optionalTexts("events", 100, 100);
        return codes == null ? before : Endpoint.kinds(codes);
    }
}
