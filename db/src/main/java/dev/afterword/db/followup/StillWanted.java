package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.response.Places;
import dev.afterword.db.survey.SurveySettings;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether what was planned still makes sense: the follow-up is on and its journey has come to this step, the survey is open, the order stands and its channel is asked, and there is no answer yet. */
@Component
class StillWanted implements LastCheck {
    private final DatabaseClient database;
    private final Clock clock;

    StillWanted(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return Mono.just(Map.of());
        }
        var now = clock.instant();
        return database.sql("""
                        select * from (
                            select n.id, case
                                when o.test then 'test-order'
                                when o.status in ('cancelled', 'refunded') and coalesce(fv.definition ->> 'purpose', '') <> 'service'
                                    and coalesce(fv.definition #>> '{trigger,on}', '') <> 'order-' || o.status then o.status
                                when v.answered_at is not null then 'answered'
                                when exists (select from response r where r.workspace_id = $1 and r.order_id = n.order_id
                                    and r.survey_id = v.survey_id and r.confirmed_at is not null and r.discarded_at is null) then 'answered'
                                when s.archived_at is not null or s.opens_at > $6 or s.closes_at <= $6 or %s then 'survey-not-open'
                                when e.end_reason in ('cancelled', 'refunded', 'returned', 'left', 'open-case', 'erased') then e.end_reason
                                when e.ended_at is not null or e.step <> d.step then 'step-gone'
                                when n.follow_up_id is not null and f.enabled_at is null then 'follow-up-off'
                                when n.follow_up_id is not null and w.channels is not null and not coalesce(o.channel, '') = any(w.channels) then 'channel-not-asked'
                            end as reason
                            from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) n(id, order_id, invitation_id, follow_up_id)
                            join workspace w on w.id = $1
                            left join send d on d.workspace_id = $1 and d.id = n.id
                            left join enrollment e on e.workspace_id = $1 and e.id = d.enrollment_id
                            left join follow_up_version fv on fv.workspace_id = $1 and fv.id = e.version_id
                            left join customer_order o on o.workspace_id = $1 and o.id = n.order_id
                            left join invitation v on v.workspace_id = $1 and v.id = n.invitation_id
                            left join survey s on s.workspace_id = $1 and s.id = v.survey_id
                            left join follow_up f on f.workspace_id = $1 and f.id = n.follow_up_id
                        ) judged where reason is not null
                        """.formatted(Places.full("$7")))
                .bind(0, workspaceId)
                .bind(1, Columns.array(candidates, UUID.class, Candidate::sendId))
                .bind(2, Columns.array(candidates, UUID.class, Candidate::orderId))
                .bind(3, Columns.array(candidates, UUID.class, Candidate::invitationId))
                .bind(4, Columns.array(candidates, UUID.class, Candidate::followUpId))
                .bind(5, now)
                .bind(6, now.minus(SurveySettings.GRACE))
                .map((Readable row) -> Map.entry(
                        Columns.value(row, "id", UUID.class),
                        SkipReason.of(Columns.value(row, "reason", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
