package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Facts;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
@Tag("server")
class SegmentAttributesTest {
    private static final Instant NOON = Instant.parse("2026-05-10T10:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 5, 10);
    private static final SegmentAttribute GIFT = SegmentAttribute.parse("order:gift");
    private static final SegmentAttribute STATE = SegmentAttribute.parse("customer:state");

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    InsightReader reader;

    @Autowired
    MarkAttributes markAttributes;

    @Autowired
    SegmentAttributes attributes;

    @Autowired
    FillSegmentsAgain fillSegmentsAgain;

    @Autowired
    RollUp rollUp;

    @Autowired
    Trends trends;

    @Autowired
    EraseContact eraseContact;

    @Autowired
    DatabaseClient database;

    private UUID workspaceId;
    private Facts facts;
    private UUID twinId;
    private Facts twin;

    @BeforeEach
    void open() {
        workspaceId = workspace("Cedar");
        facts = new Facts(database, workspaceId);
        twinId = workspace("Twin");
        twin = new Facts(database, twinId);
    }

    @Test
    void tellsAnswersApartByWhatTheOrderAndTheCustomerCarried() {
        mark(GIFT, STATE);
        answered(carrying("{\"state\": \"MG\"}", "{\"gift\": \"yes\"}"), 9);
        answered(carrying("{\"state\": \"SP\"}", "{}"), 2);

        assertThat(trend("gift")).isEqualTo(Map.of("yes", 1L));
        assertThat(trend("state")).isEqualTo(Map.of("MG", 1L, "SP", 1L));
    }

    @Test
    void aCorrectionOfTheOrderMovesItsAttributeButNotTheCustomers() {
        mark(GIFT, STATE);
        var bought = carrying("{\"state\": \"MG\"}", "{\"gift\": \"yes\"}");
        answered(bought, 9);
        run("update contact set attributes = '{\"state\": \"SP\"}' where workspace_id = $1");
        facts.setOrder(bought.order(), "attributes = '{\"gift\": \"no\"}'");
        read(EventKind.ORDER_CHANGED, bought.order());

        assertThat(trend("gift")).isEqualTo(Map.of("no", 1L));
        assertThat(trend("state")).isEqualTo(Map.of("MG", 1L));

        facts.setOrder(bought.order(), "attributes = '{}'");
        read(EventKind.ORDER_CHANGED, bought.order());
        assertThat(trend("gift")).isEmpty();
    }

    @Test
    void marksThePastInBatchesAndForgetsWhatIsNoLongerMarked() {
        var bought = carrying("{\"state\": \"MG\"}", "{\"gift\": \"yes\"}");
        answered(bought, 9);
        for (int i = 0; i < 230; i++) {
            facts.response(bought.contact(), bought.order(), null, NOON, Map.of("recommend", 7));
        }
        var others = new Facts(database, twinId);
        var theirs = others.order(others.contact(), NOON, null, null);
        others.setOrder(theirs, "attributes = '{\"gift\": \"yes\"}'");
        others.response(null, theirs, null, NOON, Map.of("recommend", 1));

        mark(GIFT);
        assertThatThrownBy(() ->
                        markAttributes.mark(workspaceId, Set.of(GIFT, STATE)).block())
                .isInstanceOf(Conflict.class)
                .hasFieldOrPropertyWithValue("code", "attribute.still-counting");
        fill();
        assertThat(trend("gift")).isEqualTo(Map.of("yes", 231L));
        assertThat(attributes.counting(workspaceId).block()).isFalse();

        mark(STATE);
        fill();
        assertThat(trend("state")).isEqualTo(Map.of("MG", 231L));
        assertThat(facts.all(
                        "select segment from answer_rollup where workspace_id = $1 and dimension = 'attribute:gift'"))
                .isEmpty();
        assertThatThrownBy(() -> trend("gift"))
                .isInstanceOf(Rejected.class)
                .hasFieldOrPropertyWithValue("code", "trend.attribute-not-marked");
        assertThat(others.all("select id from response where workspace_id = $1 and segments is null"))
                .as("the twin's answers are left alone")
                .hasSize(1);
        assertThat(attributes.of(twinId).block()).isEmpty();
    }

    @Test
    void countsInvitationsByThemToo() {
        mark(GIFT);
        var bought = carrying("{}", "{\"gift\": \"yes\"}");
        facts.invitation(bought.contact(), bought.order(), NOON);
        fill();

        assertThat(
                        facts.all(
                                "select accepted, answered from invitation_rollup where workspace_id = $1 and dimension = 'attribute:gift' and segment = 'yes'"))
                .containsExactly(Map.of("accepted", 1, "answered", 0));
    }

    @Test
    void whatHasTooManyValuesOrTooLongOnesCountsAsOther() {
        mark(GIFT);
        for (int i = 0; i < SegmentAttribute.MOST_VALUES + 5; i++) {
            var bought = carrying("{}", "{\"gift\": \"note %d\"}".formatted(i));
            facts.response(bought.contact(), bought.order(), null, NOON, Map.of("recommend", 7));
        }
        var long1 = carrying("{}", "{\"gift\": \"%s\"}".formatted("x".repeat(101)));
        facts.response(long1.contact(), long1.order(), null, NOON, Map.of("recommend", 7));
        fill();

        assertThat(facts.all("select cardinality(kept) as kept from segment_attribute where workspace_id = $1"))
                .containsExactly(Map.of("kept", SegmentAttribute.MOST_VALUES));
        assertThat(
                        facts.all(
                                "select n from answer_rollup where workspace_id = $1 and dimension = 'attribute:gift' and segment = 'other'"))
                .containsExactly(Map.of("n", 6));
    }

    @Test
    void marksTwentyAtMostAndEachNameOnce() {
        var many = IntStream.rangeClosed(0, SegmentAttribute.MOST)
                .mapToObj(i -> SegmentAttribute.parse("order:a" + i))
                .collect(Collectors.toSet());
        assertThatThrownBy(() -> markAttributes.mark(workspaceId, many).block())
                .hasFieldOrPropertyWithValue("code", "attribute.too-many");
        assertThatThrownBy(() -> markAttributes
                        .mark(workspaceId, Set.of(GIFT, SegmentAttribute.parse("customer:gift")))
                        .block())
                .hasFieldOrPropertyWithValue("code", "attribute.twice");
        assertThatThrownBy(() -> SegmentAttribute.parse("parcel:gift"))
                .hasFieldOrPropertyWithValue("code", "attribute.unknown");
    }

    @Test
    void offersWhatTheNewestOrdersAndCustomersCarry() {
        carrying("{\"state\": \"MG\"}", "{\"gift\": \"yes\", \"till\": \"1\"}");
        carrying("{\"state\": \"MG\"}", "{\"gift\": \"no\"}");
        twin.setOrder(twin.order(twin.contact(), NOON, null, null), "attributes = '{\"foreign\": \"1\"}'");

        assertThat(attributes.offered(workspaceId).block())
                .containsExactly(
                        new SegmentAttributes.Offered(GIFT, 2, 2),
                        new SegmentAttributes.Offered(SegmentAttribute.parse("order:till"), 1, 1),
                        new SegmentAttributes.Offered(STATE, 2, 1));
    }

    @Test
    void erasingSomebodyForgetsTheirValuesAndKeepsTheirAnswers() {
        mark(GIFT);
        var ana = carrying("{}", "{\"gift\": \"for Ana Souza\"}");
        answered(ana, 9);
        answered(carrying("{}", "{\"gift\": \"yes\"}"), 8);
        var both = carrying("{}", "{\"gift\": \"yes\"}");
        answered(both, 8);
        eraseContact.erase(new Key(workspaceId, ana.contact())).block();
        eraseContact.erase(new Key(workspaceId, both.contact())).block();
        compute();

        assertThat(trend("gift")).isEqualTo(Map.of("yes", 1L));
        assertThat(
                        facts.all(
                                "select kept from segment_attribute where workspace_id = $1 and array_to_string(kept, ',') <> 'yes'"))
                .isEmpty();
        assertThat(
                        facts.all(
                                "select n from answer_rollup where workspace_id = $1 and dimension = '' and question_key = 'recommend'"))
                .containsExactly(Map.of("n", 3));
    }

    private record Bought(UUID contact, UUID order) {}

    private Bought carrying(String contactAttributes, String orderAttributes) {
        var contact = facts.contact();
        run("update contact set attributes = '%s' where workspace_id = $1 and id = '%s'"
                .formatted(contactAttributes, contact));
        var order = facts.order(contact, NOON.minusSeconds(86_400), null, null);
        facts.setOrder(order, "attributes = '%s'".formatted(orderAttributes));
        return new Bought(contact, order);
    }

    private void answered(Bought bought, int score) {
        read(
                EventKind.RESPONSE_GIVEN,
                facts.response(bought.contact(), bought.order(), null, NOON, Map.of("recommend", score)));
    }

    private Map<String, Long> trend(String attribute) {
        return trends
                .of(
                        workspaceId,
                        new TrendQuestion(
                                "post-purchase",
                                "recommend",
                                Metric.NPS,
                                Interval.NONE,
                                DAY,
                                DAY,
                                Dimension.of("attribute:" + attribute)))
                .block()
                .series()
                .stream()
                .collect(Collectors.toMap(
                        Trend.Series::segment,
                        series -> series.scores().orElseThrow().n()));
    }

    private void mark(SegmentAttribute... wanted) {
        markAttributes.mark(workspaceId, Set.of(wanted)).block();
    }

    private void fill() {
        // Again for what came without an event, as some tests of this class put it there.
        run(
                "insert into segment_fill (workspace_id, step, since) values ($1, 'response', now()) on conflict do nothing");
        while (fillSegmentsAgain.fill().block()) {}
        compute();
    }

    private void read(EventKind kind, UUID subject) {
        reader.handle(workspaceId, List.of(Event.of(workspaceId, kind, subject, null, false, NOON)))
                .block();
        compute();
    }

    private void compute() {
        while (rollUp.compute().block()) {}
    }

    private void run(String sql) {
        database.sql(sql).bind(0, workspaceId).then().block();
    }

    private UUID workspace(String name) {
        return openWorkspace
                .open(Workspace.open(Key.nextId(), name, ZoneId.of("UTC"), "en", Instant.now()))
                .block()
                .id();
    }
}
