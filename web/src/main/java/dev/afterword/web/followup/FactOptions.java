package dev.afterword.web.followup;

import dev.afterword.db.followup.journey.FactKind;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.survey.Operator;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the conditions of one follow-up can look at: its trigger, its steps and the workspace's surveys say what there is. */
final class FactOptions {
    private static final List<Operator> NUMBERS =
            List.of(Operator.AT_LEAST, Operator.AT_MOST, Operator.IS, Operator.IS_NOT);
    private static final List<Operator> WORDS = List.of(Operator.IS, Operator.IS_NOT, Operator.CONTAINS);
    private static final List<Operator> SEVERAL =
            List.of(Operator.INCLUDES, Operator.INCLUDES_NONE, Operator.IS, Operator.CONTAINS);
    private static final List<String> STAGES = List.of("prospect", "customer", "client", "supporter", "advocate");
    private static final List<String> STATUSES =
            List.of("placed", "paid", "shipped", "delivered", "cancelled", "refunded");

    private final JourneyWords words;
    private final String language;
    private final List<FactOption> all = new ArrayList<>();

    private FactOptions(JourneyWords words, String language) {
        this.words = words;
        this.language = language;
    }

    /** @param inside for those who are inside already: of a branch and of the exit, what became of the steps too */
    static FactOptions of(FollowUpDefinition definition, Surroundings around, JourneyWords words, boolean inside) {
        var options = new FactOptions(words, around.workspace().language());
        for (var kind : FactKind.values()) {
            options.add(kind, definition, around, inside);
        }
        return options;
    }

    List<FactOption> all() {
        return List.copyOf(all);
    }

    @Nullable
    FactOption find(String fact) {
        return all.stream().filter(option -> option.isNamed(fact)).findFirst().orElse(null);
    }

    private void add(FactKind kind, FollowUpDefinition definition, Surroundings around, boolean inside) {
        switch (kind) {
            case STAGE -> plain(kind, WORDS, values(STAGES));
            case LANGUAGE, COUNTRY, ATTRIBUTE -> plain(kind, WORDS, Map.of());
            case ORDERS, SPENT, DAYS_SINCE_ORDER, DAYS_SINCE_WRITTEN -> plain(kind, NUMBERS, Map.of());
            case OWNED_PRODUCTS, OWNED_CATEGORIES -> plain(kind, SEVERAL, Map.of());
            case DAYS_SINCE_FOLLOW_UP ->
                around.followUps().forEach(one -> named(kind, one.followUpKey(), one.name(), NUMBERS, Map.of()));
            case LATEST_SCORE ->
                questions(around.surveys()).values().stream()
                        .filter(Question.Scale.class::isInstance)
                        .forEach(question -> named(kind, question.key(), text(question), NUMBERS, Map.of()));
            case ORDER_STATUS -> ofOrder(definition, () -> plain(kind, WORDS, values(STATUSES)));
            case DELIVERY ->
                ofOrder(definition, () -> plain(kind, WORDS, values(List.of("on-time", "late", "undelivered"))));
            case CHANNEL, ORDER_COUNTRY, CARRIER -> ofOrder(definition, () -> plain(kind, WORDS, Map.of()));
            case AMOUNT, POSITION -> ofOrder(definition, () -> plain(kind, NUMBERS, Map.of()));
            case PRODUCTS, CATEGORIES -> ofOrder(definition, () -> plain(kind, SEVERAL, Map.of()));
            case ANSWER ->
                ofOrder(
                        definition,
                        () -> questions(answered(definition, around)).values().forEach(this::answer));
            case BAND -> ofOrder(definition, () -> plain(kind, WORDS, values(List.of("good", "middling", "bad"))));
            case STEP -> {
                if (inside) {
                    definition.allSteps().forEach(this::step);
                }
            }
        }
    }

    /** Only where a journey is about an order. */
    private static void ofOrder(FollowUpDefinition definition, Runnable add) {
        switch (definition.trigger()) {
            case Trigger.OrderReaches _, Trigger.ResponseGiven _, Trigger.NoResponse _ -> add.run();
            default -> {}
        }
    }

    private static List<SurveyVersion> answered(FollowUpDefinition definition, Surroundings around) {
        return definition.trigger() instanceof Trigger.ResponseGiven given
                ? around.surveys().stream()
                        .filter(version -> version.surveyKey().equals(given.survey()))
                        .toList()
                : around.surveys();
    }

    private static Map<String, Question> questions(List<SurveyVersion> surveys) {
        return surveys.stream()
                .flatMap(version -> version.definition().questions().stream())
                .collect(Collectors.toMap(Question::key, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private void answer(Question question) {
        var values = new LinkedHashMap<String, String>();
        if (question instanceof Question.OfOptions choice) {
            choice.options()
                    .forEach(option -> values.put(option.key(), option.text().in(language, language)));
        }
        var operators = switch (question) {
            case Question.Scale _, Question.Figure _ -> NUMBERS;
            case Question.MultipleChoice _, Question.Ranking _ -> SEVERAL;
            case Question.Typed _ -> List.of(Operator.CONTAINS, Operator.IS, Operator.IS_NOT);
            case Question.Date _ -> List.of(Operator.AT_LEAST, Operator.AT_MOST, Operator.IS);
            case Question.SingleChoice _, Question.Matrix _, Question.Consent _ -> WORDS;
            case Question.Statement _ -> List.<Operator>of();
        };
        if (!operators.isEmpty()) {
            named(FactKind.ANSWER, question.key(), text(question), operators, values);
        }
    }

    private void step(Step step) {
        var values = new LinkedHashMap<String, String>();
        if (step instanceof Step.Written) {
            List.of("planned", "sent", "not-sent", "answered").forEach(state -> values.put(state, words.state(state)));
        } else {
            step.ways().forEach(way -> values.put(way.key(), words.way(way)));
        }
        if (!values.isEmpty()) {
            named(FactKind.STEP, step.key(), words.step(step), List.of(Operator.IS, Operator.IS_NOT), values);
        }
    }

    private void plain(FactKind kind, List<Operator> operators, Map<String, String> values) {
        put(kind, "", words.fact(kind, ""), operators, values);
    }

    private void named(FactKind kind, String name, String said, List<Operator> operators, Map<String, String> values) {
        put(kind, name, words.fact(kind, said), operators, values);
    }

    private void put(FactKind kind, String name, String label, List<Operator> operators, Map<String, String> values) {
        var fitting = Stream.concat(
                        operators.stream().filter(kind.operators()::contains),
                        Stream.of(Operator.ANSWERED, Operator.SKIPPED))
                .map(Operator::code)
                .toList();
        all.add(new FactOption(kind.code() + name, label, kind, fitting, values));
    }

    private Map<String, String> values(List<String> codes) {
        var values = new LinkedHashMap<String, String>();
        codes.forEach(code -> values.put(code, words.value(code)));
        return values;
    }

    private String text(Question question) {
        var text = question.text().in(language, language);
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
