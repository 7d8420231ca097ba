package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.Contact;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.inbox.FeedbackPages;
import dev.afterword.db.message.Locality;
import dev.afterword.db.order.Orders;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Logos;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.CustomerPage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds what an address of the feedback page leads to, and how the shop looks. */
@Component
class FeedbackPlaces {
    private static final int CODE = 8;

    private final Workspaces workspaces;
    private final FeedbackPages pages;
    private final Orders orders;
    private final Contacts contacts;
    private final Logos logos;
    private final AfterwordSecret secret;

    FeedbackPlaces(
            Workspaces workspaces,
            FeedbackPages pages,
            Orders orders,
            Contacts contacts,
            Logos logos,
            AfterwordSecret secret) {
        this.workspaces = workspaces;
        this.pages = pages;
        this.orders = orders;
        this.contacts = contacts;
        this.logos = logos;
        this.secret = secret;
    }

    /** The code of a workspace, or the token of an order; otherwise {@code workspace.unknown}. */
    Mono<FeedbackPlace> find(String what) {
        if (what.length() == CODE) {
            return workspace(what.toLowerCase(Locale.ROOT))
                    .flatMap(workspace -> pages.find(workspace.id())
                            .map(page ->
                                    new FeedbackPlace(workspace, page, "/f/" + workspace.code(), null, false, null)));
        }
        return Mono.justOrEmpty(LinkToken.verify(what, LinkToken.Use.FEEDBACK, secret))
                .switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")))
                .flatMap(token -> workspace(token.workspaceCode())
                        .flatMap(workspace -> Mono.zip(
                                        pages.find(workspace.id()), orders.find(new Key(workspace.id(), token.id())))
                                .flatMap(found -> contacts.find(new Key(
                                                workspace.id(), found.getT2().contactId()))
                                        .map(contact -> new FeedbackPlace(
                                                workspace,
                                                found.getT1(),
                                                "/f/" + what,
                                                found.getT2(),
                                                contact.address() != null,
                                                language(contact))))));
    }

    /** Such a link stands on a receipt, too: what the browser says tells more of who reads it than the country of the order. */
    private static @Nullable String language(Contact contact) {
        return Locality.known(contact.locale(), null).orElse(null);
    }

    Mono<Workspace> workspace(String code) {
        return workspaces.findByCode(code).switchIfEmpty(Mono.error(() -> new NotFound("workspace.unknown")));
    }

    /** In the shop's look. */
    Mono<CustomerPage> look(Workspace workspace, String language) {
        return logos.has(workspace.id())
                .map(has -> CustomerPage.of(workspace, language, has ? "/f/" + workspace.code() + "/logo" : null));
    }
}
