package dev.afterword.web;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives endpoints the {@link Form} that was sent, with or without files, and the page that they show it again. */
class FormArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Form.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return fields(exchange).map(fields -> {
            var form = Form.sent(fields);
            binding.getModel().addAttribute("form", form);
            return form;
        });
    }

    private static Mono<MultiValueMap<String, String>> fields(ServerWebExchange exchange) {
        var type = exchange.getRequest().getHeaders().getContentType();
        if (!MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type)) {
            return exchange.getFormData();
        }
        return exchange.getMultipartData().map(parts -> {
            var fields = new LinkedMultiValueMap<String, String>();
            parts.forEach((name, values) -> values.forEach(part -> {
                if (part instanceof FormFieldPart field) {
                    fields.add(name, field.value());
                }
            }));
            return fields;
        });
    }
}
