package dev.afterword.db.workspace.provider;

import dev.afterword.db.AllowedHosts;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where a provider may be: https on the public internet, and the hosts that the operator allows, {@code afterword.sign-in.allowed-hosts}. */
@Component
public class ProviderHosts {
    private final AllowedHosts hosts;

    ProviderHosts(@Value("${afterword.sign-in.allowed-hosts:}") String allowed) {
        this.hosts = new AllowedHosts(allowed);
    }

    /** Whether the operator vouches for that host, whatever its address is. */
    public boolean allows(String host, int port) {
        return hosts.allows(host, port);
    }

    /** A URL of a provider that may be called; otherwise {@code provider.url-invalid}, {@code provider.url-not-https} or {@code provider.url-private}. */
    public URI checked(String text) {
        return hosts.checked(text, "provider", "issuer");
    }
}
