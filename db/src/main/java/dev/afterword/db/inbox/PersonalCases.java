package dev.afterword.db.inbox;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The cases of a person: that there was one, why, and how long it took stays; what was said goes. */
@Component
@Order(50)
class PersonalCases implements PersonalData {
    private final DatabaseClient database;

    PersonalCases(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(Section.read(database, person, "cases", """
                        select json_build_object('kind', k.kind, 'subject', k.subject, 'status', k.status, 'openedAt', k.opened_at, 'closedAt', k.closed_at, 'topic', k.topic,
                            'entries', (select json_agg(json_build_object('kind', e.kind, 'words', e.words, 'at', e.at) order by e.at, e.id)
                                from case_entry e where e.workspace_id = $1 and e.case_id = k.id and e.kind in ('said', 'reply')))
                        from support_case k where k.workspace_id = $1 and k.contact_id = $2 order by k.opened_at, k.id
                        """)).collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Section.run(database, person, """
                update case_entry e set words = '[…]' from support_case k
                where k.workspace_id = $1 and k.contact_id = $2 and e.workspace_id = $1 and e.case_id = k.id and e.words is not null
                """, """
                delete from case_photo p using support_case k where k.workspace_id = $1 and k.contact_id = $2 and p.workspace_id = $1 and p.case_id = k.id
                """, """
                update support_case set version = version + 1, subject = '[…]', words = '' where workspace_id = $1 and contact_id = $2
                """);
    }
}
