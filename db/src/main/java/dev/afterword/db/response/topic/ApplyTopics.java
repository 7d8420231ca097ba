package dev.afterword.db.response.topic;

import dev.afterword.db.Columns;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Puts topics on answers in which a rule's words stand; what staff put there or took away stays as it is. Doing it twice changes nothing. */
@Repository
public class ApplyTopics {
    private final DatabaseClient database;

    ApplyTopics(DatabaseClient database) {
        this.database = database;
    }

    /** Of all topics that are not archived. */
    public Mono<Void> to(UUID workspaceId, Collection<UUID> responses) {
        return to(workspaceId, responses, null);
    }

    /** One statement: each answer is read once for each dictionary, and one whose language nobody knows by the rules of every language. */
    Mono<Void> to(UUID workspaceId, Collection<UUID> responses, @Nullable UUID topic) {
        return responses.isEmpty()
                ? Mono.empty()
                : database.sql("""
                        with rule as materialized (
                            select u.* from topic_rule u join topic t on t.workspace_id = $1 and t.id = u.topic_id and t.archived_at is null
                            where u.workspace_id = $1 and ($3::uuid is null or u.topic_id = $3)
                        ), said as materialized (
                            select r.id, d.language, d.dictionary, to_tsvector(d.dictionary::regconfig, a.text) as words
                            from response r
                            join answer a on a.workspace_id = $1 and a.response_id = r.id and a.text is not null and not (a.skipped or a.hidden or a.not_applicable)
                            join (select distinct language, dictionary from rule) d
                                on d.language = '' or lower(split_part(translate(coalesce(r.language, ''), '_', '-'), '-', 1)) in ('', d.language)
                            where r.workspace_id = $1 and r.id = any($2) and r.confirmed_at is not null
                        ), found as materialized (
                            select distinct on (s.id, u.topic_id) s.id as response_id, u.topic_id, u.id as rule_id
                            from said s join rule u on u.language = s.language and u.dictionary = s.dictionary and s.words @@ u.query
                            order by s.id, u.topic_id, u.created_at, u.id
                        ), gone as (
                            delete from response_topic x using topic t
                            where x.workspace_id = $1 and x.response_id = any($2) and x.rule_id is not null and not x.taken
                            and t.workspace_id = $1 and t.id = x.topic_id and t.archived_at is null and ($3::uuid is null or t.id = $3)
                            and not exists (select from found f where f.response_id = x.response_id and f.topic_id = x.topic_id)
                        )
                        insert into response_topic (workspace_id, response_id, topic_id, rule_id)
                        select $1, f.response_id, f.topic_id, f.rule_id from found f order by 2, 3
                        on conflict (workspace_id, response_id, topic_id) do update set rule_id = excluded.rule_id
                        where response_topic.rule_id <> excluded.rule_id and not response_topic.taken
                        """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(responses, UUID.class, id -> id))
                        .bind(2, Topics.orNull(UUID.class, topic))
                        .then();
    }
}
