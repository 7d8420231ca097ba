package dev.afterword.db.contact.relationship;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** What was done in person, in a customer's timeline. */
@Component
class PersonalTimeline implements TimelineSource {
    private final DatabaseClient database;

    PersonalTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<PersonalEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select p.id, p.at, p.kind, p.words, s.name from personal_contact p join staff s on s.id = p.staff_id
                        where p.workspace_id = $1 and p.contact_id = $2 and (p.at, p.id) < ($3, $4)
                        order by p.at desc, p.id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new PersonalEntry(
                        value(row, "at", Instant.class),
                        value(row, "id", UUID.class),
                        value(row, "kind", String.class),
                        row.get("words", String.class),
                        value(row, "name", String.class)))
                .all();
    }
}
