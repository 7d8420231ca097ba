package dev.afterword.worker;

import dev.afterword.db.CheckedAddresses;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls URLs that people typed. It connects to exactly an address that was just looked at, and only to addresses of the public internet: every address of the name
 * must be one. It follows no redirect, keeps no connection and no cookie, and reads no long answer.
 */
public final class PublicHttp {
    private static final int MOST_READ = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration most;

    /**
     * Asks the system's resolver.
     *
     * @param allowed hosts and ports that may be called wherever they are
     * @param most how long a call may take from first to last
     */
    public PublicHttp(BiPredicate<String, Integer> allowed, Duration most) {
        this(new CheckedAddresses(allowed), most);
    }

    PublicHttp(CheckedAddresses addresses, Duration most) {
        this.most = most;
        this.client = HttpClient.create(ConnectionProvider.newConnection())
                .resolver(addresses)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .followRedirect(false)
                .headers(headers -> headers.set("User-Agent", "Afterword"));
    }

    /**
     * What came back.
     *
     * @param retryAfter the header of that name
     * @param text how it begins, at most 64 kB
     */
    public record Answer(int status, @Nullable String retryAfter, String text) {}

    /** Sends a body; an error where no answer came in time. */
    public Mono<Answer> post(URI url, Map<String, String> headers, String body) {
        return client.headers(all -> headers.forEach(all::set))
                .request(HttpMethod.POST)
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8))))
                .responseConnection((response, connection) -> beginning(
                                connection.inbound().receive().asByteArray())
                        .map(read -> new Answer(
                                response.status().code(),
                                response.responseHeaders().get("Retry-After"),
                                new String(read, StandardCharsets.UTF_8)))
                        .doFinally(end -> connection.dispose()))
                .next()
                .timeout(most);
    }

    /** As much as is read; what would follow is never asked for. */
    private static Mono<byte[]> beginning(Flux<byte[]> pieces) {
        return pieces.scanWith(ByteArrayOutputStream::new, (read, piece) -> {
                    read.write(piece, 0, Math.min(piece.length, MOST_READ - read.size()));
                    return read;
                })
                .takeUntil(read -> read.size() >= MOST_READ)
                .last()
                .map(ByteArrayOutputStream::toByteArray);
    }
}
