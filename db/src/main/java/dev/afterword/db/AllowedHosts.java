package dev.afterword.db;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which URLs that people type may be called: https anywhere on the public internet; and, whatever they are, those of the hosts that the operator vouches for. */
public final class AllowedHosts {
    private static final int LONGEST = 2_000;
    /** A host that can only be an address: its last part is a number, an octal or a hexadecimal one too, or it stands in brackets (WHATWG URL, 3.5). */
    private static final Pattern ADDRESS = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)|\\[.*]");
    /** An address as everybody reads it. */
    private static final Pattern PLAIN = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}|\\[[0-9a-f:.]+]");

    private final Set<String> allowed;

    /**
     * Those that the operator named.
     *
     * @param allowed each as {@code host} or {@code host:port}, with commas between
     */
    public AllowedHosts(String allowed) {
        this.allowed = Arrays.stream(allowed.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the operator vouches for that host, whatever its address is. */
    public boolean allows(String host, int port) {
        var lower = host.toLowerCase(Locale.ROOT);
        return allowed.contains(lower) || allowed.contains(lower + ":" + port);
    }

    /**
     * A URL that may be called; otherwise rejected with {@code url-invalid}, {@code url-not-https} or {@code url-private} of that feature. What a name resolves to
     * is looked at when it is called.
     */
    public URI checked(String text, String feature, String field) {
        var uri = parsed(text.strip());
        if (uri == null) {
            throw new Rejected(feature + ".url-invalid", field);
        }
        boolean vouched = allows(uri.getHost(), port(uri));
        if (!uri.getScheme().equalsIgnoreCase("https") && !vouched) {
            throw new Rejected(feature + ".url-not-https", field);
        }
        if (!vouched && isPrivate(uri.getHost())) {
            throw new Rejected(feature + ".url-private", field);
        }
        return uri;
    }

    private static @Nullable URI parsed(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme();
            var callable = text.length() <= LONGEST
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && scheme != null
                    && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"));
            return callable ? uri : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** An address that is written as one is known at once; one that different readers take for different addresses counts as private. Nothing is looked up for a name. */
    private static boolean isPrivate(String written) {
        var host = written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        if (!ADDRESS.matcher(host).matches()) {
            return false;
        }
        try {
            return !PLAIN.matcher(host).matches() || !PublicAddresses.contain(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
