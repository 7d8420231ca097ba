package dev.afterword.worker.insight;

import dev.afterword.db.insight.RollUp;
import dev.afterword.worker.Loop;
import dev.afterword.worker.Precedence;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Computes roll-ups soon after answers arrived: what staff see of a new answer is about a second old. */
@Configuration(proxyBeanMethods = false)
class RollUpLoop {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** A day on which much happens is computed again and again: that takes a fifth of the time at most, so that it holds up nothing else. */
    private static final int SHARE = 5;

    @Bean
    Loop rollUpAnswers(RollUp rollUp, Precedence precedence) {
        return new Loop("Rolling up answers", precedence.givingWay(RollUpLoop::rest), rollUp::compute);
    }

    private static Duration rest(boolean more, Duration took) {
        var share = took.multipliedBy(SHARE - 1);
        return more ? Duration.ZERO : share.compareTo(PAUSE) > 0 ? share : PAUSE;
    }
}
