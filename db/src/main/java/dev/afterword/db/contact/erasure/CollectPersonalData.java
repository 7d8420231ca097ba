package dev.afterword.db.contact.erasure;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Collects everything that is kept of a person, for the person (Regulation (EU) 2016/679, articles 15 and 20). */
@Component
public class CollectPersonalData {
    private final DatabaseClient database;
    private final List<PersonalData> features;
    private final Clock clock;

    CollectPersonalData(DatabaseClient database, List<PersonalData> features, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.features = features.reversed();
    }

    /** The sections that hold something, the contact first; otherwise {@code contact.not-found}. */
    public Mono<List<Section>> of(Key contact) {
        return database.sql("""
                        select address from contact where workspace_id = $1 and id = $2
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .map((Readable row) -> new Person(contact, row.get("address", String.class), clock.instant()))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found", contact.id())))
                .flatMap(person -> Flux.fromIterable(features)
                        .concatMap(feature -> feature.of(person))
                        .flatMapIterable(sections -> sections)
                        .filter(section -> !section.rows().isEmpty())
                        .collectList());
    }
}
