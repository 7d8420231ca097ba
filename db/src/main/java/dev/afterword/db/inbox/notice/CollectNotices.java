package dev.afterword.db.inbox.notice;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes the mails that tell staff what is due to be told: one for each, whether one thing happened or many. */
@Component
public class CollectNotices {
    private final StaffNotices notices;
    private final DatabaseTime time;
    private final Transactions transactions;

    CollectNotices(StaffNotices notices, DatabaseTime time, Transactions transactions) {
        this.notices = notices;
        this.time = time;
        this.transactions = transactions;
    }

    /** One round over all workspaces in which something is due; true when something was. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> notices.due(now)
                        .concatMap(workspaceId -> transactions.run(notices.collect(workspaceId, now)), 1)
                        .reduce(false, (some, taken) -> some || taken > 0));
    }
}
