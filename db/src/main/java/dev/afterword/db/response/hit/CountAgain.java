package dev.afterword.db.response.hit;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Staff's word on a response that a rule discarded: it counts. The other way does not exist, so that nobody can throw away answers they do not like. */
@Component
public class CountAgain {
    private final DecideStandings standings;
    private final DatabaseTime time;
    private final Transactions transactions;

    CountAgain(DecideStandings standings, DatabaseTime time, Transactions transactions) {
        this.standings = standings;
        this.time = time;
        this.transactions = transactions;
    }

    /** From now on it counts, or what the rule says holds again; changes nothing where that is so already. */
    public Mono<Void> set(Key response, UUID staffId, boolean counts) {
        return time.now()
                .flatMap(now -> transactions.run(
                        counts
                                ? standings.keep(response, staffId, now)
                                : standings
                                        .leave(response)
                                        .then(standings.of(response.workspaceId(), List.of(response.id()), now))
                                        .then()));
    }
}
