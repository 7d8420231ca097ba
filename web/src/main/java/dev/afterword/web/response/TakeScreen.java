package dev.afterword.web.response;

import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.Walk;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.Form;
import dev.afterword.web.QuestionViews;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/** Keeps the answers of one screen and says what comes next. */
@Component
class TakeScreen {
    /** The field of the button that was pressed; no question can have this key. */
    static final String GO = "_go";

    static final String BACK = "back";
    static final String IN_LANGUAGE = "in ";

    private final GiveAnswers giveAnswers;
    private final ThankAtOnce thankAtOnce;
    private final Clock clock;

    TakeScreen(GiveAnswers giveAnswers, ThankAtOnce thankAtOnce, Clock clock) {
        this.giveAnswers = giveAnswers;
        this.thankAtOnce = thankAtOnce;
        this.clock = clock;
    }

    /** What becomes of a screen. */
    sealed interface Outcome {
        /** The answers are kept; the page that comes next. */
        record GoOn(String address) implements Outcome {}

        /** Something is wrong, and the screen is shown again. */
        record Again(SentForm sent, Map<String, Form.Wrong> problems, HttpStatus status) implements Outcome {}
    }

    Mono<Outcome> take(Visit visit, MultiValueMap<String, String> form) {
        var sent = read(visit, form);
        var way = Way.of(visit.sheet(), sent.answers());
        var go = String.valueOf(form.getFirst(GO));
        if (go.equals(BACK) || go.startsWith(IN_LANGUAGE)) {
            return aside(visit, way, sent, go);
        }
        var problems = problems(way, sent);
        if (!problems.isEmpty()) {
            problems.put("", new Form.Wrong("fields", List.of()));
            return Mono.just(new Outcome.Again(sent, problems, HttpStatus.UNPROCESSABLE_CONTENT));
        }
        return onward(visit.after(sent.shown()), way, sent);
    }

    /** Whether anything of a screen would be kept. */
    boolean keeps(Visit visit, MultiValueMap<String, String> form) {
        var sent = read(visit, form);
        if (String.valueOf(form.getFirst(GO)).startsWith(IN_LANGUAGE)) {
            return sent.answers().values().stream().anyMatch(Walk::isAnswered);
        }
        return problems(Way.of(visit.sheet(), sent.answers()), sent).isEmpty();
    }

    /** Everything that is wrong at once. */
    static Map<String, Form.Wrong> problems(Way way, SentForm sent) {
        var problems = new LinkedHashMap<>(sent.problems());
        for (var slot : way.walk().missing()) {
            if (sent.shown().contains(slot.row("").toString())) {
                problems.putIfAbsent(slot.toString(), SentForm.wrong("required"));
            }
        }
        return problems;
    }

    private Mono<Outcome> onward(Visit visit, Way way, SentForm sent) {
        if (way.oneByOne()) {
            var at = sent.shown().isEmpty() ? -1 : way.at(sent.shown().getFirst());
            var next = way.name(at + 1);
            if (at < 0 || !next.isEmpty()) {
                return give(visit, way, sent.answers(), false)
                        .thenReturn(new Outcome.GoOn(visit.address(at < 0 ? "" : next)));
            }
            var missing = way.walk().missing();
            if (!missing.isEmpty()) {
                var there = missing.getFirst().row("").toString();
                return give(visit, way, sent.answers(), false)
                        .thenReturn(new Outcome.GoOn(visit.address(there, Visit.MISSING)));
            }
        } else {
            var unseen = way.unseen(sent.shown());
            if (unseen.isPresent()) {
                return give(visit, way, sent.answers(), false)
                        .thenReturn(new Outcome.GoOn(visit.address(QuestionViews.name(unseen.get()), Visit.MORE)));
            }
        }
        if (!way.isAnswered()) {
            return Mono.just(new Outcome.Again(
                    sent, Map.of("", new Form.Wrong("empty", List.of())), HttpStatus.UNPROCESSABLE_CONTENT));
        }
        return give(visit, way, sent.answers(), true)
                .then(thankAtOnce.thank(visit.sheet()))
                .thenReturn(new Outcome.GoOn(visit.thanks()));
    }

    /** Back, or on in another language: what can be kept is kept, and nothing that was left empty is called skipped. */
    private Mono<Outcome> aside(Visit visit, Way way, SentForm sent, String go) {
        if (!sent.problems().isEmpty()) {
            var problems = new LinkedHashMap<>(sent.problems());
            problems.put("", new Form.Wrong("fields", List.of()));
            return Mono.just(new Outcome.Again(sent, problems, HttpStatus.UNPROCESSABLE_CONTENT));
        }
        var before = visit.sheet().answers();
        var said = new HashMap<>(sent.answers());
        said.entrySet().removeIf(one -> !Walk.isAnswered(one.getValue()) && !before.containsKey(one.getKey()));
        var here = sent.shown().isEmpty() || !way.oneByOne() ? "" : sent.shown().getFirst();
        var after = visit.after(sent.shown());
        var address = go.equals(BACK)
                ? after.address(way.name(Math.max(0, way.at(here) - 1)))
                : after.in(go.substring(IN_LANGUAGE.length()), here);
        return (said.isEmpty() ? Mono.<Void>empty() : give(after, way, said, false))
                .thenReturn(new Outcome.GoOn(address));
    }

    /** A screen on which all was skipped says that a button was pressed only together with what was answered before. */
    private Mono<Void> give(Visit visit, Way way, Map<Slot, Answer> answers, boolean complete) {
        var silent = answers.values().stream().noneMatch(Walk::isAnswered);
        var given = silent && way.isAnswered() ? way.walk().answers() : answers;
        if (given.isEmpty()) {
            return Mono.empty();
        }
        return give(visit, given, complete, way.isAnswered());
    }

    private Mono<Void> give(Visit visit, Map<Slot, Answer> answers, boolean complete, boolean confirmed) {
        return giveAnswers.give(new GivenAnswers(
                visit.sheet().invitation().key(),
                AnswerFields.of(answers).raw(),
                complete,
                confirmed,
                clock.instant(),
                visit.language()));
    }

    /** Keeps what a script found answered so far; it stays provisional. */
    Mono<Void> keep(Visit visit, MultiValueMap<String, String> form) {
        var names = form.keySet().stream()
                .filter(name -> !name.startsWith("_"))
                .map(name -> Slot.parse(name).row("").toString())
                .distinct()
                .toList();
        var sent = SentForm.of(visit.sheet().version().definition(), names, form);
        return sent.answers().isEmpty() ? Mono.empty() : give(visit, sent.answers(), false, false);
    }

    SentForm read(Visit visit, MultiValueMap<String, String> form) {
        var shown = form.getFirst(SentForm.SHOWN);
        return SentForm.of(
                visit.sheet().version().definition(),
                shown == null
                        ? visit.way().screen(0).stream()
                                .map(QuestionViews::name)
                                .toList()
                        : Arrays.stream(shown.split(" ", -1))
                                .filter(name -> !name.isBlank())
                                .distinct()
                                .toList(),
                form);
    }
}
