package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.ListedContact;
import dev.afterword.db.contact.ListedContacts;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.ActOnCases;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.inbox.SavedViews;
import dev.afterword.db.order.Orders;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The inbox: views of the cases, what is done with many at once, and a case opened by hand. */
@Controller
class InboxPages {
    static final String INBOX = "/w/{code}/inbox";
    private static final int ON_A_PAGE = 50;
    private static final int MOST_AT_ONCE = 200;

    private final ListedCases listed;
    private final SavedViews saved;
    private final ActOnCase actOnCase;
    private final ActOnCases actOnCases;
    private final ListedContacts contacts;
    private final Orders orders;
    private final ListedResponses responses;
    private final Clock clock;

    InboxPages(
            ListedCases listed,
            SavedViews saved,
            ActOnCase actOnCase,
            ActOnCases actOnCases,
            ListedContacts contacts,
            Orders orders,
            ListedResponses responses,
            Clock clock) {
        this.listed = listed;
        this.saved = saved;
        this.actOnCase = actOnCase;
        this.actOnCases = actOnCases;
        this.contacts = contacts;
        this.orders = orders;
        this.responses = responses;
        this.clock = clock;
    }

    @GetMapping(INBOX)
    Mono<Rendering> list(
            Signed signed,
            @ModelAttribute InboxQuery query,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        return fragment
                ? view(signed, query)
                        .map(view -> Rendering.view("inbox/_list :: list")
                                .modelAttribute("inbox", view)
                                .build())
                : show(signed, query, Form.blank(), HttpStatus.OK);
    }

    /** The whole page, with what was typed. */
    Mono<Rendering> show(Signed signed, InboxQuery query, Form form, HttpStatus status) {
        return view(signed, query)
                .map(view -> Rendering.view("inbox/list")
                        .modelAttribute("inbox", view)
                        .modelAttribute("form", form)
                        .status(status)
                        .build());
    }

    /** Five statements, whatever there is. */
    private Mono<InboxView> view(Signed signed, InboxQuery query) {
        var workspace = signed.workspace().id();
        var now = clock.instant();
        return Mono.zip(
                        listed.page(workspace, query.asked(signed.staffId()), now, query.cursor(), ON_A_PAGE),
                        listed.counts(workspace, List.of(CaseView.values()), signed.staffId(), now),
                        listed.teams(workspace),
                        saved.of(workspace, signed.staffId(), now))
                .map(read -> InboxView.of(signed, query, read.getT1(), read.getT2(), read.getT4(), read.getT3(), now));
    }

    /** Does the same with each case that is ticked; what cannot be done to one leaves that one as it is. */
    @PostMapping(INBOX + "/acts")
    Mono<Rendering> act(Signed signed, Form form, ServerWebExchange exchange) {
        var query = new InboxQuery(form.value("view"), form.value("q"), form.value("team"), null, null);
        var back = query.address(signed.path("/inbox"));
        var ids = form.values("case").stream()
                .map(InboxPages::id)
                .flatMap(Optional::stream)
                .limit(MOST_AT_ONCE)
                .toList();
        var change = change(signed, form.value("act"));
        if (ids.isEmpty() || change.isEmpty()) {
            Flash.say(exchange, "inbox.nothing");
            return Mono.just(Rendering.redirectTo(back).build());
        }
        return actOnCases
                .change(signed.workspace().id(), ids, signed.staffId(), change.get())
                .map(done -> Rendering.redirectTo(done.changed() == 0 ? back : back + "&done=" + done.batchId())
                        .build());
    }

    private Optional<BiFunction<Case, Instant, Case>> change(Signed signed, String act) {
        return Optional.ofNullable(
                switch (act) {
                    case "mine" -> (found, _) -> found.ownedBy(signed.staffId());
                    case "nobody" -> (found, _) -> found.ownedBy(null);
                    case "urgent" -> (found, _) -> found.ofPriority(1);
                    case "usual" -> (found, _) -> found.ofPriority(3);
                    case "tomorrow" ->
                        (found, now) -> found.snoozed(
                                Snooze.TOMORROW.from(now, signed.workspace().zone()), now);
                    case "spam" -> Case::spam;
                    default -> null;
                });
    }

    @PostMapping(INBOX + "/undo")
    Mono<Rendering> undo(Signed signed, Form form, ServerWebExchange exchange) {
        var query = new InboxQuery(form.value("view"), form.value("q"), form.value("team"), null, null);
        return Mono.justOrEmpty(id(form.value("batch")))
                .flatMap(batch -> actOnCases.undo(signed.workspace().id(), batch, signed.staffId()))
                .defaultIfEmpty(0)
                .map(undone -> {
                    Flash.say(exchange, undone == 0 ? "inbox.not-undone" : "inbox.undone");
                    return Rendering.redirectTo(query.address(signed.path("/inbox")))
                            .build();
                });
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Opens one by hand, for somebody or for nobody known. */
    @GetMapping(INBOX + "/new")
    Mono<Rendering> write(
            Signed signed,
            @RequestParam(required = false) @Nullable UUID customer,
            @RequestParam(required = false) @Nullable UUID response) {
        var form = Form.blank().put("kind", CaseKind.QUESTION.code()).put("customer", customer);
        return response == null
                ? write(signed, form, HttpStatus.OK)
                : responses
                        .find(signed.key(response))
                        .flatMap(found -> write(signed, about(form, found), HttpStatus.OK));
    }

    /** What an answer says of whom and what it is about. */
    private static Form about(Form form, ListedResponse found) {
        form.put("response", found.key().id());
        var customer = found.customer();
        if (customer != null) {
            form.put("customer", customer.id());
        }
        var order = found.order();
        return order == null ? form : form.put("order", order.externalId());
    }

    private Mono<Optional<ListedResponse>> response(Signed signed, Form form) {
        return Mono.justOrEmpty(id(form.value("response")))
                .flatMap(id -> responses.find(signed.key(id)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Rendering> write(Signed signed, Form form, HttpStatus status) {
        return contact(signed, form).map(contact -> {
            var page = Rendering.view("inbox/new").modelAttribute("form", form).status(status);
            contact.ifPresent(found -> page.modelAttribute("contact", found));
            return page.build();
        });
    }

    private Mono<Optional<ListedContact>> contact(Signed signed, Form form) {
        return Mono.justOrEmpty(id(form.value("customer")))
                .flatMap(id -> contacts.find(signed.key(id)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    @PostMapping(INBOX + "/new")
    Mono<Rendering> open(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.zip(contact(signed, form), order(signed, form), response(signed, form))
                .flatMap(known -> actOnCase.open(opening(signed, form, known.getT1(), known.getT2(), known.getT3())))
                .map(opened -> {
                    Flash.say(exchange, "inbox.opened");
                    return Rendering.redirectTo(
                                    signed.path("/inbox/" + opened.key().id()))
                            .build();
                })
                .onErrorResume(Problem.class, problem -> {
                    var field = problem.field();
                    form.wrong(
                            field == null ? "order" : field,
                            problem.code(),
                            problem.arguments().toArray());
                    return write(signed, form, HttpStatus.UNPROCESSABLE_CONTENT);
                });
    }

    /** The order of that number; otherwise {@code order.unknown}. */
    private Mono<Optional<Placed>> order(Signed signed, Form form) {
        var number = form.valueOrNull("order");
        return number == null
                ? Mono.just(Optional.empty())
                : orders.findByExternalId(signed.workspace().id(), number)
                        .map(found -> Optional.of(new Placed(found.key(), found.contactId())));
    }

    private record Placed(Key key, UUID contactId) {}

    private static Opening opening(
            Signed signed,
            Form form,
            Optional<ListedContact> contact,
            Optional<Placed> order,
            Optional<ListedResponse> response) {
        var contactId = contact.map(found -> found.key().id())
                .or(() -> order.map(Placed::contactId))
                .orElse(null);
        if (order.isPresent() && !order.get().contactId().equals(contactId)) {
            throw new Rejected("case.order-other", "order");
        }
        return new Opening(
                signed.workspace().id(),
                CaseKind.of(form.value("kind")),
                form.value("subject"),
                contactId,
                order.map(found -> found.key().id()).orElse(null),
                response.map(found -> found.key().id()).orElse(null),
                null,
                "hand",
                null,
                3,
                signed.staffId(),
                null,
                form.valueOrNull("words"),
                form.value("said").equals("yes"),
                null,
                signed.staffId());
    }
}
