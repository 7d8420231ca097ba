package dev.afterword.worker.followup;

import dev.afterword.db.followup.AdvanceDue;
import dev.afterword.db.followup.CountOutcomesAgain;
import dev.afterword.db.followup.EnrollByTime;
import dev.afterword.db.followup.WeighArms;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets people begin follow-ups that time begins, and takes on whoever waited in one and waits no longer, and counts what they reached. */
@Configuration(proxyBeanMethods = false)
class FollowUpLoops {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WEIGHINGS = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    @Bean
    Loop advanceDueLoop(AdvanceDue advanceDue) {
        return new Loop("Going on with follow-ups", PAUSE, advanceDue::round);
    }

    @Bean
    Loop countOutcomesAgainLoop(CountOutcomesAgain countOutcomesAgain) {
        return new Loop("Counting by a new goal", BETWEEN_LOOKS, countOutcomesAgain::round);
    }

    @Bean
    Loop weighArmsLoop(WeighArms weighArms) {
        return new Loop("Weighing the arms of splits", BETWEEN_WEIGHINGS, weighArms::round);
    }

    @Bean
    Loop enrollByTimeLoop(EnrollByTime enrollByTime) {
        return new Loop("Beginning follow-ups by time", BETWEEN_LOOKS, enrollByTime::round);
    }
}
