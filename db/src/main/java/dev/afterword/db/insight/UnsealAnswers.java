package dev.afterword.db.insight;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.response.SealedAnswers;
import dev.afterword.db.response.topic.ApplyTopics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes the answers to anonymous surveys as soon as enough wait, puts topics on them and counts them; no event tells of them. */
@Component
public class UnsealAnswers {
    private final SealedAnswers sealed;
    private final ApplyTopics applyTopics;
    private final DueDays dueDays;
    private final DatabaseTime time;
    private final Transactions transactions;

    UnsealAnswers(
            SealedAnswers sealed,
            ApplyTopics applyTopics,
            DueDays dueDays,
            DatabaseTime time,
            Transactions transactions) {
        this.sealed = sealed;
        this.applyTopics = applyTopics;
        this.dueDays = dueDays;
        this.time = time;
        this.transactions = transactions;
    }

    /** One round over all surveys for which there are enough. False: there is nothing more to do at once. */
    public Mono<Boolean> unseal() {
        return time.now()
                .flatMap(now -> sealed.ready()
                        .concatMap(survey -> unseal(survey, now), 1)
                        .then(Mono.just(false)));
    }

    private Mono<List<UUID>> unseal(Key survey, Instant now) {
        return transactions.run(sealed.write(survey, now)
                .flatMap(ids -> ids.isEmpty()
                        ? Mono.just(ids)
                        : applyTopics
                                .to(survey.workspaceId(), ids)
                                .then(dueDays.markResponses(survey.workspaceId(), ids, now))
                                .then(dueDays.markAsked(survey, now))
                                .thenReturn(ids)));
    }
}
