package dev.afterword.db.workspace;

import dev.afterword.db.Conflict;
import dev.afterword.db.Transactions;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives a member another role and ends their sessions. The last owner stays one. */
@Component
public class ChangeRole {
    private final Memberships memberships;
    private final Sessions sessions;
    private final List<HeldWork> features;
    private final Transactions transactions;

    ChangeRole(Memberships memberships, Sessions sessions, List<HeldWork> features, Transactions transactions) {
        this.memberships = memberships;
        this.sessions = sessions;
        this.features = features;
        this.transactions = transactions;
    }

    public Mono<Void> change(UUID workspaceId, UUID staffId, Role role) {
        return transactions.run(memberships
                .lockOwners(workspaceId)
                .doOnNext(owners -> keepOne(owners, staffId, role.equals(Role.OWNER)))
                .then(memberships.find(workspaceId, staffId))
                .filter(member -> !member.role().equals(role))
                .flatMap(member -> memberships
                        .change(workspaceId, staffId, role)
                        .thenMany(Flux.fromIterable(features))
                        .concatMap(feature -> feature.release(workspaceId))
                        .then(sessions.endAllOf(staffId))));
    }

    static void keepOne(List<UUID> owners, UUID staffId, boolean stays) {
        if (!stays && owners.equals(List.of(staffId))) {
            throw new Conflict("staff.last-owner");
        }
    }
}
