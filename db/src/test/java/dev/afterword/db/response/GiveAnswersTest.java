package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DatabaseTest
@Tag("server")
class GiveAnswersTest {
    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    Responses responses;

    @Autowired
    Invitations invitations;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    @Test
    void keepsAnswersTheirEventAndTheFirstConfirmedTime() {
        var invitation = AskedCustomer.in(beans).invited();
        send(invitation, Map.of("recommend", 9, "comment", "Good \uD83D\uDC4D"));

        var response = responses.toInvitation(invitation).block();
        assertThat(response.confirmed()).isTrue();
        assertThat(response.complete()).isTrue();
        assertThat(response.answers())
                .containsOnly(
                        Map.entry(Slot.of("recommend"), new Answer.Score(9)),
                        Map.entry(Slot.of("comment"), new Answer.Words("Good \uD83D\uDC4D")));
        assertThat(invitations.find(invitation).block().answeredAt()).isEqualTo(response.confirmedAt());
        assertThat(events(invitation)).containsExactly("response.given");
    }

    @Test
    void changesAnAnswerAndKeepsTheOthers() {
        var invitation = AskedCustomer.in(beans).invited();
        send(invitation, Map.of("recommend", 3, "satisfaction", 2, "comment", "Late"));
        var first = invitations.find(invitation).block().answeredAt();
        var change = new HashMap<String, Object>();
        change.put("recommend", "7");
        change.put("comment", "");
        send(invitation, change);

        assertThat(responses.toInvitation(invitation).block().answers())
                .containsOnly(
                        Map.entry(Slot.of("recommend"), new Answer.Score(7)),
                        Map.entry(Slot.of("satisfaction"), new Answer.Score(2)),
                        Map.entry(Slot.of("comment"), new Answer.Skipped()));
        assertThat(invitations.find(invitation).block().answeredAt()).isEqualTo(first);
        assertThat(events(invitation)).containsExactly("response.given", "response.changed");
    }

    @Test
    void keepsWhatIsAnsweredSoFarAsProvisional() {
        var invitation = AskedCustomer.in(beans).invited();
        draft(invitation, Map.of("recommend", 4));
        draft(invitation, Map.of("satisfaction", 3));

        var draft = responses.toInvitation(invitation).block();
        assertThat(draft.confirmed()).isFalse();
        assertThat(draft.complete()).isFalse();
        assertThat(draft.answers()).containsOnlyKeys(Slot.of("recommend"), Slot.of("satisfaction"));
        assertThat(invitations.find(invitation).block().answeredAt()).isNull();
        assertThat(events(invitation)).isEmpty();

        send(invitation, Map.of("recommend", 5));
        assertThat(responses.toInvitation(invitation).block().confirmed()).isTrue();
        assertThat(events(invitation)).containsExactly("response.given");
    }

    @Test
    void neverLetsALateDraftChangeWhatWasSent() {
        var invitation = AskedCustomer.in(beans).invited();
        send(invitation, Map.of("recommend", 9));
        draft(invitation, Map.of("recommend", 0));

        var response = responses.toInvitation(invitation).block();
        assertThat(response.confirmed()).isTrue();
        assertThat(response.answers()).containsOnly(Map.entry(Slot.of("recommend"), new Answer.Score(9)));
        assertThat(events(invitation)).containsExactly("response.given");
    }

    @Test
    void refusesAClosedInvitation() {
        var invitation = AskedCustomer.in(beans).longAgo().invited();
        assertThatThrownBy(() -> send(invitation, Map.of("recommend", 9)))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo("invitation.closed"));
        assertThat(responses.toInvitation(invitation).block()).isNull();
    }

    @Test
    void findsNoInvitationOfAnotherWorkspace() {
        var invitation = AskedCustomer.in(beans).invited();
        var twin = AskedCustomer.in(beans).workspace();
        assertThatThrownBy(() -> send(new Key(twin.id(), invitation.id()), Map.of("recommend", 9)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() ->
                        invitations.find(new Key(twin.id(), invitation.id())).block())
                .isInstanceOf(NotFound.class);
        assertThat(responses.toInvitation(invitation).block()).isNull();
    }

    @Test
    void rejectsWhatTheSurveyDoesNotTakeAndKeepsNothingOfIt() {
        var invitation = AskedCustomer.in(beans).invited();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("recommend", 9, "comment", "a\0b"),
                Map.of("recommend", 11),
                Map.of("nothing", 1),
                Map.of("comment", "x".repeat(100_000)),
                Map.of("comment", " "),
                Map.of())) {
            assertThatThrownBy(() -> send(invitation, wrong)).isInstanceOf(Rejected.class);
        }
        assertThat(responses.toInvitation(invitation).block()).isNull();
    }

    @Test
    void givesEachOfManyAtOnceItsOwnFate() {
        var customers = AskedCustomer.in(beans);
        var others = AskedCustomer.in(beans);
        var open = new ArrayList<>(customers.invited(60));
        open.addAll(others.invited(60));
        var closed = AskedCustomer.in(beans).longAgo().invited(5);

        var given = Flux.merge(
                        Flux.fromIterable(open).map(one -> outcome(one, Map.of("recommend", 8, "comment", "fine"))),
                        Flux.fromIterable(open).map(one -> outcome(one, Map.of("recommend", 9))),
                        Flux.fromIterable(open).map(one -> outcome(one, Map.of("recommend", 99))),
                        Flux.fromIterable(closed).map(one -> outcome(one, Map.of("recommend", 9))))
                .flatMap(one -> one, 1_000)
                .collectMultimap(one -> one)
                .block();

        assertThat(given.get("taken")).hasSize(240);
        assertThat(given.get("answer.out-of-range")).hasSize(120);
        assertThat(given.get("invitation.closed")).hasSize(5);
        assertThat(open).allSatisfy(one -> {
            assertThat(responses.toInvitation(one).block().answers())
                    .containsKeys(Slot.of("recommend"), Slot.of("comment"));
            assertThat(events(one)).containsExactlyInAnyOrder("response.given", "response.changed");
        });
    }

    @Test
    void takesTwoAnswersAtOnceForOneInvitation() {
        var invitation = AskedCustomer.in(beans).invited();
        var given = Flux.range(0, 40)
                .flatMap(score -> outcome(invitation, Map.of("recommend", score % 11)), 40)
                .collectList()
                .block();
        assertThat(given).hasSize(40).containsOnly("taken");
        assertThat(responses.toInvitation(invitation).block().answers()).containsOnlyKeys(Slot.of("recommend"));
        assertThat(events(invitation)).hasSize(40).containsOnlyOnce("response.given");
    }

    @Test
    void findsTheOneRowThatTheDatabaseRefuses() {
        var customers = AskedCustomer.in(beans);
        var open = customers.invited(30);
        database.sql("alter table answer add constraint refuse_poison check (text is distinct from 'poison')")
                .then()
                .block();
        try {
            var given = Flux.fromIterable(open)
                    .flatMap(one -> outcome(one, Map.of("comment", one.equals(open.get(17)) ? "poison" : "fine")), 30)
                    .collectList()
                    .block();
            assertThat(given).hasSize(30).containsOnlyOnce("answer.unreadable");
            assertThat(responses.toInvitation(open.get(17)).block()).isNull();
            assertThat(events(open.get(17))).isEmpty();
            assertThat(responses.toInvitation(open.get(18)).block()).isNotNull();
        } finally {
            database.sql("alter table answer drop constraint refuse_poison")
                    .then()
                    .block();
        }
    }

    private Mono<String> outcome(Key invitation, Map<String, Object> answers) {
        return giveAnswers
                .give(new GivenAnswers(invitation, answers, true, true, Instant.now()))
                .thenReturn("taken")
                .onErrorResume(dev.afterword.db.Problem.class, problem -> Mono.just(problem.code()));
    }

    private void send(Key invitation, Map<String, Object> answers) {
        giveAnswers
                .give(new GivenAnswers(invitation, answers, true, true, Instant.now()))
                .block();
    }

    private void draft(Key invitation, Map<String, Object> answers) {
        giveAnswers
                .give(new GivenAnswers(invitation, answers, false, false, Instant.now()))
                .block();
    }

    private List<String> events(Key response) {
        return database.sql(
                        "select kind from event where workspace_id = $1 and subject_id = $2 order by created_at, id")
                .bind(0, response.workspaceId())
                .bind(1, response.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
