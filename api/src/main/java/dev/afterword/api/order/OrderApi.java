package dev.afterword.api.order;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.LineResult;
import dev.afterword.db.LineResult.Outcome;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.Order;
import dev.afterword.db.order.OrderData;
import dev.afterword.db.order.Orders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes one order at a time, and gives it back. */
@RestController
@Tag(name = "Orders")
class OrderApi {
    private final ImportOrders importOrders;
    private final Orders orders;
    private final FeedbackLinks links;

    OrderApi(ImportOrders importOrders, Orders orders, FeedbackLinks links) {
        this.importOrders = importOrders;
        this.orders = orders;
        this.links = links;
    }

    @PostMapping(path = "/api/v1/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Take an order with its customer and lines",
            description =
                    "201 for a new order, 200 for a known one. Sending it again changes nothing. A newer updatedAt wins; without one, arrival decides, but a known time is never replaced by none, and status only moves on.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = OrderBody.class))))
    Mono<ResponseEntity<OrderResponse>> take(Caller caller, @RequestBody byte[] body) {
        var data = OrderData.of(JsonBody.read(body));
        return importOrders
                .write(caller.workspaceId(), List.of(data), false)
                .map(List::getFirst)
                .flatMap(result -> result.problem() != null ? Mono.error(result.problem()) : Mono.just(result))
                .zipWhen(result -> told(orders.findByExternalId(caller.workspaceId(), data.externalId())))
                .map(taken -> ResponseEntity.status(status(taken.getT1())).body(taken.getT2()));
    }

    private static HttpStatus status(LineResult result) {
        return result.outcome() == Outcome.CREATED ? HttpStatus.CREATED : HttpStatus.OK;
    }

    @GetMapping("/api/v1/orders/{id}")
    @Operation(summary = "One order")
    Mono<OrderResponse> find(Caller caller, @PathVariable UUID id) {
        return told(orders.find(caller.key(id)));
    }

    @GetMapping("/api/v1/orders")
    @Operation(summary = "The order that you know by this id")
    Mono<OrderResponse> find(Caller caller, @RequestParam String externalId) {
        return told(orders.findByExternalId(caller.workspaceId(), externalId));
    }

    private Mono<OrderResponse> told(Mono<Order> found) {
        return found.flatMap(order -> links.ofOrder(order.key()).map(link -> OrderResponse.of(order, link)));
    }
}
