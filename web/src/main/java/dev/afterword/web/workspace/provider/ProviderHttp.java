package dev.afterword.web.workspace.provider;

import dev.afterword.db.CheckedAddresses;
import dev.afterword.db.workspace.provider.ProviderHosts;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls providers, whose addresses people typed or a provider itself named: by https and on the public internet only, or where the operator allows it. It follows
 * no redirect, keeps no connection and no cookie, and reads no long answer.
 */
@Component
class ProviderHttp {
    /** All that is asked of a provider for one page. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST_READ = 256 * 1024;

    private final WebClient client;

    ProviderHttp(ProviderHosts hosts) {
        var http = HttpClient.create(ConnectionProvider.newConnection())
                .resolver(new CheckedAddresses(hosts::allows))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                .responseTimeout(LONGEST)
                .followRedirect(false)
                .headers(headers -> headers.set("User-Agent", "Afterword"));
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_READ))
                .filter((request, next) -> Mono.fromCallable(
                                () -> hosts.checked(request.url().toString()))
                        .then(next.exchange(request)))
                .filter((request, next) -> next.exchange(request)
                        .flatMap(response -> response.statusCode().is5xxServerError()
                                ? response.createError()
                                : Mono.just(response)))
                .build();
    }

    WebClient client() {
        return client;
    }
}
