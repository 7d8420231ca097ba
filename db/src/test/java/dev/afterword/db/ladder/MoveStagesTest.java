package dev.afterword.db.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Facts;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
@Tag("server")
class MoveStagesTest {
    private static final Instant NOW = Instant.now();

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    LadderReader reader;

    @Autowired
    MoveStagesByTime byTime;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseTime time;

    private UUID workspaceId;
    private Facts facts;

    @BeforeEach
    void open() {
        workspaceId = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar", ZoneId.of("Europe/Berlin"), "de", NOW))
                .block()
                .id();
        facts = new Facts(database, workspaceId);
    }

    @AfterEach
    void backToNow() {
        time.shift(Duration.ZERO).block();
    }

    @Test
    void climbsWithOrdersAndARecommendationAndRecordsEachMove() {
        var contact = facts.contact();
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("prospect");

        facts.order(contact, daysAgo(60), null, null);
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("customer");

        var second = facts.order(contact, daysAgo(30), null, null);
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("client");

        var response = facts.response(contact, second, null, daysAgo(10), Map.of("recommend", 9));
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("supporter");

        assertThat(facts.all(
                        "select from_stage, to_stage, evidence from ladder_move where workspace_id = $1 order by id"))
                .containsExactly(
                        Map.of("from_stage", "prospect", "to_stage", "customer", "evidence", "{\"orders\": 1}"),
                        Map.of("from_stage", "customer", "to_stage", "client", "evidence", "{\"orders\": 2}"),
                        Map.of(
                                "from_stage",
                                "client",
                                "to_stage",
                                "supporter",
                                "evidence",
                                "{\"orders\": 2, \"recommend\": 9, \"responseId\": \"" + response + "\"}"));
        assertThat(facts.all("select imported from event where workspace_id = $1 and kind = 'contact.stage-moved'"))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event).containsEntry("imported", false));
    }

    @Test
    void readingTheSameEventsAgainMovesNobody() {
        var contact = facts.contact();
        facts.order(contact, daysAgo(60), null, null);
        read(contact, false);
        read(contact, false);

        assertThat(facts.all("select id from ladder_move where workspace_id = $1"))
                .hasSize(1);
    }

    @Test
    void countsNeitherCancelledNorRefundedNorTestOrders() {
        var contact = facts.contact();
        facts.setOrder(facts.order(contact, daysAgo(60), null, null), "status = 'cancelled'");
        facts.setOrder(facts.order(contact, daysAgo(60), null, null), "status = 'refunded'");
        facts.setOrder(facts.order(contact, daysAgo(60), null, null), "test = true");
        read(contact, false);

        assertThat(stage(contact)).isEqualTo("prospect");
    }

    @Test
    void goesDownAgainWhenAnOrderIsRefundedOrALaterAnswerIsCool() {
        var contact = facts.contact();
        var order = facts.order(contact, daysAgo(60), null, null);
        facts.response(contact, order, null, daysAgo(50), Map.of("recommend", 10));
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("supporter");

        facts.response(contact, order, null, daysAgo(5), Map.of("recommend", 6));
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("customer");

        facts.setOrder(order, "status = 'refunded'");
        read(contact, false);
        assertThat(stage(contact)).isEqualTo("prospect");
    }

    @Test
    void doesNotTakeAProvisionalAnswerForAWord() {
        var contact = facts.contact();
        var order = facts.order(contact, daysAgo(60), null, null);
        var response = facts.response(contact, order, null, daysAgo(50), Map.of("recommend", 10));
        database.sql("update response set confirmed_at = null where workspace_id = $1 and id = $2")
                .bind(0, workspaceId)
                .bind(1, response)
                .then()
                .block();
        read(contact, false);

        assertThat(stage(contact)).isEqualTo("customer");
    }

    @Test
    void demotesByTimeWhenTheRecommendationIsAYearOld() {
        var contact = facts.contact();
        var order = facts.order(contact, daysAgo(60), null, null);
        facts.response(contact, order, null, daysAgo(50), Map.of("recommend", 10));
        assertThat(byTime.move(workspaceId).block()).isEqualTo(1);
        assertThat(stage(contact)).isEqualTo("supporter");

        time.shift(Duration.ofDays(320)).block();
        assertThat(byTime.move(workspaceId).block()).isEqualTo(1);
        assertThat(stage(contact)).isEqualTo("customer");
        assertThat(byTime.move(workspaceId).block()).isZero();
    }

    @Test
    void looksAtEveryWorkspaceOnceADay() {
        byTime.move().block();
        var contact = facts.contact();
        facts.order(contact, daysAgo(60), null, null);
        byTime.move().block();
        assertThat(stage(contact)).isEqualTo("prospect");

        time.shift(Duration.ofHours(25)).block();
        byTime.move().block();
        assertThat(stage(contact)).isEqualTo("customer");
    }

    @Test
    void marksAMoveThatComesFromImportedHistory() {
        var contact = facts.contact();
        facts.order(contact, daysAgo(60), null, null);
        read(contact, true);

        assertThat(facts.all("select imported from event where workspace_id = $1 and kind = 'contact.stage-moved'"))
                .containsExactly(Map.of("imported", true));
    }

    @Test
    void leavesTheTwinWorkspaceAlone() {
        var twin = openWorkspace
                .open(Workspace.open(Key.nextId(), "Twin", ZoneId.of("UTC"), "en", NOW))
                .block()
                .id();
        var contact = facts.contact();
        database.sql("insert into contact (workspace_id, id, version, created_at) values ($1, $2, 0, now())")
                .bind(0, twin)
                .bind(1, contact)
                .then()
                .block();
        facts.order(contact, daysAgo(60), null, null);
        read(contact, false);
        byTime.move(twin).block();

        assertThat(new Facts(database, twin).all("select stage from contact where workspace_id = $1"))
                .containsExactly(Map.of("stage", "prospect"));
    }

    @Test
    void looksAtEightThousandContactsInSeconds() {
        database.sql("""
                        insert into contact (workspace_id, id, version, created_at)
                        select $1, gen_random_uuid(), 0, now() from generate_series(1, 8000)
                        """).bind(0, workspaceId).then().block();
        database.sql("""
                        insert into customer_order (workspace_id, id, version, external_id, contact_id, status, placed_at, created_at)
                        select $1, gen_random_uuid(), 0, id::text, id, 'delivered', now(), now() from contact where workspace_id = $1
                        """).bind(0, workspaceId).then().block();
        var start = System.nanoTime();

        assertThat(byTime.move(workspaceId).block(Duration.ofSeconds(30))).isEqualTo(8000);
        System.out.printf("8,000 contacts moved in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    private void read(UUID contact, boolean imported) {
        reader.handle(
                        workspaceId,
                        List.of(Event.of(workspaceId, EventKind.ORDER_ADDED, Key.nextId(), contact, imported, NOW)))
                .block();
    }

    private String stage(UUID contact) {
        return database.sql("select stage from contact where workspace_id = $1 and id = $2")
                .bind(0, workspaceId)
                .bind(1, contact)
                .mapValue(String.class)
                .one()
                .block();
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}
