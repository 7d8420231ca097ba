package dev.afterword.db.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.survey.SurveyLink.Kind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides when a survey takes answers, how many and from whom, and makes the links that are switched on. */
@Component
public class ChangeSurveySettings {
    private final SettingsOfSurveys all;
    private final Transactions transactions;
    private final Clock clock;

    ChangeSurveySettings(SettingsOfSurveys all, Transactions transactions, Clock clock) {
        this.all = all;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Otherwise {@code survey.unknown}, or {@code survey.anonymous-fixed}: whether a survey is anonymous is a promise to those who were asked. */
    public Mono<SurveySettings> change(Key survey, SurveySettings settings) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.run(all.lock(survey)
                .flatMap(before -> before.anonymous() == settings.anonymous() ? Mono.just(false) : all.begun(survey))
                .flatMap(begun -> begun
                        ? Mono.error(new Conflict("survey.anonymous-fixed"))
                        : all.update(survey, settings)
                                .then(all.addLinks(survey, settings.sharing().on(), now))
                                .thenReturn(settings)));
    }

    /** Another link in the place of that one, which leads nowhere from then on. */
    public Mono<Void> renew(Key survey, Kind kind) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.run(
                all.lock(survey).then(all.revoke(survey, kind, now)).then(all.addLinks(survey, Set.of(kind), now)));
    }
}
