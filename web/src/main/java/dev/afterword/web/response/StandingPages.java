package dev.afterword.web.response;

import dev.afterword.db.response.hit.CountAgain;
import dev.afterword.web.Flash;
import dev.afterword.web.Signed;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where staff say that a response counts which a rule discarded, or leave it to the rule again. */
@Controller
class StandingPages {
    private final CountAgain countAgain;

    StandingPages(CountAgain countAgain) {
        this.countAgain = countAgain;
    }

    @PostMapping("/w/{workspace}/responses/{id}/counting")
    Mono<Rendering> count(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return set(signed, id, true, "response.counted", exchange);
    }

    @PostMapping("/w/{workspace}/responses/{id}/judging")
    Mono<Rendering> leave(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        return set(signed, id, false, "response.left-to-rule", exchange);
    }

    private Mono<Rendering> set(Signed signed, UUID id, boolean counts, String said, ServerWebExchange exchange) {
        return countAgain.set(signed.key(id), signed.staffId(), counts).then(Mono.fromSupplier(() -> {
            Flash.say(exchange, said);
            return Rendering.redirectTo(signed.path("/responses/" + id))
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        }));
    }
}
