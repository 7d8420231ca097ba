package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** What became of journeys by their goal, on a real database. */
@DatabaseTest
class OutcomesTest {
    private static final String ORDERS = "\"goal\": {\"reach\": \"order\", \"within\": 20},";

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseTime time;

    final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        beans.getBean(Grounds.class)
                .state(shop.workspaceId(), Purpose.TIPS, Ground.EXISTING_CUSTOMER, begin)
                .block();
    }

    @AfterEach
    void backToNow() {
        time.shift(Duration.ZERO).block();
    }

    @Test
    void countsOtherOrdersOfWhoWasWrittenToAndOfWhoWasLeftOutAlike() {
        var tips = follow(ORDERS + "\"holdout\": 50,");
        for (int n = 0; n < 30; n++) {
            order("o" + n, n, "", begin);
        }
        go();
        for (int n = 0; n < 30; n += 2) {
            order("more" + n, n, "", begin.plus(3, ChronoUnit.DAYS));
        }
        order("too late", 1, "", begin.plus(30, ChronoUnit.DAYS));
        order("test", 3, "\"test\": true,", begin.plus(3, ChronoUnit.DAYS));
        go();
        var first = "since < '%s' and".formatted(begin.plus(1, ChronoUnit.DAYS)) + " %s";
        assertThat(rows("select count(*) from outcome where " + first, tips)).isEqualTo(30);
        assertThat(rows("select count(*) from outcome where reached_at is not null and " + first, tips))
                .isEqualTo(15);
        assertThat(rows("select sum(amount)::bigint from outcome where currency = 'EUR' and " + first, tips))
                .isEqualTo(150);
        assertThat(rows(
                        "select count(*) from outcome where held_by = 'follow-up' and reached_at is not null and %s",
                        tips))
                .isBetween(1L, 14L);
        assertThat(rows(
                        "select count(*) from outcome o join enrollment e on e.workspace_id = o.workspace_id and e.id = o.enrollment_id where (o.held_by is not null) = e.holdout and o.since >= e.begun_at and %s",
                        tips))
                .isEqualTo(rows("select count(*) from outcome where %s", tips));
    }

    @Test
    void countsAgainWhenAnOrderIsTakenBackOrTurnsOutToBeATest() {
        var tips = follow(ORDERS);
        order("1", 1, "", begin);
        order("2", 2, "", begin);
        go();
        order("3", 1, "", begin.plus(1, ChronoUnit.DAYS));
        go();
        assertThat(rows("select sum(orders)::bigint from outcome where %s", tips))
                .isEqualTo(1);
        order("3", 1, "\"status\": \"cancelled\",", begin.plus(1, ChronoUnit.DAYS));
        order("2", 2, "\"test\": true,", begin);
        go();
        assertThat(rows("select sum(orders)::bigint from outcome where %s", tips))
                .isZero();
        assertThat(rows("select count(*) from outcome where %s", tips))
                .as("the test order is compared no longer, the cancelled one is")
                .isEqualTo(2);
    }

    @Test
    void countsAllAgainWhenTheGoalChanges() {
        var tips = follow(ORDERS);
        order("1", 1, "", begin);
        go();
        order("2", 1, "", begin.plus(30, ChronoUnit.DAYS));
        go();
        assertThat(rows("select sum(orders)::bigint from outcome where %s", tips))
                .isZero();
        var found = beans.getBean(FollowUps.class).find(tips).block();
        beans.getBean(SaveFollowUp.class)
                .save(
                        tips,
                        found.draftVersion(),
                        "Test",
                        FollowUpReader.read(definition("\"goal\": {\"reach\": \"revenue\", \"within\": 60},")))
                .block();
        beans.getBean(PublishFollowUp.class).publish(tips, null, false).block();
        beans.getBean(CountOutcomesAgain.class).round().block();
        assertThat(rows("select sum(orders)::bigint from outcome where %s", tips))
                .isEqualTo(1);
        assertThat(rows("select count(*) from follow_up_goal where changed_at is not null and %s", tips))
                .isZero();
    }

    /** Nobody would have been written to, by lot or not. */
    @Test
    void countsNobodyWhoseMessageWasDueLongAgoWhileItWasOff() {
        var tips = follow(ORDERS + "\"holdout\": 50,");
        beans.getBean(DisableFollowUp.class).disable(tips).block();
        for (int n = 0; n < 10; n++) {
            order("o" + n, n, "", begin);
        }
        go();
        time.shift(Duration.ofDays(8)).block();
        order("o0", 0, "\"carrier\": \"DHL\",", begin);
        order("old", 20, "", begin);
        order("recent", 21, "", begin.plus(7, ChronoUnit.DAYS));
        go();
        beans.getBean(EnableFollowUp.class).enable(tips).block();
        go();
        assertThat(rows("select count(*) from send where skip_reason = 'was-off' and %s", tips))
                .isEqualTo(11);
        assertThat(rows("select count(*) from enrollment where ended_at is not null and %s", tips))
                .as("they went on")
                .isGreaterThanOrEqualTo(11);
        assertThat(rows("select count(*) from outcome where %s", tips))
                .as("the one who is not too late")
                .isEqualTo(1);
    }

    @Test
    void leavesAShareOfPeopleOutOfAllMarketingAndNotOfService() {
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(), null, 20, Map.of()))
                .block();
        var tips = follow("");
        var more = follow("\"holdout\": 20,");
        var service = follow("\"purpose\": \"service\",");
        for (int n = 0; n < 60; n++) {
            order("o" + n, n, "", begin);
        }
        go();
        var held = rows("select count(*) from enrollment where held_by = 'workspace' and %s", tips);
        assertThat(held).isBetween(3L, 25L);
        assertThat(rows("select count(*) from send where skip_reason = 'holdout' and %s", tips))
                .isEqualTo(held);
        assertThat(rows(
                        "select count(*) from enrollment e where held_by = 'workspace' and exists (select from enrollment o where o.workspace_id = e.workspace_id and o.contact_id = e.contact_id and o.held_by = 'workspace' and o.id <> e.id) and %s",
                        more))
                .as("the same people")
                .isEqualTo(held);
        assertThat(rows("select count(*) from enrollment where holdout and %s", service))
                .isZero();
    }

    private void order(String id, int person, String more, Instant placedAt) {
        shop.take(List.of("""
                {"externalId": "%s", "placedAt": "%s", "customer": {"externalId": "c%d", "email": "p%d@example.com"}, %s "total": {"amount": "10.00", "currency": "EUR"}}
                """.formatted(
                id, placedAt, person, person, more.contains("status") ? more : "\"status\": \"placed\"," + more)));
    }

    private String definition(String more) {
        return "{%s %s \"trigger\": {\"on\": \"order-placed\"}, \"steps\": [%s]}"
                .formatted(more.contains("purpose") ? "" : "\"purpose\": \"tips\",", more, FollowUpShop.MAIL);
    }

    private Key follow(String more) {
        return shop.follow("Test", definition(more));
    }

    private void go() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                beans.getBean(Enroll.class),
                beans.getBean(OutcomeReader.class));
    }

    private long rows(String sql, Key followUp) {
        var table = sql.contains("enrollment e") ? "e." : sql.contains("outcome o") ? "o." : "";
        return database.sql(sql.formatted(table + "workspace_id = $1 and " + table + "follow_up_id = $2"))
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .mapValue(Long.class)
                .one()
                .block();
    }
}
