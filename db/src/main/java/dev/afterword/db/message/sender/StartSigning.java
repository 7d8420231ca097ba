package dev.afterword.db.message.sender;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets keys sign whose records are published, in the place of those that did. Records of the old ones must stand while their mail is on its way. */
@Component
public class StartSigning {
    private final SenderDomains senders;
    private final Transactions transactions;
    private final Clock clock;

    StartSigning(SenderDomains senders, Transactions transactions, Clock clock) {
        this.senders = senders;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Mono<Void> start(Key waiting) {
        return transactions.run(senders.activate(waiting, clock.instant()));
    }
}
