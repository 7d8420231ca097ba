package dev.afterword.worker.insight;

import dev.afterword.db.insight.FillSegmentsAgain;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks at past answers again after other attributes were marked. */
@Configuration(proxyBeanMethods = false)
class SegmentLoop {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Bean
    Loop fillSegmentsAgainLoop(FillSegmentsAgain fillSegmentsAgain) {
        return new Loop("Telling past answers apart", SegmentLoop::rest, fillSegmentsAgain::fill);
    }

    /** Half the time at most: what comes in goes first. */
    private static Duration rest(boolean more, Duration took) {
        return more ? took : PAUSE;
    }
}
