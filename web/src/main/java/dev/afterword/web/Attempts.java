package dev.afterword.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.afterword.db.SecurityLog;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Base32;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Counts tries at sign-in and at password links, by mail address and network, so that guessing is slow; in bounded memory, forgotten after a quarter of an hour.
 * A browser in which the person has signed in before is counted by itself: strangers who guess do not keep them out.
 */
@Component
public class Attempts {
    public static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int PER_ADDRESS_AND_NETWORK = 10;
    private static final int PER_ADDRESS = 100;
    private static final int PER_NETWORK = 200;
    private static final int PER_PERSON = 10;
    private static final int NONCE = 20;

    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(WINDOW).build();
    private final SessionCookie cookie;
    private final AfterwordSecret secret;

    Attempts(SessionCookie cookie, AfterwordSecret secret) {
        this.cookie = cookie;
        this.secret = secret;
    }

    /** Counts one more try; false when there were too many, and then the answer says when to come back. */
    public boolean allowed(String use, String email, ServerWebExchange exchange) {
        var allowed = counted(use, email, exchange);
        if (!allowed) {
            SecurityLog.refused("too-many", use);
            exchange.getResponse().getHeaders().set("Retry-After", Long.toString(WINDOW.toSeconds()));
        }
        return allowed;
    }

    private boolean counted(String use, String email, ServerWebExchange exchange) {
        var device = known(email, exchange);
        if (device != null) {
            return count(use + " on " + device) <= PER_ADDRESS_AND_NETWORK;
        }
        var address = use + ' ' + shortened(email);
        var network = network(exchange);
        var here = count(address + ' ' + network);
        var anywhere = count(address);
        var fromNetwork = count(use + " from " + network);
        return here <= PER_ADDRESS_AND_NETWORK && anywhere <= PER_ADDRESS && fromNetwork <= PER_NETWORK;
    }

    /** Counts one more try of whoever it is, by network alone; false when there were too many. */
    public boolean allowedFrom(String use, ServerWebExchange exchange) {
        return count(use + " from " + network(exchange)) <= PER_NETWORK;
    }

    /** Forgets the tries of who succeeded. */
    public void succeeded(String use, String email, ServerWebExchange exchange) {
        counts.invalidate(use + ' ' + shortened(email) + ' ' + network(exchange));
        var device = known(email, exchange);
        if (device != null) {
            counts.invalidate(use + " on " + device);
        }
    }

    /** Counts one more try of somebody who knows the password, or has a session, already; false when there were too many. */
    public boolean allowedWho(String use, String who) {
        return count(use + " who " + who) <= PER_PERSON;
    }

    public void forget(String use, String who) {
        counts.invalidate(use + " who " + who);
    }

    /** Lets this browser be known as one that the person with this address has signed in with. */
    public void remember(String email, ServerWebExchange exchange) {
        if (known(email, exchange) == null) {
            var nonce = Base32.random(NONCE);
            cookie.setDevice(exchange, nonce + mac(email, nonce));
        }
    }

    private @Nullable String known(String email, ServerWebExchange exchange) {
        var token = cookie.device(exchange);
        if (token == null || token.length() <= NONCE) {
            return null;
        }
        var nonce = token.substring(0, NONCE);
        var given = token.substring(NONCE).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, mac(email, nonce).getBytes(StandardCharsets.UTF_8)) ? nonce : null;
    }

    private String mac(String email, String nonce) {
        return Base32.encode(Arrays.copyOf(secret.mac("device", shortened(email) + ' ' + nonce), NONCE));
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
