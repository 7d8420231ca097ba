package dev.afterword.web;

import dev.afterword.db.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives endpoints the {@link Signed} that security found for the request. */
@Component
class SignedArgument implements HandlerMethodArgumentResolver, WebFluxConfigurer {
    private static final String ATTRIBUTE = Signed.class.getName();

    static void put(ServerWebExchange exchange, Signed signed) {
        exchange.getAttributes().put(ATTRIBUTE, signed);
    }

    static @Nullable Signed of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(this, new FormArgument());
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Signed.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return Mono.<Object>justOrEmpty(of(exchange))
                .switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")));
    }
}
