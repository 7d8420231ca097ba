package dev.afterword.db.endpoint;

import dev.afterword.db.AllowedHosts;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Which addresses an endpoint may have: https on the public internet, and the hosts that the operator allows, {@code afterword.endpoints.allowed-hosts}. */
@Component
public class EndpointHosts {
    private final AllowedHosts hosts;

    EndpointHosts(@Value("${afterword.endpoints.allowed-hosts:}") String allowed) {
        this.hosts = new AllowedHosts(allowed);
    }

    /** Whether the operator vouches for that host, whatever its address is. */
    public boolean allows(String host, int port) {
        return hosts.allows(host, port);
    }

    /**
     * A URL that may be called; otherwise {@code endpoint.url-invalid}, {@code endpoint.url-not-https} or {@code endpoint.url-private}. What a name resolves to is
     * looked at when it is called.
     */
    URI checked(String text) {
        return hosts.checked(text, "endpoint", "url");
    }
}
