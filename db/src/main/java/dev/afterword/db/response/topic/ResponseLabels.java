package dev.afterword.db.response.topic;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Rejected;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What staff put on answers by hand, one or many at once: topics and tags. */
@Repository
public class ResponseLabels {
    private static final int LONGEST = 40;
    private static final int MOST_TAGS = 20;
    private static final int COMPLETED = 200;

    private final DatabaseClient database;
    private final DatabaseTime time;

    ResponseLabels(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    /** How many have it now; what is not of the workspace is passed over. */
    public Mono<Long> put(UUID workspaceId, Collection<UUID> responses, UUID topic, UUID staffId) {
        return set(workspaceId, responses, topic, staffId, false);
    }

    /** No rule puts it there again. */
    public Mono<Long> take(UUID workspaceId, Collection<UUID> responses, UUID topic, UUID staffId) {
        return set(workspaceId, responses, topic, staffId, true);
    }

    private Mono<Long> set(UUID workspaceId, Collection<UUID> responses, UUID topic, UUID staffId, boolean taken) {
        return time.now()
                .flatMap(now -> database.sql("""
                                insert into response_topic (workspace_id, response_id, topic_id, staff_id, at, taken)
                                select $1, r.id, t.id, $4, $5, $6 from response r join topic t on t.workspace_id = $1 and t.id = $3
                                where r.workspace_id = $1 and r.id = any($2) order by r.id
                                on conflict (workspace_id, response_id, topic_id) do update set rule_id = null, staff_id = $4, at = $5, taken = $6
                                """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(responses, UUID.class, id -> id))
                        .bind(2, topic)
                        .bind(3, staffId)
                        .bind(4, now)
                        .bind(5, taken)
                        .fetch()
                        .rowsUpdated());
    }

    /** Otherwise {@code tag.too-many}; how many did not have it before. */
    public Mono<Long> tag(UUID workspaceId, Collection<UUID> responses, String typed, UUID staffId) {
        var tag = tag(typed);
        return time.now()
                .flatMap(now -> database.sql("""
                                insert into response_tag (workspace_id, response_id, tag, staff_id, at)
                                select $1, r.id, $3, $4, $5 from response r where r.workspace_id = $1 and r.id = any($2)
                                and (select count(*) from response_tag g where g.workspace_id = $1 and g.response_id = r.id) < $6
                                on conflict do nothing
                                """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(responses, UUID.class, id -> id))
                        .bind(2, tag)
                        .bind(3, staffId)
                        .bind(4, now)
                        .bind(5, MOST_TAGS)
                        .fetch()
                        .rowsUpdated())
                .flatMap(rows -> rows == 0 && responses.size() == 1
                        ? full(workspaceId, responses.iterator().next(), tag)
                        : Mono.just(rows));
    }

    private Mono<Long> full(UUID workspaceId, UUID response, String tag) {
        return database.sql(
                        "select count(*) from response_tag where workspace_id = $1 and response_id = $2 and tag <> $3")
                .bind(0, workspaceId)
                .bind(1, response)
                .bind(2, tag)
                .mapValue(Long.class)
                .one()
                .flatMap(others ->
                        others >= MOST_TAGS ? Mono.error(new Conflict("tag.too-many", MOST_TAGS)) : Mono.just(0L));
    }

    public Mono<Long> untag(UUID workspaceId, Collection<UUID> responses, String tag) {
        return database.sql("delete from response_tag where workspace_id = $1 and response_id = any($2) and tag = $3")
                .bind(0, workspaceId)
                .bind(1, Columns.array(responses, UUID.class, id -> id))
                .bind(2, tag)
                .fetch()
                .rowsUpdated();
    }

    /** The tags of the workspace that most answers have, to complete what is typed. */
    public Mono<List<String>> tags(UUID workspaceId) {
        return database.sql(
                        "select tag from response_tag where workspace_id = $1 group by tag order by count(*) desc, tag limit $2")
                .bind(0, workspaceId)
                .bind(1, COMPLETED)
                .mapValue(String.class)
                .all()
                .collectList();
    }

    /** A tag as it is kept. */
    public static String tag(String typed) {
        var tag = typed.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (tag.isEmpty()) {
            throw new Rejected("field.required", "tag");
        }
        if (tag.length() > LONGEST) {
            throw new Rejected("field.too-long", "tag", LONGEST);
        }
        return tag;
    }
}
