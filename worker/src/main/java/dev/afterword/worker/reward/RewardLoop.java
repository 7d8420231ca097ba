package dev.afterword.worker.reward;

import dev.afterword.db.reward.GiveRewards;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives what is due to those whom nothing else reached. */
@Configuration(proxyBeanMethods = false)
class RewardLoop {
    private static final Duration PAUSE = Duration.ofSeconds(60);

    @Bean
    Loop giveRewardsLoop(GiveRewards giveRewards) {
        return new Loop("Giving rewards", PAUSE, giveRewards::round);
    }
}
