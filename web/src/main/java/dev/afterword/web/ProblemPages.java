package dev.afterword.web;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.SecurityLog;
import dev.afterword.db.Unavailable;
import io.r2dbc.spi.R2dbcException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Turns whatever goes wrong on the way to a page into a page, or into a fragment where htmx asked. Paths of the API are left to the API. */
@Component
@Order(-2)
class ProblemPages implements WebExceptionHandler, ServerResponse.Context {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemPages.class);

    private final List<HttpMessageWriter<?>> writers;
    private final ObjectProvider<ViewResolver> views;
    private final MessageSource messages;
    private final Assets assets;

    ProblemPages(
            ServerCodecConfigurer codecs, ObjectProvider<ViewResolver> views, MessageSource messages, Assets assets) {
        this.writers = codecs.getWriters();
        this.views = views;
        this.messages = messages;
        this.assets = assets;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable problem) {
        var path = exchange.getRequest().getPath().value();
        if (exchange.getResponse().isCommitted() || path.startsWith("/api/") || path.startsWith("/actuator")) {
            return Mono.error(problem);
        }
        if (problem instanceof Elsewhere elsewhere) {
            return lead(exchange, elsewhere.path());
        }
        var status = status(problem);
        if (status.value() == 500) {
            LOG.error("{} {}", exchange.getRequest().getMethod(), Paths.logged(path), problem);
        }
        if (status.value() == HttpStatus.FORBIDDEN.value()) {
            SecurityLog.refused(
                    problem instanceof Stale ? "form.stale" : "forbidden",
                    exchange.getRequest().getMethod() + " " + Paths.logged(path));
        }
        return show(exchange, status, problem);
    }

    private static Mono<Void> lead(ServerWebExchange exchange, String path) {
        var response = exchange.getResponse();
        if (exchange.getRequest().getHeaders().containsHeader("HX-Request")) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            response.getHeaders().set("HX-Redirect", path);
        } else {
            response.setStatusCode(HttpStatus.SEE_OTHER);
            response.getHeaders().setLocation(URI.create(path));
        }
        return response.setComplete();
    }

    private Mono<Void> show(ServerWebExchange exchange, HttpStatusCode status, Throwable problem) {
        var fragment = exchange.getRequest().getHeaders().containsHeader("HX-Request");
        var response =
                ServerResponse.status(status).contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        if (status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.header("Retry-After", "5");
        }
        return response.render(
                        fragment ? "error/_problem :: problem" : "error/problem", model(exchange, status, problem))
                .flatMap(page -> page.writeTo(exchange, this));
    }

    private Map<String, Object> model(ServerWebExchange exchange, HttpStatusCode status, Throwable problem) {
        var locale = exchange.getLocaleContext().getLocale();
        var kind = kind(status);
        var model = new HashMap<String, Object>();
        model.put("assets", assets.version());
        // Only what was read can simply be asked for once more.
        model.put(
                "again",
                status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()
                        && HttpMethod.GET.equals(exchange.getRequest().getMethod()));
        model.put("title", message("problem.title." + kind, null, locale));
        var general = message("problem.page." + (problem instanceof Stale ? "stale" : kind), null, locale);
        var told = problem instanceof ResponseStatusException ? problem.getCause() : problem;
        model.put("text", told instanceof Problem known ? textOf(known, general, locale) : general);
        if (told instanceof Problem known) {
            model.put("problemCode", known.code());
        }
        return model;
    }

    private String textOf(Problem problem, String general, @Nullable Locale locale) {
        var text = messages.getMessage(
                "problem." + problem.code(), problem.arguments().toArray(), general, orEnglish(locale));
        return text == null ? general : text;
    }

    private String message(String code, Object @Nullable [] arguments, @Nullable Locale locale) {
        return messages.getMessage(code, arguments, orEnglish(locale));
    }

    private static Locale orEnglish(@Nullable Locale locale) {
        return locale == null ? Locale.ENGLISH : locale;
    }

    private static String kind(HttpStatusCode status) {
        return switch (status.value()) {
            case 404, 405 -> "not-found";
            case 403 -> "forbidden";
            case 409 -> "conflict";
            case 408 -> "too-slow";
            case 413 -> "too-large";
            case 503 -> "unavailable";
            default -> status.is4xxClientError() ? "rejected" : "failed";
        };
    }

    private static HttpStatusCode status(Throwable problem) {
        return switch (problem) {
            case NotFound _ -> HttpStatus.NOT_FOUND;
            case Conflict _, OptimisticLockingFailureException _ -> HttpStatus.CONFLICT;
            case Rejected rejected when rejected.code().equals("request.nul") -> HttpStatus.BAD_REQUEST;
            case Rejected _ -> HttpStatus.UNPROCESSABLE_CONTENT;
            case DataBufferLimitException _ -> HttpStatus.CONTENT_TOO_LARGE;
            case Unavailable _,
                    DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    CannotCreateTransactionException _,
                    R2dbcException _ -> HttpStatus.SERVICE_UNAVAILABLE;
            case ServerWebInputException input when ofAddress(input) -> HttpStatus.NOT_FOUND;
            case ErrorResponse known -> known.getStatusCode();
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** Whether it is a part of the path that cannot be read, as an id that is none: nothing is there. */
    private static boolean ofAddress(ServerWebInputException input) {
        var parameter = input.getMethodParameter();
        return parameter != null && parameter.hasParameterAnnotation(PathVariable.class);
    }

    @Override
    public List<HttpMessageWriter<?>> messageWriters() {
        return writers;
    }

    @Override
    public List<ViewResolver> viewResolvers() {
        return views.orderedStream().toList();
    }
}
