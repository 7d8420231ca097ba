package dev.afterword.worker.ladder;

import dev.afterword.db.ladder.MoveStagesByTime;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks now and then for workspaces whose daily look at the ladder is due. */
@Configuration(proxyBeanMethods = false)
class LadderLoop {
    private static final Duration PAUSE = Duration.ofMinutes(10);

    @Bean
    Loop lookAtLadder(MoveStagesByTime moveStages) {
        return new Loop("Looking at the ladder", PAUSE, () -> moveStages.move().map(moved -> false));
    }
}
