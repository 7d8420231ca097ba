package dev.afterword.db.response.topic;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What staff writes about answers; nothing of it is changed later. */
@Repository
public class ResponseNotes {
    private static final int LONGEST = 4_000;
    private static final int MOST = 200;

    private final DatabaseClient database;

    ResponseNotes(DatabaseClient database) {
        this.database = database;
    }

    /** The oldest first. */
    public Mono<List<ResponseNote>> of(Key response) {
        return database.sql("""
                        select n.id, n.staff_id, s.name, n.words, n.at,
                            array(select m.name from unnest(n.mentions) with ordinality o (id, at) join staff m on m.id = o.id order by o.at) as told
                        from response_note n join staff s on s.id = n.staff_id
                        where n.workspace_id = $1 and n.response_id = $2 order by n.id limit $3
                        """)
                .bind(0, response.workspaceId())
                .bind(1, response.id())
                .bind(2, MOST)
                .map((Readable row) -> new ResponseNote(
                        new Key(response.workspaceId(), value(row, "id", UUID.class)),
                        value(row, "staff_id", UUID.class),
                        value(row, "name", String.class),
                        value(row, "words", String.class),
                        List.of(value(row, "told", String[].class)),
                        value(row, "at", Instant.class)))
                .all()
                .collectList();
    }

    /** Its id; joins the transaction of its caller. Otherwise {@code note.words-length}. */
    public Mono<UUID> add(Key response, UUID staffId, String typed, Collection<UUID> mentions, Instant now) {
        var words = typed.strip();
        if (words.isEmpty() || words.length() > LONGEST) {
            return Mono.error(new Rejected("note.words-length", "note", LONGEST));
        }
        var id = Key.nextId();
        return database.sql("""
                        insert into response_note (workspace_id, id, response_id, staff_id, words, mentions, at)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """)
                .bind(0, response.workspaceId())
                .bind(1, id)
                .bind(2, response.id())
                .bind(3, staffId)
                .bind(4, words)
                .bind(5, mentions.toArray(UUID[]::new))
                .bind(6, now)
                .then()
                .thenReturn(id);
    }
}
