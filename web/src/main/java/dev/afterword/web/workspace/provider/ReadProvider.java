package dev.afterword.web.workspace.provider;

import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.provider.ProviderHosts;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads how a provider describes itself (OpenID Connect Discovery 1.0). */
@Component
class ReadProvider {
    private static final String PLACE = "/.well-known/openid-configuration";

    private final ProviderHttp http;
    private final ProviderHosts hosts;
    private final JsonMapper json;

    ReadProvider(ProviderHttp http, ProviderHosts hosts, JsonMapper json) {
        this.http = http;
        this.hosts = hosts;
        this.json = json;
    }

    /**
     * The description, looked through: it is of that issuer and names what is needed, all of which may be called. Rejected, beside the field {@code issuer}, with
     * {@code provider.unreachable}, {@code provider.not-openid}, {@code provider.issuer-other} or what is wrong with an address.
     */
    Mono<String> read(String issuer) {
        return Mono.fromCallable(() -> hosts.checked(issuer))
                .flatMap(_ -> http.client()
                        .get()
                        .uri(issuer.replaceFirst("/$", "") + PLACE)
                        .retrieve()
                        .onStatus(status -> status.is3xxRedirection(), _ -> Mono.just(notOpenId()))
                        .bodyToMono(String.class)
                        .switchIfEmpty(Mono.error(ReadProvider::notOpenId))
                        .timeout(ProviderHttp.LONGEST))
                .doOnNext(document -> look(document, issuer))
                .onErrorMap(ReadProvider::said);
    }

    private void look(String document, String issuer) {
        var details = registration(document, "client", builder -> {}).getProviderDetails();
        if (!issuer.equals(details.getIssuerUri())) {
            throw new Rejected("provider.issuer-other", "issuer", String.valueOf(details.getIssuerUri()));
        }
        hosts.checked(String.valueOf(details.getAuthorizationUri()));
        hosts.checked(details.getTokenUri());
        hosts.checked(String.valueOf(details.getJwkSetUri()));
    }

    /** The client at a provider that described itself so. */
    ClientRegistration registration(String document, String clientId, Consumer<ClientRegistration.Builder> more) {
        try {
            Map<String, Object> described = json.readValue(document, new TypeReference<Map<String, Object>>() {});
            var builder = ClientRegistrations.fromOidcConfiguration(described)
                    .registrationId("provider")
                    .clientId(clientId)
                    .redirectUri("/")
                    .scope("openid", "email");
            more.accept(builder);
            return builder.build();
        } catch (JacksonException | IllegalArgumentException | IllegalStateException | NullPointerException _) {
            throw notOpenId();
        }
    }

    private static Rejected notOpenId() {
        return new Rejected("provider.not-openid", "issuer");
    }

    private static Problem said(Throwable error) {
        if (error instanceof WebClientResponseException answer
                && !answer.getStatusCode().is5xxServerError()) {
            return notOpenId();
        }
        var problem = Trouble.of(error);
        return problem.code().equals("provider.failed")
                ? notOpenId()
                : new Rejected(problem.code(), "issuer", problem.arguments().toArray());
    }
}
