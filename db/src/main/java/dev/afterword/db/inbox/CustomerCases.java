package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.inbox.CustomerCase.Part;
import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.attachment.AttachedFile;
import dev.afterword.db.message.attachment.Attachment;
import dev.afterword.db.message.mail.MailFacts;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Cases as customers see them, by one of two links. Who has the link of a mail owns its address and sees the whole conversation, with that of cases that were
 * merged into it. Who only opened the case on a page may have typed anybody's address: they see what they wrote there themselves and how far it is, and never
 * what the shop answers, which may tell what only its customer is to know.
 */
@Repository
public class CustomerCases {
    static final String OPENED = "opened";
    static final String MAILED = "mailed";

    private final Cases cases;
    private final CasePhotos photos;
    private final CaseFiles files;
    private final CasePolicies policies;
    private final Workspaces workspaces;
    private final DatabaseClient database;
    private final DatabaseTime time;

    CustomerCases(
            Cases cases,
            CasePhotos photos,
            CaseFiles files,
            CasePolicies policies,
            Workspaces workspaces,
            DatabaseClient database,
            DatabaseTime time) {
        this.cases = cases;
        this.photos = photos;
        this.files = files;
        this.policies = policies;
        this.workspaces = workspaces;
        this.database = database;
        this.time = time;
    }

    /** Whether what the customer says stands in it; closed for longer, it stays as it is. */
    static boolean goesOn(Case found, Instant now) {
        var closed = found.closedAt();
        return found.status().running()
                || (found.status() == CaseStatus.CLOSED
                        && closed != null
                        && closed.isAfter(now.minus(TakeReplies.REOPENED)));
    }

    /** That case, or the one in which it goes on; otherwise {@code case.unknown}, which is what a case of spam is too. */
    public Mono<CustomerCase> find(Key key, boolean mailed) {
        return at(key, mailed)
                .flatMap(found -> time.now()
                        .flatMap(now -> Mono.zip(
                                        workspaces.findById(key.workspaceId()),
                                        parts(found, mailed),
                                        policies.find(key.workspaceId()),
                                        told(key),
                                        mailed ? language(found) : Mono.just(Optional.<String>empty()))
                                .map(read -> view(
                                        found,
                                        mailed,
                                        now,
                                        read.getT1(),
                                        read.getT2(),
                                        read.getT3(),
                                        read.getT4(),
                                        read.getT5().orElse(null)))));
    }

    /** One of its pictures; otherwise {@code case-photo.unknown}. */
    public Mono<ByteBuffer> photo(Key key, boolean mailed, UUID photoId) {
        return at(key, mailed)
                .flatMap(found -> shown(found, mailed))
                .flatMap(shown -> photos.bytes(key.workspaceId(), shown, photoId, !mailed))
                .switchIfEmpty(Mono.error(() -> new NotFound("case-photo.unknown")));
    }

    /** A file of a mail in it, for the owner of the address only; otherwise {@code attachment.unknown}. */
    public Mono<AttachedFile> file(Key key, boolean mailed, UUID fileId) {
        return mailed
                ? at(key, true)
                        .flatMap(found -> shown(found, true))
                        .flatMap(shown -> files.file(key.workspaceId(), shown, fileId))
                : Mono.error(new NotFound("attachment.unknown"));
    }

    private Mono<Case> at(Key key, boolean mailed) {
        return cases.find(key).flatMap(found -> {
            var into = found.mergedInto();
            if (found.status() == CaseStatus.SPAM) {
                return Mono.error(new NotFound("case.unknown"));
            }
            return mailed && into != null ? at(new Key(key.workspaceId(), into), true) : Mono.just(found);
        });
    }

    /** The case, and for the owner of the address those of theirs that were merged into it. */
    private Mono<List<UUID>> shown(Case found, boolean mailed) {
        return mailed
                ? database.sql("""
                                with recursive merged as (
                                    select k.id, k.contact_id from support_case k where k.workspace_id = $1 and k.id = $2
                                    union
                                    select k.id, k.contact_id from support_case k join merged m on k.merged_into = m.id and k.contact_id = m.contact_id where k.workspace_id = $1
                                ) select id from merged
                                """)
                        .bind(0, found.key().workspaceId())
                        .bind(1, found.key().id())
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                : Mono.just(List.of(found.key().id()));
    }

    private record Row(
            UUID id,
            CaseEntry.Kind kind,
            String words,
            @Nullable String staff,
            String status,
            Instant at) {}

    private Mono<List<Part>> parts(Case found, boolean mailed) {
        return shown(found, mailed)
                .flatMap(shown -> Mono.zip(
                        rows(found.key().workspaceId(), shown, mailed),
                        photos.of(found.key().workspaceId(), shown),
                        mailed ? facts(found) : Mono.just(Facts.NONE),
                        mailed
                                ? files.of(found.key().workspaceId(), shown)
                                : Mono.just(Map.<UUID, List<Attachment>>of())))
                .map(read -> read.getT1().stream()
                        .map(row -> part(
                                row, read.getT2(), read.getT3(), read.getT4().getOrDefault(row.id, List.of())))
                        .toList());
    }

    private Mono<List<Row>> rows(UUID workspaceId, List<UUID> shown, boolean mailed) {
        return database.sql("""
                        select e.id, e.kind, e.words, f.name as staff, coalesce(e.change -> 'status' ->> 'to', '') as status, e.at from case_entry e
                        left join staff f on f.id = e.staff_id
                        where e.workspace_id = $1 and e.case_id = any($2) and (
                            ($3 and e.kind in ('said', 'reply')) or (e.kind = 'said' and e.page = 'opened')
                            or (e.kind = 'change' and (e.change -> 'status' ->> 'to' = 'closed'
                                or (e.change -> 'status' ->> 'to' = 'open' and e.change -> 'status' ->> 'from' in ('closed', 'spam')))))
                        order by e.at, e.id
                        """)
                .bind(0, workspaceId)
                .bind(1, shown.toArray(UUID[]::new))
                .bind(2, mailed)
                .map((Readable row) -> new Row(
                        value(row, "id", UUID.class),
                        CaseEntry.Kind.of(value(row, "kind", String.class)),
                        value(row, "words", String.class),
                        row.get("staff", String.class),
                        value(row, "status", String.class),
                        value(row, "at", Instant.class)))
                .all()
                .collectList();
    }

    private static Part part(Row row, List<CasePhoto> photos, Facts facts, List<Attachment> files) {
        return switch (row.kind) {
            case SAID ->
                new Part(
                        "said",
                        null,
                        row.words,
                        photos.stream()
                                .filter(photo -> photo.entryId().equals(row.id))
                                .toList(),
                        files,
                        row.at);
            case REPLY -> new Part("reply", firstName(row.staff), facts.filled(row.words), List.of(), files, row.at);
            case CHANGE, NOTE, CALL, GIFT ->
                new Part(row.status.equals("closed") ? "closed" : "opened", null, "", List.of(), List.of(), row.at);
        };
    }

    private static @Nullable String firstName(@Nullable String name) {
        return name == null || name.isBlank() ? null : name.strip().split("\\s+", 2)[0];
    }

    /** What the answers may mention, as their mails do. */
    private record Facts(@Nullable MailFacts facts) {
        static final Facts NONE = new Facts(null);

        String filled(String markdown) {
            return facts == null ? "" : ComposeMail.words(markdown, facts);
        }
    }

    private Mono<Facts> facts(Case found) {
        var contact = found.contactId();
        if (contact == null) {
            return Mono.just(Facts.NONE);
        }
        return workspaces
                .findById(found.key().workspaceId())
                .flatMap(workspace -> database.sql("""
                                select c.name, c.locale, c.country, c.attributes, o.external_id from contact c
                                left join customer_order o on o.workspace_id = $1 and o.id = $3 where c.workspace_id = $1 and c.id = $2
                                """)
                        .bind(0, workspace.id())
                        .bind(1, contact)
                        .bind(2, Cases.orNull(UUID.class, found.orderId()))
                        .map((Readable row) -> new Facts(facts(row, workspace)))
                        .one())
                .defaultIfEmpty(Facts.NONE);
    }

    private static MailFacts facts(Readable row, Workspace workspace) {
        return new MailFacts(
                workspace,
                Locality.language(
                        row.get("locale", String.class), row.get("country", String.class), workspace.language()),
                row.get("name", String.class),
                ContactStore.attributes(value(row, "attributes", Json.class).asString()),
                row.get("external_id", String.class),
                null,
                List.of(),
                Map.of(),
                null,
                null,
                null,
                "",
                null);
    }

    private Mono<Optional<String>> language(Case found) {
        return database.sql("""
                        select c.locale, coalesce(c.country, o.country) as country from support_case k
                        join contact c on c.workspace_id = $1 and c.id = k.contact_id
                        left join customer_order o on o.workspace_id = $1 and o.id = k.order_id
                        where k.workspace_id = $1 and k.id = $2
                        """)
                .bind(0, found.key().workspaceId())
                .bind(1, found.key().id())
                .map((Readable row) ->
                        Locality.known(row.get("locale", String.class), row.get("country", String.class)))
                .one()
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Boolean> told(Key key) {
        return database.sql("""
                        select 1 from case_entry e join send s on s.workspace_id = $1 and s.id = e.send_id and s.kind = 'received' and s.state <> 'skipped'
                        where e.workspace_id = $1 and e.case_id = $2 limit 1
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    private static CustomerCase view(
            Case found,
            boolean mailed,
            Instant now,
            Workspace workspace,
            List<Part> parts,
            CasePolicy policy,
            boolean told,
            @Nullable String language) {
        return new CustomerCase(
                workspace,
                found.key(),
                found.kind(),
                found.status(),
                mailed,
                found.status() == CaseStatus.MERGED,
                goesOn(found, now),
                found.contactId() != null,
                told,
                language,
                found.status() == CaseStatus.OPEN && found.contactId() != null
                        ? answerBy(found, workspace, parts, policy)
                        : null,
                parts);
    }

    /** What was promised for the first answer; later, as soon as for a first one, counted from what was said last. */
    private static @Nullable Instant answerBy(Case found, Workspace workspace, List<Part> parts, CasePolicy policy) {
        if (found.firstAnsweredAt() == null) {
            return found.firstDueAt();
        }
        return parts.stream()
                .filter(part -> part.what().equals("said"))
                .map(Part::at)
                .reduce((one, other) -> other)
                .map(at -> policy.due(at, workspace.zone(), policy.firstAnswer(), found.priority()))
                .orElse(null);
    }
}
