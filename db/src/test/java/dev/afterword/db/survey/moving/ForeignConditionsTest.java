package dev.afterword.db.survey.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignConditionsTest {
    @Test
    void readsBothLayoutsOfLimeSurveyAlike() {
        assertThat(Files.read("delivery-older.lss")).isEqualTo(Files.read("delivery-newer.lss"));
    }

    @Test
    void keepsQuestionsOptionsAndOrderOfLimeSurvey() {
        var read = Files.read("delivery-newer.lss");
        var definition = read.definition();

        assertThat(definition.languages()).containsExactly("en", "de");
        assertThat(definition.pages())
                .extracting(page -> page.questions().stream().map(Question::key).toList())
                .containsExactly(
                        List.of("about-1", "bought", "satisfied", "used"),
                        List.of(
                                "parts",
                                "why",
                                "again",
                                "order",
                                "age",
                                "day",
                                "spent-kettle",
                                "spent-cups",
                                "bye",
                                "mail"));
        assertThat(question(definition, "bought")).isInstanceOfSatisfying(Question.SingleChoice.class, choice -> {
            assertThat(choice.options())
                    .extracting(option -> option.text().in("de", "en"))
                    .containsExactly("Kessel & Deckel", "Tassen");
            assertThat(choice.asking().required()).isTrue();
            assertThat(choice.other()).isNotNull();
        });
        assertThat(question(definition, "used")).isInstanceOfSatisfying(Question.MultipleChoice.class, choice -> {
            assertThat(choice.options().getLast().exclusive()).isTrue();
            assertThat(choice.most()).isEqualTo(2);
        });
        assertThat(Files.found(read))
                .containsExactly(
                        "rating-as-stars satisfied",
                        "soft-required why",
                        "split spent",
                        "type-left photo",
                        "condition-left mail",
                        "mails-left surveyls_email_invite",
                        "pages-one-by-one ");
    }

    @Test
    void showsWhatLimeSurveyShows() {
        var definition = Files.read("delivery-newer.lss").definition();
        var given = new HashMap<Slot, Answer>();

        assertThat(shown(definition, given)).containsExactly("about-1", "bought");
        given.put(Slot.of("bought"), new Answer.Choice("A1", null));
        assertThat(shown(definition, given))
                .contains("satisfied", "again")
                .doesNotContain("used", "parts", "order", "day");
        given.put(Slot.of("satisfied"), new Answer.Score(3));
        given.put(Slot.of("used"), new Answer.Choices(List.of("lid"), null));
        given.put(Slot.parse("parts.handle"), new Answer.Choice("bad", null));
        given.put(Slot.of("again"), new Answer.Choice("Y", null));
        assertThat(shown(definition, given)).contains("used", "parts", "why", "order");
        given.put(Slot.of("satisfied"), new Answer.Score(4));
        assertThat(shown(definition, given)).doesNotContain("used", "parts", "why");
    }

    @Test
    void joinsTheOlderConditionsOfLimeSurveyAsItDoes() {
        var definition = Files.read("conditions.lss").definition();

        var liked = Map.<Slot, Answer>of(
                Slot.of("bought"),
                new Answer.Choice("b", null),
                Slot.of("liked"),
                new Answer.Choices(List.of("1"), null));
        assertThat(shown(definition, liked)).contains("why");
        assertThat(shown(definition, Map.of(Slot.of("bought"), new Answer.Choice("b", null))))
                .doesNotContain("why");
        assertThat(shown(definition, Map.of(Slot.of("bought"), new Answer.Choice("c", null))))
                .contains("why");
    }

    @Test
    void showsWhatSurveyJsShows() {
        var definition = Files.read("delivery.surveyjs.json").definition();
        var given = new HashMap<Slot, Answer>();
        given.put(Slot.of("recommend"), new Answer.Score(6));
        given.put(Slot.of("liked"), new Answer.Choices(List.of("price", "speed"), null));
        given.put(Slot.of("again"), new Answer.Choice("true", null));
        given.put(Slot.parse("parts.body-part"), new Answer.Choice("1", null));
        given.put(Slot.of("size"), new Answer.Choice("4", null));

        assertThat(shown(definition, given))
                .containsExactly(
                        "recommend",
                        "what-went-wrong",
                        "liked",
                        "details-title",
                        "again",
                        "mail",
                        "parts",
                        "why",
                        "size",
                        "cups",
                        "order",
                        "stars",
                        "note");
        given.put(Slot.of("liked"), new Answer.Choices(List.of("3"), null));
        assertThat(shown(definition, given)).containsExactly("recommend", "what-went-wrong", "liked");
        given.put(Slot.of("recommend"), new Answer.Score(0));
        assertThat(Walk.of(definition, Facts.NONE, given).ended()).isTrue();
        assertThat(Walk.of(definition, Facts.NONE, given).variables()).containsEntry("mood", "sad");
    }

    @ParameterizedTest
    @CsvSource({"3, wrong", "7, better", "8, better", "10, love"})
    void leadsWhereTheJumpsOfFormbricksLead(int score, String asked) {
        var definition = Files.read("delivery.formbricks.json").definition();
        var given = new HashMap<Slot, Answer>();
        given.put(Slot.of("recommend"), new Answer.Score(score));

        assertThat(shown(definition, given)).containsExactly("recommend", asked, "service", "parts", "again");
        given.put(Slot.of(asked), new Answer.Words("Because."));
        given.put(Slot.of("service"), new Answer.Choice("cards", null));
        assertThat(shown(definition, given)).containsExactly("recommend", asked, "service", "parts", "again");
        given.put(Slot.of("service"), new Answer.Choice("branch", null));
        assertThat(shown(definition, given)).containsExactly("recommend", asked, "service");
    }

    @Test
    void tellsWhatOfFormbricksWasLeft() {
        assertThat(Files.found(Files.read("delivery.formbricks.json")))
                .containsExactly(
                        "attribute-needed hiddenFields",
                        "type-left photo",
                        "rating-as-stars again",
                        "jump-back again",
                        "ending-left end2");
    }

    private static List<String> shown(SurveyDefinition definition, Map<Slot, Answer> given) {
        return Walk.of(definition, Facts.NONE, given).steps().stream()
                .map(step -> step.question().key())
                .toList();
    }

    private static Question question(SurveyDefinition definition, String key) {
        return definition.question(key).orElseThrow();
    }
}
