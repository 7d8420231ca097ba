package dev.afterword.db.message;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The mail that went to a person and came back from them, with its files. That it went stays, for the budget and the reports. */
@Component
@Order(30)
class PersonalMail implements PersonalData {
    private final DatabaseClient database;

    PersonalMail(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(
                        Section.read(database, person, "mail", """
                        select json_build_object('purpose', purpose, 'kind', kind, 'state', state, 'notSentBecause', skip_reason, 'planned', due_at, 'finished', finished_at, 'serverSaid', smtp_reply)
                        from send where workspace_id = $1 and contact_id = $2 order by due_at, id
                        """),
                        Section.read(database, person, "mailFromThem", """
                        select json_build_object('kind', kind, 'subject', subject, 'words', words, 'at', received_at)
                        from incoming_message where workspace_id = $1 and contact_id = $2 order by received_at, id
                        """),
                        Section.read(database, person, "bounces", """
                        select json_build_object('kind', kind, 'status', status, 'diagnostic', diagnostic, 'at', at)
                        from bounce where workspace_id = $1 and contact_id = $2 order by at, id
                        """))
                .collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Section.runAt(database, person, """
                update send set state = 'skipped', skip_reason = 'erased', finished_at = $3 where workspace_id = $1 and contact_id = $2 and state = 'planned'
                """).then(Section.run(database, person, """
                update send set smtp_reply = null, message_id = null where workspace_id = $1 and contact_id = $2 and (smtp_reply is not null or message_id is not null)
                """, """
                delete from attachment where workspace_id = $1 and message_id in (
                    select id from incoming_message where workspace_id = $1 and contact_id = $2
                    union all select id from send where workspace_id = $1 and contact_id = $2)
                """, """
                delete from unmatched_message where workspace_id = $1 and (lower(sender) = $3
                    or digest in (select digest from incoming_message where workspace_id = $1 and contact_id = $2))
                """, """
                update incoming_message set sender = null, subject = '[…]', words = case when words is not null then '[…]' end, raw = null, message_id = null
                where workspace_id = $1 and contact_id = $2
                """, """
                update bounce set address = '', diagnostic = null where workspace_id = $1 and contact_id = $2
                """));
    }
}
