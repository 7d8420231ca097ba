package dev.afterword.worker.inbox;

import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.db.inbox.RemindOfOccasions;
import dev.afterword.db.inbox.WatchCases;
import dev.afterword.db.inbox.notice.CollectNotices;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks what is due in cases, and gathers what each of the staff is to be told. */
@Configuration(proxyBeanMethods = false)
class CaseLoops {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
    /** What happens in the same moments is told in one mail. */
    private static final Duration BETWEEN_MAILS = Duration.ofSeconds(5);

    /** A day begins somewhere every half an hour. */
    private static final Duration BETWEEN_DAYS = Duration.ofMinutes(10);

    private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(30);

    @Bean
    Loop watchCasesLoop(WatchCases watchCases) {
        return new Loop("Watching what is due in cases", BETWEEN_LOOKS, watchCases::round);
    }

    @Bean
    Loop remindOfOccasionsLoop(RemindOfOccasions remindOfOccasions) {
        return new Loop("Reminding of occasions", BETWEEN_DAYS, remindOfOccasions::round);
    }

    @Bean
    Loop forgetPhotosLoop(CasePhotos photos) {
        return new Loop("Forgetting photos that were not sent", BETWEEN_DELETIONS, photos::forgetLeft);
    }

    @Bean
    Loop collectNoticesLoop(CollectNotices collectNotices) {
        return new Loop("Gathering what staff is told", BETWEEN_MAILS, collectNotices::round);
    }

    @Bean
    Loop sendDeskMailLoop(SendDeskMail sendDeskMail) {
        return new Loop("Sending mail to other help desks", BETWEEN_MAILS, sendDeskMail::round);
    }
}
