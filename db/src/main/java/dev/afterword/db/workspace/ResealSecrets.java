package dev.afterword.db.workspace;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** After {@code afterword.secret} was changed: seals anew what the database holds under the older one. */
@Component
public class ResealSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(ResealSecrets.class);

    private final AfterwordSecret secret;
    private final List<Resealed> features;

    ResealSecrets(AfterwordSecret secret, List<Resealed> features) {
        this.secret = secret;
        this.features = features;
    }

    /** How much was sealed anew; nothing to look for where no older secret is accepted. */
    public Mono<Long> run() {
        return secret.rotating()
                ? Flux.fromIterable(features)
                        .concatMap(Resealed::reseal)
                        .reduce(0L, Long::sum)
                        .doOnNext(count -> LOG.info(
                                "{} secrets in the database were sealed anew under the current afterword.secret.",
                                count))
                : Mono.just(0L);
    }
}
