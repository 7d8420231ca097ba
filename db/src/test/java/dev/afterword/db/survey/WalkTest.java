package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.survey.Condition.Test;
import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Subject.AnswerTo;
import dev.afterword.db.survey.Subject.Known;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any survey, answered in any order: nobody is trapped, nothing is lost, nothing hidden is shown. */
class WalkTest {
    private static final Facts FACTS = new Facts(
            new Facts.Person("Ana", "client", "pt-BR", Map.of("city", "Porto")),
            new Facts.Purchase("1", "Kettle", "late", Set.of("k", "c"), Set.of("kitchen"), "web", "PT", BigDecimal.TEN),
            List.of(new Facts.Line("1", "Kettle", "k", "kitchen"), new Facts.Line("2", "Cups", "c", "kitchen")));

    /** What somebody does: the place that they answer, by its number among all, and what. */
    record Deed(int place, int answer) {}

    @Property(tries = 500)
    void leadsEverybodyToTheEnd(@ForAll("surveys") SurveyDefinition survey) {
        var answers = new LinkedHashMap<Slot, Answer>();
        var rounds = 0;
        for (var walk = Walk.of(survey, FACTS, answers);
                !walk.missing().isEmpty();
                walk = Walk.of(survey, FACTS, answers)) {
            var slot = walk.missing().getFirst();
            answers.put(slot, answer(survey.question(slot.question()).orElseThrow(), 1));
            assertThat(rounds++).isLessThan(200);
        }
        assertThat(Walk.of(survey, FACTS, answers).missing()).isEmpty();
    }

    @Property(tries = 500)
    void losesNothingAndShowsNothingHidden(
            @ForAll("surveys") SurveyDefinition survey, @ForAll("deeds") List<Deed> deeds) {
        var places = places(survey);
        var answers = new LinkedHashMap<Slot, Answer>();
        for (var deed : deeds) {
            var slot = places.get(deed.place() % places.size());
            var before = Walk.of(survey, FACTS, answers);
            var old = answers.get(slot);
            answers.put(slot, answer(survey.question(slot.question()).orElseThrow(), deed.answer()));
            var after = Walk.of(survey, FACTS, answers);

            var shown = after.steps().stream()
                    .flatMap(step -> step.slots().stream())
                    .toList();
            assertThat(shown).doesNotHaveDuplicates();
            assertThat(after.answers().keySet()).isSubsetOf(shown);
            assertThat(after.hidden()).doesNotContainAnyElementsOf(shown);
            assertThat(after.answers().size() + after.hidden().size()).isEqualTo(answers.size());
            assertThat(shown).containsAll(after.missing());
            for (var step : after.steps()) {
                var condition = step.question().asking().showIf();
                if (condition instanceof Test test && test.subject() instanceof AnswerTo answer) {
                    assertThat(after.answers().keySet())
                            .anyMatch(one -> one.question().equals(answer.question()));
                }
            }
            if (old != null) {
                var back = new LinkedHashMap<>(answers);
                back.put(slot, old);
                assertThat(Walk.of(survey, FACTS, back)).isEqualTo(before);
            }
        }
    }

    @Property(tries = 500)
    void readsWhatItWrites(@ForAll("surveys") SurveyDefinition survey) {
        assertThat(DefinitionReader.read(DefinitionWriter.write(survey))).isEqualTo(survey);
        assertThat(DefinitionCheck.of(survey))
                .extracting(DefinitionProblem::code)
                .isSubsetOf("survey.condition-impossible", "survey.unreachable");
    }

    @Property(tries = 500)
    void callsNothingImpossibleThatHappens(
            @ForAll("surveys") SurveyDefinition survey, @ForAll("deeds") List<Deed> deeds) {
        var impossible =
                DefinitionCheck.of(survey).stream().map(DefinitionProblem::path).toList();
        var places = places(survey);
        var answers = new LinkedHashMap<Slot, Answer>();
        for (var deed : deeds) {
            var slot = places.get(deed.place() % places.size());
            answers.put(slot, answer(survey.question(slot.question()).orElseThrow(), deed.answer()));
        }
        for (var step : Walk.of(survey, FACTS, answers).steps()) {
            var page = survey.pages().indexOf(step.page());
            var path = "pages[%d].questions[%d]"
                    .formatted(page, step.page().questions().indexOf(step.question()));
            assertThat(impossible).doesNotContain(path, path + ".showIf", "pages[" + page + "]");
        }
    }

    private static List<Slot> places(SurveyDefinition survey) {
        var places = new ArrayList<Slot>();
        for (var page : survey.pages()) {
            for (var question : page.questions()) {
                var items = survey.isRepeated(question) ? List.of("1", "2") : List.of("");
                items.forEach(
                        item -> places.addAll(Walk.Step.of(page, question, item).slots()));
            }
        }
        return places;
    }

    private static Answer answer(Question question, int number) {
        return switch (question) {
            case Question.Scale scale -> new Answer.Score(scale.from() + number % (scale.to() - scale.from() + 1));
            case Question.SingleChoice _, Question.Matrix _ -> new Answer.Choice(number % 2 == 0 ? "a" : "b", null);
            case Question.MultipleChoice _ ->
                new Answer.Choices(number % 2 == 0 ? List.of("a") : List.of("a", "b"), null);
            case Question.Ranking _ -> new Answer.Ranked(List.of("b", "a"));
            case Question.Typed _ -> new Answer.Words("w" + number);
            case Question.Figure _ -> new Answer.Amount(BigDecimal.valueOf(number));
            case Question.Date _ ->
                new Answer.Day(java.time.LocalDate.of(2026, 1, 1).plusDays(number));
            case Question.Consent _ -> new Answer.Agreed(number % 2 == 0);
            case Question.Statement _ -> new Answer.Skipped();
        };
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, 12))
                .as(Deed::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(15);
    }

    private record Draft(int type, boolean required, boolean repeated, int about, int kind, int value, int end) {}

    @Provide
    Arbitrary<SurveyDefinition> surveys() {
        var number = Arbitraries.integers().between(0, 40);
        var draft = Combinators.combine(
                        number,
                        Arbitraries.of(true, false),
                        Arbitraries.of(false, false, false, true),
                        number,
                        number,
                        Arbitraries.integers().between(0, 10),
                        number)
                .as(Draft::new);
        return draft.list().ofMinSize(2).ofMaxSize(9).map(WalkTest::survey);
    }

    private static SurveyDefinition survey(List<Draft> drafts) {
        var pages = new ArrayList<SurveyPage>();
        var questions = new ArrayList<Question>();
        var all = new ArrayList<Question>();
        for (int at = 0; at < drafts.size(); at++) {
            var draft = drafts.get(at);
            var question = question(draft, at, all, null);
            var end = draft.end() < 4 ? condition(draft, List.of(question)) : null;
            question = question(draft, at, all, end);
            all.add(question);
            questions.add(question);
            if (at % 3 == 2 || at == drafts.size() - 1) {
                pages.add(SurveyPage.of("p" + at, questions));
                questions.clear();
            }
        }
        return new SurveyDefinition(
                texts("T"),
                null,
                null,
                Presentation.ONE_BY_ONE,
                true,
                Theme.OF_WORKSPACE,
                List.of("en"),
                pages,
                List.of());
    }

    private static Question question(Draft draft, int at, List<Question> earlier, Condition end) {
        var show = earlier.isEmpty() || draft.kind() % 3 == 0 ? null : condition(draft, earlier);
        var asking = new Asking("q" + at, texts("Q"), null, draft.required(), false, show, draft.repeated(), end);
        var options = List.of(Option.of("a", texts("A")), Option.of("b", texts("B")));
        return switch (draft.type() % 6) {
            case 0 -> new Question.Nps(asking, Texts.NONE, Texts.NONE);
            case 1 -> new Question.SingleChoice(asking, options, null, false);
            case 2 -> new Question.MultipleChoice(asking, options, null, false, 0, null);
            case 3 -> new Question.Matrix(asking, options, options, false);
            case 4 -> new Question.LongText(asking);
            default -> new Question.Figure(asking, null, null, 0, null);
        };
    }

    private static Condition condition(Draft draft, List<Question> earlier) {
        var about = earlier.get(draft.about() % earlier.size());
        var subject = new AnswerTo(about.key(), about instanceof Question.Matrix ? "a" : "");
        Condition test = switch (about) {
            case Question.Nps _, Question.Figure _ ->
                new Test(subject, draft.kind() % 2 == 0 ? Operator.AT_MOST : Operator.IS, Value.of(draft.value()));
            case Question.OfOptions _, Question.Matrix _ ->
                new Test(
                        subject,
                        draft.kind() % 2 == 0 ? Operator.IS : Operator.INCLUDES,
                        Value.of(draft.value() % 2 == 0 ? "a" : "b"));
            default -> new Test(subject, Operator.ANSWERED, null);
        };
        return switch (draft.kind() % 5) {
            case 0 -> new Condition.Not(test);
            case 1 -> new Condition.Any(List.of(test, new Test(Known.DELIVERY, Operator.IS, Value.of("late"))));
            case 2 -> new Condition.All(List.of(test, new Test(Known.AMOUNT, Operator.AT_LEAST, Value.of(5))));
            default -> test;
        };
    }

    private static Texts texts(String text) {
        return new Texts(Map.of("en", text));
    }
}
