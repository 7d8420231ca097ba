package dev.afterword.api.message;

import dev.afterword.api.Caller;
import dev.afterword.db.Page;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendLinks;
import dev.afterword.db.message.Sends;
import dev.afterword.db.order.Orders;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Says what was written to a customer, what is planned, and why something was not written. */
@RestController
@Tag(name = "Sends")
class SendApi {
    private final Sends sends;
    private final Orders orders;
    private final Contacts contacts;
    private final Workspaces workspaces;
    private final SendLinks links;

    SendApi(Sends sends, Orders orders, Contacts contacts, Workspaces workspaces, SendLinks links) {
        this.sends = sends;
        this.orders = orders;
        this.contacts = contacts;
        this.workspaces = workspaces;
        this.links = links;
    }

    @GetMapping("/api/v1/sends")
    @Operation(
            summary = "Mails about an order or to a contact",
            description =
                    "order is the order's externalId, contact a contact's id; the latest first. A mail that is not sent says why in skipReason.")
    Mono<Page<SendResponse>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable UUID contact) {
        return workspaces
                .findById(caller.workspaceId())
                .flatMap(workspace -> find(caller, order, contact)
                        .map(found -> new Page<>(
                                found.stream()
                                        .map(send -> SendResponse.of(send, workspace, links))
                                        .toList(),
                                null)));
    }

    private Mono<List<Send>> find(Caller caller, @Nullable String order, @Nullable UUID contact) {
        if (order != null) {
            return orders.findByExternalId(caller.workspaceId(), order).flatMap(found -> sends.ofOrder(found.key()));
        }
        return contact == null
                ? Mono.error(new Rejected("send.order-or-contact", "order"))
                : contacts.find(caller.key(contact)).flatMap(found -> sends.ofContact(found.key()));
    }

    /** A mail as Afterword knows it. */
    @Schema(name = "Send")
    record SendResponse(
            UUID id,
            UUID contact,
            @Nullable UUID order,
            String purpose,
            String step,
            String kind,
            String state,
            @Nullable String skipReason,
            Instant dueAt,
            Instant notAfter,
            int attempt,
            @Nullable Integer smtpCode,
            @Nullable String smtpReply,
            @Nullable String messageId,
            @Nullable Instant submittedAt,
            @Nullable Instant finishedAt,
            @Nullable Links links) {
        static SendResponse of(Send send, Workspace workspace, SendLinks links) {
            var reason = send.skipReason();
            var invitation = send.invitationId();
            return new SendResponse(
                    send.key().id(),
                    send.contactId(),
                    send.orderId(),
                    send.purpose().code(),
                    send.step(),
                    send.kind().code(),
                    send.state().code(),
                    reason == null ? null : reason.code(),
                    send.dueAt(),
                    send.notAfter(),
                    send.attempt(),
                    send.smtpCode(),
                    send.smtpReply(),
                    send.messageId(),
                    send.submittedAt(),
                    send.finishedAt(),
                    invitation == null
                            ? null
                            : new Links(
                                    links.answer(workspace, invitation),
                                    links.unsubscribe(workspace, send.key().id())));
        }
    }

    /** The links that the mail carries. */
    @Schema(name = "SendLinks")
    record Links(String answer, String unsubscribe) {}
}
