package dev.afterword.db.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Transactions;
import io.r2dbc.postgresql.codec.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes what is being written of a survey its new version, which is asked from then on, unless something is wrong with it. */
@Component
public class PublishSurvey {
    private final SurveyDrafts drafts;
    private final Surveys surveys;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    PublishSurvey(
            SurveyDrafts drafts, Surveys surveys, DatabaseClient database, Transactions transactions, Clock clock) {
        this.drafts = drafts;
        this.surveys = surveys;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What became of it. */
    public sealed interface Publication {}

    /**
     * It is asked from now on.
     *
     * @param added false where nothing had changed since the version before, which stands
     */
    public record Published(SurveyVersion version, boolean added) implements Publication {}

    /** It cannot be asked; nothing was published. */
    public record Refused(List<DefinitionProblem> problems) implements Publication {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Otherwise {@code survey.unknown} or {@code survey.changed-meanwhile}.
     *
     * @param seen the version of the draft that is meant; null for whatever stands there
     */
    public Mono<Publication> publish(Key survey, @Nullable Integer seen) {
        return transactions.run(drafts.lock(survey).flatMap(draft -> {
            if (seen != null && seen != draft.version()) {
                return Mono.error(new Conflict("survey.changed-meanwhile"));
            }
            var problems = DefinitionCheck.of(draft.definition());
            return problems.isEmpty() ? publish(draft) : Mono.just(new Refused(problems));
        }));
    }

    private Mono<Publication> publish(SurveyDraft draft) {
        return latest(draft.survey().key())
                .flatMap(latest -> latest.filter(version -> version.definition().equals(draft.definition()))
                        .map(same ->
                                drafts.clear(draft.survey().key()).<Publication>thenReturn(new Published(same, false)))
                        .orElseGet(() ->
                                insert(draft, latest.map(SurveyVersion::number).orElse(0) + 1)));
    }

    private Mono<Optional<SurveyVersion>> latest(Key survey) {
        return surveys.latestOf(survey)
                .singleOptional()
                .onErrorResume(NotFound.class, none -> Mono.just(Optional.empty()));
    }

    private Mono<Publication> insert(SurveyDraft draft, int number) {
        var survey = draft.survey();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var version = new SurveyVersion(
                Key.next(survey.key().workspaceId()),
                survey.key().id(),
                survey.surveyKey(),
                number,
                draft.definition(),
                now);
        return database.sql(
                        "insert into survey_version (workspace_id, id, survey_id, number, definition, published_at) values ($1, $2, $3, $4, $5, $6)")
                .bind(0, version.key().workspaceId())
                .bind(1, version.key().id())
                .bind(2, version.surveyId())
                .bind(3, number)
                .bind(4, Json.of(DefinitionWriter.write(draft.definition())))
                .bind(5, now)
                .then()
                .then(drafts.clear(survey.key()))
                .thenReturn(new Published(version, true));
    }
}
