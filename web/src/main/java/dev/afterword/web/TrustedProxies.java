package dev.afterword.web;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Believes X-Forwarded-* headers from the proxies that {@code afterword.proxies} names (addresses or networks, as {@code 10.0.0.0/8}), and from nobody
 * else. The client is the last address that no such proxy has: what stands before it, a client may have invented.
 */
@Component("forwardedHeaderTransformer")
class TrustedProxies extends ForwardedHeaderTransformer {
    private static final String FOR = "X-Forwarded-For";
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final List<IpSubnetFilterRule> networks;

    TrustedProxies(@Value("${afterword.proxies:}") List<String> proxies) {
        this.networks = proxies.stream()
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .map(TrustedProxies::network)
                .toList();
    }

    private static IpSubnetFilterRule network(String proxy) {
        var parts = proxy.split("/", 2);
        var whole = parts[0].contains(":") ? 128 : 32;
        var bits = parts.length > 1 ? Integer.parseInt(parts[1]) : whole;
        return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        if (!isProxy(request.getRemoteAddress())) {
            return request;
        }
        var client = client(String.join(",", request.getHeaders().getOrEmpty(FOR)));
        return super.apply(request.mutate()
                .headers(headers -> {
                    headers.remove("Forwarded");
                    headers.remove(FOR);
                    if (client != null) {
                        headers.set(FOR, client);
                    }
                })
                .build());
    }

    private @Nullable String client(String chain) {
        var addresses = Arrays.stream(chain.split(","))
                .map(String::strip)
                .filter(address -> ADDRESS.matcher(address).matches())
                .toList();
        return addresses.reversed().stream()
                .filter(address -> !isProxy(new InetSocketAddress(address, 0)))
                .findFirst()
                .orElse(null);
    }

    private boolean isProxy(@Nullable InetSocketAddress address) {
        return address != null
                && !address.isUnresolved()
                && networks.stream().anyMatch(network -> network.matches(address));
    }
}
