package dev.afterword.db.message;

import dev.afterword.db.Installation;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The links that a mail carries; the same whenever they are asked for. */
@Component
public class SendLinks {
    private final Installation installation;
    private final AfterwordSecret secret;

    SendLinks(Installation installation, AfterwordSecret secret) {
        this.installation = installation;
        this.secret = secret;
    }

    public String answer(Workspace workspace, UUID invitationId) {
        return installation.link(
                "/r/" + new LinkToken(workspace.code(), invitationId).sign(LinkToken.Use.ANSWER, secret));
    }

    public String unsubscribe(Workspace workspace, UUID sendId) {
        return installation.link(
                "/u/" + new LinkToken(workspace.code(), sendId).sign(LinkToken.Use.UNSUBSCRIBE, secret));
    }

    /** RFC 5322, in angle brackets; the same on every attempt. */
    public String messageId(Workspace workspace, UUID sendId, String senderAddress) {
        return "<s." + new LinkToken(workspace.code(), sendId).sign(LinkToken.Use.MESSAGE, secret) + "@"
                + senderAddress.substring(senderAddress.lastIndexOf('@') + 1) + ">";
    }

    /** RFC 2919, without its brackets. */
    public String listId(Workspace workspace, String purpose) {
        return purpose + "." + workspace.code() + "." + installation.url().getHost();
    }
}
