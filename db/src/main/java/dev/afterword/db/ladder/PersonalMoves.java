package dev.afterword.db.ladder;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stages of the loyalty ladder through which a person went. */
@Component
@Order(60)
class PersonalMoves implements PersonalData {
    private final DatabaseClient database;

    PersonalMoves(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(Section.read(database, person, "stages", """
                        select json_build_object('from', from_stage, 'to', to_stage, 'at', at)
                        from ladder_move where workspace_id = $1 and contact_id = $2 order by at, id
                        """)).collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Mono.empty();
    }
}
