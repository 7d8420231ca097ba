package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.ladder.Standings;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Writes what was true of responses and invitations beside them. All follows the order as it is known now, so that its correction moves them; only the
 * stage and the marked attributes of the customer stay as they were when they were first looked at, the stage judged by what was known of the time before
 * the answer, or before the question.
 */
@Repository
class Segments {
    private static final String FILL_RESPONSES = fill("response", "invitation_id");
    private static final String FILL_INVITATIONS = fill("invitation", "id");

    private final Standings standings;
    private final DatabaseClient database;

    Segments(Standings standings, DatabaseClient database) {
        this.standings = standings;
        this.database = database;
    }

    Mono<Void> fillResponses(UUID workspaceId, Collection<UUID> ids) {
        return fill(workspaceId, ids, "response", "answered_at", FILL_RESPONSES);
    }

    Mono<Void> fillInvitations(UUID workspaceId, Collection<UUID> ids) {
        return fill(workspaceId, ids, "invitation", "asked_at", FILL_INVITATIONS);
    }

    private Mono<Void> fill(UUID workspaceId, Collection<UUID> ids, String table, String time, String sql) {
        if (ids.isEmpty()) {
            return Mono.empty();
        }
        return attributes(workspaceId, ids, table)
                .then(rows(workspaceId, ids, table, time))
                .flatMap(rows -> stages(workspaceId, rows)
                        .flatMap(stages -> database.sql(sql)
                                .bind(0, workspaceId)
                                .bind(1, Columns.array(rows, UUID.class, Row::id))
                                .bind(
                                        2,
                                        Columns.array(
                                                rows, String.class, row -> stages.getOrDefault(row.id(), row.stage())))
                                .then()));
    }

    /** Materialised, because each would be put together twice: to compare it, and to keep it. {@code late} is delivered after the promised instant; delivered without a promise is on time, because none was broken. */
    private static String fill(String table, String invitationId) {
        return """
                with filled as materialized (
                    select s.id, jsonb_strip_nulls(jsonb_build_object(
                        'delivery', case
                            when o.id is null then null
                            when o.delivered_at is null then '["undelivered"]'::jsonb
                            when o.delivered_at > o.promised_at then '["late"]'
                            else '["on-time"]' end,
                        'product', (
                            select jsonb_agg(distinct l.sku) from order_line l
                            where l.workspace_id = $1 and l.order_id = o.id and l.sku is not null),
                        'category', (
                            select jsonb_agg(distinct coalesce(l.category, p.category)) from order_line l
                            left join product p on p.workspace_id = $1 and p.sku = l.sku
                            where l.workspace_id = $1 and l.order_id = o.id and coalesce(l.category, p.category) is not null),
                        'carrier', nullif(jsonb_build_array(o.carrier), '[null]'),
                        'channel', nullif(jsonb_build_array(o.channel), '[null]'),
                        'country', nullif(jsonb_build_array(coalesce(o.country, c.country)), '[null]'),
                        'language', nullif(jsonb_build_array(s.language), '[null]'),
                        'stage', nullif(jsonb_build_array(q.stage), '[null]'),
                        'followUp', (
                            select jsonb_build_array(f.key) from send d join follow_up f on f.workspace_id = $1 and f.id = d.follow_up_id
                            where d.workspace_id = $1 and d.invitation_id = s.%2$s limit 1),
                        'variant', (
                            select jsonb_agg(distinct f.key || '/' || p.key || '=' || (p.value ->> 'way')) from send d
                            join follow_up f on f.workspace_id = $1 and f.id = d.follow_up_id
                            join follow_up_goal g on g.workspace_id = $1 and g.follow_up_id = d.follow_up_id
                            join enrollment e on e.workspace_id = $1 and e.id = d.enrollment_id
                            cross join lateral jsonb_each(e.passed) p
                            where d.workspace_id = $1 and d.invitation_id = s.%2$s and p.key = any(g.splits) and p.value ->> 'way' is not null)
                    )) || coalesce((
                        select jsonb_object_agg('attribute:' || a.name, jsonb_build_array(coalesce(
                            case when a.source = 'customer' then s.segments #>> array['attribute:' || a.name, '0'] end,
                            case when v.value = any(a.kept) then v.value else '%3$s' end)))
                        from segment_attribute a
                        cross join lateral (select case a.source when 'order' then o.attributes else c.attributes end ->> a.name as value) v
                        where a.workspace_id = $1
                            and (v.value <> '' or a.source = 'customer' and s.segments ? ('attribute:' || a.name))), '{}') as segments
                    from unnest($2::uuid[], $3::text[]) as q (id, stage)
                    join %1$s s on s.workspace_id = $1 and s.id = q.id
                    left join customer_order o on o.workspace_id = $1 and o.id = s.order_id
                    left join contact c on c.workspace_id = $1 and c.id = s.contact_id
                )
                update %1$s t set segments = f.segments from filled f
                where t.workspace_id = $1 and t.id = f.id and t.segments is distinct from f.segments
                """.formatted(table, invitationId, SegmentAttribute.OTHER);
    }

    /** Makes room for values of marked attributes that are seen for the first time, as far as there is any. */
    private static String keep(String table) {
        return """
                update segment_attribute a set kept = a.kept || array(select n.value from unnest(f.values) with ordinality n (value, number) where n.number <= %2$s - cardinality(a.kept))
                from (
                    select m.name, array_agg(distinct v.value order by v.value) as values
                    from segment_attribute m join %1$s s on s.workspace_id = $1 and s.id = any($2)
                    left join customer_order o on o.workspace_id = $1 and o.id = s.order_id and m.source = 'order'
                    left join contact c on c.workspace_id = $1 and c.id = s.contact_id and m.source = 'customer'
                    cross join lateral (select coalesce(o.attributes, c.attributes) ->> m.name as value) v
                    where m.workspace_id = $1 and v.value <> '' and length(v.value) <= 100 and v.value <> all(m.kept)
                    group by m.name) f
                where a.workspace_id = $1 and a.name = f.name and cardinality(a.kept) < %2$s
                """.formatted(table, SegmentAttribute.MOST_VALUES);
    }

    /** Locks the marked attributes before anything else, so that two who see a new value make room for it one after the other. */
    private Mono<Void> attributes(UUID workspaceId, Collection<UUID> ids, String table) {
        return database.sql(
                        "select name from segment_attribute where workspace_id = $1 order by name for no key update")
                .bind(0, workspaceId)
                .mapValue(String.class)
                .all()
                .collectList()
                .flatMap(marked -> marked.isEmpty()
                        ? Mono.empty()
                        : database.sql(keep(table))
                                .bind(0, workspaceId)
                                .bind(1, ids.toArray(UUID[]::new))
                                .then());
    }

    /** In the order of their ids, so that two who fill the same rows wait for each other and not in a circle. */
    private Mono<List<Row>> rows(UUID workspaceId, Collection<UUID> ids, String table, String time) {
        return database.sql("""
                        select id, contact_id, %s as time, segments #>> '{stage,0}' as stage
                        from %s where workspace_id = $1 and id = any($2) order by id for no key update
                        """.formatted(time, table))
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .map((Readable row) -> new Row(
                        Columns.value(row, "id", UUID.class),
                        row.get("contact_id", UUID.class),
                        row.get("time", Instant.class),
                        row.get("stage", String.class)))
                .all()
                .collectList();
    }

    /** The stages of those that have none yet. */
    private Mono<Map<UUID, String>> stages(UUID workspaceId, List<Row> rows) {
        var fresh = rows.stream().filter(Row::lacksStage).toList();
        if (fresh.isEmpty()) {
            return Mono.just(Map.of());
        }
        return standings
                .of(workspaceId, fresh.stream().map(Row::question).toList())
                .collectMap(
                        standing -> fresh.get(standing.number()).id(),
                        standing -> standing.stage().code());
    }

    private record Row(
            UUID id,
            @Nullable UUID contactId,
            @Nullable Instant time,
            @Nullable String stage) {
        boolean lacksStage() {
            return stage == null && contactId != null && time != null;
        }

        Standings.Question question() {
            return new Standings.Question(Objects.requireNonNull(contactId), Objects.requireNonNull(time));
        }
    }
}
