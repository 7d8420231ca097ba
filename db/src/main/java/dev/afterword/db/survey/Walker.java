package dev.afterword.db.survey;

import dev.afterword.db.survey.Subject.AnswerTo;
import dev.afterword.db.survey.Subject.ContactAttribute;
import dev.afterword.db.survey.Subject.VariableOf;
import dev.afterword.db.survey.Walk.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes through a survey once, forward, and remembers what it has shown. */
final class Walker {
    private final SurveyDefinition definition;
    private final Facts facts;
    private final Map<Slot, Answer> given;
    private final List<String> items;
    private final List<Step> steps = new ArrayList<>();
    private final Set<Slot> shown = new LinkedHashSet<>();
    private final Map<Slot, Answer> counted = new LinkedHashMap<>();
    private final Set<String> repeated = new LinkedHashSet<>();
    private final Map<String, Integer> variables = new HashMap<>();
    private int score;

    Walker(SurveyDefinition definition, Facts facts, Map<Slot, Answer> given) {
        this.definition = definition;
        this.facts = facts;
        this.given = given;
        this.items = facts.lines().stream().map(Facts.Line::item).toList();
        for (var page : definition.pages()) {
            for (var question : page.questions()) {
                if (page.perOrderLine() || question.asking().perOrderLine()) {
                    repeated.add(question.key());
                }
            }
        }
        for (int at = 0; at < definition.variables().size(); at++) {
            variables.putIfAbsent(definition.variables().get(at).key(), at);
        }
    }

    Walk walk() {
        var ended = pages();
        var hidden = new LinkedHashSet<>(given.keySet());
        hidden.removeAll(shown);
        var missing = steps.stream()
                .filter(step -> step.question().asking().required())
                .flatMap(step -> step.slots().stream())
                .filter(slot -> !Walk.isAnswered(given.get(slot)))
                .toList();
        var values = new LinkedHashMap<String, String>();
        for (int at = 0; at < definition.variables().size(); at++) {
            values.putIfAbsent(
                    definition.variables().get(at).key(), variable(at, "").text());
        }
        return new Walk(List.copyOf(steps), counted, hidden, missing, ended, score, values);
    }

    private boolean pages() {
        for (var page : definition.pages()) {
            for (var item : page.perOrderLine() ? items : List.of("")) {
                if (holds(page.showIf(), item) && page(page, item)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True where the survey ends here. */
    private boolean page(SurveyPage page, String item) {
        for (var question : page.questions()) {
            var asking = question.asking();
            for (var about : asking.perOrderLine() && item.isEmpty() ? items : List.of(item)) {
                if (holds(asking.showIf(), about)) {
                    show(Step.of(page, question, about));
                    if (asking.endIf() != null && holds(asking.endIf(), about)) {
                        return true;
                    }
                }
            }
        }
        return page.endIf() != null && holds(page.endIf(), item);
    }

    private void show(Step step) {
        steps.add(step);
        for (var slot : step.slots()) {
            var answer = given.get(slot);
            if (shown.add(slot) && answer != null) {
                counted.put(slot, answer);
                score += points(step.question(), answer);
            }
        }
    }

    private static int points(Question question, Answer answer) {
        var options = switch (question) {
            case Question.Choosing choosing -> choosing.options();
            case Question.Matrix matrix -> matrix.columns();
            case Question.Scale _,
                    Question.Ranking _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _,
                    Question.Statement _ -> List.<Option>of();
        };
        List<String> chosen = switch (answer) {
            case Answer.Choice choice -> List.of(choice.option());
            case Answer.Choices choices -> choices.options();
            default -> List.of();
        };
        return options.stream()
                .filter(option -> chosen.contains(option.key()))
                .mapToInt(Option::points)
                .sum();
    }

    private boolean holds(@Nullable Condition condition, String item) {
        return holds(condition, item, definition.variables().size());
    }

    private boolean holds(@Nullable Condition condition, String item, int variablesBefore) {
        return switch (condition) {
            case null -> true;
            case Condition.All all -> all.conditions().stream().allMatch(one -> holds(one, item, variablesBefore));
            case Condition.Any any -> any.conditions().stream().anyMatch(one -> holds(one, item, variablesBefore));
            case Condition.Not not -> !holds(not.condition(), item, variablesBefore);
            case Condition.Test test ->
                seen(test.subject(), item, variablesBefore).stream().anyMatch(seen -> seen.holds(test));
        };
    }

    private Condition.Value variable(int at, String item) {
        var variable = definition.variables().get(at);
        for (var one : variable.cases()) {
            if (holds(one.when(), item, at)) {
                return one.value();
            }
        }
        return variable.otherwise();
    }

    /** What a subject looks like from here; several where a repeated question is looked at from outside. */
    private List<Seen> seen(Subject subject, String item, int variablesBefore) {
        return switch (subject) {
            case AnswerTo answer -> slots(answer, item).stream().map(this::seen).toList();
            case ContactAttribute attribute ->
                List.of(Seen.text(
                        facts.contact() == null
                                ? null
                                : facts.contact().attributes().get(attribute.name())));
            case VariableOf variable -> {
                var at = variables.getOrDefault(variable.key(), variablesBefore);
                yield List.of(at < variablesBefore ? Seen.value(variable(at, item)) : Seen.UNKNOWN);
            }
            case Subject.Known known -> List.of(known(known, item));
        };
    }

    private Seen seen(Slot slot) {
        return shown.contains(slot) ? Seen.answer(counted.get(slot)) : Seen.HIDDEN;
    }

    private List<Slot> slots(AnswerTo answer, String item) {
        if (!repeated.contains(answer.question())) {
            return List.of(new Slot(answer.question(), answer.row(), ""));
        }
        return (item.isEmpty() ? items : List.of(item))
                .stream()
                        .map(one -> new Slot(answer.question(), answer.row(), one))
                        .toList();
    }

    private Seen known(Subject.Known known, String item) {
        var contact = facts.contact();
        var order = facts.order();
        return switch (known) {
            case SCORE -> Seen.number(score);
            case STAGE -> Seen.text(contact == null ? null : contact.stage());
            case LANGUAGE -> Seen.language(contact == null ? null : contact.language());
            case DELIVERY -> Seen.text(order == null ? null : order.delivery());
            case PRODUCT -> Seen.several(order == null ? Set.of() : order.products());
            case CATEGORY -> Seen.several(order == null ? Set.of() : order.categories());
            case CHANNEL -> Seen.text(order == null ? null : order.channel());
            case COUNTRY -> Seen.text(order == null ? null : order.country());
            case AMOUNT -> order == null || order.amount() == null ? Seen.UNKNOWN : Seen.number(order.amount());
            case LINE_SKU -> Seen.text(ofLine(item, Facts.Line::sku));
            case LINE_CATEGORY -> Seen.text(ofLine(item, Facts.Line::category));
        };
    }

    private @Nullable String ofLine(String item, Function<Facts.Line, @Nullable String> fact) {
        for (var line : facts.lines()) {
            if (line.item().equals(item)) {
                return fact.apply(line);
            }
        }
        return null;
    }
}
