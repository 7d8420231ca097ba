package dev.afterword.worker;

import dev.afterword.db.PublicAddresses;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
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
        this(allowed, most, host -> List.of(InetAddress.getAllByName(host)));
    }

    PublicHttp(BiPredicate<String, Integer> allowed, Duration most, Names names) {
        this.most = most;
        this.client = HttpClient.create(ConnectionProvider.newConnection())
                .resolver(new CheckedAddresses(allowed, names))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .followRedirect(false)
                .headers(headers -> headers.set("User-Agent", "Afterword"));
    }

    /** Looks a name up; it blocks. */
    interface Names {
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    /**
     * What came back.
     *
     * @param retryAfter the header of that name
     * @param text how it begins, at most 64 kB
     */
    public record Answer(int status, @Nullable String retryAfter, String text) {}

    /** The address of that name is not public: nothing was sent. */
    public static final class NotPublic extends IOException {
        private static final long serialVersionUID = 1L;

        NotPublic(String host) {
            super(host + " is not on the public internet");
        }
    }

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

    /** Resolves names, and addresses that are written as such, to addresses that may be called; asked again for each connection. */
    private static final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {
        private final BiPredicate<String, Integer> allowed;
        private final Names names;

        CheckedAddresses(BiPredicate<String, Integer> allowed, Names names) {
            this.allowed = allowed;
            this.names = names;
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
                // Never: what is an address already is looked at all the same.
                @Override
                protected boolean doIsResolved(InetSocketAddress address) {
                    return false;
                }

                @Override
                protected void doResolve(InetSocketAddress asked, Promise<InetSocketAddress> promise) {
                    find(asked, addresses -> promise.trySuccess(addresses.getFirst()), promise::tryFailure);
                }

                @Override
                protected void doResolveAll(InetSocketAddress asked, Promise<List<InetSocketAddress>> promise) {
                    find(asked, promise::trySuccess, promise::tryFailure);
                }
            };
        }

        private void find(
                InetSocketAddress asked, Consumer<List<InetSocketAddress>> found, Consumer<Throwable> failed) {
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    found.accept(checked(asked));
                } catch (IOException | RuntimeException e) {
                    failed.accept(e);
                }
            });
        }

        private List<InetSocketAddress> checked(InetSocketAddress asked) throws IOException {
            var host = asked.getHostString().toLowerCase(Locale.ROOT);
            var addresses = names.of(host);
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            if (!allowed.test(host, asked.getPort()) && !addresses.stream().allMatch(PublicAddresses::contain)) {
                throw new NotPublic(host);
            }
            return addresses.stream()
                    .map(address -> new InetSocketAddress(address, asked.getPort()))
                    .toList();
        }
    }
}
