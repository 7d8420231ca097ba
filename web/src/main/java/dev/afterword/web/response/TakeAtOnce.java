package dev.afterword.web.response;

import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.SealAnswers;
import dev.afterword.db.response.SurveyVisits;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.Walk;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.Form;
import dev.afterword.web.QuestionViews;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Takes all answers at once, where nothing may be kept before the last button: until then they travel with the form from screen to screen, and no address leads
 * back to them.
 */
@Component
class TakeAtOnce {
    private final AnswerScreens screens;
    private final TakeScreen takeScreen;
    private final GiveAnswers giveAnswers;
    private final SealAnswers sealAnswers;
    private final ThankAtOnce thankAtOnce;
    private final SurveyVisits visits;
    private final Beginnings beginnings;
    private final Clock clock;

    TakeAtOnce(
            AnswerScreens screens,
            TakeScreen takeScreen,
            GiveAnswers giveAnswers,
            SealAnswers sealAnswers,
            ThankAtOnce thankAtOnce,
            SurveyVisits visits,
            Beginnings beginnings,
            Clock clock) {
        this.screens = screens;
        this.takeScreen = takeScreen;
        this.giveAnswers = giveAnswers;
        this.sealAnswers = sealAnswers;
        this.thankAtOnce = thankAtOnce;
        this.visits = visits;
        this.beginnings = beginnings;
        this.clock = clock;
    }

    Mono<Rendering> take(Visit opened, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        var sent = takeScreen.read(opened, form);
        var visit = opened.carrying(carried(opened, sent, form), clock.instant());
        var way = Way.of(visit.sheet(), sent.answers());
        var go = String.valueOf(form.getFirst(TakeScreen.GO));
        var aside = go.equals(TakeScreen.BACK) || go.startsWith(TakeScreen.IN_LANGUAGE);
        var problems = aside ? new LinkedHashMap<>(sent.problems()) : TakeScreen.problems(way, sent);
        if (!problems.isEmpty()) {
            problems.put("", new Form.Wrong("fields", List.of()));
            return Mono.just(screens.again(visit, sent, problems, HttpStatus.UNPROCESSABLE_CONTENT, exchange));
        }
        var at = sent.shown().isEmpty() ? -1 : way.at(sent.shown().getFirst());
        if (aside) {
            var there =
                    go.equals(TakeScreen.BACK) ? visit : visit.speaking(go.substring(TakeScreen.IN_LANGUAGE.length()));
            var back = go.equals(TakeScreen.BACK) ? Math.max(0, at - 1) : at;
            return Mono.just(screen(there, way, way.oneByOne() ? back : -1, Map.of(), exchange));
        }
        return onward(visit, way, sent, at, exchange);
    }

    private Mono<Rendering> onward(Visit visit, Way way, SentForm sent, int at, ServerWebExchange exchange) {
        if (way.oneByOne()) {
            if (at < 0 || !way.name(at + 1).isEmpty()) {
                return Mono.just(screen(visit, way, at + 1, Map.of(), exchange));
            }
            var missing = way.walk().missing();
            if (!missing.isEmpty()) {
                var slot = missing.getFirst();
                return Mono.just(screen(
                        visit,
                        way,
                        way.at(slot.row("").toString()),
                        Map.of(slot.toString(), SentForm.wrong("required"), "", new Form.Wrong("required", List.of())),
                        exchange));
            }
        } else {
            var unseen = way.unseen(sent.shown());
            if (unseen.isPresent()) {
                return Mono.just(screen(
                        visit,
                        way,
                        way.at(QuestionViews.name(unseen.get())),
                        Map.of("", new Form.Wrong("more", List.of())),
                        exchange));
            }
        }
        if (!way.isAnswered()) {
            return Mono.just(screens.again(
                    visit,
                    sent,
                    Map.of("", new Form.Wrong("empty", List.of())),
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    exchange));
        }
        return keep(visit, way, exchange).thenReturn(AnswerScreens.redirect(visit.thanks()));
    }

    private Mono<Void> keep(Visit visit, Way way, ServerWebExchange exchange) {
        var sheet = visit.sheet();
        var begins = visit.beginning() != null;
        var answers = AnswerFields.of(way.walk().answers()).raw();
        var counted = begins ? beginnings.count(exchange) : Mono.<Void>empty();
        if (begins && sheet.settings().anonymous()) {
            return counted.then(Mono.defer(() -> sealAnswers.seal(sheet, answers, clock.instant())));
        }
        var stored = begins ? Mono.defer(() -> visits.begin(sheet)) : Mono.just(sheet);
        return counted.then(stored)
                .flatMap(at -> giveAnswers
                        .give(new GivenAnswers(
                                at.invitation().key(), answers, true, true, clock.instant(), visit.language()))
                        .then(Mono.defer(() -> thankAtOnce.thank(at))));
    }

    /** What was answered on other screens. */
    private static Map<Slot, Answer> carried(Visit visit, SentForm sent, MultiValueMap<String, String> form) {
        var names = form.keySet().stream()
                .filter(name -> !name.startsWith("_"))
                .map(name -> Slot.parse(name).row("").toString())
                .distinct()
                .filter(name -> !sent.shown().contains(name))
                .toList();
        return SentForm.of(visit.sheet().version().definition(), names, form).answers();
    }

    private Rendering screen(Visit visit, Way way, int at, Map<String, Form.Wrong> said, ServerWebExchange exchange) {
        var answers = new HashMap<>(way.answers());
        answers.values().removeIf(answer -> !Walk.isAnswered(answer));
        var there = visit.carrying(way.answers(), clock.instant());
        return screens.form(there, way, at, AnswerFields.of(answers), said, HttpStatus.OK, exchange);
    }
}
