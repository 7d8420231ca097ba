package dev.afterword.db.message;

import dev.afterword.db.Installation;
import dev.afterword.db.contact.Address;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The links that a mail carries; the same whenever they are asked for. */
@Component
public class SendLinks {
    private static final int CODE = 8;

    private final Installation installation;
    private final AfterwordSecret secret;
    private final Optional<IncomingAddress> incoming;

    SendLinks(
            Installation installation,
            AfterwordSecret secret,
            @Value("${afterword.mail.incoming.address:}") String incoming) {
        this.installation = installation;
        this.secret = secret;
        this.incoming = incoming.isBlank() ? Optional.empty() : Optional.of(IncomingAddress.parse(incoming));
    }

    /** Where a mail comes back to when it cannot be delivered; empty where no mail comes in. */
    public Optional<String> returnPath(Workspace workspace, UUID sendId) {
        return incoming(workspace, sendId, LinkToken.Use.BOUNCE);
    }

    /** Where answers to a mail go: where the workspace wants them, or to us, or to its sender. */
    public String replyTo(Workspace workspace, UUID sendId, String senderAddress) {
        var wanted = workspace.replyTo();
        return wanted == null ? incoming(workspace, sendId, LinkToken.Use.REPLY).orElse(senderAddress) : wanted;
    }

    /** Where answers to a mail in a case go: into that case, where mail comes in to us. */
    public String caseReplyTo(Workspace workspace, UUID sendId, String senderAddress) {
        return incoming(workspace, sendId, LinkToken.Use.REPLY)
                .orElseGet(() -> replyTo(workspace, sendId, senderAddress));
    }

    /** Where another help desk answers in a case; empty where no mail comes in. */
    public Optional<String> deskReplyTo(Workspace workspace, UUID caseId) {
        return incoming(workspace, caseId, LinkToken.Use.DESK);
    }

    /** Writing there stops the purpose of a mail; empty where no mail comes in. */
    public Optional<String> unsubscribeAddress(Workspace workspace, UUID sendId) {
        return incoming(workspace, sendId, LinkToken.Use.UNSUBSCRIBE);
    }

    /** The workspace's own support address with us; empty where no mail comes in. */
    public Optional<String> intake(Workspace workspace) {
        return incoming.map(address -> address.with(workspace.code()));
    }

    /** The code of the workspace whose own support address that is. */
    public Optional<String> intakeCode(String address) {
        return incoming.flatMap(ours -> ours.token(address)).filter(code -> code.length() == CODE);
    }

    /** Whether what is written to that address comes to us. */
    public boolean comesIn(String address) {
        return incoming.filter(ours -> ours.token(address).isPresent() || ours.bare(address))
                .isPresent();
    }

    private Optional<String> incoming(Workspace workspace, UUID sendId, LinkToken.Use use) {
        return incoming.map(address -> address.with(new LinkToken(workspace.code(), sendId).sign(use, secret)));
    }

    public String answer(Workspace workspace, UUID invitationId) {
        return installation.link(
                "/r/" + new LinkToken(workspace.code(), invitationId).sign(LinkToken.Use.ANSWER, secret));
    }

    /** Where the customer of a case follows it and answers. */
    public String inCase(Workspace workspace, UUID caseId) {
        return installation.link("/c/" + new LinkToken(workspace.code(), caseId).sign(LinkToken.Use.CASE, secret));
    }

    public String unsubscribe(Workspace workspace, UUID sendId) {
        return installation.link(
                "/u/" + new LinkToken(workspace.code(), sendId).sign(LinkToken.Use.UNSUBSCRIBE, secret));
    }

    /** RFC 5322, in angle brackets; the same on every attempt. */
    public String messageId(Workspace workspace, UUID sendId, String senderAddress) {
        var sender = Address.wire(senderAddress);
        return "<s." + new LinkToken(workspace.code(), sendId).sign(LinkToken.Use.MESSAGE, secret) + "@"
                + sender.substring(sender.lastIndexOf('@') + 1) + ">";
    }

    /** RFC 2919, without its brackets. */
    public String listId(Workspace workspace, String purpose) {
        return purpose + "." + workspace.code() + "." + installation.url().getHost();
    }
}
