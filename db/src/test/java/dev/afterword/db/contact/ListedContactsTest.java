package dev.afterword.db.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Cursor;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.First;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import java.time.Duration;
import java.time.Instant;
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
class ListedContactsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T15:00:00Z");

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ListedContacts contacts;

    @Autowired
    Timeline timeline;

    Rows shop;
    UUID ana;
    UUID bo;
    UUID never;

    @BeforeEach
    void fillTwinWorkspaces() {
        fill(new Rows(database, openWorkspace));
        shop = new Rows(database, openWorkspace);
        fill(shop);
    }

    private void fill(Rows rows) {
        ana = rows.contact("Ana Souza", "ana@example.com", "client", "c-1", NOON.minus(Duration.ofDays(400)));
        bo = rows.contact("Bo_Lund", "bo@example.com", "customer", "c-2", NOON.minus(Duration.ofDays(300)));
        never = rows.contact("Nina", "nina@example.com", "prospect", "c-3", NOON.minus(Duration.ofDays(50)));
        var first = rows.order(ana, "A-1", NOON.minus(Duration.ofDays(100)), 3, "Kettle", "Kitchen");
        var second = rows.order(ana, "A-2", NOON.minus(Duration.ofDays(10)), 9, "Jug", "Glassware");
        rows.order(bo, "B-1", NOON.minus(Duration.ofDays(60)), 3, "Jug", "Glassware");
        rows.response(ana, first, NOON.minus(Duration.ofDays(90)), Map.of("recommend", 9), Map.of());
        rows.send(ana, first, "ask", "accepted", null, NOON.minus(Duration.ofDays(91)));
        rows.send(ana, second, "ask", "skipped", "quarantine", NOON.minus(Duration.ofDays(2)));
        rows.move(ana, "customer", "client", NOON.minus(Duration.ofDays(11)), Map.of("orders", 2));
        rows.suppress("ana@example.com", "unsubscribed", NOON.minus(Duration.ofDays(1)));
    }

    private List<UUID> found(String search, String stage) {
        var page = contacts.page(shop.workspace.id(), new ContactFilter(search, stage, null), First.NEWEST, null, 20)
                .block();
        assertThat(contacts.count(shop.workspace.id(), new ContactFilter(search, stage, null))
                        .block())
                .isEqualTo(page.items().size());
        return page.items().stream().map(contact -> contact.key().id()).toList();
    }

    @Test
    void sortsByTheLatestOrderAndPutsThoseWithoutOneWhereTheyBecameKnown() {
        assertThat(found(null, null)).containsExactly(ana, never, bo);

        var listed = contacts.find(new Key(shop.workspace.id(), ana)).block();

        assertThat(listed.latestOrder()).isEqualTo("A-2");
        assertThat(listed.orders()).isEqualTo(2);
        assertThat(listed.responses()).isEqualTo(1);
        assertThat(listed.score()).isEqualByComparingTo("9");
    }

    @Test
    void searchesNameAddressIdAndOrderNumber() {
        assertThat(found("souza", null)).containsExactly(ana);
        assertThat(found("BO@", null)).containsExactly(bo);
        assertThat(found("c-3", null)).containsExactly(never);
        assertThat(found("A-1", null)).containsExactly(ana);
        assertThat(found("o_l", null)).containsExactly(bo);
        assertThat(found("%", null)).isEmpty();
        assertThat(found(null, "prospect")).containsExactly(never);
        assertThat(found("souza", "prospect")).isEmpty();
    }

    @Test
    void leafsThroughBothKindsAndMissesNone() {
        for (int i = 0; i < 5; i++) {
            var contact = shop.contact("x", "x" + i + "@example.com", "customer");
            shop.order(contact, "X-" + i, NOON.minus(Duration.ofDays(50)), 3, "Jug", "Glassware");
        }
        var all = found(null, null);
        var seen = new ArrayList<UUID>();
        String older = null;
        do {
            var leaf = contacts.page(
                            shop.workspace.id(),
                            new ContactFilter(null, null, null),
                            First.NEWEST,
                            older == null ? null : Cursor.decode(older),
                            3)
                    .block();
            leaf.items().forEach(contact -> seen.add(contact.key().id()));
            older = leaf.older();
        } while (older != null);
        assertThat(seen).hasSize(8).isEqualTo(all);
    }

    @Test
    void findsNoForeignContact() {
        var foreign = new Key(shop.workspace.id(), Key.nextId());

        assertThatThrownBy(() -> contacts.find(foreign).block()).isInstanceOf(NotFound.class);
    }

    @Test
    void tellsEverythingThatHappenedLatestFirst() {
        var read = timeline.of(new Key(shop.workspace.id(), ana), null, 50).block();

        assertThat(read.items())
                .extracting(TimelineEntry::kind)
                .containsExactly("suppression", "send", "order", "move", "response", "send", "order")
                .hasSize(7);
        assertThat(read.next()).isNull();
    }

    @Test
    void tellsTheSameInPages() {
        var key = new Key(shop.workspace.id(), ana);
        var whole = timeline.of(key, null, 50).block().items();
        var seen = new ArrayList<TimelineEntry>();
        String next = null;
        do {
            var page = timeline.of(key, next == null ? null : Cursor.decode(next), 2)
                    .block();
            seen.addAll(page.items());
            next = page.next();
        } while (next != null);

        assertThat(seen).isEqualTo(whole);
    }
}
