package dev.afterword.web;

import java.time.ZoneOffset;
import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What every page's layout needs: who is signed in, what just happened, the workspace's zone, the assets' version and the token that forms carry. */
@ControllerAdvice("dev.afterword.web")
class LayoutModel {
    private final Assets assets;

    LayoutModel(Assets assets) {
        this.assets = assets;
    }

    @ModelAttribute
    Mono<Void> fill(ServerWebExchange exchange, Model model) {
        model.addAttribute("assets", assets.version());
        var signed = SignedArgument.of(exchange);
        if (signed != null) {
            model.addAttribute("signed", signed);
        }
        model.addAttribute(
                "zone", signed == null ? ZoneOffset.UTC : signed.workspace().zone());
        if (exchange.getRequest().getHeaders().containsHeader("HX-Request")) {
            return token(exchange, model);
        }
        var flash = Flash.take(exchange);
        if (flash != null) {
            model.addAttribute("flash", flash);
        }
        return token(exchange, model);
    }

    /** Thymeleaf adds the token to every form with {@code th:action} when it finds it under this name. */
    private static Mono<Void> token(ServerWebExchange exchange, Model model) {
        Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.doOnNext(found -> {
                    exchange.getAttributes().put(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME, found);
                    model.addAttribute("_csrf", found);
                })
                .then();
    }
}
