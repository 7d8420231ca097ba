package dev.afterword.web.workspace;

import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.SmallBody;
import dev.afterword.db.workspace.Logo;
import dev.afterword.db.workspace.Logos;
import dev.afterword.web.Flash;
import dev.afterword.web.Signed;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A workspace's logo: uploaded, shown, removed. */
@Controller
class LogoPages {
    private final Logos logos;
    private final Clock clock;

    LogoPages(Logos logos, Clock clock) {
        this.logos = logos;
        this.clock = clock;
    }

    @GetMapping("/w/{code}/settings/logo.png")
    Mono<ResponseEntity<byte[]>> show(Signed signed) {
        return logos.of(signed.workspace().id())
                .map(logo -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(logo.mediaType()))
                        .body(bytes(logo.bytes())))
                .switchIfEmpty(Mono.error(() -> new NotFound("logo.none")));
    }

    @PostMapping("/w/{code}/settings/logo")
    Mono<Rendering> save(Signed signed, ServerWebExchange exchange) {
        return exchange.getMultipartData()
                .flatMap(parts -> Mono.justOrEmpty(parts.getFirst("logo")))
                .flatMap(part -> SmallBody.read(
                        part.content(), LogoImage.MOST_BYTES, () -> new Rejected("logo.too-large", "logo")))
                .defaultIfEmpty(new byte[0])
                .publishOn(Schedulers.boundedElastic())
                .map(LogoImage::read)
                .flatMap(png -> logos.save(
                        signed.workspace().id(), new Logo("image/png", ByteBuffer.wrap(png), clock.instant())))
                .then(Mono.fromSupplier(() -> back(signed, exchange, "logo.saved")))
                .onErrorResume(
                        Rejected.class,
                        rejected -> Mono.just(Rendering.redirectTo(signed.path("/settings?logo=" + rejected.code()))
                                .build()));
    }

    @PostMapping("/w/{code}/settings/logo/removal")
    Mono<Rendering> remove(Signed signed, ServerWebExchange exchange) {
        return logos.remove(signed.workspace().id())
                .then(Mono.fromSupplier(() -> back(signed, exchange, "logo.removed")));
    }

    private static Rendering back(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings")).build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
