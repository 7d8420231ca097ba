package dev.afterword.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Counts tries at sign-in and at password links, by mail address and network, so that guessing is slow; in bounded memory, forgotten after a quarter of an hour. */
@Component
public class Attempts {
    public static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int PER_ADDRESS_AND_NETWORK = 10;
    private static final int PER_ADDRESS = 100;
    private static final int PER_NETWORK = 200;

    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(WINDOW).build();

    /** Counts one more try; false when there were too many. */
    public boolean allowed(String use, String email, ServerWebExchange exchange) {
        var address = use + ' ' + shortened(email);
        var network = network(exchange);
        var here = count(address + ' ' + network);
        var anywhere = count(address);
        var fromNetwork = count(use + " from " + network);
        return here <= PER_ADDRESS_AND_NETWORK && anywhere <= PER_ADDRESS && fromNetwork <= PER_NETWORK;
    }

    /** Forgets the tries of who succeeded. */
    public void succeeded(String use, String email, ServerWebExchange exchange) {
        counts.invalidate(use + ' ' + shortened(email) + ' ' + network(exchange));
    }

    private int count(String key) {
        return counts.get(key, _ -> new AtomicInteger()).incrementAndGet();
    }

    private static String shortened(String email) {
        var address = email.strip().toLowerCase(Locale.ROOT);
        return address.substring(0, Math.min(address.length(), 254));
    }

    /** The network that a request comes from. */
    public static String network(ServerWebExchange exchange) {
        return network(exchange.getRequest().getRemoteAddress());
    }

    /** Of IPv6 the first 64 bits: who has one address has them all. */
    private static String network(@Nullable InetSocketAddress remote) {
        if (remote == null || remote.getAddress() == null) {
            return "unknown";
        }
        var bytes = remote.getAddress().getAddress();
        return HexFormat.of().formatHex(remote.getAddress() instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
