package dev.afterword.web.start;

import dev.afterword.db.contact.erasure.RepeatErasures;
import dev.afterword.web.AtStart;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Before anything is answered or sent: whoever was erased after the dump was made from which this database was restored is erased again. */
final class ErasuresAtStart implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(ErasuresAtStart.class);

    private final RepeatErasures repeatErasures;

    ErasuresAtStart(RepeatErasures repeatErasures) {
        this.repeatErasures = repeatErasures;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!repeatErasures.possible()) {
            LOG.warn(
                    "afterword.erasures names no file, so that a restored dump would bring back whom it does not know as erased (docs/privacy.md).");
        }
        AtStart.run(Mono.defer(repeatErasures::repeat)
                .retryWhen(Retry.backoff(8, Duration.ofMillis(500)))
                .then());
    }
}
