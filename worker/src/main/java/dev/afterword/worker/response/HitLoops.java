package dev.afterword.worker.response;

import dev.afterword.db.response.hit.DeleteOldHits;
import dev.afterword.db.response.hit.JudgeNewHits;
import dev.afterword.db.response.mark.ForgetWords;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Judges requests of customers' links soon after they came, and deletes them when they are old. */
@Configuration(proxyBeanMethods = false)
class HitLoops {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(30);

    @Bean
    Loop judgeHits(JudgeNewHits judgeNewHits) {
        return new Loop("Judging hits", PAUSE, judgeNewHits::judge);
    }

    @Bean
    Loop deleteOldHitsLoop(DeleteOldHits deleteOldHits) {
        return new Loop("Deleting old hits", BETWEEN_DELETIONS, deleteOldHits::delete);
    }

    @Bean
    Loop forgetWordsLoop(ForgetWords forgetWords) {
        return new Loop("Forgetting words", BETWEEN_DELETIONS, forgetWords::forget);
    }
}
