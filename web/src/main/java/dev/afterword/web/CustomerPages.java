package dev.afterword.web;

import dev.afterword.db.NotFound;
import dev.afterword.db.Unavailable;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.reactive.result.view.View;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How customers' pages are shown, also when there is nothing to show: in their language, uncached, unindexed, and without a word of detail. */
@ControllerAdvice(annotations = ForCustomers.class)
public class CustomerPages {
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final Logger LOG = LoggerFactory.getLogger(CustomerPages.class);

    private final ObjectProvider<ViewResolver> views;

    CustomerPages(ObjectProvider<ViewResolver> views) {
        this.views = views;
    }

    public Rendering show(
            ServerWebExchange exchange, String view, HttpStatus status, CustomerPage page, Map<String, ?> model) {
        var headers = exchange.getResponse().getHeaders();
        headers.set("Content-Security-Policy", page.contentSecurityPolicy());
        if (page.frames().isEmpty()) {
            headers.set("X-Frame-Options", "DENY");
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
        }
        headers.set("Content-Language", page.locale().toLanguageTag());
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set("Retry-After", RETRY_AFTER_SECONDS);
        }
        var all = new HashMap<String, Object>(model);
        all.put("page", page);
        return new InItsLanguage(new Translated(view, page.locale()), all, status);
    }

    private Rendering notice(ServerWebExchange exchange, String kind, HttpStatus status) {
        var asked = exchange.getRequest().getHeaders().getAcceptLanguageAsLocales();
        return show(exchange, "customer/notice", status, CustomerPage.ofNobody(asked), Map.of("kind", kind));
    }

    @ExceptionHandler
    Rendering notFound(NotFound problem, ServerWebExchange exchange) {
        return notice(exchange, nothingAt(exchange.getRequest().getPath().value()), HttpStatus.NOT_FOUND);
    }

    /** Where the link comes from is known by what it is: only some stand in mails. */
    private static String nothingAt(String path) {
        if (path.startsWith("/f/")) {
            return "no-form";
        }
        return path.startsWith("/s/") || path.startsWith("/o/") ? "no-survey" : "not-found";
    }

    @ExceptionHandler
    Rendering tooLarge(DataBufferLimitException problem, ServerWebExchange exchange) {
        return notice(exchange, "too-large", HttpStatus.CONTENT_TOO_LARGE);
    }

    @ExceptionHandler
    Rendering tooMany(TooMany problem, ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set("Retry-After", Long.toString(problem.seconds()));
        return notice(exchange, "too-many", HttpStatus.TOO_MANY_REQUESTS);
    }

    @ExceptionHandler({
        Unavailable.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class,
        R2dbcException.class
    })
    Rendering unavailable(Exception problem, ServerWebExchange exchange) {
        LOG.warn("a customer’s page was not available: {}", problem.toString());
        return notice(exchange, "unavailable", HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** Whether it is the database that does not answer. */
    public static boolean away(Throwable problem) {
        return problem instanceof Unavailable
                || problem instanceof DataAccessResourceFailureException
                || problem instanceof TransientDataAccessException
                || problem instanceof R2dbcException;
    }

    /** Nothing can be read, not even the questions: the page holds on to what was sent, and a button that sends it again. */
    public Rendering again(ServerWebExchange exchange, String path, MultiValueMap<String, String> form) {
        return again(exchange, path, form, HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** The same where too many came from one network. */
    public Rendering again(
            ServerWebExchange exchange, String path, MultiValueMap<String, String> form, TooMany problem) {
        exchange.getResponse().getHeaders().set("Retry-After", Long.toString(problem.seconds()));
        return again(exchange, path, form, HttpStatus.TOO_MANY_REQUESTS);
    }

    private Rendering again(
            ServerWebExchange exchange, String path, MultiValueMap<String, String> form, HttpStatus status) {
        var asked = exchange.getRequest().getHeaders().getAcceptLanguageAsLocales();
        return show(
                exchange,
                "customer/again",
                status,
                CustomerPage.ofNobody(asked),
                Map.of("action", again(path, exchange), "fields", form));
    }

    /** Where the same is sent again: the link, with all that stood behind it. */
    private static String again(String path, ServerWebExchange exchange) {
        var query = exchange.getRequest().getURI().getRawQuery();
        return path + (query == null ? "" : "?" + query);
    }

    /** A page that is rendered in its own language: the framework would take the browser's, before it knows who is asked. */
    private record InItsLanguage(View view, Map<String, Object> modelAttributes, HttpStatusCode status)
            implements Rendering {
        @Override
        public HttpHeaders headers() {
            return HttpHeaders.EMPTY;
        }
    }

    /** A template and the language in which to render it. */
    private final class Translated implements View {
        private final String name;
        private final Locale locale;

        Translated(String name, Locale locale) {
            this.name = name;
            this.locale = locale;
        }

        @Override
        public List<MediaType> getSupportedMediaTypes() {
            return List.of(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        }

        @Override
        public Mono<Void> render(
                @Nullable Map<String, ?> model, @Nullable MediaType contentType, ServerWebExchange exchange) {
            return Flux.fromStream(views::orderedStream)
                    .concatMap(resolver -> resolver.resolveViewName(name, locale))
                    .next()
                    .flatMap(view -> view.render(model, contentType, exchange));
        }
    }
}
