package dev.afterword.web.endpoint;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.endpoint.Deliveries;
import dev.afterword.db.endpoint.Endpoint;
import dev.afterword.db.endpoint.Endpoints;
import dev.afterword.db.endpoint.Endpoints.Created;
import dev.afterword.db.endpoint.PlanDeliveries;
import dev.afterword.db.event.EventKind;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
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

/** Where the shop's programs hear what happens: made, changed, tested, switched; and each delivery with its attempts. */
@Controller
class EndpointPages {
    private static final String PATH = "/settings/endpoints";

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final PlanDeliveries planDeliveries;

    EndpointPages(Endpoints endpoints, Deliveries deliveries, PlanDeliveries planDeliveries) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.planDeliveries = planDeliveries;
    }

    @GetMapping("/w/{code}/settings/endpoints")
    Mono<Rendering> list(Signed signed) {
        return list(signed, Form.blank(), null, HttpStatus.OK);
    }

    /** The answer holds the secret, and nothing shows it again: so there is no redirect. */
    @PostMapping("/w/{code}/settings/endpoints")
    Mono<Rendering> create(Signed signed, Form form) {
        return Mono.fromCallable(() -> Endpoint.kinds(form.values("events")))
                .flatMap(kinds ->
                        endpoints.create(signed.workspace().id(), form.value("name"), form.value("url"), kinds))
                .flatMap(made -> list(signed, Form.blank(), made, HttpStatus.CREATED))
                .onErrorResume(
                        Rejected.class,
                        rejected -> list(signed, form.reject(rejected), null, HttpStatus.UNPROCESSABLE_CONTENT))
                .onErrorResume(
                        Conflict.class,
                        full -> list(
                                signed,
                                form.wrong("", full.code(), full.arguments().toArray()),
                                null,
                                HttpStatus.CONFLICT));
    }

    @GetMapping("/w/{code}/settings/endpoints/{name}")
    Mono<Rendering> show(
            Signed signed, @PathVariable String name, @RequestParam(required = false) @Nullable String next) {
        return endpoint(signed, name).flatMap(endpoint -> page(endpoint, filled(endpoint), next, null, HttpStatus.OK));
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}")
    Mono<Rendering> change(Signed signed, @PathVariable String name, Form form, ServerWebExchange exchange) {
        return endpoint(signed, name)
                .flatMap(endpoint -> Mono.fromCallable(() -> Endpoint.kinds(form.values("events")))
                        .flatMap(kinds -> endpoints.change(endpoint, form.value("url"), kinds))
                        .map(changed -> to(signed, exchange, changed.name(), "endpoint.changed"))
                        .onErrorResume(
                                Rejected.class,
                                rejected -> page(
                                        endpoint,
                                        form.reject(rejected),
                                        null,
                                        null,
                                        HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}/secret")
    Mono<Rendering> rotate(Signed signed, @PathVariable String name) {
        return endpoint(signed, name)
                .flatMap(endpoint -> endpoints
                        .rotate(endpoint)
                        .flatMap(secret -> page(endpoint, filled(endpoint), null, secret, HttpStatus.CREATED)));
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}/switch")
    Mono<Rendering> on(Signed signed, @PathVariable String name, ServerWebExchange exchange) {
        return act(
                signed,
                name,
                exchange,
                "endpoint.on",
                endpoint -> endpoints.enable(endpoint).then());
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}/switch/end")
    Mono<Rendering> off(Signed signed, @PathVariable String name, ServerWebExchange exchange) {
        return act(
                signed,
                name,
                exchange,
                "endpoint.off",
                endpoint -> endpoints.disable(endpoint).then());
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}/test")
    Mono<Rendering> test(Signed signed, @PathVariable String name, ServerWebExchange exchange) {
        return act(signed, name, exchange, "endpoint.tested", planDeliveries::test);
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}/deliveries/{id}/again")
    Mono<Rendering> again(Signed signed, @PathVariable String name, @PathVariable UUID id, ServerWebExchange exchange) {
        return act(signed, name, exchange, "endpoint.again", endpoint -> deliveries.again(endpoint, id));
    }

    @PostMapping("/w/{code}/settings/endpoints/{name}/removal")
    Mono<Rendering> remove(Signed signed, @PathVariable String name, ServerWebExchange exchange) {
        return endpoint(signed, name).flatMap(endpoints::remove).then(Mono.fromSupplier(() -> {
            Flash.say(exchange, "endpoint.removed");
            return Rendering.redirectTo(signed.path(PATH)).build();
        }));
    }

    private Mono<Endpoint> endpoint(Signed signed, String name) {
        return endpoints.find(signed.workspace().id(), name);
    }

    private Mono<Rendering> act(
            Signed signed, String name, ServerWebExchange exchange, String flash, Function<Endpoint, Mono<Void>> act) {
        return endpoint(signed, name).flatMap(act).then(Mono.fromSupplier(() -> to(signed, exchange, name, flash)));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String name, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path(PATH + "/" + name)).build();
    }

    private static Form filled(Endpoint endpoint) {
        return Form.blank()
                .put("url", endpoint.url())
                .putAll("events", endpoint.kinds().stream().map(EventKind::code).toList());
    }

    private static List<String> events() {
        return Stream.of(EventKind.values()).map(EventKind::code).sorted().toList();
    }

    private Mono<Rendering> list(Signed signed, Form form, @Nullable Created made, HttpStatus status) {
        return endpoints.of(signed.workspace().id()).map(all -> {
            var page = Rendering.view("endpoint/list")
                    .modelAttribute("form", form)
                    .modelAttribute("endpoints", all)
                    .modelAttribute("events", events())
                    .status(status);
            return (made == null ? page : page.modelAttribute("made", made)).build();
        });
    }

    private Mono<Rendering> page(
            Endpoint endpoint, Form form, @Nullable String next, @Nullable String secret, HttpStatus status) {
        return deliveries.of(endpoint, next).map(found -> {
            var page = Rendering.view("endpoint/show")
                    .modelAttribute("form", form)
                    .modelAttribute("endpoint", endpoint)
                    .modelAttribute("deliveries", found)
                    .modelAttribute("events", events())
                    .status(status);
            return (secret == null ? page : page.modelAttribute("secret", secret)).build();
        });
    }
}
