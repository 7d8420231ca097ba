package dev.afterword.db.workspace.provider;

import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The operator's way back into a workspace whose provider lets nobody in any more: its people may sign in by password again. */
@Component
public class AllowPasswords {
    private final Workspaces workspaces;
    private final DemandProvider demandProvider;

    AllowPasswords(Workspaces workspaces, DemandProvider demandProvider) {
        this.workspaces = workspaces;
        this.demandProvider = demandProvider;
    }

    /** The workspace of that code; otherwise {@code workspace.unknown}. */
    public Mono<Workspace> allow(String code) {
        return workspaces
                .findByCode(code)
                .switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")))
                .flatMap(workspace -> demandProvider.free(workspace.id()).thenReturn(workspace));
    }
}
