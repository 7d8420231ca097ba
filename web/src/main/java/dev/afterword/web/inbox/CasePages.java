package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Money;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.contact.ListedContact;
import dev.afterword.db.contact.ListedContacts;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseFiles;
import dev.afterword.db.inbox.CasePhoto;
import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.db.inbox.CasePresence;
import dev.afterword.db.inbox.CaseQuery;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.Cases;
import dev.afterword.db.inbox.ListedCase;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.inbox.ReplyTemplate;
import dev.afterword.db.inbox.ReplyTemplates;
import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.order.Order;
import dev.afterword.db.order.Orders;
import dev.afterword.db.reward.RewardPools;
import dev.afterword.db.workspace.Membership;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Permission;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import dev.afterword.web.TimelineView;
import dev.afterword.web.Timelines;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** One case with everything that happened in it, and the customer's whole story beside it. */
@Controller
class CasePages {
    static final String ONE = InboxPages.INBOX + "/{id}";
    private static final int STORY = 12;
    private static final int OTHERS = 20;

    private final Cases cases;
    private final ListedCases listed;
    private final CasePresence presence;
    private final ListedContacts contacts;
    private final Contacts known;
    private final CasePhotos photos;
    private final CaseFiles files;
    private final ReplyTemplates templates;
    private final Timelines timelines;
    private final Orders orders;
    private final RewardPools pools;
    private final Memberships memberships;
    private final Clock clock;

    CasePages(
            Cases cases,
            ListedCases listed,
            CasePresence presence,
            ListedContacts contacts,
            Contacts known,
            CasePhotos photos,
            CaseFiles files,
            ReplyTemplates templates,
            Timelines timelines,
            Orders orders,
            RewardPools pools,
            Memberships memberships,
            Clock clock) {
        this.cases = cases;
        this.listed = listed;
        this.presence = presence;
        this.contacts = contacts;
        this.known = known;
        this.photos = photos;
        this.files = files;
        this.templates = templates;
        this.timelines = timelines;
        this.orders = orders;
        this.pools = pools;
        this.memberships = memberships;
        this.clock = clock;
    }

    @GetMapping(ONE)
    Mono<Rendering> one(
            Signed signed,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID template,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        return fragment
                ? view(signed, signed.key(id))
                        .map(view -> Rendering.view("inbox/_thread :: thread")
                                .modelAttribute("page", view)
                                .build())
                : show(signed, signed.key(id), null, template, HttpStatus.OK);
    }

    /** The page, with what was typed before where something was wrong with it. */
    Mono<Rendering> show(Signed signed, Key key, Form typed, HttpStatus status) {
        return show(signed, key, typed, null, status);
    }

    private Mono<Rendering> show(
            Signed signed, Key key, @Nullable Form typed, @Nullable UUID template, HttpStatus status) {
        return view(signed, key).map(view -> {
            var mergedInto = view.item().mergedInto();
            return mergedInto != null && typed == null
                    ? Rendering.redirectTo(signed.path("/inbox/" + mergedInto)).build()
                    : Rendering.view("inbox/one")
                            .modelAttribute("page", view)
                            .modelAttribute("form", filled(view, typed, template))
                            .modelAttribute("causes", RootCause.values())
                            .modelAttribute("snoozes", Snooze.values())
                            .status(status)
                            .build();
        });
    }

    /** What stands in the fields that nobody typed into. */
    private static Form filled(CasePageView view, @Nullable Form typed, @Nullable UUID template) {
        var item = view.item();
        var form = typed == null ? Form.blank() : typed;
        view.templates().stream()
                .filter(one -> one.id().equals(template))
                .forEach(one -> form.put("words", one.words()));
        return form.has("kind")
                ? form
                : form.put("owner", item.ownerId())
                        .put("kind", item.kind().code())
                        .put("priority", item.priority())
                        .put("team", item.team());
    }

    /** Sixteen statements, whatever happened in it. */
    private Mono<CasePageView> view(Signed signed, Key key) {
        var now = clock.instant();
        return cases.find(key)
                .flatMap(item -> Mono.zip(
                                cases.entries(key),
                                memberships.of(key.workspaceId()).map(CasePages::workers),
                                contact(signed, item),
                                order(item),
                                others(item),
                                pools.running(key.workspaceId()),
                                Mono.zip(
                                        listed.teams(key.workspaceId()),
                                        photos.of(key),
                                        templates.all(key.workspaceId()),
                                        files.of(key)))
                        .map(read -> {
                            var names = read.getT2().stream()
                                    .collect(Collectors.toMap(Membership::staffId, Membership::name));
                            var words = words(signed, read.getT3().contact().orElse(null), read.getT4());
                            var pictures =
                                    read.getT7().getT2().stream().collect(Collectors.groupingBy(CasePhoto::entryId));
                            return new CasePageView(
                                    item,
                                    read.getT1().stream()
                                            .map(entry -> EntryLine.of(
                                                    entry,
                                                    names,
                                                    words,
                                                    pictures.getOrDefault(
                                                            entry.key().id(), List.of()),
                                                    read.getT7()
                                                            .getT4()
                                                            .getOrDefault(
                                                                    entry.key().id(), List.of()),
                                                    signed.workspace().zone()))
                                            .toList(),
                                    read.getT2(),
                                    read.getT3().contact().orElse(null),
                                    read.getT3().spent(),
                                    read.getT3().story().orElse(null),
                                    read.getT4().orElse(null),
                                    read.getT5(),
                                    read.getT6(),
                                    read.getT7().getT1(),
                                    texts(
                                            signed,
                                            read.getT3().locale(),
                                            read.getT7().getT3()),
                                    now);
                        }));
    }

    /** What an answer's text may mention, as the mail says it. */
    private static Map<String, String> words(Signed signed, @Nullable ListedContact contact, Optional<Order> order) {
        var known = new HashMap<String, String>();
        known.put("shop.name", signed.workspace().name());
        order.ifPresent(found -> known.put("order.number", found.externalId()));
        var name = contact == null ? null : contact.name();
        if (name != null) {
            known.put("contact.name", name.strip());
            known.put("contact.firstName", name.strip().split("\\s+", 2)[0]);
        }
        return known;
    }

    /** What is said again and again, in the customer's language. */
    private static List<CasePageView.Text> texts(Signed signed, String locale, List<ReplyTemplate> all) {
        var language = locale.isEmpty() ? signed.workspace().language() : locale;
        return all.stream()
                .map(one -> new CasePageView.Text(one.key().id(), one.name(), one.words(language)))
                .toList();
    }

    private static List<Membership> workers(List<Membership> all) {
        return all.stream()
                .filter(one -> one.joined() && one.role().may(Permission.ANSWER_CASES))
                .toList();
    }

    private record Story(
            Optional<ListedContact> contact, String locale, List<Money> spent, Optional<TimelineView> story) {
        static final Story NONE = new Story(Optional.empty(), "", List.of(), Optional.empty());
    }

    private Mono<Story> contact(Signed signed, Case item) {
        var contactId = item.contactId();
        return contactId == null
                ? Mono.just(Story.NONE)
                : Mono.zip(
                                contacts.find(signed.key(contactId)),
                                known.find(signed.key(contactId)),
                                orders.spent(signed.key(contactId)),
                                timelines.of(signed, contactId, null, STORY))
                        .map(read -> new Story(
                                Optional.of(read.getT1()),
                                Objects.requireNonNullElse(read.getT2().locale(), ""),
                                read.getT3(),
                                Optional.of(read.getT4())));
    }

    private Mono<Optional<Order>> order(Case item) {
        return Mono.justOrEmpty(item.orderId())
                .flatMap(id -> orders.find(new Key(item.key().workspaceId(), id)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<List<ListedCase>> others(Case item) {
        var contactId = item.contactId();
        return contactId == null || !item.status().running()
                ? Mono.just(List.of())
                : listed.page(
                                item.key().workspaceId(),
                                new CaseQuery(CaseView.ALL, null, null, contactId, null),
                                clock.instant(),
                                null,
                                OTHERS)
                        .map(leaf -> leaf.items().stream()
                                .filter(one -> one.item().status().running()
                                        && !one.item().key().equals(item.key()))
                                .toList());
    }

    /** Says who looks and writes, and shows who else does. */
    @PostMapping(ONE + "/presence")
    Mono<Rendering> here(Signed signed, @PathVariable UUID id, Form form) {
        return cases.find(signed.key(id))
                .flatMap(found -> presence.here(
                        found.key(), signed.staffId(), form.value("writes").equals("yes")))
                .map(others -> Rendering.view("inbox/_presence :: presence")
                        .modelAttribute("others", others)
                        .build());
    }
}
