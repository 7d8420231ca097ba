package dev.afterword.web.contact;

import dev.afterword.db.Cursor;
import dev.afterword.db.contact.ListedContacts;
import dev.afterword.db.contact.relationship.PersonalContact;
import dev.afterword.db.contact.relationship.Relationships;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.web.Form;
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
    static final String ONE = "/w/{workspace}/customers/{id}";
    private static final int ON_A_PAGE = 40;
    private static final int ENTRIES = 60;

    private final ListedContacts contacts;
    private final Timelines timelines;
    private final Relationships relationships;
    private final Memberships memberships;

    ContactPages(ListedContacts contacts, Timelines timelines, Relationships relationships, Memberships memberships) {
        this.contacts = contacts;
        this.timelines = timelines;
        this.relationships = relationships;
        this.memberships = memberships;
    }

    @GetMapping("/w/{workspace}/customers")
    Mono<Rendering> list(
            Signed signed,
            @ModelAttribute ContactQuery query,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        allow(signed);
        var workspace = signed.workspace().id();
        var filter = query.filter(signed.staffId());
        return Mono.zip(
                        contacts.page(workspace, filter, query.first(), query.cursor(), ON_A_PAGE),
                        contacts.count(workspace, filter))
                .map(read -> Rendering.view(fragment ? "contact/_list :: list" : "contact/list")
                        .modelAttribute("list", ContactListView.of(signed, query, read.getT1(), read.getT2()))
                        .build());
    }

    @GetMapping(ONE)
    Mono<Rendering> one(
            Signed signed,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        allow(signed);
        var cursor = at == null ? null : Cursor.decode(at);
        return fragment
                ? Mono.zip(contacts.find(signed.key(id)), timelines.of(signed, id, cursor, ENTRIES))
                        .map(read -> Rendering.view("fragments/timeline :: timeline")
                                .modelAttribute("timeline", read.getT2())
                                .build())
                : show(signed, id, cursor, Form.blank().put("kind", PersonalContact.LETTER.code()), HttpStatus.OK);
    }

    /** The whole page, with what was typed. */
    Mono<Rendering> show(Signed signed, UUID id, @Nullable Cursor cursor, Form form, HttpStatus status) {
        return Mono.zip(
                        contacts.find(signed.key(id)),
                        timelines.of(signed, id, cursor, ENTRIES),
                        relationships.of(signed.key(id)),
                        memberships.of(signed.workspace().id()))
                .map(read -> Rendering.view("contact/one")
                        .modelAttribute("contact", read.getT1())
                        .modelAttribute("timeline", read.getT2())
                        .modelAttribute("relationship", read.getT3())
                        .modelAttribute(
                                "staff",
                                read.getT4().stream()
                                        .filter(one ->
                                                one.joined() && one.role().maySeeCustomers())
                                        .toList())
                        .modelAttribute("kinds", PersonalContact.values())
                        .modelAttribute("form", form)
                        .status(status)
                        .build());
    }

    /** Viewers see numbers, and answers without names. */
    private static void allow(Signed signed) {
        if (!signed.role().maySeeCustomers()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
