package dev.afterword.db.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.text.Normalizer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes a survey from a definition, as a draft that is not asked before it is published. */
@Component
public class CreateSurvey {
    static final int NAME_LENGTH = 200;
    private static final int KEY_LENGTH = 50;
    private static final int TRIES = 200;

    private final SurveyDrafts drafts;
    private final Clock clock;

    CreateSurvey(SurveyDrafts drafts, Clock clock) {
        this.drafts = drafts;
        this.clock = clock;
    }

    /**
     * The new survey. Otherwise {@code survey.key-taken}, {@code survey.key-unreadable} or {@code survey.name-length}.
     *
     * @param surveyKey null to make one from the name
     * @param by the staff who makes it; null for a program
     */
    public Mono<SurveyDraft> create(
            UUID workspaceId, @Nullable String surveyKey, String name, SurveyDefinition definition, @Nullable UUID by) {
        if (surveyKey != null && !Asking.KEY.matcher(surveyKey).matches()) {
            return Mono.error(new Rejected("survey.key-unreadable", "key", DefinitionReader.shown(surveyKey)));
        }
        var words = checkedName(name);
        var keys = surveyKey == null ? keys(words) : Flux.just(surveyKey);
        return keys.concatMap(key -> insert(workspaceId, key, words, definition, by), 1)
                .next()
                .switchIfEmpty(
                        Mono.error(() -> new Conflict("survey.key-taken", surveyKey == null ? words : surveyKey)));
    }

    private Mono<SurveyDraft> insert(
            UUID workspaceId, String surveyKey, String name, SurveyDefinition definition, @Nullable UUID by) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var survey = new Survey(Key.next(workspaceId), surveyKey, name, now, null);
        var draft = new SurveyDraft(survey, 1, definition, true, now, by);
        return drafts.insert(draft).filter(inserted -> inserted).map(inserted -> draft);
    }

    static String checkedName(String name) {
        var words = name.strip();
        if (words.isEmpty() || words.length() > NAME_LENGTH || words.indexOf('\0') >= 0) {
            throw new Rejected("survey.name-length", "name", NAME_LENGTH);
        }
        return words;
    }

    /** From “Nach der Lieferung!” nach-der-lieferung, then nach-der-lieferung-2 and so on. */
    private static Flux<String> keys(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        var cut = plain.length() <= KEY_LENGTH
                ? plain
                : plain.substring(0, KEY_LENGTH).replaceAll("-+$", "");
        var key = cut.isEmpty() ? "survey" : cut;
        return Flux.range(1, TRIES).map(number -> number == 1 ? key : key + "-" + number);
    }
}
