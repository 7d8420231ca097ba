package dev.afterword.web.workspace.provider;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.provider.ProviderVisit;
import dev.afterword.db.workspace.provider.Vouched;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeReactiveAuthenticationManager;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.authentication.ReactiveOidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.StandardClaimAccessor;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Exchanges the code that somebody came back with for the provider's word, and believes it only when all is right: signed by a key that the provider shows now, by
 * this issuer, for this client, not run out, and with the nonce of this visit.
 */
@Component
class HearProvider {
    private static final ClaimTypeConverter CLAIMS =
            new ClaimTypeConverter(ReactiveOidcIdTokenDecoderFactory.createDefaultClaimTypeConverters());

    private final ReadProvider readProvider;
    private final ProviderHttp http;
    private final OidcAuthorizationCodeReactiveAuthenticationManager exchanges;

    HearProvider(ReadProvider readProvider, ProviderHttp http) {
        this.readProvider = readProvider;
        this.http = http;
        var tokens = new WebClientReactiveAuthorizationCodeTokenResponseClient();
        tokens.setWebClient(http.client());
        var userInfo = new DefaultReactiveOAuth2UserService();
        userInfo.setWebClient(http.client());
        var users = new OidcReactiveOAuth2UserService();
        users.setOauth2UserService(userInfo);
        users.setRetrieveUserInfo(request -> !saysAll(request.getIdToken())
                && request.getClientRegistration()
                                .getProviderDetails()
                                .getUserInfoEndpoint()
                                .getUri()
                        != null);
        this.exchanges = new OidcAuthorizationCodeReactiveAuthenticationManager(tokens, users);
        this.exchanges.setJwtDecoderFactory(this::decoder);
    }

    /** @param state what came back, which is compared once more */
    Mono<Vouched> hear(ProviderVisit visit, String back, String secret, String code, String state) {
        return Mono.fromCallable(() -> {
                    var client = readProvider.registration(
                            visit.document(),
                            visit.clientId(),
                            builder -> builder.redirectUri(back).clientSecret(secret));
                    var request = OAuth2AuthorizationRequest.authorizationCode()
                            .clientId(client.getClientId())
                            .authorizationUri(
                                    String.valueOf(client.getProviderDetails().getAuthorizationUri()))
                            .redirectUri(back)
                            .scopes(client.getScopes())
                            .state(visit.state())
                            .attributes(kept -> {
                                kept.put(OidcParameterNames.NONCE, visit.nonce());
                                kept.put(PkceParameterNames.CODE_VERIFIER, visit.verifier());
                            })
                            .build();
                    var response = OAuth2AuthorizationResponse.success(code)
                            .redirectUri(back)
                            .state(state)
                            .build();
                    return new OAuth2AuthorizationCodeAuthenticationToken(
                            client, new OAuth2AuthorizationExchange(request, response));
                })
                .flatMap(exchanges::authenticate)
                .timeout(ProviderHttp.LONGEST)
                .mapNotNull(found -> (OidcUser) found.getPrincipal())
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.failed", null)))
                .map(user -> vouched(visit, user));
    }

    /** The issuer of a visit's provider. */
    String issuer(ProviderVisit visit) {
        return String.valueOf(readProvider
                .registration(visit.document(), visit.clientId(), _ -> {})
                .getProviderDetails()
                .getIssuerUri());
    }

    private Vouched vouched(ProviderVisit visit, OidcUser user) {
        // Both from one place: an address of one and an assurance of another would be nobody's word.
        StandardClaimAccessor words = saysAll(user.getIdToken()) ? user.getIdToken() : user.getUserInfo();
        return new Vouched(
                issuer(visit),
                visit.clientId(),
                Objects.requireNonNull(user.getSubject()),
                words == null ? null : words.getEmail(),
                words != null && Boolean.TRUE.equals(words.getEmailVerified()),
                authenticatedAt(user.getIdToken()));
    }

    private static @Nullable Instant authenticatedAt(OidcIdToken token) {
        return token.getAuthenticatedAt();
    }

    private static boolean saysAll(OidcIdToken token) {
        return token.getEmail() != null && token.getEmailVerified() != null;
    }

    /** Made for each sign-in, so that keys that the provider has changed are read at once. */
    private ReactiveJwtDecoder decoder(ClientRegistration client) {
        var decoder = NimbusReactiveJwtDecoder.withJwkSetUri(
                        Objects.requireNonNull(client.getProviderDetails().getJwkSetUri()))
                .webClient(http.client())
                .jwsAlgorithms(algorithms -> algorithms.addAll(algorithms(client)))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtTypeValidator.jwt(), new JwtTimestampValidator(), new OidcIdTokenValidator(client)));
        decoder.setClaimSetConverter(CLAIMS);
        return decoder;
    }

    /** Those with a key pair: a client's secret signs nothing, and “none” is no signature. */
    private static List<SignatureAlgorithm> algorithms(ClientRegistration client) {
        var named = client.getProviderDetails().getConfigurationMetadata().get("id_token_signing_alg_values_supported");
        var known = named instanceof Collection<?> names
                ? names.stream()
                        .map(name -> SignatureAlgorithm.from(String.valueOf(name)))
                        .filter(Objects::nonNull)
                        .toList()
                : List.<SignatureAlgorithm>of();
        return known.isEmpty() ? List.of(SignatureAlgorithm.RS256) : known;
    }
}
