package dev.afterword.db.contact.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Remnants;
import dev.afterword.db.Rows;
import dev.afterword.db.Transactions;
import dev.afterword.db.Unavailable;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.Contacts;
import dev.afterword.db.contact.ImportContacts;
import dev.afterword.db.contact.relationship.Relationships;
import dev.afterword.db.event.Events;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.OrderData;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.ImportResponses;
import dev.afterword.db.response.InviteCustomer;
import dev.afterword.db.response.PastResponse;
import dev.afterword.db.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Who was erased is named nowhere, whatever the shop sends again and whichever dump is restored, and what is counted stays. */
@DatabaseTest
class EraseContactTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    Workspaces workspaces;

    @Autowired
    ImportOrders importOrders;

    @Autowired
    ImportContacts importContacts;

    @Autowired
    ImportResponses importResponses;

    @Autowired
    InviteCustomer inviteCustomer;

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    Relationships relationships;

    @Autowired
    Contacts contacts;

    @Autowired
    CollectPersonalData collect;

    @Autowired
    List<PersonalData> features;

    @Autowired
    Erasures erasures;

    @Autowired
    Events events;

    @Autowired
    Transactions transactions;

    @Autowired
    Clock clock;

    @TempDir
    Path folder;

    Rows shop;
    String ana;
    Path file;

    @BeforeEach
    void open() {
        shop = new Rows(database, openWorkspace);
        ana = "ana-" + Key.nextId();
        file = folder.resolve("erasures.ndjson");
    }

    @Test
    void namesNobodyAnyMoreWhateverTheShopSendsAgain() {
        sendAll();
        var known = ana();
        relationships
                .remember(known, "Birthday of " + ana, LocalDate.now(clock).plusDays(3), true, shop.workspace.zone())
                .block();
        assertThat(collect.of(known).block())
                .extracting(Section::name)
                .contains("contact", "consents", "occasions", "orders", "responses");
        var answered = numbers();

        assertThat(eraseContact(file).erase(known).block()).isTrue();
        assertThat(Remnants.of(database, ana, "Ilse Quandt", "The lid rattles")).isEmpty();
        assertThat(eraseContact(file).erase(known).block()).isFalse();
        sendAll();
        order("A-2", "");
        assertThat(importContacts
                        .write(shop.workspace.id(), List.of(ContactData.of(Fields.parse(customer("")), null)))
                        .block())
                .hasSize(1);
        assertThat(Remnants.of(database, ana, "Ilse Quandt", "The lid rattles")).isEmpty();
        assertThat(numbers()).isEqualTo(answered);
        assertThat(number("select count(*) from customer_order where workspace_id = $1"))
                .isEqualTo(2);
        assertThat(number("select count(distinct contact_id) from customer_order where workspace_id = $1"))
                .isEqualTo(1);
        assertThatThrownBy(() -> inviteCustomer
                        .invite(
                                shop.workspace.id(),
                                new InviteCustomer.Wish(
                                        "post-purchase", null, ContactData.of(Fields.parse(customer("")), null), true))
                        .block())
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("contact.erased");
        assertThat(ofKind("contact.erased")).isEqualTo(1);
    }

    @Test
    void takesNoAnswersAtTheLinksOfWhoWasErased() {
        sendAll();
        var invited = inviteCustomer
                .invite(
                        shop.workspace.id(),
                        new InviteCustomer.Wish(
                                "post-purchase", null, ContactData.of(Fields.parse(customer("")), null), false))
                .block();
        eraseContact(file).erase(ana()).block();
        var given = new GivenAnswers(
                invited.invitation().key(), Map.of("comment", "Ilse Quandt again"), true, true, clock.instant());
        assertThatThrownBy(() -> giveAnswers.give(given).block()).hasMessageContaining("invitation.closed");
    }

    @Test
    void whoAgreesLaterIsKnownAnew() {
        sendAll();
        var known = ana();
        eraseContact(file).erase(known).block();
        order(
                "A-2",
                ", \"consents\": [{\"purpose\": \"questions\", \"granted\": true, \"at\": \"%s\", \"source\": \"checkout\"}]"
                        .formatted(clock.instant().plusSeconds(1)));
        var anew = ana();
        assertThat(anew).isNotEqualTo(known);
        order("A-3", "");
        assertThat(ana()).isEqualTo(anew);
    }

    @Test
    void aConsentWithoutATimeDoesNotUndoAnErasure() {
        var again = "\", \"consents\": [{\"purpose\": \"questions\", \"granted\": true}]";
        sendAll();
        eraseContact(file).erase(ana()).block();
        var later = clock.instant().plusSeconds(1);
        var order = """
                {"externalId": "A-1", "status": "delivered", "placedAt": "2025-03-01T00:00:00Z", "updatedAt": "%1$s",
                 "customer": {"externalId": "%2$s", "email": "%2$s@example.com", "name": "Ilse Quandt", "updatedAt": "%1$s%3$s}}
                """.formatted(later, ana, again);
        assertThat(importOrders
                        .write(shop.workspace.id(), List.of(OrderData.of(Fields.parse(order))), false)
                        .block())
                .allMatch(result -> result.problem() == null);
        var contact = customer(", \"updatedAt\": \"" + later + again);
        importContacts
                .write(shop.workspace.id(), List.of(ContactData.of(Fields.parse(contact), null)))
                .block();
        assertThat(Remnants.of(database, ana, "Ilse Quandt")).isEmpty();
    }

    @Test
    void aRestoredDumpIsErasedAgain() throws IOException {
        sendAll();
        var known = ana();
        eraseContact(file).erase(known).block();
        Files.writeString(file, "{\"erased\": {\"works", StandardOpenOption.APPEND);
        assertThat(Files.readString(file)).doesNotContain(ana);
        // The dump knows her still, and nothing of erasures.
        run("delete from erasure where workspace_id = $1");
        database.sql(
                        "update contact set external_id = $3, email = $4, address = $4, name = 'Ilse Quandt', erased_at = null where workspace_id = $1 and id = $2")
                .bind(0, shop.workspace.id())
                .bind(1, known.id())
                .bind(2, ana)
                .bind(3, ana + "@example.com")
                .then()
                .block();
        assertThat(again().repeat().block()).isEqualTo(1);
        assertThat(Remnants.of(database, ana, "Ilse Quandt")).isEmpty();
        assertThat(again().repeat().block()).isZero();
        // An older one does not know of her at all.
        run("delete from erasure where workspace_id = $1");
        for (var table : List.of("answer", "response", "order_line", "customer_order", "event", "contact")) {
            run("delete from " + table + " where workspace_id = $1");
        }
        assertThat(again().repeat().block()).isEqualTo(1);
        sendAll();
        assertThat(Remnants.of(database, ana, "Ilse Quandt")).isEmpty();
        assertThat(number("select count(*) from customer_order where workspace_id = $1"))
                .isEqualTo(1);
    }

    @Test
    void nobodyIsErasedWhereTheFileCannotBeWritten() {
        sendAll();
        var known = ana();
        assertThatThrownBy(() -> eraseContact(folder.resolve("missing").resolve("erasures.ndjson"))
                        .erase(known)
                        .block())
                .isInstanceOf(Unavailable.class);
        assertThat(ana()).isEqualTo(known);
    }

    private EraseContact eraseContact(Path path) {
        return new EraseContact(
                database, features, erasures, new ErasureFile(path.toString()), events, transactions, clock);
    }

    private RepeatErasures again() {
        return new RepeatErasures(new ErasureFile(file.toString()), erasures, eraseContact(file), workspaces);
    }

    private void sendAll() {
        order(
                "A-1",
                ", \"consents\": [{\"purpose\": \"questions\", \"granted\": true, \"at\": \"2025-03-01T00:00:00Z\", \"source\": \"checkout\"}]");
        importResponses
                .write(shop.workspace.id(), List.of(PastResponse.of(Fields.parse("""
                        {"externalId": "r-1", "survey": "post-purchase", "order": {"externalId": "A-1"}, "answeredAt": "2025-03-09T00:00:00Z",
                         "answers": {"recommend": 3, "comment": "The lid rattles, says Ilse Quandt"}}
                        """))))
                .block();
    }

    private void order(String number, String consents) {
        assertThat(importOrders
                        .write(
                                shop.workspace.id(),
                                List.of(OrderData.of(Fields.parse("""
                                        {"externalId": "%s", "placedAt": "2025-03-01T00:00:00Z", "attributes": {"gift": "For Ilse Quandt"}, "customer": %s,
                                         "lines": [{"sku": "k-1", "name": "Kettle", "quantity": 1}]}
                                        """.formatted(number, customer(consents))))),
                                true)
                        .block())
                .allMatch(result -> result.problem() == null);
    }

    private String customer(String consents) {
        return "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.com\", \"name\": \"Ilse Quandt\"%2$s}"
                .formatted(ana, consents);
    }

    private Key ana() {
        return contacts.findByExternalId(shop.workspace.id(), ana).block().key();
    }

    private List<Long> numbers() {
        return List.of(
                number("select count(*) from response where workspace_id = $1 and confirmed_at is not null"),
                number("select count(*) from answer where workspace_id = $1"),
                number("select sum(number)::bigint from answer where workspace_id = $1 and number is not null"));
    }

    private long ofKind(String kind) {
        return number("select count(*) from event where workspace_id = $1 and kind = '" + kind + "'");
    }

    private long number(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspace.id())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspace.id()).then().block();
    }
}
