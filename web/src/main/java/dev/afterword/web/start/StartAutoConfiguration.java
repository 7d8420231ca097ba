package dev.afterword.web.start;

import dev.afterword.db.ConditionalOnRole;
import dev.afterword.db.DatabaseAutoConfiguration;
import dev.afterword.db.Installation;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.erasure.RepeatErasures;
import dev.afterword.db.workspace.CheckAudit;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.ResealSecrets;
import dev.afterword.db.workspace.provider.AllowPasswords;
import dev.afterword.web.AtStart;
import dev.afterword.web.StaffSessions;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.util.retry.Retry;

/** What every process has, whatever its roles: it can be watched on its management port. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
public class StartAutoConfiguration {
    private static final Pattern CALL = Pattern.compile("/+api/");

    /** Whoever reaches the management port may look: the port itself is what is guarded, and it listens on this machine only unless told otherwise. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain managementSecurity(ServerHttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .build();
    }

    @Bean
    BodyLimits bodyLimits(
            ObjectProvider<StaffSessions> sessions, @Value("${afterword.requests.patience:2h}") Duration patience) {
        return new BodyLimits(sessions, patience);
    }

    @Bean
    PlainPaths plainPaths() {
        return new PlainPaths();
    }

    /** A connection that waits is worth keeping for a moment; one that dribbles is not. */
    @Bean
    NettyServerCustomizer requestsInTime(@Value("${afterword.requests.begin-within:75s}") Duration most) {
        return server -> server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "requests in time", new RequestsInTime(most));
            }
        });
    }

    @Bean
    NettyServerCustomizer writtenAddress() {
        var written = new WrittenAddress();
        return server -> server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "written address", written);
            }
        });
    }

    /** What is no address of ours is told like everything else that cannot be read; no chain of filters has added its headers then. */
    @Bean
    ServerExchangeRejectedHandler rejected() {
        return (exchange, refused) -> {
            var headers = exchange.getResponse().getHeaders();
            headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
            headers.set("X-Content-Type-Options", "nosniff");
            var call = CALL.matcher(exchange.getRequest().getPath().value()).lookingAt();
            return Mono.error(new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    null,
                    call
                            ? new Rejected("request.malformed", null, String.valueOf(refused.getMessage()))
                            : new Rejected("request.address", null)));
        };
    }

    @Bean
    @ConditionalOnProperty(name = "afterword.command", havingValue = "check-audit")
    CheckAuditCommand checkAuditCommand(CheckAudit checkAudit) {
        return new CheckAuditCommand(checkAudit);
    }

    @Bean
    @ConditionalOnProperty(name = "afterword.command", havingValue = "allow-passwords")
    AllowPasswordsCommand allowPasswordsCommand(
            AllowPasswords allowPasswords, @Value("${afterword.workspace:}") String code) {
        return new AllowPasswordsCommand(allowPasswords, code);
    }

    @Bean
    SmartInitializingSingleton secretsAtStart(ResealSecrets resealSecrets) {
        return () -> AtStart.run(Mono.defer(resealSecrets::run)
                .retryWhen(Retry.backoff(8, Duration.ofMillis(500)))
                .then());
    }

    @Bean
    ErasuresAtStart erasuresAtStart(RepeatErasures repeatErasures) {
        return new ErasuresAtStart(repeatErasures);
    }

    /** In real use only: a demo brings its owner. */
    @Bean
    @ConditionalOnRole("web")
    @ConditionalOnProperty("afterword.database.url")
    FirstOwnerLink firstOwnerLink(OneTimeLinks links, Installation installation, Clock clock) {
        return new FirstOwnerLink(links, installation, clock);
    }
}
