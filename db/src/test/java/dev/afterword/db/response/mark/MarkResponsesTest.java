package dev.afterword.db.response.mark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.Mark;
import dev.afterword.db.response.Marked;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class MarkResponsesTest {
    private static final String COMPLAINT = "The kettle leaks at the handle every morning";

    @Autowired
    MarkResponses markResponses;

    @Autowired
    MarkSpeeders markSpeeders;

    @Autowired
    ForgetWords forgetWords;

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    ListedResponses responses;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    @Test
    void marksNonsenseAndTakesItBackWhenTheAnswerChanges() {
        var invitation = AskedCustomer.in(beans).invited();
        send(invitation, Map.of("recommend", 9, "comment", "asdfghjkl"));
        assertThat(marks(invitation))
                .containsExactly(new Marked(Mark.NONSENSE, 1, Map.of("question", "comment", "kind", "keyboard")));
        assertThat(found(invitation, Mark.NONSENSE)).containsExactly(invitation);
        assertThat(found(invitation, Mark.SPEEDER)).isEmpty();

        send(invitation, Map.of("comment", "It leaks"));
        assertThat(marks(invitation)).isEmpty();
        assertThat(found(invitation, Mark.NONSENSE)).isEmpty();
    }

    @Test
    void marksBothWhoWroteTheSameWithinADayAndNobodyElse() {
        var customers = AskedCustomer.in(beans);
        var all = customers.invited(3);
        var elsewhere = AskedCustomer.in(beans).invited();
        send(all.get(0), Map.of("comment", COMPLAINT));
        send(all.get(1), Map.of("comment", "Something else that nobody wrote before"));
        send(elsewhere, Map.of("comment", COMPLAINT));
        assertThat(Stream.concat(all.stream().limit(2), Stream.of(elsewhere)).map(this::marks))
                .containsOnly(List.of());

        send(all.get(2), Map.of("comment", "The kettle leaks at the HANDLE, every morning!!"));
        assertThat(marks(all.get(0)))
                .containsExactly(new Marked(
                        Mark.DUPLICATE,
                        1,
                        Map.of(
                                "question",
                                "comment",
                                "response",
                                all.get(2).id().toString())));
        assertThat(marks(all.get(2))).hasSize(1);
        assertThat(marks(all.get(1))).isEmpty();
        assertThat(marks(elsewhere)).isEmpty();

        send(all.get(2), Map.of("comment", "The cups came broken and nobody answers"));
        assertThat(marks(all.get(0))).isEmpty();
    }

    @Test
    void doesNotMarkTheSameWordsOfOnePersonOrOfAnotherTime() {
        var customers = AskedCustomer.in(beans);
        var all = customers.invited(2);
        run(
                all.getFirst(),
                "update invitation set contact_id = (select min(contact_id::text)::uuid from invitation where workspace_id = $1) where workspace_id = $1");
        send(all.get(0), Map.of("comment", COMPLAINT));
        send(all.get(1), Map.of("comment", COMPLAINT));
        assertThat(marks(all.get(1))).isEmpty();

        var others = AskedCustomer.in(beans).invited(2);
        send(others.get(0), Map.of("comment", COMPLAINT));
        run(others.getFirst(), "update said set at = at - interval '25 hours' where workspace_id = $1");
        send(others.get(1), Map.of("comment", COMPLAINT));
        assertThat(marks(others.get(1))).isEmpty();
        run(others.getFirst(), "update said set at = at - interval '3 days' where workspace_id = $1");
        forgetWords.forget().block();
        assertThat(database.sql("select count(*) from said where workspace_id = $1")
                        .bind(0, others.getFirst().workspaceId())
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isZero();
    }

    @Test
    void marksASpeederAndKeepsOtherMarks() {
        var invitation = AskedCustomer.in(beans).invited();
        send(invitation, Map.of("recommend", 9, "satisfaction", 5, "ease", 7, "comment", "qwertyuiop"));
        run(
                invitation,
                "insert into hit (workspace_id, id, invitation_id, at, target, method, status, prefetch, language, agent, platform, verdict, reason, rule) select workspace_id, id, id, answered_at - interval '800 milliseconds', 'page', 'GET', 200, false, true, 'chrome', 'windows', 'person', 'loaded', 1 from response where workspace_id = $1");
        markSpeeders.of(invitation.workspaceId(), List.of(invitation.id())).block();
        assertThat(marks(invitation).stream().map(Marked::mark)).containsExactly(Mark.SPEEDER, Mark.NONSENSE);
        assertThat(marks(invitation).getFirst().why()).containsEntry("seconds", "0");

        run(invitation, "update hit set at = at - interval '1 hour' where workspace_id = $1");
        markSpeeders.of(invitation.workspaceId(), List.of(invitation.id())).block();
        assertThat(marks(invitation).stream().map(Marked::mark)).containsExactly(Mark.NONSENSE);
    }

    @Test
    void countsWhatIsMarked() {
        var invitation = AskedCustomer.in(beans).invited();
        send(invitation, Map.of("comment", "aaaaaaaa"));
        var workspace = invitation.workspaceId();
        assertThat(responses
                        .standings(workspace, ZoneOffset.UTC, ResponseFilter.ALL)
                        .block())
                .containsEntry(Standing.COUNTED, 1L)
                .containsEntry(Standing.DISCARDED, 0L);
    }

    private void send(Key invitation, Map<String, Object> answers) {
        giveAnswers
                .give(new GivenAnswers(invitation, answers, true, true, Instant.now()))
                .block();
        markResponses
                .handle(
                        invitation.workspaceId(),
                        List.of(Event.of(
                                invitation.workspaceId(),
                                EventKind.RESPONSE_GIVEN,
                                invitation.id(),
                                null,
                                false,
                                Instant.now())))
                .block();
    }

    private List<Marked> marks(Key response) {
        return responses.find(response).block().judgement().marks();
    }

    private List<Key> found(Key workspace, Mark mark) {
        return responses
                .page(
                        workspace.workspaceId(),
                        ZoneOffset.UTC,
                        ResponseFilter.ALL.of(Set.of(Standing.COUNTED), mark),
                        null,
                        10)
                .block()
                .items()
                .stream()
                .map(one -> one.key())
                .toList();
    }

    private void run(Key workspace, String sql) {
        database.sql(sql).bind(0, workspace.workspaceId()).then().block();
    }
}
