package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.response.AnswerStatements.Checked;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Walk;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes answers to anonymous surveys: all at once, sealed, with nothing that tells who gave them or when. Whoever was invited is marked in the same transaction
 * as having answered, and nothing joins that to the response that is written later.
 */
@Component
public class SealAnswers {
    private final SealedAnswers sealed;
    private final SettingsOfSurveys settings;
    private final AnswerStatements statements;
    private final Places places;
    private final DatabaseClient database;
    private final Transactions transactions;

    SealAnswers(
            SealedAnswers sealed,
            SettingsOfSurveys settings,
            AnswerStatements statements,
            Places places,
            DatabaseClient database,
            Transactions transactions) {
        this.sealed = sealed;
        this.settings = settings;
        this.statements = statements;
        this.places = places;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Answers of whoever opened a link of the survey. Otherwise {@code survey.full}, {@code survey.not-open}, {@code invitation.closed}, or what is wrong with them.
     *
     * @param sheet of the beginning; its id is the page's, and random
     */
    public Mono<Void> seal(AnswerSheet sheet, Map<String, ? extends @Nullable Object> raw, Instant at) {
        var definition = sheet.version().definition();
        var invitation = sheet.invitation();
        var survey = new Key(invitation.key().workspaceId(), invitation.surveyId());
        return Mono.fromCallable(() -> definition.check(raw).orThrow()).flatMap(answers -> {
            var kept = kept(definition, answers);
            return transactions.run(place(survey, at)
                    .then(sealed.insertOfPage(
                            survey, invitation.key().id(), invitation.versionId(), statements.items(kept))));
        });
    }

    private Mono<Void> place(Key survey, Instant at) {
        return settings.find(survey).flatMap(found -> {
            if (!found.anonymous() || found.over(at)) {
                return Mono.error(new Conflict("invitation.closed"));
            }
            if (found.opensAfter(at)) {
                return Mono.error(new Conflict("survey.not-open"));
            }
            return found.quota() == null ? Mono.empty() : places.oneMore(survey, at.minus(SurveySettings.GRACE));
        });
    }

    /** Answers at a customer's own link, which then has been answered. */
    Mono<Void> seal(Checked checked) {
        var given = checked.given();
        var invitation = given.invitation();
        if (!given.complete() || !given.confirmed()) {
            return Mono.error(new Rejected("answers.anonymous-partial", "complete"));
        }
        return Mono.fromCallable(() -> kept(checked.definition(), checked.answers()))
                .flatMap(kept -> transactions.run(places.lock(database, List.of(checked))
                        .then(places.refused(database, List.of(checked)))
                        .flatMap(refused -> {
                            var problem = refused.get(invitation);
                            return problem == null ? mark(invitation, given.at()) : Mono.error(problem);
                        })
                        .flatMap(asked -> sealed.insertOfInvited(
                                new Key(invitation.workspaceId(), asked.surveyId()),
                                asked.versionId(),
                                statements.items(kept)))));
    }

    private record Asked(UUID surveyId, UUID versionId) {}

    private Mono<Asked> mark(Key invitation, Instant at) {
        return database.sql(
                        "update invitation set answered_at = $3 where workspace_id = $1 and id = $2 and answered_at is null returning survey_id, version_id")
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .bind(2, at)
                .map((Readable row) -> new Asked(
                        Columns.value(row, "survey_id", UUID.class), Columns.value(row, "version_id", UUID.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> new Conflict("survey.answered-already")));
    }

    /** What counts of them, as far as it was shown to somebody of whom nothing is known. */
    private static Map<Slot, Answer> kept(SurveyDefinition definition, Map<Slot, Answer> answers) {
        var walk = Walk.of(definition, Facts.NONE, answers);
        if (!walk.missing().isEmpty()) {
            throw new Rejected("answer.required", "answers." + walk.missing().getFirst());
        }
        if (walk.answers().values().stream().noneMatch(Walk::isAnswered)) {
            throw new Rejected("answers.empty", "answers");
        }
        return walk.answers();
    }
}
