package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Answers to a survey with conditions, something required, and a question for each line of the order. */
@DatabaseTest
class GiveWalkedAnswersTest {
    private static final String DEFINITION = """
            {"title": {"en": "T"}, "languages": ["en"], "pages": [{"key": "p", "questions": [
             {"key": "recommend", "type": "nps", "text": {"en": "R"}, "required": true},
             {"key": "why", "type": "long-text", "text": {"en": "W"}, "showIf": {"subject": "answer.recommend", "operator": "at-most", "value": 6}, "required": true},
             {"key": "each", "type": "stars", "text": {"en": "{{line.name}}"}, "perOrderLine": true},
             {"key": "late", "type": "consent", "purpose": "service", "text": {"en": "L"}, "showIf": {"subject": "order.delivery", "operator": "is", "value": "late"}}]}]}""";

    private static final String RANKING = """
            {"title": {"en": "T"}, "languages": ["en"], "pages": [{"key": "p", "questions": [
             {"key": "rank", "type": "ranking", "text": {"en": "R"}, "required": true, "options": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}]},
             {"key": "why", "type": "long-text", "text": {"en": "W"}, "showIf": {"subject": "answer.rank", "operator": "is", "value": "a"}}]}]}""";

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    Responses responses;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    @Test
    void hidesWhatIsNotAskedAnyMoreAndShowsItAgain() {
        var invitation = invited();
        give(invitation, Map.of("recommend", 3, "why", "Too late."), false);
        assertThat(hidden(invitation)).isEmpty();
        give(invitation, Map.of("recommend", 9), false);
        assertThat(hidden(invitation)).containsExactly("why");
        give(invitation, Map.of("recommend", 2, "late", true), false);
        assertThat(hidden(invitation)).containsExactly("late");
        assertThat(responses.toInvitation(invitation).block().answers())
                .containsEntry(Slot.of("why"), new Answer.Words("Too late."));
    }

    @Test
    void takesNothingAsCompleteThatLacksWhatIsRequired() {
        var invitation = invited();
        assertThatThrownBy(() -> give(invitation, Map.of("recommend", 3), true))
                .isInstanceOfSatisfying(Rejected.class, problem -> {
                    assertThat(problem.code()).isEqualTo("answer.required");
                    assertThat(problem.field()).isEqualTo("answers.why");
                });
        assertThat(responses.toInvitation(invitation).blockOptional()).isEmpty();
        give(invitation, Map.of("recommend", 3), false);
        give(invitation, Map.of("why", "Late."), true);
        assertThat(responses.toInvitation(invitation).block().complete()).isTrue();
        give(invitation, Map.of("recommend", 9), true);
    }

    @Test
    void keepsWhatEachLineWasCalled() {
        var invitation = invited();
        give(invitation, Map.of("recommend", 9, "each@1", 5, "each@7", 1), true);
        assertThat(hidden(invitation)).containsExactly("each");
        assertThat(all("select items::text as value from response where id = $1", invitation))
                .containsExactly("{\"1\": \"Kettle, 1.2 l\"}");
    }

    @Test
    void takesARankingOfNothingForNoAnswer() {
        var invitation = invited(RANKING);
        give(invitation, Map.of("rank", ",", "why", "It is."), false);
        assertThat(responses.toInvitation(invitation).block().answers())
                .containsEntry(Slot.of("rank"), new Answer.Skipped());
        assertThat(hidden(invitation)).containsExactly("why");
        assertThatThrownBy(() -> give(invitation, Map.of("rank", ",", "why", "It is."), true))
                .isInstanceOfSatisfying(
                        Rejected.class, problem -> assertThat(problem.code()).isEqualTo("answer.required"));
    }

    private Key invited() {
        return invited(DEFINITION);
    }

    private Key invited(String definition) {
        var asked = AskedCustomer.in(beans);
        database.sql("update survey_version set definition = $2::jsonb where workspace_id = $1")
                .bind(0, asked.workspace().id())
                .bind(1, definition)
                .then()
                .block();
        return asked.invited();
    }

    private void give(Key invitation, Map<String, Object> answers, boolean complete) {
        giveAnswers
                .give(new GivenAnswers(invitation, answers, complete, true, Instant.now()))
                .block();
    }

    private List<String> hidden(Key invitation) {
        return all("select question_key as value from answer where response_id = $1 and hidden order by 1", invitation);
    }

    private List<String> all(String sql, Key invitation) {
        return database.sql(sql)
                .bind(0, invitation.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
