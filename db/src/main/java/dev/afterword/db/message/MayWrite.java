package dev.afterword.db.message;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Whom we may write to: an address, no suppression, the workspace's ground or the person's consent, and not asked twice within the quarantine. An explicit
 * refusal always wins. All of it goes by address, whoever the contact is.
 */
@Component
public class MayWrite implements LastCheck {
    private final DatabaseClient database;

    MayWrite(DatabaseClient database) {
        this.database = database;
    }

    /** Just before sending: the quarantine looks at what went out. */
    @Override
    public Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Candidate> candidates) {
        return refused(workspaceId, candidates, false);
    }

    /** While planning: the quarantine looks at what is planned too. */
    public Mono<Map<UUID, SkipReason>> refusedForPlanning(UUID workspaceId, List<Candidate> candidates) {
        return refused(workspaceId, candidates, true);
    }

    private Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Candidate> candidates, boolean planning) {
        if (candidates.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql("""
                        select * from (
                            select n.id, case
                                when c.address is null then 'no-address'
                                when stop.reason = 'unsubscribed' then 'unsubscribed'
                                when stop.reason is not null then 'suppressed'
                                when said.granted = false then 'refused'
                                when g.ground is null or (g.ground = 'opt-in' and said.granted is not true) then 'no-consent'
                                when n.kind = 'ask' and exists (
                                    select from contact o join send x on x.workspace_id = o.workspace_id and x.contact_id = o.id
                                    where o.workspace_id = $1 and x.workspace_id = $1 and o.address = c.address
                                    and x.purpose = n.purpose and x.kind = 'ask' and x.id <> n.id
                                    and abs(extract(epoch from x.due_at - n.at)) < 86400.0 * greatest(w.quarantine_days,
                                        case when n.survey is not null and n.survey = (select y.key from invitation v join survey y on y.workspace_id = $1 and y.id = v.survey_id
                                            where v.workspace_id = $1 and v.id = x.invitation_id) then coalesce((p.quarantines ->> n.survey)::int, 0) else 0 end)
                                    and (x.state in ('submitting', 'accepted', 'unknown')
                                        or (x.state = 'leased' and (x.due_at, x.id) < (coalesce((select own.due_at from send own where own.workspace_id = $1 and own.id = n.id), n.at), n.id))
                                        or (x.state = 'planned' and $8))) then 'quarantine'
                            end as reason
                            from (
                                select n.id, n.contact_id, n.purpose, n.kind, n.at, coalesce(n.survey, (select y.key from invitation v join survey y on y.workspace_id = $1 and y.id = v.survey_id
                                    where v.workspace_id = $1 and v.id = n.invitation_id)) as survey
                                from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $9::text[], $10::uuid[]) n(id, contact_id, purpose, kind, at, survey, invitation_id)) n
                            join workspace w on w.id = $1
                            left join contact_policy p on p.workspace_id = $1
                            left join contact c on c.workspace_id = $1 and c.id = n.contact_id
                            left join ground g on g.workspace_id = $1 and g.purpose = n.purpose
                            left join lateral (
                                select s.reason from suppression s
                                where s.workspace_id = $1 and s.address = c.address
                                and (s.purpose = n.purpose or (s.purpose is null and (n.purpose <> $7 or s.reason <> 'unsubscribed')))
                                order by s.reason = 'unsubscribed' limit 1) stop on true
                            left join lateral (
                                select k.granted from consent k
                                where k.workspace_id = $1 and k.address = c.address and k.purpose = n.purpose
                                order by k.at desc, k.id desc limit 1) said on true
                        ) judged where reason is not null
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(candidates, UUID.class, Candidate::sendId))
                .bind(2, Columns.array(candidates, UUID.class, Candidate::contactId))
                .bind(
                        3,
                        Columns.array(
                                candidates,
                                String.class,
                                candidate -> candidate.purpose().code()))
                .bind(
                        4,
                        Columns.array(
                                candidates,
                                String.class,
                                candidate -> candidate.kind().code()))
                .bind(5, Columns.array(candidates, Instant.class, Candidate::at))
                .bind(6, "service")
                .bind(7, planning)
                .bind(8, Columns.array(candidates, String.class, Candidate::survey))
                .bind(9, Columns.array(candidates, UUID.class, Candidate::invitationId))
                .map((Readable row) -> Map.entry(
                        Columns.value(row, "id", UUID.class),
                        SkipReason.of(Columns.value(row, "reason", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
