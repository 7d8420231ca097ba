package dev.afterword.web.start;

import dev.afterword.web.StaffSessions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Holds every request to its {@link BodyLimit}: who reads more than it allows gets an error that is answered with 413, who waits longer one that is answered with
 * 408, and the connection is closed. Stands before the exchange, which would read forms past any filter.
 */
@Order(1)
class BodyLimits implements HttpHandlerDecoratorFactory {
    private static final int MOST_FIELDS = 10_000;

    private final ObjectProvider<StaffSessions> sessions;
    private final Duration patience;

    /** @param patience no body may take longer than its limit says, nor than this */
    BodyLimits(ObjectProvider<StaffSessions> sessions, Duration patience) {
        this.sessions = sessions;
        this.patience = patience;
    }

    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> {
            if (HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod())) {
                return handler.handle(request, response);
            }
            var limit = BodyLimit.of(request.getPath().value()).within(patience);
            return limit.strangers()
                    ? handler.handle(limited(request, response, limit), response)
                    : isSignedIn(request)
                            .map(signedIn -> signedIn ? limit : BodyLimit.USUAL.within(patience))
                            .flatMap(its -> handler.handle(limited(request, response, its), response));
        };
    }

    private Mono<Boolean> isSignedIn(ServerHttpRequest request) {
        var staff = sessions.getIfAvailable();
        return staff == null ? Mono.just(false) : staff.of(request).hasElement().onErrorReturn(false);
    }

    private static ServerHttpRequest limited(ServerHttpRequest request, ServerHttpResponse response, BodyLimit limit) {
        var body = request.getHeaders().getContentLength() > limit.most()
                ? Flux.<DataBuffer>error(() -> tooLarge(response))
                : counted(request, response, limit);
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return body;
            }
        };
    }

    private static Flux<DataBuffer> counted(ServerHttpRequest request, ServerHttpResponse response, BodyLimit limit) {
        var bytes = new AtomicLong();
        var fields = new AtomicInteger();
        var isForm = MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(
                request.getHeaders().getContentType());
        var counted = request.getBody().handle((DataBuffer piece, SynchronousSink<DataBuffer> sink) -> {
            if (bytes.addAndGet(piece.readableByteCount()) > limit.most()
                    || (isForm && fields.addAndGet(separators(piece)) > MOST_FIELDS)) {
                DataBufferUtils.release(piece);
                sink.error(tooLarge(response));
            } else {
                sink.next(piece);
            }
        });
        return limit.isStream()
                ? counted.timeout(limit.time()).onErrorMap(TimeoutException.class, silent -> tooSlow(response))
                : counted.takeUntilOther(Mono.delay(limit.time()).flatMap(late -> Mono.error(tooSlow(response))));
    }

    private static int separators(DataBuffer piece) {
        var count = 0;
        for (int at = piece.readPosition(); at < piece.writePosition(); at++) {
            if (piece.getByte(at) == '&') {
                count++;
            }
        }
        return count;
    }

    private static DataBufferLimitException tooLarge(ServerHttpResponse response) {
        closing(response);
        return new DataBufferLimitException("more than a request may bring");
    }

    private static ResponseStatusException tooSlow(ServerHttpResponse response) {
        closing(response);
        return new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT);
    }

    /** What would follow is not read. */
    private static void closing(ServerHttpResponse response) {
        if (!response.isCommitted()) {
            response.getHeaders().set("Connection", "close");
        }
    }
}
