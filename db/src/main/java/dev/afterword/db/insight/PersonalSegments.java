package dev.afterword.db.insight;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The marked attributes by which a person's answers are told apart: they may be in their words. The answers go on counting, in all but these; a value that
 * nobody else has is forgotten. What they were is given with the person's orders and with what the shop knows of them.
 */
@Component
@Order(90)
class PersonalSegments implements PersonalData {
    private final DatabaseClient database;

    PersonalSegments(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Section.run(database, person, """
                        select name from segment_attribute where workspace_id = $1 and $2::uuid is not null order by name for no key update
                        """)
                .then(Section.runAt(
                        database, person, due("response", "t.answered_at"), due("invitation", "t.asked_at")))
                .then(Section.run(database, person, """
                        update segment_attribute a set kept = array(
                            select k.value from unnest(a.kept) with ordinality k (value, number)
                            where not exists (
                                select from response r where r.workspace_id = $1 and r.contact_id = $2 and r.segments -> ('attribute:' || a.name) ? k.value
                                union all select from invitation i where i.workspace_id = $1 and i.contact_id = $2 and i.segments -> ('attribute:' || a.name) ? k.value)
                            or exists (
                                select from response r
                                where r.workspace_id = $1 and r.contact_id is distinct from $2 and r.segments -> ('attribute:' || a.name) ? k.value)
                            order by k.number)
                        where a.workspace_id = $1
                        """, strip("response"), strip("invitation")));
    }

    private static String due(String table, String time) {
        return """
                insert into rollup_due (workspace_id, survey_id, day, marked_at)
                select distinct $1::uuid, t.survey_id, (%2$s at time zone w.zone)::date, $3::timestamptz
                from workspace w join %1$s t on t.workspace_id = $1 and t.contact_id = $2
                where w.id = $1 and %2$s is not null and t.segments::text like '%%"attribute:%%'
                on conflict (workspace_id, survey_id, day) do update set marked_at = excluded.marked_at
                """.formatted(table, time);
    }

    private static String strip(String table) {
        return """
                update %s set segments = (select coalesce(jsonb_object_agg(s.key, s.value), '{}') from jsonb_each(segments) s where s.key not like 'attribute:%%')
                where workspace_id = $1 and contact_id = $2 and segments::text like '%%"attribute:%%'
                """.formatted(table);
    }
}
