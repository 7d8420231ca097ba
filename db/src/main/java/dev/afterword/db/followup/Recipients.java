package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Money;
import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.followup.journey.FactKind;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.mail.Block;
import dev.afterword.db.message.mail.BuiltInMails;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.mail.MailFacts;
import dev.afterword.db.order.Offer;
import dev.afterword.db.response.topic.TopicChanges;
import dev.afterword.db.survey.Promise;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Whom sends go to and what they say; a fixed number of statements, whatever their number. */
@Repository
class Recipients {
    private static final Logger LOG = LoggerFactory.getLogger(Recipients.class);
    /** The lines of that order as {@link #lines} reads them. */
    static final String LINES_OF_ORDER = """
            select jsonb_agg(jsonb_build_object('name', coalesce(x.name, p.name, x.sku), 'pictureUrl', coalesce(x.image_url, p.image_url)) order by x.number) as lines
                            from order_line x left join product p on p.workspace_id = $1 and p.sku = x.sku
                            where x.workspace_id = $1 and x.order_id = %s""";

    private static final TypeReference<List<MailFacts.Line>> LINES = new TypeReference<>() {};

    private final FollowUps followUps;
    private final MoreFacts moreFacts;
    private final TopicChanges topicChanges;
    private final DatabaseClient database;
    private final JsonMapper json;

    Recipients(
            FollowUps followUps,
            MoreFacts moreFacts,
            TopicChanges topicChanges,
            DatabaseClient database,
            JsonMapper json) {
        this.followUps = followUps;
        this.moreFacts = moreFacts;
        this.topicChanges = topicChanges;
        this.database = database;
        this.json = json;
    }

    /** What the query knows of one send. */
    private record Row(
            UUID sendId,
            UUID contactId,
            @Nullable UUID orderId,
            @Nullable UUID responseId,
            @Nullable UUID changeId,
            @Nullable UUID invitationId,
            @Nullable UUID surveyVersionId,
            @Nullable UUID versionId,
            String step,
            SendKind kind,
            String purpose,
            String origin,
            String language,
            String email,
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable String country,
            String attributes,
            @Nullable String orderNumber,
            @Nullable BigDecimal total,
            @Nullable String currency,
            @Nullable String lines,
            @Nullable Given gift,
            @Nullable Promise promise,
            @Nullable Said said) {}

    /** What staff says in a case, and the mail that it answers. */
    private record Said(
            UUID caseId,
            String subject,
            String words,
            boolean byMail,
            @Nullable String answers,
            @Nullable Instant due) {
        MailContent content(String language) {
            return new MailContent(Map.of(
                    language,
                    new MailContent.Variant(
                            subject.regionMatches(true, 0, "re:", 0, 3) ? subject : "Re: " + subject,
                            null,
                            List.of(new Block.Text(words), BuiltInMails.follow(language), new Block.Footer(null)))));
        }

        /** Says that the customer's words have arrived. */
        MailContent received() {
            return BuiltInMails.received(ReceivedWords.quotable(words), due != null, byMail);
        }

        Map<String, String> facts(String language, Workspace workspace) {
            return ReceivedWords.facts(words, due, language, workspace.zone());
        }
    }

    /** A code that was given, as it is stored. */
    private record Given(
            boolean goodwill, String code, @Nullable Instant expires, Offer offer) {
        static @Nullable Given read(Readable row) {
            var code = row.get("gift_code", String.class);
            return code == null
                    ? null
                    : new Given(
                            value(row, "gift_kind", String.class).equals("goodwill"),
                            code,
                            row.get("gift_expires_at", Instant.class),
                            Offer.parse(value(row, "gift_offer", Json.class).asString()));
        }

        MailFacts.Gift in(String language, Workspace workspace) {
            return new MailFacts.Gift(
                    code,
                    expires == null ? null : LocalDate.ofInstant(expires, workspace.zone()),
                    offer.said(language, workspace.language()));
        }
    }

    /** One whose contact, invitation or words are gone is missing. */
    Mono<List<Recipient>> of(Workspace workspace, List<Send> sends) {
        return rows(workspace, sends)
                .flatMap(rows -> definitions(workspace.id(), rows)
                        .flatMap(definitions -> Mono.zip(
                                        answers(workspace.id(), rows, definitions.values()),
                                        changes(workspace.id(), rows))
                                .map(known -> rows.stream()
                                        .flatMap(row ->
                                                recipient(workspace, row, definitions, known.getT1(), known.getT2())
                                                        .stream())
                                        .toList())));
    }

    private Mono<Map<UUID, TopicChanges.Told>> changes(UUID workspaceId, List<Row> rows) {
        var changes = rows.stream().map(Row::changeId).filter(Objects::nonNull).collect(Collectors.toSet());
        return changes.isEmpty() ? Mono.just(Map.of()) : topicChanges.all(workspaceId, changes);
    }

    private static MailFacts.@Nullable Change change(
            Workspace workspace, Row row, Map<UUID, TopicChanges.Told> changes) {
        var told = row.changeId == null ? null : changes.get(row.changeId);
        return told == null
                ? null
                : new MailFacts.Change(told.topic(), told.change().words(row.language, workspace.language()));
    }

    private Mono<List<Row>> rows(Workspace workspace, List<Send> sends) {
        return database.sql("""
                        select s.id, s.contact_id, o.id as order_id, e.response_id, e.occurrence, s.invitation_id, i.version_id as survey_version_id, e.version_id, s.step, s.kind, s.purpose,
                            coalesce(f.key, 'api') as origin, i.language, c.locale, c.email, c.name, c.time_zone, coalesce(c.country, o.country) as country, c.attributes,
                            o.external_id, o.total_amount, o.total_currency, l.lines, i.promise,
                            g.kind as gift_kind, g.code as gift_code, g.expires_at as gift_expires_at, g.offer as gift_offer, k.id as case_id, k.first_due_at, k.subject as case_subject, k.source as case_source, ce.words as case_words, heard.message_id as answered_id
                        from send s
                        join contact c on c.workspace_id = $1 and c.id = s.contact_id and c.email is not null
                        left join invitation i on i.workspace_id = $1 and i.id = s.invitation_id
                        left join follow_up f on f.workspace_id = $1 and f.id = s.follow_up_id
                        left join enrollment e on e.workspace_id = $1 and e.id = s.enrollment_id
                        left join lateral (
                            select g.* from given_reward g where g.workspace_id = $1 and g.code is not null and (g.send_id = s.id or g.enrollment_id = s.enrollment_id)
                            order by (g.send_id = s.id) desc nulls last, g.given_at desc limit 1) g on true
                        left join case_entry ce on ce.workspace_id = $1 and ce.send_id = s.id and s.kind in ('reply', 'received')
                        left join support_case k on k.workspace_id = $1 and k.id = ce.case_id
                        left join customer_order o on o.workspace_id = $1 and o.id = coalesce(s.order_id, k.order_id)
                        left join lateral (
                            %s) l on true
                        left join lateral (
                            select m.message_id from case_entry x join incoming_message m on m.workspace_id = $1 and m.id = x.incoming_id
                            where x.workspace_id = $1 and x.case_id = k.id and x.at <= ce.at order by x.at desc limit 1) heard on true
                        where s.workspace_id = $1 and s.id = any($2) and (s.kind in ('mail', 'reward', 'reply', 'received') or i.id is not null)
                        """.formatted(LINES_OF_ORDER.formatted("o.id")))
                .bind(0, workspace.id())
                .bind(1, Columns.array(sends, UUID.class, send -> send.key().id()))
                .map((Readable row) -> read(row, workspace))
                .all()
                .collectList();
    }

    private static Row read(Readable row, Workspace workspace) {
        var country = row.get("country", String.class);
        var asked = row.get("language", String.class);
        var lines = row.get("lines", Json.class);
        var promise = row.get("promise", Json.class);
        var said = row.get("case_words", String.class);
        return new Row(
                value(row, "id", UUID.class),
                value(row, "contact_id", UUID.class),
                row.get("order_id", UUID.class),
                row.get("response_id", UUID.class),
                AnnounceChange.change(row.get("occurrence", String.class)).orElse(null),
                row.get("invitation_id", UUID.class),
                row.get("survey_version_id", UUID.class),
                row.get("version_id", UUID.class),
                value(row, "step", String.class),
                SendKind.of(value(row, "kind", String.class)),
                value(row, "purpose", String.class),
                value(row, "origin", String.class),
                asked == null
                        ? Locality.language(row.get("locale", String.class), country, workspace.language())
                        : asked,
                value(row, "email", String.class),
                row.get("name", String.class),
                row.get("time_zone", String.class),
                country,
                value(row, "attributes", Json.class).asString(),
                row.get("external_id", String.class),
                row.get("total_amount", BigDecimal.class),
                row.get("total_currency", String.class),
                lines == null ? null : lines.asString(),
                Given.read(row),
                promise == null ? null : Promise.parse(promise.asString()),
                said == null
                        ? null
                        : new Said(
                                value(row, "case_id", UUID.class),
                                value(row, "case_subject", String.class),
                                said,
                                value(row, "case_source", String.class).equals("mail"),
                                row.get("answered_id", String.class),
                                row.get("first_due_at", Instant.class)));
    }

    private Mono<Map<UUID, FollowUpDefinition>> definitions(UUID workspaceId, List<Row> rows) {
        Set<UUID> versions =
                rows.stream().map(Row::versionId).filter(Objects::nonNull).collect(Collectors.toSet());
        return versions.isEmpty() ? Mono.just(Map.of()) : followUps.definitions(workspaceId, versions);
    }

    /** What people answered, for mails that say it. */
    private Mono<Map<UUID, Map<String, List<String>>>> answers(
            UUID workspaceId, List<Row> rows, Collection<FollowUpDefinition> definitions) {
        var people = new ArrayList<MoreFacts.Person>();
        for (var row : rows) {
            people.add(new MoreFacts.Person(row.sendId, row.contactId, row.orderId, row.responseId));
        }
        return definitions.stream().anyMatch(Recipients::saysAnswers)
                ? moreFacts.answers(workspaceId, people)
                : Mono.just(Map.of());
    }

    private static boolean saysAnswers(FollowUpDefinition definition) {
        return definition.allSteps().stream()
                .anyMatch(step -> step instanceof Step.Written written
                        && written.content() != null
                        && written.content().toString().contains("{{" + FactKind.ANSWER.code()));
    }

    private List<Recipient> recipient(
            Workspace workspace,
            Row row,
            Map<UUID, FollowUpDefinition> definitions,
            Map<UUID, Map<String, List<String>>> answers,
            Map<UUID, TopicChanges.Told> changes) {
        var content = content(row, row.versionId == null ? null : definitions.get(row.versionId));
        if (content == null) {
            LOG.warn("Send {} cannot be written: its step says nothing", row.sendId);
            return List.of();
        }
        var said = row.kind == SendKind.RECEIVED && row.said != null
                ? row.said.facts(row.language, workspace)
                : said(answers.getOrDefault(row.sendId, Map.of()));
        return List.of(new Recipient(
                row.sendId,
                row.invitationId,
                row.surveyVersionId,
                row.step,
                row.purpose,
                row.origin,
                row.language,
                row.email,
                row.name,
                Locality.zone(row.timeZone, row.country, workspace.zone()),
                ContactStore.attributes(row.attributes),
                row.orderNumber,
                row.total == null || row.currency == null ? null : new Money(row.total, row.currency),
                lines(json, row.lines),
                said,
                content,
                row.gift == null ? null : row.gift.in(row.language, workspace),
                row.promise == null ? null : row.promise.offer().said(row.language, workspace.language()),
                row.kind,
                row.said == null ? null : row.said.caseId,
                row.said == null ? null : row.said.answers,
                change(workspace, row, changes)));
    }

    static List<MailFacts.Line> lines(JsonMapper json, @Nullable String stored) {
        return stored == null ? List.of() : json.readValue(stored, LINES);
    }

    /** Of all that is known what was answered, by question. */
    static Map<String, String> said(Map<String, List<String>> known) {
        var said = new HashMap<String, String>();
        known.forEach((code, words) -> {
            if (code.startsWith(FactKind.ANSWER.code())) {
                said.put(code.substring(FactKind.ANSWER.code().length()), String.join(", ", words));
            }
        });
        return said;
    }

    private static @Nullable MailContent content(Row row, @Nullable FollowUpDefinition definition) {
        var written = definition == null
                ? null
                : definition
                        .find(row.step)
                        .filter(Step.Written.class::isInstance)
                        .map(step -> ((Step.Written) step).content())
                        .orElse(null);
        if (written != null) {
            return written;
        }
        return switch (row.kind) {
            case ASK, REMIND -> BuiltInMails.of(row.kind);
            case REWARD -> row.gift == null ? null : BuiltInMails.gift(row.gift.goodwill);
            case REPLY -> row.said == null ? null : row.said.content(row.language);
            case RECEIVED -> row.said == null ? null : row.said.received();
            case MAIL -> null;
        };
    }
}
