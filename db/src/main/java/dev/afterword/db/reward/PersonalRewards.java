package dev.afterword.db.reward;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rewards and the goodwill that a person got: codes, which name nobody, so they stay. */
@Component
@Order(40)
class PersonalRewards implements PersonalData {
    private final DatabaseClient database;

    PersonalRewards(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(Section.read(database, person, "rewards", """
                        select json_build_object('kind', g.kind, 'code', g.code, 'offer', g.offer, 'givenAt', g.given_at, 'expiresAt', g.expires_at, 'redeemedAt', g.redeemed_at)
                        from given_reward g where g.workspace_id = $1 and g.contact_id = $2 order by g.created_at, g.id
                        """)).collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Mono.empty();
    }
}
