package dev.afterword.api;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.SecurityLog;
import dev.afterword.db.Unavailable;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns whatever goes wrong in a call of the API into problem+json (RFC 9457) with a stable code, and the field where there is one. */
@Component
@Order(-3)
public class ProblemResponses implements WebExceptionHandler {
    /** With however many slashes before it: what is refused because of them is told to a program all the same. */
    private static final Pattern CALL = Pattern.compile("/+api/");

    private static final Pattern TOKEN = Pattern.compile("^(/api/v1/invitations/)[^/]+");
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private final MessageSource messages;
    private final JsonMapper json;

    ProblemResponses(MessageSource messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    private record Told(
            HttpStatusCode status, String code, @Nullable String field, List<Object> arguments) {
        static Told of(HttpStatusCode status, String code, Object... arguments) {
            return new Told(status, code, null, List.of(arguments));
        }
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        var path = exchange.getRequest().getPath().value();
        var response = exchange.getResponse();
        if (!CALL.matcher(path).lookingAt() || response.isCommitted()) {
            return Mono.error(error);
        }
        var told = told(error);
        if (told.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            LOG.warn(
                    "{} {} was turned away with 503: {}",
                    exchange.getRequest().getMethod(),
                    logged(path),
                    error.toString());
        } else if (told.status().is5xxServerError()) {
            LOG.error("{} {}", exchange.getRequest().getMethod(), logged(path), error);
        }
        if (told.status() == HttpStatus.UNAUTHORIZED || told.status() == HttpStatus.FORBIDDEN) {
            SecurityLog.refused(told.code(), exchange.getRequest().getMethod() + " " + logged(path));
        }
        response.setStatusCode(told.status());
        var headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (told.status().value() == HttpStatus.UNAUTHORIZED.value()) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (told.status().value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, "5");
        }
        if (error instanceof TooMany many) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
        }
        if (error instanceof MethodNotAllowedException method) {
            headers.setAllow(method.getSupportedMethods());
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body(told))));
    }

    private byte[] body(Told told) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        var status = HttpStatus.resolve(told.status().value());
        body.put("title", status == null ? "" : status.getReasonPhrase());
        body.put("status", told.status().value());
        body.put("detail", text(told.code(), told.arguments()));
        body.put("code", told.code());
        if (told.field() != null) {
            body.put("field", told.field());
        }
        return json.writeValueAsBytes(body);
    }

    /** What a problem says, in English; its code where nothing is written for it. */
    public String text(String code, List<Object> arguments) {
        return String.valueOf(messages.getMessage("problem." + code, arguments.toArray(), code, Locale.ENGLISH));
    }

    private static Told told(Throwable error) {
        return switch (error) {
            case Problem problem -> new Told(status(problem), problem.code(), problem.field(), problem.arguments());
            case TooMany many -> Told.of(HttpStatus.TOO_MANY_REQUESTS, "rate.limited", many.seconds());
            case NoScope noScope ->
                Told.of(
                        HttpStatus.FORBIDDEN,
                        "api-key.not-permitted",
                        noScope.permission().code());
            case NoKey noKey -> Told.of(HttpStatus.UNAUTHORIZED, noKey.code());
            case DataBufferLimitException large -> Told.of(HttpStatus.CONTENT_TOO_LARGE, "request.too-large");
            case UnsupportedMediaTypeStatusException type ->
                Told.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "request.media-type",
                        type.getSupportedMediaTypes().stream()
                                .map(MediaType::toString)
                                .collect(Collectors.joining(", ")));
            case MethodNotAllowedException method ->
                Told.of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "request.method",
                        method.getSupportedMethods().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")));
            case NotAcceptableStatusException accept -> Told.of(HttpStatus.NOT_ACCEPTABLE, "request.not-acceptable");
            case ServerWebInputException input -> input(input);
            case ResponseStatusException response
            when response.getCause() instanceof DataBufferLimitException ->
                Told.of(HttpStatus.CONTENT_TOO_LARGE, "request.too-large");
            case ResponseStatusException response
            when response.getStatusCode().value() == HttpStatus.REQUEST_TIMEOUT.value() ->
                Told.of(HttpStatus.REQUEST_TIMEOUT, "request.too-slow");
            case ResponseStatusException response
            when response.getCause() instanceof Problem problem ->
                new Told(response.getStatusCode(), problem.code(), problem.field(), problem.arguments());
            case ResponseStatusException response -> response(response);
            case DataAccessResourceFailureException away -> away();
            case TransientDataAccessException away -> away();
            case CannotCreateTransactionException away -> away();
            case R2dbcException away -> away();
            case RejectedExecutionException busy -> Told.of(HttpStatus.SERVICE_UNAVAILABLE, "busy");
            case IOException cut -> Told.of(HttpStatus.BAD_REQUEST, "request.cut-off");
            case UncheckedIOException cut -> Told.of(HttpStatus.BAD_REQUEST, "request.cut-off");
            default -> Told.of(HttpStatus.INTERNAL_SERVER_ERROR, "unexpected");
        };
    }

    private static Told away() {
        return Told.of(HttpStatus.SERVICE_UNAVAILABLE, "database.away");
    }

    private static HttpStatus status(Problem problem) {
        return switch (problem) {
            case NotFound notFound -> HttpStatus.NOT_FOUND;
            case Conflict conflict -> HttpStatus.CONFLICT;
            case Rejected rejected
            when rejected.code().startsWith("json.") || rejected.code().equals("request.nul") -> HttpStatus.BAD_REQUEST;
            case Rejected rejected -> HttpStatus.UNPROCESSABLE_CONTENT;
            case Unavailable unavailable -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private static Told input(ServerWebInputException input) {
        for (var cause = input.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return new Told(status(problem), problem.code(), problem.field(), problem.arguments());
            }
        }
        var parameter = input.getMethodParameter();
        if (parameter != null && parameter.hasParameterAnnotation(PathVariable.class)) {
            // An id that is none names nothing.
            return Told.of(HttpStatus.NOT_FOUND, "request.not-found");
        }
        var name = parameter == null ? null : parameter.getParameterName();
        return new Told(
                HttpStatus.BAD_REQUEST,
                "request.malformed",
                name,
                List.of(input.getReason() == null ? "" : input.getReason()));
    }

    private static Told response(ErrorResponse response) {
        return response.getStatusCode().value() == HttpStatus.NOT_FOUND.value()
                ? Told.of(HttpStatus.NOT_FOUND, "request.not-found")
                : response.getStatusCode().is4xxClientError()
                        ? Told.of(response.getStatusCode(), "request.malformed", "")
                        : Told.of(response.getStatusCode(), "unexpected");
    }

    /** The path without the token that an invitation's carries. */
    private static String logged(String path) {
        return TOKEN.matcher(path).replaceFirst("$1…").replaceAll("[\\p{Cntrl}]", "");
    }
}
