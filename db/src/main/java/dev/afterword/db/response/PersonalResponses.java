package dev.afterword.db.response;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a person was asked and answered. Scores and choices stay and go on counting; words go. */
@Component
@Order(20)
class PersonalResponses implements PersonalData {
    private final DatabaseClient database;

    PersonalResponses(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(
                        Section.read(database, person, "questions", """
                        select json_build_object('survey', s.key, 'language', i.language, 'askedAt', i.asked_at, 'answeredAt', i.answered_at)
                        from invitation i join survey s on s.workspace_id = $1 and s.id = i.survey_id
                        where i.workspace_id = $1 and i.contact_id = $2 order by i.created_at, i.id
                        """),
                        Section.read(database, person, "responses", """
                        select json_build_object('survey', s.key, 'answeredAt', r.answered_at, 'confirmedAt', r.confirmed_at, 'language', r.language,
                            'answers', (select json_agg(json_strip_nulls(json_build_object('question', a.question_key, 'row', nullif(a.row_key, ''), 'item', nullif(a.item, ''),
                                'number', a.number, 'text', a.text, 'choices', a.choices, 'day', a.day)) order by a.question_key)
                                from answer a where a.workspace_id = $1 and a.response_id = r.id))
                        from response r join survey s on s.workspace_id = $1 and s.id = r.survey_id
                        where r.workspace_id = $1 and r.contact_id = $2 order by r.answered_at, r.id
                        """),
                        Section.read(database, person, "visits", """
                        select json_build_object('at', h.at, 'page', h.target, 'browser', h.agent, 'platform', h.platform)
                        from hit h join invitation i on i.workspace_id = $1 and i.id = h.invitation_id
                        where h.workspace_id = $1 and i.contact_id = $2 order by h.at, h.id
                        """))
                .collectList();
    }

    /** The links that they got lead to nothing new: what would be written there would be theirs again. */
    @Override
    public Mono<Void> erase(Person person) {
        return Section.runAt(
                        database,
                        person,
                        "update invitation set closes_at = least(closes_at, $3) where workspace_id = $1 and contact_id = $2")
                .then(forget(person));
    }

    private Mono<Void> forget(Person person) {
        return Section.run(database, person, """
                update answer a set text = '[…]' from response r
                where r.workspace_id = $1 and r.contact_id = $2 and a.workspace_id = $1 and a.response_id = r.id and a.text is not null
                """, """
                update response_note n set words = '[…]' from response r
                where r.workspace_id = $1 and r.contact_id = $2 and n.workspace_id = $1 and n.response_id = r.id
                """, """
                delete from said where workspace_id = $1 and contact_id = $2
                """, """
                update hit h set agent = '', platform = '' from invitation i
                where i.workspace_id = $1 and i.contact_id = $2 and h.workspace_id = $1 and h.invitation_id = i.id
                """);
    }
}
