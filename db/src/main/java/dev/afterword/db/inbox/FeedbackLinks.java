package dev.afterword.db.inbox;

import dev.afterword.db.Installation;
import dev.afterword.db.Key;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where customers speak without being asked; the same whenever it is asked for. */
@Component
public class FeedbackLinks {
    private final Installation installation;
    private final AfterwordSecret secret;
    private final Workspaces workspaces;
    /** They never change; a shop's program asks with every order. */
    private final Map<UUID, String> codes = new ConcurrentHashMap<>();

    FeedbackLinks(Installation installation, AfterwordSecret secret, Workspaces workspaces) {
        this.workspaces = workspaces;
        this.installation = installation;
        this.secret = secret;
    }

    /** The shop's own page, whole. */
    public String page(Workspace workspace) {
        return installation.link("/f/" + workspace.code());
    }

    /** About one order, for its receipt, whole. */
    public String ofOrder(String workspaceCode, UUID orderId) {
        return installation.link("/f/" + new LinkToken(workspaceCode, orderId).sign(LinkToken.Use.FEEDBACK, secret));
    }

    /** The same for whoever knows the key of the order only. */
    public Mono<String> ofOrder(Key order) {
        return Mono.justOrEmpty(codes.get(order.workspaceId()))
                .switchIfEmpty(Mono.defer(() -> workspaces
                        .findById(order.workspaceId())
                        .map(Workspace::code)
                        .doOnNext(code -> codes.put(order.workspaceId(), code))))
                .map(code -> ofOrder(code, order.id()));
    }

    /** The path of a case, for whoever opened it. */
    public String opened(Workspace workspace, UUID caseId) {
        return "/c/" + new LinkToken(workspace.code(), caseId).sign(LinkToken.Use.CASE_OPENED, secret);
    }

    /** The path of a case, for who came by the link of a mail. */
    public String mailed(Workspace workspace, UUID caseId) {
        return "/c/" + new LinkToken(workspace.code(), caseId).sign(LinkToken.Use.CASE, secret);
    }

    /** What a form of the workspace sends back. */
    public String form(Workspace workspace, UUID id) {
        return new LinkToken(workspace.code(), id).sign(LinkToken.Use.FORM, secret);
    }
}
