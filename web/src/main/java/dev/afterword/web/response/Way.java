package dev.afterword.web.response;

import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Presentation;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Walk;
import dev.afterword.web.QuestionViews;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One customer's way through a survey, as far as it is known: what is shown, and screen by screen what comes next.
 *
 * @param answers what was answered so far, also what is hidden now
 */
record Way(SurveyDefinition definition, Walk walk, Map<Slot, Answer> answers) {
    /** The way with answers that are not kept yet. */
    static Way of(AnswerSheet sheet, Map<Slot, Answer> more) {
        var answers = new HashMap<>(sheet.answers());
        answers.putAll(more);
        var definition = sheet.version().definition();
        return new Way(definition, Walk.of(definition, sheet.facts(), answers), answers);
    }

    boolean oneByOne() {
        return definition.presentation() == Presentation.ONE_BY_ONE;
    }

    /** Whether what is shown may change with the answers. */
    boolean branches() {
        return definition.variables().size() > 0
                || definition.pages().stream()
                        .anyMatch(page -> page.showIf() != null
                                || page.endIf() != null
                                || page.questions().stream()
                                        .map(question -> question.asking())
                                        .anyMatch(asking -> asking.showIf() != null
                                                || asking.endIf() != null
                                                || Piped.names(asking.text()
                                                                .byLanguage()
                                                                .toString())
                                                        .stream()
                                                        .anyMatch(name -> !name.startsWith("contact.")
                                                                && !name.startsWith("order.")
                                                                && !name.startsWith("line."))));
    }

    /** Where the step of that name stands; -1 where it is not shown. */
    int at(String name) {
        for (int at = 0; at < walk.steps().size(); at++) {
            if (QuestionViews.name(walk.steps().get(at)).equals(name)) {
                return at;
            }
        }
        return -1;
    }

    /** The name of the step at that place; empty beyond the last and before the first. */
    String name(int at) {
        return at < 0 || at >= walk.steps().size()
                ? ""
                : QuestionViews.name(walk.steps().get(at));
    }

    /** What stands on the screen that opens at a step: that one, or all. */
    List<Walk.Step> screen(int at) {
        var steps = walk.steps();
        return oneByOne() && !steps.isEmpty() ? List.of(steps.get(Math.clamp(at, 0, steps.size() - 1))) : steps;
    }

    /** Where somebody goes on who comes back: at the first question without a trace of an answer; without one at the end, or after that at the beginning. */
    int resumed(boolean complete) {
        var last = -1;
        for (int at = 0; at < walk.steps().size(); at++) {
            var step = walk.steps().get(at);
            if (step.slots().stream().anyMatch(slot -> answers.get(slot) != null)) {
                last = at;
            } else if (!(step.question() instanceof Question.Statement)) {
                return last + 1;
            }
        }
        return complete ? 0 : Math.max(0, walk.steps().size() - 1);
    }

    /** The first step that was not on the screen, and follows from what was answered there. */
    Optional<Walk.Step> unseen(List<String> shown) {
        return walk.steps().stream()
                .filter(step -> !shown.contains(QuestionViews.name(step)))
                .findFirst();
    }

    /** The step that lacks an answer and needs one. */
    Optional<Slot> missing(List<String> shown) {
        return walk.missing().stream()
                .filter(slot -> shown.contains(slot.row("").toString()))
                .findFirst();
    }

    /** Whether anything was really said so far. */
    boolean isAnswered() {
        return walk.answers().values().stream().anyMatch(Walk::isAnswered);
    }
}
