package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Facts;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
@Tag("server")
class RollUpTest {
    /** The 10th of May in Berlin, and still the 9th in UTC. */
    private static final Instant NIGHT = Instant.parse("2026-05-09T22:30:00Z");

    private static final LocalDate NINTH = LocalDate.of(2026, 5, 9);
    private static final LocalDate TENTH = LocalDate.of(2026, 5, 10);

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    InsightReader reader;

    @Autowired
    RollUp rollUp;

    @Autowired
    SaveWorkspace saveWorkspace;

    @Autowired
    Workspaces workspaces;

    @Autowired
    DatabaseClient database;

    private UUID workspaceId;
    private Facts facts;

    @BeforeEach
    void open() {
        workspaceId = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block()
                .id();
        facts = new Facts(database, workspaceId);
    }

    @Test
    void keepsWhatWasTrueWhenTheAnswerWasGiven() {
        var contact = facts.contact();
        facts.order(contact, NIGHT.minusSeconds(90 * 86_400), null, null);
        var order = late(contact);
        facts.line(order, 1, "kettle", "kitchen");
        facts.line(order, 2, "cup", "kitchen");
        var response = facts.response(contact, order, null, NIGHT, Map.of("recommend", 9));
        given(response);

        assertThat(segments("response"))
                .isEqualTo(
                        "{\"stage\": [\"client\"], \"carrier\": [\"dhl\"], \"channel\": [\"web\"], \"country\": [\"DE\"], \"product\": [\"cup\", \"kettle\"],"
                                + " \"category\": [\"kitchen\"], \"delivery\": [\"late\"], \"language\": [\"de\"]}");
    }

    @Test
    void aCorrectionOfTheOrderMovesTheDeliveryButNotTheStage() {
        var contact = facts.contact();
        var order = facts.order(contact, NIGHT.minusSeconds(20 * 86_400), NIGHT.minusSeconds(86_400), null);
        var response = facts.response(contact, order, null, NIGHT, Map.of("satisfaction", 2));
        given(response);
        assertThat(segments("response")).contains("\"delivery\": [\"undelivered\"]", "\"stage\": [\"customer\"]");
        assertThat(counts("satisfaction", "delivery", "undelivered", TENTH)).isEqualTo("0,0,1,0,0,0,0,0,0,0,0");

        facts.order(contact, NIGHT.minusSeconds(15 * 86_400), null, null);
        facts.setOrder(order, "delivered_at = promised_at");
        changed(order);
        assertThat(segments("response")).contains("\"delivery\": [\"on-time\"]", "\"stage\": [\"customer\"]");
        assertThat(counts("satisfaction", "delivery", "undelivered", TENTH)).isNull();
        assertThat(counts("satisfaction", "delivery", "on-time", TENTH)).isEqualTo("0,0,1,0,0,0,0,0,0,0,0");
    }

    @Test
    void countsConfirmedAnswersByDayOfTheWorkspace() {
        given(facts.response(null, null, null, NIGHT, Map.of("recommend", 9, "satisfaction", 4)));
        given(facts.response(null, null, null, NIGHT, Map.of("recommend", 0)));
        given(facts.response(null, null, null, NIGHT.minusSeconds(3600), Map.of("recommend", 7)));
        var provisional = facts.response(null, null, null, NIGHT, Map.of("recommend", 3));
        set(provisional, "confirmed_at = null");
        given(provisional);

        assertThat(counts("recommend", "", "", TENTH)).isEqualTo("1,0,0,0,0,0,0,0,0,1,0");
        assertThat(counts("satisfaction", "", "", TENTH)).isEqualTo("0,0,0,0,1,0,0,0,0,0,0");
        assertThat(counts("recommend", "", "", NINTH)).isEqualTo("0,0,0,0,0,0,0,1,0,0,0");
        assertThat(counts("recommend", "language", "de", TENTH)).isEqualTo("1,0,0,0,0,0,0,0,0,1,0");
    }

    @Test
    void anAnswerThatMovesToAnotherDayLeavesTheFirst() {
        var response = facts.response(null, null, null, NIGHT, Map.of("recommend", 9));
        given(response);
        set(response, "answered_at = answered_at - interval '3 days'");
        given(response);

        assertThat(counts("recommend", "", "", TENTH)).isNull();
        assertThat(counts("recommend", "", "", LocalDate.of(2026, 5, 7))).isEqualTo("0,0,0,0,0,0,0,0,0,1,0");
    }

    @Test
    void countingAgainChangesNothing() {
        var response = facts.response(null, null, null, NIGHT, Map.of("recommend", 9));
        given(response);
        given(response);
        rollUp.again(workspaceId).block();
        compute();

        assertThat(counts("recommend", "", "", TENTH)).isEqualTo("0,0,0,0,0,0,0,0,0,1,0");
        assertThat(facts.all("select day from rollup_due where workspace_id = $1"))
                .isEmpty();
    }

    @Test
    void aNewZoneMovesTheDays() {
        given(facts.response(null, null, null, NIGHT, Map.of("recommend", 9)));
        var workspace = workspaces.findById(workspaceId).block();
        saveWorkspace
                .save(workspace, workspace.presented("Cedar", "#0b6475", ZoneOffset.UTC, "de"))
                .block();
        compute();

        assertThat(counts("recommend", "", "", TENTH)).isNull();
        assertThat(counts("recommend", "", "", NINTH)).isEqualTo("0,0,0,0,0,0,0,0,0,1,0");
    }

    @Test
    void countsAnAnswerOnceThatChangesAfterTheZoneDid() {
        var response = facts.response(null, null, null, NIGHT, Map.of("recommend", 9));
        given(response);
        var workspace = workspaces.findById(workspaceId).block();
        saveWorkspace
                .save(workspace, workspace.presented("Cedar", "#0b6475", ZoneOffset.UTC, "de"))
                .block();
        compute();
        set(response, "answered_at = '" + NIGHT.plusSeconds(3 * 86_400) + "'");
        given(response);

        assertThat(facts.all("select day, n from answer_rollup where workspace_id = $1 and dimension = ''"))
                .containsExactly(Map.of("day", NINTH.plusDays(3), "n", 1));
    }

    @Test
    void countsAcceptedInvitationsByTheDayAskedAndTheirAnswers() {
        var contact = facts.contact();
        var order = late(contact);
        var answered = facts.invitation(contact, order, NIGHT);
        given(facts.response(contact, order, answered, NIGHT.plusSeconds(86_400), Map.of("recommend", 9)));
        sent(contact, facts.invitation(contact, facts.order(contact, NIGHT, null, null), NIGHT));
        var refused = facts.invitation(contact, facts.order(contact, NIGHT, null, null), NIGHT);
        database.sql("update invitation set accepted_at = null where workspace_id = $1 and id = $2")
                .bind(0, workspaceId)
                .bind(1, refused)
                .then()
                .block();
        sent(contact, refused);

        assertThat(rates("", "")).containsExactly(Map.of("day", TENTH, "accepted", 2, "answered", 1));
        assertThat(rates("delivery", "late")).containsExactly(Map.of("day", TENTH, "accepted", 1, "answered", 1));
        assertThat(rates("followUp", "post-purchase"))
                .containsExactly(Map.of("day", TENTH, "accepted", 1, "answered", 0));
    }

    @Test
    void leavesTheTwinWorkspaceAlone() {
        var twin = openWorkspace
                .open(Workspace.open(Key.nextId(), "Twin", ZoneId.of("UTC"), "en", Instant.now()))
                .block()
                .id();
        var others = new Facts(database, twin);
        others.response(null, null, null, NIGHT, Map.of("recommend", 1));
        given(facts.response(null, null, null, NIGHT, Map.of("recommend", 9)));

        assertThat(others.all("select n from answer_rollup where workspace_id = $1"))
                .isEmpty();
        assertThat(others.all("select id from response where workspace_id = $1 and segments is null"))
                .hasSize(1);
    }

    private UUID late(UUID contact) {
        return facts.order(
                contact,
                NIGHT.minusSeconds(20 * 86_400),
                NIGHT.minusSeconds(10 * 86_400),
                NIGHT.minusSeconds(9 * 86_400));
    }

    private void given(UUID response) {
        read(EventKind.RESPONSE_GIVEN, response);
    }

    private void changed(UUID order) {
        read(EventKind.ORDER_CHANGED, order);
    }

    private void sent(UUID contact, UUID invitation) {
        var send = Key.nextId();
        database.sql("""
                        insert into send (workspace_id, id, invitation_id, contact_id, follow_up_id, purpose, step, kind, state, due_at, not_after, finished_at, created_at)
                        select $1, $2, $3, $4, f.id, 'questions', 'ask', 'ask', 'accepted', now(), now(), now(), now() from follow_up f where f.workspace_id = $1
                        """)
                .bind(0, workspaceId)
                .bind(1, send)
                .bind(2, invitation)
                .bind(3, contact)
                .then()
                .block();
        read(EventKind.SEND_FINISHED, send);
    }

    private void read(EventKind kind, UUID subject) {
        reader.handle(workspaceId, List.of(Event.of(workspaceId, kind, subject, null, false, NIGHT)))
                .block();
        compute();
    }

    private void compute() {
        while (rollUp.compute().block()) {}
    }

    private void set(UUID response, String assignment) {
        database.sql("update response set " + assignment + " where workspace_id = $1 and id = $2")
                .bind(0, workspaceId)
                .bind(1, response)
                .then()
                .block();
    }

    private String segments(String table) {
        return facts.all("select segments from " + table + " where workspace_id = $1")
                .getFirst()
                .get("segments")
                .toString();
    }

    private String counts(String question, String dimension, String segment, LocalDate day) {
        return facts
                .all("select array_to_string(counts, ',') as counts from answer_rollup where workspace_id = $1"
                        + " and question_key = '%s' and dimension = '%s' and segment = '%s' and day = '%s'"
                                .formatted(question, dimension, segment, day))
                .stream()
                .map(row -> row.get("counts").toString())
                .findFirst()
                .orElse(null);
    }

    private List<Map<String, Object>> rates(String dimension, String segment) {
        return facts.all("select day, accepted, answered from invitation_rollup where workspace_id = $1"
                + " and dimension = '%s' and segment = '%s'".formatted(dimension, segment));
    }
}
