package dev.afterword.api.endpoint;

import dev.afterword.db.endpoint.Delivery;
import dev.afterword.db.endpoint.Endpoint;
import dev.afterword.db.event.EventKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as JSON.
 *
 * @param secret shown once, when it is made
 */
@Schema(name = "Endpoint")
record EndpointResponse(
        String name,
        String url,
        List<String> events,
        boolean on,
        @Nullable String offBecause,
        @Nullable Instant failingSince,
        Instant createdAt,
        @Nullable String secret) {
    static EndpointResponse of(Endpoint endpoint, @Nullable String secret) {
        var because = endpoint.disabledBecause();
        return new EndpointResponse(
                endpoint.name(),
                endpoint.url().toString(),
                endpoint.kinds().stream().map(EventKind::code).sorted().toList(),
                endpoint.enabled(),
                because == null ? null : because.code(),
                endpoint.failingSince(),
                endpoint.createdAt(),
                secret);
    }

    /** All endpoints of a workspace. */
    @Schema(name = "Endpoints")
    record Page(List<EndpointResponse> items, @Nullable String next) {}

    /** A message and its attempts, the latest first; its body is JSON as it was signed. */
    @Schema(name = "Delivery")
    record DeliveryResponse(
            UUID id,
            String event,
            String state,
            String body,
            Instant dueAt,
            @Nullable Instant finishedAt,
            Instant createdAt,
            List<Delivery.Attempt> attempts) {
        static DeliveryResponse of(Delivery delivery) {
            return new DeliveryResponse(
                    delivery.key().id(),
                    delivery.kind(),
                    delivery.state().code(),
                    delivery.body(),
                    delivery.dueAt(),
                    delivery.finishedAt(),
                    delivery.createdAt(),
                    delivery.attempts());
        }
    }
}
