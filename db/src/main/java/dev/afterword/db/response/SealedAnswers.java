package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Resealed;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers to anonymous surveys that wait until there are enough, and how they become responses that lead to nobody. */
@Repository
public class SealedAnswers implements Resealed {
    /** Fewer are never written, and the numbers grow by no less. */
    public static final int TOGETHER = 5;

    private static final int READ = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(SealedAnswers.class);

    private final Seal seal;
    private final DatabaseClient database;
    private final JsonMapper json;

    SealedAnswers(AfterwordSecret secret, DatabaseClient database, JsonMapper json) {
        this.seal = new Seal(secret);
        this.database = database;
        this.json = json;
    }

    /** What waited under an id, and the id of the response that it becomes. */
    private record Opened(UUID id, UUID responseId, UUID versionId, String answers) {}

    private record Content(
            UUID version, JsonNode answers, @Nullable Boolean page) {}

    /**
     * Keeps answers of a page that belongs to nobody; the same page sent twice is kept once, so that the response keeps its id.
     *
     * @param answers rows of the table, as JSON
     */
    Mono<Void> insertOfPage(Key survey, UUID page, UUID versionId, String answers) {
        return insert(survey, page, new Content(versionId, json.readTree(answers), true));
    }

    /**
     * Keeps answers of somebody who was invited and is marked in the same transaction. PostgreSQL writes the transaction's number on both rows, so the response
     * gets an id that no row of now has.
     *
     * @param answers rows of the table, as JSON
     */
    Mono<Void> insertOfInvited(Key survey, UUID versionId, String answers) {
        return insert(survey, UUID.randomUUID(), new Content(versionId, json.readTree(answers), false));
    }

    private Mono<Void> insert(Key survey, UUID id, Content content) {
        return database.sql("""
                        insert into sealed_answer (workspace_id, survey_id, id, sealed)
                        select $1, $2, $3, $4 where not exists (select 1 from response where workspace_id = $1 and id = $3)
                        on conflict (workspace_id, survey_id, id) do nothing
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, id)
                .bind(3, seal.close(survey, id, json.writeValueAsString(content)))
                .then();
    }

    /** How many wait. */
    public Mono<Long> waiting(Key survey) {
        return database.sql("select count(*) from sealed_answer where workspace_id = $1 and survey_id = $2")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .mapValue(Long.class)
                .one();
    }

    /** The surveys for which there are enough. */
    public Flux<Key> ready() {
        return database.sql(
                        "select workspace_id, survey_id from sealed_answer group by workspace_id, survey_id having count(*) >= $1")
                .bind(0, TOGETHER)
                .map((Readable row) -> new Key(
                        Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "survey_id", UUID.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    /**
     * Writes as many as there are fives of, in an order that nobody knows, all under the day on which they are written; in the caller's transaction.
     *
     * @return the ids of the responses
     */
    public Mono<List<UUID>> write(Key survey, Instant now) {
        return database.sql(
                        "select id, sealed from sealed_answer where workspace_id = $1 and survey_id = $2 order by random() limit $3 for update skip locked")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, READ)
                .map((Readable row) ->
                        open(survey, Columns.value(row, "id", UUID.class), Columns.value(row, "sealed", byte[].class)))
                .all()
                .flatMapIterable(opened -> opened)
                .collectList()
                .map(opened -> opened.subList(0, opened.size() / TOGETHER * TOGETHER))
                .flatMap(batch -> batch.isEmpty() ? Mono.just(List.of()) : write(survey, batch, now));
    }

    private List<Opened> open(Key survey, UUID id, byte[] sealed) {
        var text = seal.open(survey, id, sealed);
        if (text.isEmpty()) {
            LOG.error("a sealed answer to survey {} cannot be opened with the secrets that are accepted", survey.id());
            return List.of();
        }
        var content = json.readValue(text.get(), Content.class);
        var responseId = Boolean.TRUE.equals(content.page()) ? id : UUID.randomUUID();
        return List.of(new Opened(id, responseId, content.version(), json.writeValueAsString(content.answers())));
    }

    private Mono<List<UUID>> write(Key survey, List<Opened> batch, Instant now) {
        var ids = batch.stream().map(Opened::responseId).toList();
        return database.sql("""
                        with w as (
                            select date_trunc('day', $3::timestamptz at time zone zone) at time zone zone as day from workspace where id = $1
                        ), taken as (
                            delete from sealed_answer where workspace_id = $1 and survey_id = $2 and id = any($7::uuid[])
                        ), responded as (
                            insert into response (workspace_id, id, survey_id, version_id, complete, confirmed_at, started_at, answered_at, segments, created_at)
                            select $1, x.id, $2, x.version_id, true, w.day, w.day, w.day, '{}', w.day
                            from unnest($4::uuid[], $5::uuid[]) as x (id, version_id) cross join w
                        )
                        insert into answer (workspace_id, response_id, question_key, row_key, item, skipped, not_applicable, number, text, choices, day, answered_at)
                        select $1, g.id, x.key, coalesce(x.row_key, ''), coalesce(x.item, ''), x.skipped, coalesce(x.not_applicable, false), x.number, x.text, x.choices, x.day, w.day
                        from unnest($4::uuid[], $6::jsonb[]) as g (id, answers) cross join w cross join lateral jsonb_to_recordset(g.answers)
                            as x (key text, row_key text, item text, skipped boolean, not_applicable boolean, number numeric, text text, choices text[], day date)
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, now)
                .bind(3, ids.toArray(UUID[]::new))
                .bind(4, Columns.array(batch, UUID.class, Opened::versionId))
                .bind(5, Columns.array(batch, String.class, Opened::answers))
                .bind(6, Columns.array(batch, UUID.class, Opened::id))
                .then()
                .thenReturn(ids);
    }

    @Override
    public Mono<Long> reseal() {
        return database.sql("select workspace_id, survey_id, id, sealed from sealed_answer")
                .map(this::underOlder)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(Mono::justOrEmpty)
                .concatMap(one -> database.sql(
                                "update sealed_answer set sealed = $4 where workspace_id = $1 and survey_id = $2 and id = $3")
                        .bind(0, one.survey().workspaceId())
                        .bind(1, one.survey().id())
                        .bind(2, one.id())
                        .bind(3, seal.close(one.survey(), one.id(), one.text()))
                        .fetch()
                        .rowsUpdated())
                .reduce(0L, Long::sum);
    }

    private record Waiting(Key survey, UUID id, String text) {}

    private Optional<Waiting> underOlder(Readable row) {
        var survey =
                new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "survey_id", UUID.class));
        var id = Columns.value(row, "id", UUID.class);
        return seal.openOlder(survey, id, Columns.value(row, "sealed", byte[].class))
                .map(text -> new Waiting(survey, id, text));
    }
}
