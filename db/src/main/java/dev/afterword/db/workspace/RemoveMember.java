package dev.afterword.db.workspace;

import dev.afterword.db.Transactions;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes somebody out of a workspace, with the work that they hold, and ends their sessions. The last owner stays. */
@Component
public class RemoveMember {
    private final Memberships memberships;
    private final Sessions sessions;
    private final List<HeldWork> features;
    private final Transactions transactions;

    RemoveMember(Memberships memberships, Sessions sessions, List<HeldWork> features, Transactions transactions) {
        this.memberships = memberships;
        this.sessions = sessions;
        this.features = features;
        this.transactions = transactions;
    }

    public Mono<Void> remove(UUID workspaceId, UUID staffId) {
        return transactions.run(memberships
                .lockOwners(workspaceId)
                .doOnNext(owners -> ChangeRole.keepOne(owners, staffId, false))
                .then(memberships.find(workspaceId, staffId))
                .flatMap(member -> memberships.remove(workspaceId, staffId))
                .thenMany(Flux.fromIterable(features))
                .concatMap(feature -> feature.release(workspaceId))
                .then(sessions.endAllOf(staffId)));
    }
}
