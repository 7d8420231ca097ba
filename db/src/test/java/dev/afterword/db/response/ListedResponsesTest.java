package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Cursor;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.response.ResponseFilter.Scores;
import dev.afterword.db.response.ResponseFilter.Segment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
class ListedResponsesTest {
    private static final Instant NOON = Instant.parse("2026-03-10T15:00:00Z");

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ListedResponses responses;

    Rows shop;
    Rows twin;
    UUID late;
    UUID fine;

    @BeforeEach
    void fillTwinWorkspaces() {
        shop = new Rows(database, openWorkspace);
        fill(shop);
        twin = new Rows(database, openWorkspace);
        var ids = List.of(late, fine);
        fill(twin);
        late = ids.get(0);
        fine = ids.get(1);
    }

    private void fill(Rows rows) {
        var ana = rows.contact("Ana Souza", "ana@example.com", "client");
        var order = rows.order(ana, "A-1", NOON.minusSeconds(900_000), 9, "Kettle", "Kitchen");
        late = rows.response(
                ana,
                order,
                NOON,
                Map.of("recommend", 3, "satisfaction", 2, "comment", "The kettle arrived <b>late</b>"),
                Map.of("delivery", List.of("late"), "product", List.of("kettle")));
        fine = rows.response(
                null,
                null,
                NOON.plusSeconds(3600),
                Map.of("recommend", 10, "comment", "Thanks"),
                Map.of("delivery", List.of("on-time")));
    }

    private List<UUID> found(ResponseFilter filter) {
        var page = responses
                .page(shop.workspace.id(), shop.workspace.zone(), filter, null, 20)
                .block();
        var count = responses
                .count(shop.workspace.id(), shop.workspace.zone(), filter)
                .block();
        assertThat(count).isEqualTo(page.items().size());
        return page.items().stream().map(response -> response.key().id()).toList();
    }

    private static ResponseFilter scores(String question, int from, int to) {
        return new ResponseFilter(null, new Scores(question, from, to), null, null, null, null, null, null);
    }

    @Test
    void listsTheNewestFirstWithOrderAndCustomer() {
        assertThat(found(ResponseFilter.ALL)).containsExactly(fine, late);

        var response = responses.find(new Key(shop.workspace.id(), late)).block();

        assertThat(response.customer().name()).isEqualTo("Ana Souza");
        assertThat(response.order().externalId()).isEqualTo("A-1");
        assertThat(response.order().items()).containsExactly("Kettle");
        assertThat(response.segments()).containsEntry("delivery", List.of("late"));
        assertThat(response.answers())
                .extracting(ListedResponse.Given::question)
                .containsExactlyInAnyOrder("recommend", "satisfaction", "comment");
        assertThat(response.withoutNames().customer()).isNull();
    }

    @Test
    void filtersByScoreBand() {
        assertThat(found(scores("recommend", 0, 6))).containsExactly(late);
        assertThat(found(scores("recommend", 9, 10))).containsExactly(fine);
        assertThat(found(scores("ease", 1, 7))).isEmpty();
    }

    @Test
    void filtersByWordsOfAComment() {
        var words = new ResponseFilter(null, null, null, null, "kettle late", null, null, null);

        assertThat(found(words)).containsExactly(late);
    }

    @Test
    void filtersBySegmentSurveyOrderAndCustomer() {
        var ana = responses.find(new Key(shop.workspace.id(), late)).block().customer();

        assertThat(found(new ResponseFilter(null, null, null, null, null, new Segment("delivery", "late"), null, null)))
                .containsExactly(late);
        assertThat(found(new ResponseFilter("post-purchase", null, null, null, null, null, null, "A-1")))
                .containsExactly(late);
        assertThat(found(new ResponseFilter(null, null, null, null, null, null, ana.id(), null)))
                .containsExactly(late);
        assertThat(found(new ResponseFilter("another", null, null, null, null, null, null, null)))
                .isEmpty();
    }

    @Test
    void takesDaysInTheWorkspacesZone() {
        // 00:30 UTC on the 12th is still the evening of the 11th in São Paulo.
        var evening =
                shop.response(null, null, Instant.parse("2026-03-12T00:30:00Z"), Map.of("recommend", 9), Map.of());

        var eleventh = LocalDate.of(2026, 3, 11);
        assertThat(found(new ResponseFilter(null, null, eleventh, eleventh, null, null, null, null)))
                .containsExactly(evening);
    }

    @Test
    void leafsThroughEqualTimesBothWaysAndMissesNone() {
        var same = new ArrayList<UUID>(List.of(late, fine));
        for (int i = 0; i < 7; i++) {
            same.add(shop.response(null, null, NOON, Map.of("recommend", i), Map.of()));
        }
        var all = found(ResponseFilter.ALL);
        assertThat(all).containsExactlyInAnyOrderElementsOf(same);

        var seen = new ArrayList<UUID>();
        String older = null;
        String lastNewer;
        do {
            var leaf = page(older);
            leaf.items().forEach(response -> seen.add(response.key().id()));
            older = leaf.older();
            lastNewer = leaf.newer();
        } while (older != null);
        assertThat(seen).isEqualTo(all);

        var back = page(lastNewer);
        assertThat(back.items())
                .extracting(response -> response.key().id())
                .containsExactlyElementsOf(all.subList(4, 6 + 2));
    }

    private dev.afterword.db.Leaf<ListedResponse> page(String cursor) {
        return responses
                .page(
                        shop.workspace.id(),
                        shop.workspace.zone(),
                        ResponseFilter.ALL,
                        cursor == null ? null : Cursor.decode(cursor),
                        4)
                .block();
    }

    @Test
    void findsNoForeignResponse() {
        var foreign = new Key(twin.workspace.id(), late);

        assertThatThrownBy(() -> responses.find(foreign).block()).isInstanceOf(NotFound.class);
    }
}
