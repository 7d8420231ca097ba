package dev.afterword.db.response.mark;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import dev.afterword.db.response.Mark;
import dev.afterword.db.response.Marked;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads what marks depend on, and writes marks; many responses at a time. */
@Repository
class AnsweredResponses {
    private final DatabaseClient database;
    private final Surveys surveys;
    private final JsonMapper json;

    AnsweredResponses(DatabaseClient database, Surveys surveys, JsonMapper json) {
        this.database = database;
        this.surveys = surveys;
        this.json = json;
    }

    private record Row(
            Key key,
            Key version,
            @Nullable UUID contactId,
            String language,
            Instant answeredAt,
            boolean complete,
            boolean imported,
            @Nullable Slot slot,
            StoredAnswer answer) {}

    /** Those of these that somebody confirmed. */
    Mono<List<Answered>> of(UUID workspaceId, Collection<UUID> ids) {
        return database.sql("""
                        select r.id, r.version_id, r.contact_id, coalesce(r.language, '') as language, r.answered_at, r.complete, r.imported,
                            a.question_key, a.row_key, a.item, coalesce(a.skipped, true) as skipped, coalesce(a.not_applicable, false) as not_applicable,
                            a.number, a.text, a.choices, a.day
                        from response r left join answer a on a.workspace_id = $1 and a.response_id = r.id and not a.hidden
                        where r.workspace_id = $1 and r.id = any($2) and r.confirmed_at is not null
                        """)
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .map((Readable row) -> row(workspaceId, row))
                .all()
                .collectList()
                .flatMap(rows -> versions(rows).map(versions -> together(rows, versions)));
    }

    private static Row row(UUID workspaceId, Readable row) {
        var question = row.get("question_key", String.class);
        var choices = row.get("choices", String[].class);
        return new Row(
                new Key(workspaceId, value(row, "id", UUID.class)),
                new Key(workspaceId, value(row, "version_id", UUID.class)),
                row.get("contact_id", UUID.class),
                value(row, "language", String.class),
                value(row, "answered_at", Instant.class),
                value(row, "complete", Boolean.class),
                value(row, "imported", Boolean.class),
                question == null
                        ? null
                        : new Slot(question, value(row, "row_key", String.class), value(row, "item", String.class)),
                new StoredAnswer(
                        value(row, "skipped", Boolean.class),
                        value(row, "not_applicable", Boolean.class),
                        row.get("number", BigDecimal.class),
                        row.get("text", String.class),
                        choices == null ? null : List.of(choices),
                        row.get("day", LocalDate.class)));
    }

    private Mono<Map<Key, SurveyVersion>> versions(List<Row> rows) {
        return Flux.fromStream(() -> rows.stream().map(Row::version).distinct())
                .concatMap(surveys::version)
                .collectMap(SurveyVersion::key);
    }

    private static List<Answered> together(List<Row> rows, Map<Key, SurveyVersion> versions) {
        var all = new LinkedHashMap<Key, Answered>();
        for (var row : rows) {
            var version = versions.get(row.version());
            if (version == null) {
                continue;
            }
            var answered = all.computeIfAbsent(
                    row.key(),
                    key -> new Answered(
                            key,
                            version.definition(),
                            row.contactId(),
                            row.language(),
                            row.answeredAt(),
                            row.complete(),
                            row.imported(),
                            new HashMap<Slot, Answer>()));
            var slot = row.slot();
            if (slot != null) {
                version.definition()
                        .question(slot.question())
                        .ifPresent(question ->
                                answered.answers().put(slot, row.answer().to(question)));
            }
        }
        return List.copyOf(all.values());
    }

    /** Replaces these kinds of marks on responses and leaves the others; a row that stays the same is not written. */
    Mono<Void> write(UUID workspaceId, Set<Mark> kinds, Map<UUID, List<Marked>> marks) {
        if (marks.isEmpty()) {
            return Mono.empty();
        }
        return Unnest.into(
                        database.sql("""
                        update response r set marks = x.marks
                        from (
                            select q.id, nullif((coalesce(q.marks, '{}') - $2::text[]) || n.marks::jsonb, '{}') as marks
                            from unnest($3::uuid[], $4::text[]) as n (id, marks)
                            join response q on q.workspace_id = $1 and q.id = n.id
                        ) x
                        where r.workspace_id = $1 and r.id = x.id and r.marks is distinct from x.marks
                        """).bind(0, workspaceId).bind(1, Columns.array(kinds, String.class, Mark::code)),
                        2,
                        List.copyOf(marks.entrySet()))
                .column(UUID.class, Map.Entry::getKey)
                .column(String.class, one -> json.writeValueAsString(stored(one.getValue())))
                .bound()
                .then();
    }

    private static Map<String, Object> stored(List<Marked> marks) {
        return marks.stream()
                .collect(Collectors.toMap(
                        marked -> marked.mark().code(),
                        marked -> Map.of("rule", marked.rule(), "why", marked.why()),
                        (first, second) -> first));
    }
}
