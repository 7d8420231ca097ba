package dev.afterword.db.followup;

import dev.afterword.db.message.GivePlaces;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.SendQueue;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SkipReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ListableBeanFactory;

/** Sends what is due as the worker does, to a server that takes everything at once. */
final class Post {
    private static final int BATCH = 500;

    private final ListableBeanFactory beans;

    Post(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** How many went out. */
    int send(UUID workspaceId, Instant now) {
        int sent = 0;
        List<Leased> leased;
        do {
            leased = beans.getBean(SendQueue.class)
                    .claim(workspaceId, now, Duration.ofMinutes(1), BATCH)
                    .block();
            sent += send(workspaceId, leased, now);
        } while (leased.size() == BATCH);
        return sent;
    }

    private int send(UUID workspaceId, List<Leased> leased, Instant now) {
        var refused = new HashMap<UUID, SkipReason>();
        var candidates = leased.stream().map(one -> one.send().candidate(now)).toList();
        beans.getBeansOfType(LastCheck.class)
                .values()
                .forEach(check ->
                        refused.putAll(check.refused(workspaceId, candidates).block()));
        var wanted = leased.stream()
                .filter(one -> !refused.containsKey(one.send().key().id()))
                .toList();
        var later = beans.getBean(GivePlaces.class)
                .take(
                        workspaceId,
                        wanted.stream().map(one -> one.send().key().id()).toList(),
                        now)
                .block();
        var outcomes = new ArrayList<SendOutcome>();
        int sent = 0;
        for (var one : leased) {
            var id = one.send().key().id();
            var reason = refused.get(id);
            if (reason != null) {
                outcomes.add(SendOutcome.skipped(one, reason));
            } else if (later.containsKey(id)) {
                outcomes.add(later.get(id)
                        .map(at -> SendOutcome.givenBack(one, at))
                        .orElseGet(() -> SendOutcome.skipped(one, SkipReason.BUDGET)));
            } else {
                outcomes.add(SendOutcome.accepted(one, 250, "Ok"));
                sent++;
            }
        }
        beans.getBean(RecordSends.class).record(List.of(), outcomes).block();
        return sent;
    }
}
