package dev.afterword.db.followup;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The journeys of a person through follow-ups: those that go on end. */
@Component
@Order(70)
class PersonalJourneys implements PersonalData {
    private final DatabaseClient database;

    PersonalJourneys(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(Section.read(database, person, "followUps", """
                        select json_build_object('followUp', f.name, 'since', n.created_at, 'ended', n.ended_at)
                        from enrollment n join follow_up f on f.workspace_id = $1 and f.id = n.follow_up_id
                        where n.workspace_id = $1 and n.contact_id = $2 order by n.created_at, n.id
                        """)).collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Section.runAt(database, person, """
                update enrollment set ended_at = $3, end_reason = 'erased', due_at = null
                where workspace_id = $1 and contact_id = $2 and ended_at is null
                """);
    }
}
