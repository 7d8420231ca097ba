package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Promise;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the link of an invitation leads to. */
@Repository
public class AnswerSheets {
    private static final int KEPT_WORKSPACES = 10_000;

    /** A workspace keeps its code for ever. */
    private final Map<String, UUID> workspaceIds = new ConcurrentHashMap<>();

    private final Workspaces workspaces;
    private final Surveys surveys;
    private final Responses responses;
    private final CustomerFacts facts;
    private final DatabaseClient database;
    private final Clock clock;

    AnswerSheets(
            Workspaces workspaces,
            Surveys surveys,
            Responses responses,
            CustomerFacts facts,
            DatabaseClient database,
            Clock clock) {
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.responses = responses;
        this.facts = facts;
        this.database = database;
        this.clock = clock;
    }

    /** The key of the invitation that a genuine token names; otherwise {@code invitation.unknown}. */
    public Mono<Key> key(LinkToken token) {
        var known = workspaceIds.get(token.workspaceCode());
        return known != null
                ? Mono.just(new Key(known, token.id()))
                : workspace(token).map(workspace -> {
                    if (workspaceIds.size() >= KEPT_WORKSPACES) {
                        workspaceIds.clear();
                    }
                    workspaceIds.put(workspace.code(), workspace.id());
                    return new Key(workspace.id(), token.id());
                });
    }

    /** The sheet of the invitation that a genuine token names; otherwise {@code invitation.unknown}. */
    public Mono<AnswerSheet> find(LinkToken token) {
        return workspace(token).flatMap(workspace -> {
            var key = new Key(workspace.id(), token.id());
            return Mono.zip(
                            about(key, about("invitation", key)),
                            responses.toInvitation(key).singleOptional(),
                            facts.of(List.of(key)))
                    .flatMap(all -> sheet(
                            workspace, all.getT1(), all.getT2(), all.getT3().getOrDefault(key, Facts.NONE)));
        });
    }

    private Mono<Workspace> workspace(LinkToken token) {
        return workspaces
                .findByCode(token.workspaceCode())
                .switchIfEmpty(Mono.error(() -> new NotFound("invitation.unknown")));
    }

    private Mono<AnswerSheet> sheet(Workspace workspace, About about, Optional<Response> response, Facts known) {
        return surveys.version(new Key(workspace.id(), about.invitation().versionId()))
                .map(version -> new AnswerSheet(
                        workspace,
                        about.invitation(),
                        version,
                        about.greeted(),
                        about.anonymous() ? null : about.purchase(),
                        response.orElse(null),
                        about.anonymous() ? Facts.NONE : about.link() == null ? known : known.unnamed(),
                        about.anonymous() ? Map.of() : about.pictures(),
                        about.logo(),
                        about.settings(),
                        about.link(),
                        about.full(),
                        about.elsewhere(),
                        about.promise()));
    }

    private record About(
            Invitation invitation,
            @Nullable String contactName,
            AnswerSheet.@Nullable Purchase purchase,
            Map<String, String> pictures,
            boolean logo,
            SurveySettings settings,
            @Nullable SurveyLink link,
            boolean full,
            @Nullable Key elsewhere,
            @Nullable Promise promise) {
        /** Whoever holds a receipt is not called by the name of who bought, and nobody where nobody is known. */
        @Nullable
        String greeted() {
            return link == null && !anonymous() ? contactName : null;
        }

        boolean anonymous() {
            return settings.anonymous();
        }
    }

    /** The sheet of somebody who begins at a link of the survey; nothing of it is stored. */
    public Mono<AnswerSheet> beginning(Workspace workspace, Invitation invitation) {
        var statement = about("""
                        (select $1::uuid as workspace_id, $2::uuid as id, $4::uuid as survey_id, $5::uuid as version_id, $6::uuid as contact_id, $7::uuid as order_id,
                            $8::uuid as link_id, $9::text as language, 'link' as origin, $10::timestamptz as asked_at, null::timestamptz as accepted_at,
                            null::timestamptz as answered_at, $11::timestamptz as closes_at, $10::timestamptz as created_at,
                            (select p.promise from survey p where p.workspace_id = $1 and p.id = $4 and $6::uuid is not null) as promise)""", invitation.key())
                .bind(3, invitation.surveyId())
                .bind(4, invitation.versionId())
                .bind(5, Invitations.orNull(invitation.contactId()))
                .bind(6, Invitations.orNull(invitation.orderId()))
                .bind(7, Invitations.orNull(invitation.linkId()))
                .bind(8, invitation.language())
                .bind(9, invitation.createdAt())
                .bind(10, invitation.closesAt());
        return Mono.zip(about(invitation.key(), statement), facts.of(invitation))
                .flatMap(all -> sheet(workspace, all.getT1(), Optional.empty(), all.getT2()));
    }

    /** From invitation v. */
    private DatabaseClient.GenericExecuteSpec about(String invitation, Key key) {
        return database.sql("""
                        select v.*, c.name as contact_name, o.external_id as order_external_id, o.delivered_at, l.product, l.image_url,
                            coalesce(l.products, 0) as products,
                            coalesce((select jsonb_object_agg(x.number, coalesce(x.image_url, p.image_url))
                                from order_line x left join product p on p.workspace_id = $1 and p.sku = x.sku
                                where x.workspace_id = $1 and x.order_id = v.order_id and coalesce(x.image_url, p.image_url) is not null),
                                '{}')::text as pictures,
                            exists (select 1 from workspace_logo g where g.workspace_id = $1) as logo, %s, %s as elsewhere, %s as filled,
                            k.kind as link_kind, k.created_at as link_created_at, k.revoked_at as link_revoked_at
                        from %s v
                        join survey s on s.workspace_id = $1 and s.id = v.survey_id
                        left join survey_link k on k.workspace_id = $1 and k.id = v.link_id
                        left join contact c on c.workspace_id = $1 and c.id = v.contact_id
                        left join customer_order o on o.workspace_id = $1 and o.id = v.order_id
                        left join lateral (
                            select coalesce(x.name, p.name) as product, coalesce(x.image_url, p.image_url) as image_url, count(*) over () as products
                            from order_line x left join product p on p.workspace_id = $1 and p.sku = x.sku
                            where x.workspace_id = $1 and x.order_id = v.order_id order by x.number limit 1
                        ) l on true
                        where v.workspace_id = $1 and v.id = $2
                        """.formatted(SettingsOfSurveys.COLUMNS, Places.ELSEWHERE, Places.full("$3"), invitation))
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, clock.instant().minus(SurveySettings.GRACE));
    }

    private static Mono<About> about(Key key, DatabaseClient.GenericExecuteSpec statement) {
        return statement
                .map((Readable row) -> new About(
                        Invitations.read(row),
                        row.get("contact_name", String.class),
                        purchase(row),
                        ContactStore.attributes(Columns.value(row, "pictures", String.class)),
                        Columns.value(row, "logo", Boolean.class),
                        SettingsOfSurveys.read(row),
                        link(key.workspaceId(), row),
                        Columns.value(row, "filled", Boolean.class),
                        elsewhere(key.workspaceId(), row),
                        promise(row)))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("invitation.unknown")));
    }

    private static @Nullable Promise promise(Readable row) {
        var promise = row.get("promise", Json.class);
        return promise == null ? null : Promise.parse(promise.asString());
    }

    private static @Nullable Key elsewhere(UUID workspaceId, Readable row) {
        var id = row.get("elsewhere", UUID.class);
        return id == null ? null : new Key(workspaceId, id);
    }

    private static @Nullable SurveyLink link(UUID workspaceId, Readable row) {
        var id = row.get("link_id", UUID.class);
        return id == null
                ? null
                : new SurveyLink(
                        new Key(workspaceId, id),
                        Columns.value(row, "survey_id", UUID.class),
                        SurveyLink.Kind.of(Columns.value(row, "link_kind", String.class))
                                .orElseThrow(),
                        Columns.value(row, "link_created_at", Instant.class),
                        row.get("link_revoked_at", Instant.class));
    }

    private static AnswerSheet.@Nullable Purchase purchase(Readable row) {
        var orderId = row.get("order_external_id", String.class);
        return orderId == null
                ? null
                : new AnswerSheet.Purchase(
                        orderId,
                        row.get("delivered_at", Instant.class),
                        row.get("product", String.class),
                        row.get("image_url", String.class),
                        Columns.value(row, "products", Long.class));
    }
}
