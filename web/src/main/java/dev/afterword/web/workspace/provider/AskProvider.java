package dev.afterword.web.workspace.provider;

import dev.afterword.db.Installation;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.provider.ProviderVisit;
import dev.afterword.db.workspace.provider.SignInProvider;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sends somebody to a provider: with a state, a nonce and the proof of PKCE, all made anew each time. */
@Component
class AskProvider {
    private final ReadProvider readProvider;
    private final Installation installation;
    private final Clock clock;

    AskProvider(ReadProvider readProvider, Installation installation, Clock clock) {
        this.readProvider = readProvider;
        this.installation = installation;
        this.clock = clock;
    }

    /**
     * The way there, and what is to be kept until they come back.
     *
     * @param url where the browser goes
     */
    record Way(URI url, ProviderVisit visit) {}

    /** Where a provider sends people back to, which it must have been told. */
    String back(Workspace workspace) {
        return installation.link("/sign-in/with/" + workspace.code() + "/return");
    }

    /** The address at which its people begin. */
    String door(Workspace workspace) {
        return installation.link("/sign-in/with/" + workspace.code());
    }

    /** @param sessionHash whose session is to be proved once more: the provider is told to ask them whether it knows them or not; null for who signs in */
    Mono<Way> ask(
            Workspace workspace,
            SignInProvider provider,
            String next,
            @Nullable String sessionHash,
            ServerWebExchange exchange) {
        return readProvider
                .read(provider.issuer())
                .flatMap(document -> request(
                                readProvider.registration(
                                        document, provider.clientId(), builder -> builder.redirectUri(back(workspace))),
                                sessionHash != null,
                                exchange)
                        .map(request -> new Way(
                                URI.create(request.getAuthorizationRequestUri()),
                                new ProviderVisit(
                                        String.valueOf(request.getState()),
                                        attribute(request, OidcParameterNames.NONCE),
                                        attribute(request, PkceParameterNames.CODE_VERIFIER),
                                        provider.clientId(),
                                        document,
                                        next,
                                        sessionHash,
                                        clock.instant()))));
    }

    private static Mono<OAuth2AuthorizationRequest> request(
            ClientRegistration client, boolean again, ServerWebExchange exchange) {
        var requests = new DefaultServerOAuth2AuthorizationRequestResolver(_ -> Mono.just(client));
        requests.setAuthorizationRequestCustomizer(request -> {
            OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
            if (again) {
                request.additionalParameters(more -> more.putAll(Map.of("prompt", "login", "max_age", "0")));
            }
        });
        return requests.resolve(exchange, client.getRegistrationId());
    }

    private static String attribute(OAuth2AuthorizationRequest request, String name) {
        return Objects.requireNonNull(request.getAttribute(name), name);
    }
}
