package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.contact.Timeline;
import dev.afterword.db.contact.relationship.ComingOccasion;
import dev.afterword.db.contact.relationship.PersonalContact;
import dev.afterword.db.contact.relationship.PersonalEntry;
import dev.afterword.db.contact.relationship.Relationships;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.inbox.notice.CollectNotices;
import dev.afterword.db.inbox.notice.NoticeMails;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMembers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Who keeps in touch is reminded of days that matter, once a year each, and what they do in person stands in the customer's story. */
@DatabaseTest
class RemindOfOccasionsTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    StaffMembers staff;

    @Autowired
    Memberships memberships;

    @Autowired
    Relationships relationships;

    @Autowired
    RemindOfOccasions remind;

    @Autowired
    CollectNotices collect;

    @Autowired
    NoticeMails mails;

    @Autowired
    Timeline timeline;

    Rows shop;
    Key ana;
    UUID mira;
    ZoneId zone;
    LocalDate today;

    @BeforeEach
    void open() {
        shop = new Rows(database, openWorkspace);
        ana = new Key(shop.workspace.id(), shop.contact("Ana Souza", "ana@example.com", "client"));
        mira = member("Mira");
        zone = shop.workspace.zone();
        today = LocalDate.ofInstant(Instant.now(), zone);
    }

    @Test
    void remindsOnceAWeekBeforeAndOnlyWhoKeepsInTouch() {
        remember("Birthday", today.plusDays(7).minusYears(30), true);
        remember("Opening of the new shop", today.plusDays(8), false);
        rounds();
        assertThat(told()).isEmpty();
        relationships.give(ana, mira).block();
        rounds();
        rounds();
        assertThat(told()).containsExactly(today.plusDays(7).toString());
        run("update staff_notice set due_at = now() where workspace_id = $1");
        collect.round().block();
        var mail = mails.compose(
                        shop.workspace.id(),
                        database.sql("select id from staff_mail where workspace_id = $1")
                                .bind(0, shop.workspace.id())
                                .mapValue(UUID.class)
                                .one()
                                .block(),
                        "Mira")
                .block();
        assertThat(mail.subject()).isEqualTo("Coming soon: Birthday");
        assertThat(mail.text()).contains("Ana Souza: Birthday is on ", "/customers/" + ana.id());
        assertThat(relationships
                        .coming(shop.workspace.id(), mira, today, 14, 10)
                        .block())
                .extracting(ComingOccasion::name)
                .containsExactly("Birthday", "Opening of the new shop");
    }

    @Test
    void turnsThePagesOfTheCalendar() {
        relationships.give(ana, mira).block();
        remember("Birthday", today, true);
        remember("Fair", today.plusDays(1), false);
        run("update occasion set on_date = on_date - 3, next_on = next_on - 3 where workspace_id = $1");
        rounds();
        var occasions = relationships.of(ana).block().occasions();
        assertThat(occasions.getFirst().nextOn()).isEqualTo(today.minusDays(3).plusYears(1));
        assertThat(occasions.getLast().nextOn()).isNull();
    }

    @Test
    void whoLeavesKeepsNobody() {
        relationships.give(ana, mira).block();
        assertThat(relationships.of(ana).block().ownerId()).isEqualTo(mira);
        run("delete from membership where workspace_id = $1");
        assertThat(relationships.of(ana).block().ownerId()).isNull();
        assertThatThrownBy(() -> relationships.give(ana, mira).block())
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("staff.unknown");
    }

    @Test
    void whatWasDoneInPersonStandsInTheStory() {
        relationships
                .did(ana, PersonalContact.LETTER, "Thank you for ten years.", mira)
                .block();
        assertThat(timeline.of(ana, null, 10).block().items())
                .filteredOn(PersonalEntry.class::isInstance)
                .map(PersonalEntry.class::cast)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.what()).isEqualTo("letter");
                    assertThat(entry.words()).isEqualTo("Thank you for ten years.");
                    assertThat(entry.who()).isEqualTo("Mira");
                });
    }

    private void remember(String name, LocalDate on, boolean yearly) {
        relationships.remember(ana, name, on, yearly, zone).block();
    }

    private void rounds() {
        Flux.range(0, 2).flatMap(process -> remind.round(), 2).blockLast();
    }

    private List<String> told() {
        return database.sql("select detail from staff_notice where workspace_id = $1 and kind = 'occasion'")
                .bind(0, shop.workspace.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspace.id()).then().block();
    }

    private UUID member(String name) {
        var person = staff.save(
                        Staff.of(name.toLowerCase() + "-" + Key.nextId() + "@cedar.example", name, Instant.now())
                                .withPassword("hash"))
                .block();
        memberships
                .add(shop.workspace.id(), person.id(), Role.SUPPORT, Instant.now())
                .block();
        return person.id();
    }
}
