package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.ContactStore;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
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
            return Mono.zip(about(key), responses.toInvitation(key).singleOptional(), facts.of(List.of(key)))
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
                        about.contactName(),
                        about.purchase(),
                        response.orElse(null),
                        known,
                        about.pictures(),
                        about.logo(),
                        about.settings(),
                        about.link(),
                        about.full(),
                        about.elsewhere()));
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
            @Nullable Key elsewhere) {}

    private Mono<About> about(Key key) {
        return database.sql("""
                        select v.*, c.name as contact_name, o.external_id as order_external_id, o.delivered_at, l.product, l.image_url,
                            coalesce(l.products, 0) as products,
                            coalesce((select jsonb_object_agg(x.number, coalesce(x.image_url, p.image_url))
                                from order_line x left join product p on p.workspace_id = $1 and p.sku = x.sku
                                where x.workspace_id = $1 and x.order_id = v.order_id and coalesce(x.image_url, p.image_url) is not null),
                                '{}')::text as pictures,
                            exists (select 1 from workspace_logo g where g.workspace_id = $1) as logo, %s, %s as elsewhere, %s as filled,
                            k.kind as link_kind, k.created_at as link_created_at, k.revoked_at as link_revoked_at
                        from invitation v
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
                        """.formatted(SettingsOfSurveys.COLUMNS, Places.ELSEWHERE, Places.full("$3")))
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, clock.instant().minus(SurveySettings.GRACE))
                .map((Readable row) -> new About(
                        Invitations.read(row),
                        row.get("contact_name", String.class),
                        purchase(row),
                        ContactStore.attributes(Columns.value(row, "pictures", String.class)),
                        Columns.value(row, "logo", Boolean.class),
                        SettingsOfSurveys.read(row),
                        link(key.workspaceId(), row),
                        Columns.value(row, "filled", Boolean.class),
                        elsewhere(key.workspaceId(), row)))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("invitation.unknown")));
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
