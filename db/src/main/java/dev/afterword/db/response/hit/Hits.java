package dev.afterword.db.response.hit;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The requests of customers' links. */
@Repository
public class Hits {
    /** As many of one link as are judged at a time, and shown. */
    private static final int MOST = 1_000;

    private final DatabaseClient database;

    Hits(DatabaseClient database) {
        this.database = database;
    }

    /**
     * A request with the workspace that its link names.
     *
     * @param named the invitation, or the send
     */
    record Placed(Key named, Request request) {
        boolean ofSend() {
            return request.target() == Target.UNSUBSCRIBE;
        }
    }

    /**
     * Writes many; how many were of known invitations. Anonymous surveys have none.
     */
    Mono<Long> insert(List<Placed> placed) {
        if (placed.isEmpty()) {
            return Mono.just(0L);
        }
        var workspaces = Columns.array(
                placed.stream().map(one -> one.named().workspaceId()).collect(Collectors.toSet()),
                UUID.class,
                one -> one);
        return Unnest.into(database.sql("""
                        insert into hit (workspace_id, id, invitation_id, at, target, method, status, chosen, prefetch, language, agent, platform)
                        select v.workspace_id, n.id, v.id, n.at, n.target, n.method, n.status, n.chosen, n.prefetch, n.language, n.agent, n.platform
                        from unnest($2::uuid[], $3::uuid[], $4::boolean[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[], $9::smallint[], $10::text[], $11::boolean[],
                            $12::boolean[], $13::text[], $14::text[])
                            as n (workspace_id, named_id, of_send, id, at, target, method, status, chosen, prefetch, language, agent, platform)
                        left join send d on n.of_send and d.workspace_id = any($1) and d.workspace_id = n.workspace_id and d.id = n.named_id
                        join invitation v on v.workspace_id = any($1) and v.workspace_id = n.workspace_id
                            and v.id = case when n.of_send then d.invitation_id else n.named_id end
                        join survey s on s.workspace_id = any($1) and s.workspace_id = v.workspace_id and s.id = v.survey_id and not s.anonymous
                        """).bind(0, workspaces), 1, placed)
                .column(UUID.class, one -> one.named().workspaceId())
                .column(UUID.class, one -> one.named().id())
                .column(Boolean.class, Placed::ofSend)
                .column(UUID.class, one -> Key.nextId())
                .column(Instant.class, one -> one.request().at())
                .column(String.class, one -> one.request().target().code())
                .column(String.class, one -> one.request().method())
                .column(Short.class, one -> (short) one.request().status())
                .column(String.class, one -> one.request().chosen())
                .column(Boolean.class, one -> one.request().signals().prefetch())
                .column(Boolean.class, one -> one.request().signals().language())
                .column(String.class, one -> one.request().signals().agent().code())
                .column(String.class, one -> one.request().signals().platform())
                .bound()
                .fetch()
                .rowsUpdated();
    }

    /** The requests of one link, the newest first. */
    public Mono<List<Hit>> ofInvitation(Key invitation, int limit) {
        return database.sql("select h.*, h.accepted_ms as since_ms from hit h"
                        + " where h.workspace_id = $1 and h.invitation_id = $2 order by h.at desc, h.id desc limit $3")
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .bind(2, limit)
                .map(Hits::read)
                .all()
                .collectList();
    }

    /**
     * The requests of these links, from a time on that leaves room for what came before; with the time since the latest mail that had been accepted by then, or
     * was a minute later.
     */
    Mono<List<Hit>> around(UUID workspaceId, Collection<UUID> invitations, Instant from) {
        return database.sql("""
                        select h.*, coalesce(h.accepted_ms, (extract(epoch from h.at - coalesce((
                                select max(d.finished_at) from send d
                                where d.workspace_id = $1 and d.invitation_id = h.invitation_id and d.state = 'accepted' and d.finished_at <= h.at + interval '1 minute'),
                                v.accepted_at)) * 1000)::bigint) as since_ms
                        from unnest($2::uuid[]) as i (id)
                        join invitation v on v.workspace_id = $1 and v.id = i.id
                        cross join lateral (
                            select * from hit where workspace_id = $1 and invitation_id = i.id and at >= $3 order by at, id limit $4) h
                        """)
                .bind(0, workspaceId)
                .bind(1, invitations.toArray(UUID[]::new))
                .bind(2, from)
                .bind(3, MOST)
                .map(Hits::read)
                .all()
                .collectList();
    }

    private static Hit read(Readable row) {
        var workspaceId = value(row, "workspace_id", UUID.class);
        return new Hit(
                new Key(workspaceId, value(row, "id", UUID.class)),
                new Key(workspaceId, value(row, "invitation_id", UUID.class)),
                value(row, "at", Instant.class),
                Target.of(value(row, "target", String.class)),
                value(row, "method", String.class),
                value(row, "status", Short.class),
                row.get("chosen", String.class),
                new Signals(
                        value(row, "prefetch", Boolean.class),
                        value(row, "language", Boolean.class),
                        Agent.of(value(row, "agent", String.class)),
                        value(row, "platform", String.class)),
                row.get("since_ms", Long.class),
                judged(row));
    }

    private static Hit.@Nullable Judged judged(Readable row) {
        var rule = row.get("rule", Integer.class);
        return rule == null
                ? null
                : new Hit.Judged(
                        Verdict.of(value(row, "verdict", String.class)),
                        Reason.of(value(row, "reason", String.class)),
                        rule);
    }

    /** Leaves hits undecided that drown among too many others: nobody could tell a person's from the flood. */
    Mono<Void> giveUp(UUID workspaceId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Mono.empty()
                : database.sql(
                                "update hit set verdict = $3, reason = $4, rule = $5 where workspace_id = $1 and id = any($2)")
                        .bind(0, workspaceId)
                        .bind(1, ids.toArray(UUID[]::new))
                        .bind(2, Verdict.UNSURE.code())
                        .bind(3, Reason.FLOOD.code())
                        .bind(4, HitRule.NOW.version())
                        .then();
    }

    /** Writes verdicts; what an older version of the rule said stays beside them. */
    Mono<Void> write(UUID workspaceId, List<Verdicts.Found> found) {
        if (found.isEmpty()) {
            return Mono.empty();
        }
        return Unnest.into(database.sql("""
                        update hit h set accepted_ms = n.accepted_ms, rendered = n.rendered, canary = n.canary, scores = n.scores, verdict = n.verdict, reason = n.reason, rule = n.rule,
                            earlier = case when h.rule is null or h.rule = n.rule then h.earlier
                                else h.earlier || jsonb_build_array(jsonb_build_object('rule', h.rule, 'verdict', h.verdict, 'reason', h.reason)) end
                        from unnest($2::uuid[], $3::bigint[], $4::boolean[], $5::boolean[], $6::smallint[], $7::text[], $8::text[], $9::integer[])
                            as n (id, accepted_ms, rendered, canary, scores, verdict, reason, rule)
                        where h.workspace_id = $1 and h.id = n.id
                        """).bind(0, workspaceId), 1, found)
                .column(UUID.class, one -> one.evidence().hit().key().id())
                .column(Long.class, one -> one.evidence().hit().acceptedMs())
                .column(Boolean.class, one -> one.evidence().rendered())
                .column(Boolean.class, one -> one.evidence().canary())
                .column(Short.class, one -> (short) one.evidence().scores())
                .column(String.class, one -> one.judged().verdict().code())
                .column(String.class, one -> one.judged().reason().code())
                .column(Integer.class, one -> one.judged().rule())
                .bound()
                .then();
    }
}
