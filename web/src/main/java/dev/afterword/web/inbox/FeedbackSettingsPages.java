package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.inbox.FeedbackPage;
import dev.afterword.db.inbox.FeedbackPages;
import dev.afterword.db.order.Orders;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.QrCode;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the feedback page says beside its form, and the links that lead there, also as QR codes. */
@Controller
class FeedbackSettingsPages {
    private static final String YES = "yes";
    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    private final FeedbackPages pages;
    private final FeedbackLinks links;
    private final Orders orders;
    private final Clock clock;

    FeedbackSettingsPages(FeedbackPages pages, FeedbackLinks links, Orders orders, Clock clock) {
        this.pages = pages;
        this.links = links;
        this.orders = orders;
        this.clock = clock;
    }

    @GetMapping("/w/{code}/settings/feedback")
    Mono<Rendering> show(Signed signed) {
        return pages.find(signed.workspace().id())
                .map(saved -> page(
                        signed,
                        saved,
                        Form.blank()
                                .put("shown", saved.shown() ? YES : "")
                                .put("phone", saved.phone())
                                .put("hours", saved.hours()),
                        HttpStatus.OK));
    }

    @PostMapping("/w/{code}/settings/feedback")
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() ->
                        new FeedbackPage(form.has("shown", YES), form.valueOrNull("phone"), form.valueOrNull("hours")))
                .flatMap(page -> pages.save(signed.workspace().id(), page, clock.instant()))
                .then(Mono.fromSupplier(() -> {
                    Flash.say(exchange, "feedback-settings.saved");
                    return Rendering.redirectTo(signed.path("/settings/feedback"))
                            .build();
                }))
                .onErrorResume(
                        Rejected.class,
                        wrong -> pages.find(signed.workspace().id())
                                .map(saved ->
                                        page(signed, saved, form.reject(wrong), HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @GetMapping("/w/{code}/settings/feedback/qr.svg")
    Mono<ResponseEntity<String>> qr(Signed signed) {
        return Mono.fromSupplier(() -> svg(links.page(signed.workspace())));
    }

    /** The link of one order, for its receipt. */
    @GetMapping("/w/{code}/inbox/orders/{id}")
    Mono<Rendering> order(Signed signed, @PathVariable UUID id) {
        return orders.find(signed.key(id))
                .map(order -> Rendering.view("inbox/order-link")
                        .modelAttribute("order", order)
                        .modelAttribute("path", signed.path("/inbox/orders/" + id))
                        .modelAttribute("url", links.ofOrder(signed.workspace().code(), id))
                        .build());
    }

    @GetMapping("/w/{code}/inbox/orders/{id}/qr.svg")
    Mono<ResponseEntity<String>> orderQr(Signed signed, @PathVariable UUID id) {
        return orders.find(signed.key(id))
                .map(order -> svg(links.ofOrder(signed.workspace().code(), id)));
    }

    private Rendering page(Signed signed, FeedbackPage saved, Form form, HttpStatus status) {
        return Rendering.view("inbox/feedback-settings")
                .modelAttribute("form", form)
                .modelAttribute("saved", saved)
                .modelAttribute("url", links.page(signed.workspace()))
                .modelAttribute("path", "/f/" + signed.workspace().code())
                .status(status)
                .build();
    }

    private static ResponseEntity<String> svg(String address) {
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePrivate())
                .body(QrCode.svg(address));
    }
}
