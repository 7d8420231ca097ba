package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Contact;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.contact.ImportContacts;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.order.Orders;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Invites a customer at the wish of the shop's own program: makes the link, and plans the mail where that is wished. */
@Component
public class InviteCustomer {
    private final Workspaces workspaces;
    private final Surveys surveys;
    private final Orders orders;
    private final Contacts contacts;
    private final ImportContacts importContacts;
    private final Invitations invitations;
    private final PlanSend planSend;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    InviteCustomer(
            Workspaces workspaces,
            Surveys surveys,
            Orders orders,
            Contacts contacts,
            ImportContacts importContacts,
            Invitations invitations,
            PlanSend planSend,
            DatabaseClient database,
            Transactions transactions,
            Clock clock) {
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.orders = orders;
        this.contacts = contacts;
        this.importContacts = importContacts;
        this.invitations = invitations;
        this.planSend = planSend;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Whom to ask what.
     *
     * @param order the shop's id of an order that we know; its customer is asked
     * @param customer who is asked where there is no order
     * @param send whether we write the mail; otherwise the shop hands out the link
     */
    public record Wish(
            String survey, @Nullable String order, @Nullable ContactData customer, boolean send) {}

    /**
     * The invitation that stands now.
     *
     * @param added false when one stood for the survey and the order already
     * @param skipped why no mail goes out although it was wished; null otherwise
     */
    public record Invited(
            Workspace workspace,
            Invitation invitation,
            boolean added,
            @Nullable SkipReason skipped) {}

    private record Asking(
            Workspace workspace,
            SurveyVersion version,
            Contact contact,
            @Nullable UUID orderId,
            boolean send) {}

    public Mono<Invited> invite(UUID workspaceId, Wish wish) {
        return Mono.zip(
                        workspaces.findById(workspaceId),
                        surveys.latest(workspaceId, wish.survey())
                                .onErrorMap(
                                        NotFound.class,
                                        unknown -> new Rejected("survey.unknown", "survey", wish.survey())))
                .flatMap(both -> whom(workspaceId, wish)
                        .map(whom ->
                                new Asking(both.getT1(), both.getT2(), whom.contact(), whom.orderId(), wish.send())))
                .flatMap(asking -> transactions.run(standing(asking)
                        .map(invitation -> new Invited(asking.workspace(), invitation, false, null))
                        .switchIfEmpty(Mono.defer(() -> add(asking)))
                        .flatMap(invited -> wish.send() ? plan(asking, invited) : Mono.just(invited))));
    }

    private record Whom(Contact contact, @Nullable UUID orderId) {}

    private Mono<Whom> whom(UUID workspaceId, Wish wish) {
        if (wish.order() != null) {
            return orders.findByExternalId(workspaceId, wish.order())
                    .onErrorMap(NotFound.class, unknown -> new Rejected("order.not-found", "order.externalId"))
                    .flatMap(order -> contacts.find(new Key(workspaceId, order.contactId()))
                            .map(contact -> new Whom(contact, order.key().id())));
        }
        var customer = wish.customer();
        if (customer == null) {
            return Mono.error(new Rejected("invitation.nobody", "customer"));
        }
        return importContacts
                .write(workspaceId, List.of(customer))
                .map(List::getFirst)
                .flatMap(line -> line.problem() != null ? Mono.error(line.problem()) : known(workspaceId, customer))
                .onErrorMap(NotFound.class, erased -> new Rejected("contact.erased", "customer"))
                .map(contact -> new Whom(contact, null));
    }

    private Mono<Contact> known(UUID workspaceId, ContactData customer) {
        var externalId = customer.externalId();
        if (externalId != null) {
            return contacts.findByExternalId(workspaceId, externalId);
        }
        return database.sql("select id from contact where workspace_id = $1 and address = $2 and external_id is null")
                .bind(0, workspaceId)
                .bind(1, String.valueOf(customer.address()))
                .mapValue(UUID.class)
                .one()
                .flatMap(id -> contacts.find(new Key(workspaceId, id)));
    }

    private Mono<Invitation> standing(Asking asking) {
        var orderId = asking.orderId();
        return orderId == null
                ? Mono.empty()
                : invitations.standing(asking.workspace().id(), asking.version().surveyId(), orderId);
    }

    /** Adds it; whoever was quicker for the same order wins. */
    private Mono<Invited> add(Asking asking) {
        var contact = asking.contact();
        var language = Locality.language(
                contact.locale(), contact.country(), asking.workspace().language());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var invitation = Invitation.wished(
                asking.version(), contact.key().id(), asking.orderId(), language, asking.send() ? null : now, now);
        return invitations
                .insert(List.of(invitation))
                .flatMap(added -> added.isEmpty()
                        ? standing(asking).map(standing -> new Invited(asking.workspace(), standing, false, null))
                        : Mono.just(new Invited(asking.workspace(), invitation, true, null)));
    }

    /** Plans the mail once: a second wish finds the first. */
    private Mono<Invited> plan(Asking asking, Invited invited) {
        var invitation = invited.invitation();
        var workspaceId = asking.workspace().id();
        return database.sql("select 1 from send where workspace_id = $1 and invitation_id = $2 limit 1")
                .bind(0, workspaceId)
                .bind(1, invitation.key().id())
                .mapValue(Integer.class)
                .one()
                .hasElement()
                .flatMap(planned -> planned
                        ? Mono.just(Optional.<SkipReason>empty())
                        : planSend.plan(
                                        workspaceId,
                                        Objects.requireNonNull(invitation.contactId()),
                                        invitation.orderId(),
                                        invitation.key().id(),
                                        clock.instant())
                                .singleOptional())
                .map(skipped -> new Invited(invited.workspace(), invitation, invited.added(), skipped.orElse(null)));
    }
}
