package dev.afterword.db.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Problem;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveySettings;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Readable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The two statements of a batch of answers, on connections of their own: what was asked, and what was answered. */
@Component
class AnswerStatements {
    private static final String WRITE = read("dev/afterword/db/response/write-answers.sql");

    private final DatabaseClient database;
    private final JsonMapper json;

    AnswerStatements(@Qualifier("answerConnections") ConnectionPool connections, JsonMapper json) {
        this.database = DatabaseClient.create(connections);
        this.json = json;
    }

    /** What a batch must know of an invitation. */
    record Asked(Key key, Key version, @Nullable Instant answeredAt, Instant closesAt, SurveySettings settings) {
        /** Why nothing is taken now; null when something is. Who began before a survey closed may finish a little later. */
        @Nullable
        Problem refusal(Instant at) {
            if (settings.opensAfter(at)) {
                return new Conflict("survey.not-open");
            }
            return closesAt.isAfter(at) && !settings.over(at) ? null : new Conflict("invitation.closed");
        }
    }

    /**
     * Answers that were checked, with the id of the event that tells of them.
     *
     * @param hidden which of them are to questions that are not shown
     * @param settings of the survey
     */
    record Checked(
            GivenAnswers given,
            SurveySettings settings,
            SurveyDefinition definition,
            Map<Slot, Answer> answers,
            Set<Slot> hidden,
            UUID eventId) {
        Checked hiding(Set<Slot> others) {
            return new Checked(given, settings, definition, answers, others, eventId);
        }

        /** Whether the survey takes only so many, or one from each. */
        boolean limited() {
            return settings.quota() != null || settings.oneAnswer();
        }

        /** Whether nothing more must be read before it is written. */
        boolean plain() {
            return definition.isPlain() && !limited();
        }
    }

    /** The invitations whose answers were taken, and why others were refused. */
    record Written(Set<Key> taken, Map<Key, Problem> refused) {}

    /** One row of the table; what is null or false is left out. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private record Item(
            String key,
            String row_key,
            String item,
            @JsonInclude(JsonInclude.Include.ALWAYS) boolean skipped,
            boolean not_applicable,
            @Nullable BigDecimal number,
            @Nullable String text,
            @Nullable List<String> choices,
            @Nullable LocalDate day,
            boolean hidden) {
        static Item of(Slot slot, StoredAnswer answer, boolean hidden) {
            return new Item(
                    slot.question(),
                    slot.row(),
                    slot.item(),
                    answer.skipped(),
                    answer.notApplicable(),
                    answer.number(),
                    answer.text(),
                    answer.choices(),
                    answer.day(),
                    hidden);
        }
    }

    Mono<Map<Key, Asked>> asked(Collection<Key> invitations) {
        return database.sql("""
                        select v.workspace_id, v.id, v.version_id, v.answered_at, v.closes_at, %s
                        from unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                        join invitation v on v.workspace_id = i.workspace_id and v.id = i.id
                        join survey s on s.workspace_id = v.workspace_id and s.id = v.survey_id
                        where v.workspace_id = any($3::uuid[]) and s.workspace_id = any($3::uuid[])
                        """.formatted(SettingsOfSurveys.COLUMNS))
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(2, workspaces(invitations))
                .map((Readable row) -> {
                    var workspaceId = Columns.value(row, "workspace_id", UUID.class);
                    return new Asked(
                            new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                            new Key(workspaceId, Columns.value(row, "version_id", UUID.class)),
                            row.get("answered_at", Instant.class),
                            Columns.value(row, "closes_at", Instant.class),
                            SettingsOfSurveys.read(row));
                })
                .all()
                .collectMap(Asked::key);
    }

    /** Writes answers of different invitations in one statement; the keys of those that were taken. */
    Mono<Set<Key>> write(List<Checked> batch) {
        var invitations = batch.stream().map(one -> one.given().invitation()).toList();
        return database.sql(WRITE)
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(2, Columns.array(batch, String.class, this::items))
                .bind(3, Columns.array(batch, Boolean.class, one -> one.given().complete()))
                .bind(4, Columns.array(batch, Boolean.class, one -> one.given().confirmed()))
                .bind(5, Columns.array(batch, UUID.class, Checked::eventId))
                .bind(6, Columns.array(batch, Instant.class, one -> one.given().at()))
                .bind(7, workspaces(invitations))
                .bind(8, Columns.array(batch, String.class, one -> one.given().language()))
                .map((Readable row) ->
                        new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "id", UUID.class)))
                .all()
                .collect(Collectors.toSet());
    }

    private String items(Checked checked) {
        return items(checked.answers(), checked.hidden());
    }

    /** Rows of the table, as JSON. */
    String items(Map<Slot, Answer> answers) {
        return items(answers, Set.of());
    }

    private String items(Map<Slot, Answer> answers, Set<Slot> hidden) {
        return json.writeValueAsString(answers.entrySet().stream()
                .map(entry ->
                        Item.of(entry.getKey(), StoredAnswer.of(entry.getValue()), hidden.contains(entry.getKey())))
                .toList());
    }

    private static Object workspaces(Collection<Key> keys) {
        return Columns.array(
                keys.stream().map(Key::workspaceId).collect(Collectors.toSet()), UUID.class, workspace -> workspace);
    }

    private static String read(String resource) {
        try {
            return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
