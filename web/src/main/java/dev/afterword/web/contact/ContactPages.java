package dev.afterword.web.contact;

import dev.afterword.db.Cursor;
import dev.afterword.db.contact.ListedContacts;
import dev.afterword.web.Signed;
import dev.afterword.web.Timelines;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Reading customers: the list, and everything that happened with one of them. */
@Controller
class ContactPages {
    private static final int ON_A_PAGE = 40;
    private static final int ENTRIES = 60;

    private final ListedContacts contacts;
    private final Timelines timelines;

    ContactPages(ListedContacts contacts, Timelines timelines) {
        this.contacts = contacts;
        this.timelines = timelines;
    }

    @GetMapping("/w/{workspace}/customers")
    Mono<Rendering> list(
            Signed signed,
            @ModelAttribute ContactQuery query,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        allow(signed);
        var workspace = signed.workspace().id();
        return Mono.zip(
                        contacts.page(
                                workspace, query.search(), query.known(), query.first(), query.cursor(), ON_A_PAGE),
                        contacts.count(workspace, query.search(), query.known()))
                .map(read -> Rendering.view(fragment ? "contact/_list :: list" : "contact/list")
                        .modelAttribute("list", ContactListView.of(signed, query, read.getT1(), read.getT2()))
                        .build());
    }

    @GetMapping("/w/{workspace}/customers/{id}")
    Mono<Rendering> one(
            Signed signed,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        allow(signed);
        var cursor = at == null ? null : Cursor.decode(at);
        return Mono.zip(contacts.find(signed.key(id)), timelines.of(signed, id, cursor, ENTRIES))
                .map(read -> Rendering.view(fragment ? "fragments/timeline :: timeline" : "contact/one")
                        .modelAttribute("contact", read.getT1())
                        .modelAttribute("timeline", read.getT2())
                        .build());
    }

    /** Viewers see numbers, and answers without names. */
    private static void allow(Signed signed) {
        if (!signed.role().maySeeCustomers()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
