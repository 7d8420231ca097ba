package dev.afterword.db.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.LineResult;
import dev.afterword.db.LineResult.Outcome;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.ConsentEntry;
import dev.afterword.db.contact.Consents;
import dev.afterword.db.contact.Contact;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.contact.ImportContacts;
import dev.afterword.db.contact.Timeline;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

@DatabaseTest
@Tag("server")
class ImportOrdersTest {
    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ImportOrders importOrders;

    @Autowired
    ImportContacts importContacts;

    @Autowired
    Orders orders;

    @Autowired
    Contacts contacts;

    @Autowired
    Consents consents;

    @Autowired
    Timeline timeline;

    @Autowired
    DatabaseClient database;

    UUID workspace;
    UUID twin;

    @BeforeEach
    void open() {
        workspace = newWorkspace();
        twin = newWorkspace();
    }

    @Test
    void keepsAnOrderWithItsCustomerAndLines() {
        assertThat(take(ORDER)).containsExactly(Outcome.CREATED);

        var order = orders.findByExternalId(workspace, "a4591c26").block();
        assertThat(order.status()).isEqualTo(OrderStatus.DELIVERED);
        assertThat(order.total().amount()).isEqualByComparingTo("141.46");
        assertThat(order.codes()).containsExactly("THANKS-7K2", "a \"b\" \\ {c}, ä");
        assertThat(order.lines()).extracting(OrderLine::sku).containsExactly("b1-204", null);
        var contact = contacts.find(new Key(workspace, order.contactId())).block();
        assertThat(contact.email()).isEqualTo("Ana@Example.com");
        assertThat(contact.address()).isEqualTo("ana@example.com");
        assertThat(contact.country()).isEqualTo("BR");
        assertThat(contact.attributes()).containsEntry("state", "MG").containsEntry("points", "5.0");
        assertThat(count("consent")).isEqualTo(1);
        assertThat(events(workspace)).containsExactlyInAnyOrder("contact.added", "order.added");
    }

    @Test
    void takesTheSameOrderAgainWithoutAnyChange() {
        take(ORDER);

        assertThat(take(ORDER)).containsExactly(Outcome.UNCHANGED);
        assertThat(events(workspace)).hasSize(2);
        assertThat(count("order_line")).isEqualTo(2);
    }

    @Test
    void aConsentWithoutATimeIsAsOldAsTheOrderAndARefusalOfThatTimeStays() {
        var order = """
                {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "updatedAt": "2026-02-0%dT00:00:00Z", "customer":
                 {"email": "ana@example.com", "updatedAt": "2026-02-05T00:00:00Z", "consents": [{"purpose": "questions", "granted": %s}]}}""";
        take(order.formatted(1, true));
        take(order.formatted(5, true));
        assertThat(consents()).containsExactly("questions true 2026-02-01T00:00:00Z");

        take(order.formatted(6, false));
        take(order.formatted(7, true));
        assertThat(consents()).containsExactly("questions false 2026-02-01T00:00:00Z");

        take(
                order.replace("questions", "news").formatted(8, false),
                order.replace("questions", "news").formatted(8, true));
        take(
                order.replace("questions", "tips").formatted(8, true),
                order.replace("questions", "tips").formatted(8, false));
        assertThat(consents())
                .contains("news false 2026-02-01T00:00:00Z", "tips false 2026-02-01T00:00:00Z")
                .hasSize(3);
    }

    @Test
    void aRecordOfAContactThatIsSentAgainOverrulesNoRefusal() {
        record("2026-02-01", "true");
        record("2026-02-03", "true");
        assertThat(consents()).containsExactly("questions true 2026-02-01T00:00:00Z");
        assertThat(dated()).containsExactly(false);

        record("2026-02-04", "false, \"at\": \"2026-02-02T00:00:00Z\"");
        record("2026-02-05", "true");
        assertThat(dated()).containsExactly(true, false);
        assertThat(consents().getFirst()).isEqualTo("questions false 2026-02-02T00:00:00Z");

        record("2026-02-06", "true, \"at\": \"2026-02-06T00:00:00Z\"");
        record("2026-02-07", "false");
        record("2026-02-08", "true");
        record("2026-02-09", "true");
        assertThat(consents())
                .startsWith(
                        "questions true 2026-02-08T00:00:00Z",
                        "questions false 2026-02-07T00:00:00Z",
                        "questions true 2026-02-06T00:00:00Z")
                .hasSize(5);
    }

    private void record(String updated, String granted) {
        assertThat(importContacts
                        .write(workspace, List.of(ContactData.of(Fields.parse("""
                                {"email": "ana@example.com", "updatedAt": "%sT00:00:00Z", "consents": [{"purpose": "questions", "granted": %s}]}
                                """.formatted(updated, granted)), null)))
                        .block())
                .allMatch(result -> result.problem() == null);
    }

    @Test
    void takesOneOrderTwiceInABatchOneAfterTheOther() {
        assertThat(take(order("o", "ana", "placed"), order("o", "ana", "shipped"), order("o", "ana", "placed")))
                .containsExactly(Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED);
        assertThat(orders.findByExternalId(workspace, "o").block().status()).isEqualTo(OrderStatus.SHIPPED);
    }

    @Test
    void leavesATwinWorkspaceAlone() {
        importOrders.write(twin, List.of(data(ORDER)), false).block();
        var theirs = orders.findByExternalId(twin, "a4591c26").block();

        take(ORDER.replace("delivered\",", "refunded\",").replace("Ana Souza", "Bia"));

        assertThat(orders.findByExternalId(twin, "a4591c26").block()).isEqualTo(theirs);
        assertThat(contacts.findByExternalId(twin, "503740e9").block().name()).isEqualTo("Ana Souza");
        assertThatThrownBy(
                        () -> orders.find(new Key(workspace, theirs.key().id())).block())
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() ->
                        contacts.find(new Key(workspace, theirs.contactId())).block())
                .isInstanceOf(NotFound.class);
    }

    @Test
    void findsAPersonByExternalIdElseByAddressAmongThoseWithoutOne() {
        take(
                orderOf("1", "{\"email\": \"ana@example.com\"}"),
                orderOf("2", "{\"email\": \" ANA@example.com \"}"),
                orderOf("3", "{\"externalId\": \"ana\", \"email\": \"ana@example.com\"}"),
                orderOf("4", "{\"externalId\": \"bia\", \"email\": \"ana@example.com\"}"),
                orderOf("5", "{\"email\": \"ana@example.com\"}"));

        var contactOf = IntStream.rangeClosed(1, 5)
                .mapToObj(
                        i -> orders.findByExternalId(workspace, "" + i).block().contactId())
                .toList();
        assertThat(contactOf.get(1)).isEqualTo(contactOf.get(0));
        assertThat(contactOf.get(2)).isEqualTo(contactOf.get(0));
        assertThat(contactOf.get(3)).isNotEqualTo(contactOf.get(0));
        assertThat(contactOf.get(4)).isNotIn(contactOf.get(0), contactOf.get(3));
        assertThat(take(orderOf("1", "{\"email\": \"ana@example.com\"}"))).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void aLineThatFailsLosesNoOther() {
        var good = new ArrayList<OrderData>();
        for (int i = 0; i < 20; i++) {
            good.add(data(order("o" + i, "c" + i, "placed")));
        }
        var refused = data(order("bad", "c1", "placed"));
        good.add(
                7,
                new OrderData(
                        "bad\0",
                        null,
                        null,
                        refused.placedAt(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        refused.attributes(),
                        refused.customer(),
                        null));
        good.add(data(orderOf(
                "consent", "{\"externalId\": \"x\", \"consents\": [{\"purpose\": \"news\", \"granted\": false}]}")));

        var results = importOrders.write(workspace, good, true).block();

        assertThat(results)
                .extracting(LineResult::outcome)
                .filteredOn(Outcome.FAILED::equals)
                .hasSize(2);
        assertThat(results.get(7).problem().code()).isEqualTo("line.refused");
        assertThat(results.get(21).problem().field()).isEqualTo("customer.email");
        assertThat(count("customer_order")).isEqualTo(20);
    }

    @Test
    void importsAtOnceNeitherLockEachOtherOutNorDuplicate() {
        var all = IntStream.range(0, 300)
                .mapToObj(i -> data(order("o" + i % 250, "c" + i % 40, i < 250 ? "placed" : "shipped")))
                .toList();

        Flux.range(0, 6)
                .flatMap(
                        i -> {
                            var mine = new ArrayList<>(all);
                            Collections.shuffle(mine, new Random(i));
                            return Flux.fromIterable(mine)
                                    .buffer(60)
                                    .concatMap(batch -> importOrders.write(workspace, batch, false));
                        },
                        6)
                .flatMapIterable(results -> results)
                .doOnNext(result -> assertThat(result.outcome()).isNotEqualTo(Outcome.FAILED))
                .blockLast();

        assertThat(count("customer_order")).isEqualTo(250);
        assertThat(count("contact")).isEqualTo(40);
        assertThat(events(workspace).stream().filter("order.added"::equals)).hasSize(250);
    }

    @Test
    void anOlderVersionOfACustomerOnlyFillsGaps() {
        importContacts
                .write(
                        workspace,
                        List.of(
                                contact(
                                        "{\"externalId\": \"ana\", \"name\": \"Ana\", \"updatedAt\": \"2026-02-01T00:00:00Z\"}"),
                                contact(
                                        "{\"externalId\": \"ana\", \"name\": \"Old\", \"email\": \"ana@example.com\", \"updatedAt\": \"2025-02-01T00:00:00Z\"}")))
                .block();

        assertThat(contacts.findByExternalId(workspace, "ana").block())
                .extracting(Contact::name, Contact::email)
                .containsExactly("Ana", "ana@example.com");
    }

    @Test
    void marksOldOrdersOfAnImportAsHistory() {
        importOrders
                .write(workspace, List.of(data(order("old", "ana", "placed"))), true)
                .block();
        importOrders
                .write(
                        workspace,
                        List.of(data(order("new", "ana", "placed")
                                .replace("2026-02-01T00:00:00Z", Instant.now().toString()))),
                        true)
                .block();

        assertThat(database.sql(
                                "select imported from event where workspace_id = $1 and kind = 'order.added' order by id")
                        .bind(0, workspace)
                        .mapValue(Boolean.class)
                        .all()
                        .collectList()
                        .block())
                .containsExactly(true, false);
    }

    static final String ORDER = """
            {"externalId": "a4591c26", "updatedAt": "2017-07-26T11:00:00Z", "status": "delivered", "placedAt": "2017-07-09T21:57:05Z", "shippedAt": "2017-07-11T14:58:04Z",
             "deliveredAt": "2017-07-26T10:57:55.123456789Z", "promisedAt": "2017-08-01T23:59:59Z", "total": {"amount": "141.460", "currency": "BRL"}, "channel": "web",
             "country": "br", "carrier": "correios", "codes": ["THANKS-7K2", "a \\"b\\" \\\\ {c}, ä"], "test": false, "attributes": {},
             "customer": {"externalId": "503740e9", "email": "Ana@Example.com", "name": "Ana Souza", "locale": "pt_BR", "timeZone": "America/Sao_Paulo",
                          "attributes": {"state": "MG", "points": 5.0},
                          "consents": [{"purpose": "questions", "granted": true, "at": "2017-07-09T21:57:05Z", "source": "checkout"}]},
             "lines": [{"externalId": "1", "sku": "b1-204", "name": "Kettle", "category": "kitchen", "quantity": 10, "unitPrice": "141.46", "productUrl": null,
                        "supplier": "Norte", "returnedQuantity": 0}, {"name": "Bag"}]}""";

    static String order(String externalId, String customer, String status) {
        return """
                {"externalId": "%s", "placedAt": "2026-02-01T00:00:00Z", "status": "%s", "customer": {"externalId": "%s"}, "lines": [{"sku": "s"}]}""".formatted(externalId, status, customer);
    }

    static String orderOf(String externalId, String customer) {
        return """
                {"externalId": "%s", "placedAt": "2026-02-01T00:00:00Z", "customer": %s}""".formatted(externalId, customer);
    }

    static OrderData data(String json) {
        return OrderData.of(Fields.parse(json));
    }

    static ContactData contact(String json) {
        return ContactData.of(Fields.parse(json), null);
    }

    /** Whether the timeline says when, the latest first. */
    List<Boolean> dated() {
        var contact = database.sql("select id from contact where workspace_id = $1")
                .bind(0, workspace)
                .mapValue(UUID.class)
                .one()
                .block();
        return timeline.of(new Key(workspace, contact), null, 50).block().items().stream()
                .map(ConsentEntry.class::cast)
                .map(ConsentEntry::dated)
                .toList();
    }

    List<String> consents() {
        return this.consents.of(workspace, "ana@example.com").block().stream()
                .map(said -> said.purpose().code() + " " + said.granted() + " " + said.at())
                .toList();
    }

    List<Outcome> take(String... json) {
        return importOrders
                .write(
                        workspace,
                        List.of(json).stream().map(ImportOrdersTest::data).toList(),
                        false)
                .block()
                .stream()
                .map(LineResult::outcome)
                .toList();
    }

    long count(String table) {
        return database.sql("select count(*) from " + table + " where workspace_id = $1")
                .bind(0, workspace)
                .mapValue(Long.class)
                .one()
                .block();
    }

    List<String> events(UUID workspaceId) {
        return database.sql("select kind from event where workspace_id = $1")
                .bind(0, workspaceId)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    UUID newWorkspace() {
        return openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .map(Workspace::id)
                .block();
    }
}
