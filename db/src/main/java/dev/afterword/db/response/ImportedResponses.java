package dev.afterword.db.response;

import dev.afterword.db.Batches.Met;
import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Loads and writes the imported responses of a whole batch with a fixed number of statements. */
@Repository
class ImportedResponses {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DatabaseClient database;

    ImportedResponses(DatabaseClient database) {
        this.database = database;
    }

    /** The known ones by externalId, with their answers, locked in the order of their ids. */
    Mono<Map<String, ImportedResponse>> lock(UUID workspaceId, Collection<String> externalIds) {
        return database.sql("""
                        select id, external_id, survey_id, version_id, contact_id, order_id, language, asked_at, answered_at, created_at
                        from response where workspace_id = $1 and external_id = any($2) order by id for no key update
                        """)
                .bind(0, workspaceId)
                .bind(1, externalIds.toArray(String[]::new))
                .map((Readable row) -> new ImportedResponse(
                        new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                        Columns.value(row, "external_id", String.class),
                        Columns.value(row, "survey_id", UUID.class),
                        Columns.value(row, "version_id", UUID.class),
                        row.get("contact_id", UUID.class),
                        row.get("order_id", UUID.class),
                        row.get("language", String.class),
                        row.get("asked_at", Instant.class),
                        Columns.value(row, "answered_at", Instant.class),
                        new HashMap<>(),
                        Columns.value(row, "created_at", Instant.class)))
                .all()
                .collectList()
                .flatMap(responses -> withAnswers(workspaceId, responses));
    }

    /** Which of these names are ids of responses that were given here: of an export that comes home. */
    Mono<Set<String>> givenHere(UUID workspaceId, Collection<String> externalIds) {
        var ids = externalIds.stream()
                .filter(name -> ID.matcher(name).matches())
                .map(UUID::fromString)
                .toArray(UUID[]::new);
        return ids.length == 0
                ? Mono.just(Set.of())
                : database.sql("select id from response where workspace_id = $1 and id = any($2)")
                        .bind(0, workspaceId)
                        .bind(1, ids)
                        .mapValue(UUID.class)
                        .all()
                        .map(UUID::toString)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private Mono<Map<String, ImportedResponse>> withAnswers(UUID workspaceId, List<ImportedResponse> responses) {
        var byId = new HashMap<UUID, ImportedResponse>();
        var byExternalId = new HashMap<String, ImportedResponse>();
        responses.forEach(response -> {
            byId.put(response.key().id(), response);
            byExternalId.put(response.externalId(), response);
        });
        if (responses.isEmpty()) {
            return Mono.just(byExternalId);
        }
        return database.sql(
                        "select response_id, question_key, row_key, item, skipped, not_applicable, number, text, choices, day from answer where workspace_id = $1 and response_id = any($2)")
                .bind(0, workspaceId)
                .bind(1, byId.keySet().toArray(UUID[]::new))
                .map((Readable row) -> {
                    var response = byId.get(Columns.value(row, "response_id", UUID.class));
                    if (response != null) {
                        var answer = AnswerRow.of(row);
                        response.answers().put(answer.slot(), answer.answer());
                    }
                    return true;
                })
                .all()
                .then(Mono.just(byExternalId));
    }

    Mono<Void> insert(UUID workspaceId, Collection<ImportedResponse> responses) {
        if (responses.isEmpty()) {
            return Mono.empty();
        }
        var sorted = responses.stream()
                .sorted(Comparator.comparing(ImportedResponse::externalId))
                .toList();
        return bind("""
                        insert into response (workspace_id, id, external_id, survey_id, version_id, contact_id, order_id, language, asked_at, answered_at, started_at,
                                              confirmed_at, created_at, imported, complete)
                        select $1, id, external_id, survey_id, version_id, contact_id, order_id, language, asked_at, answered_at, answered_at, answered_at, created_at, true, true
                        from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
                          as sent (id, external_id, survey_id, version_id, contact_id, order_id, language, asked_at, answered_at, created_at)
                        on conflict (workspace_id, external_id) do nothing
                        """, workspaceId, sorted)
                .fetch()
                .rowsUpdated()
                .flatMap(rows ->
                        rows == sorted.size() ? insertAnswers(workspaceId, sorted) : Mono.error(new Met("response")));
    }

    /** Corrected responses: their answers are replaced as a whole, and their segments are looked at again. */
    Mono<Void> update(UUID workspaceId, Collection<ImportedResponse> responses) {
        if (responses.isEmpty()) {
            return Mono.empty();
        }
        return bind("""
                        update response r
                        set survey_id = sent.survey_id, version_id = sent.version_id, contact_id = sent.contact_id, order_id = sent.order_id, language = sent.language,
                            asked_at = sent.asked_at, answered_at = sent.answered_at, started_at = sent.answered_at, confirmed_at = sent.answered_at, segments = null
                        from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
                          as sent (id, external_id, survey_id, version_id, contact_id, order_id, language, asked_at, answered_at, created_at)
                        where r.workspace_id = $1 and r.id = sent.id
                        """, workspaceId, responses)
                .then()
                .then(database.sql("delete from answer where workspace_id = $1 and response_id = any($2)")
                        .bind(0, workspaceId)
                        .bind(
                                1,
                                Columns.array(
                                        responses,
                                        UUID.class,
                                        response -> response.key().id()))
                        .then())
                .then(insertAnswers(workspaceId, responses));
    }

    private DatabaseClient.GenericExecuteSpec bind(
            String sql, UUID workspaceId, Collection<ImportedResponse> responses) {
        return Unnest.into(database.sql(sql).bind(0, workspaceId), 1, responses)
                .column(UUID.class, response -> response.key().id())
                .column(String.class, ImportedResponse::externalId)
                .column(UUID.class, ImportedResponse::surveyId)
                .column(UUID.class, ImportedResponse::versionId)
                .column(UUID.class, ImportedResponse::contactId)
                .column(UUID.class, ImportedResponse::orderId)
                .column(String.class, ImportedResponse::language)
                .column(Instant.class, ImportedResponse::askedAt)
                .column(Instant.class, ImportedResponse::answeredAt)
                .column(Instant.class, ImportedResponse::createdAt)
                .bound();
    }

    private record Row(UUID responseId, Slot slot, StoredAnswer answer, Instant at) {}

    private Mono<Void> insertAnswers(UUID workspaceId, Collection<ImportedResponse> responses) {
        var rows = new ArrayList<Row>();
        responses.forEach(response -> response.answers()
                .forEach(
                        (slot, answer) -> rows.add(new Row(response.key().id(), slot, answer, response.answeredAt()))));
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        return Unnest.into(database.sql("""
                        insert into answer (workspace_id, response_id, question_key, row_key, item, skipped, not_applicable, number, text, choices, day, answered_at)
                        select $1, response_id, question_key, row_key, item, skipped, not_applicable, number, text, case when chosen then choices::text[] end, day, at
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::numeric[], $9::text[], $10::boolean[], $11::text[],
                            $12::date[], $13::timestamptz[])
                          as sent (response_id, question_key, row_key, item, skipped, not_applicable, number, text, chosen, choices, day, at)
                        """).bind(0, workspaceId), 1, rows)
                .column(UUID.class, Row::responseId)
                .column(String.class, row -> row.slot().question())
                .column(String.class, row -> row.slot().row())
                .column(String.class, row -> row.slot().item())
                .column(Boolean.class, row -> row.answer().skipped())
                .column(Boolean.class, row -> row.answer().notApplicable())
                .column(BigDecimal.class, row -> row.answer().number())
                .column(String.class, row -> row.answer().text())
                .column(Boolean.class, row -> row.answer().choices() != null)
                .texts(row -> Objects.requireNonNullElse(row.answer().choices(), List.of()))
                .column(LocalDate.class, row -> row.answer().day())
                .column(Instant.class, Row::at)
                .bound()
                .then();
    }
}
