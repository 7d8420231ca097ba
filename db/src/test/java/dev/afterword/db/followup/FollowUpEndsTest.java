package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ends a follow-up before its last step. */
@DatabaseTest
class FollowUpEndsTest extends FollowUpShop {
    @Test
    void stopsByItselfWhenTheOrderComesBackUnlessItIsService() {
        var tips = follow("order-delivered", "", "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + MAIL);
        var service = follow(
                "service", "order-delivered", "", "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + MAIL);
        var line =
                ", \"lines\": [{\"externalId\": \"1\", \"sku\": \"b1\", \"name\": \"Kettle\", \"quantity\": 1, \"returnedQuantity\": %d}]";
        shop.order("1", "ana@example.com", delivered() + line.formatted(0), begin);
        go();
        assertThat(states(tips)).containsExactly("hello planned");
        shop.order("1", "ana@example.com", delivered() + line.formatted(1), begin);
        go();
        assertThat(states(tips)).containsExactly("hello skipped returned");
        assertThat(ends(tips)).containsExactly("returned");
        later(Duration.ofDays(4));
        assertThat(states(service)).containsExactly("hello accepted");
    }

    @Test
    void stopsByItselfWhenTheOrderIsCancelledOrRefunded() {
        var tips = follow("order-delivered", "", "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + MAIL);
        for (var status : List.of("cancelled", "refunded")) {
            shop.order(status, status + "@example.com", delivered(), begin);
            go();
            shop.order(status, status + "@example.com", "\"status\": \"%s\"".formatted(status), begin);
            go();
        }
        assertThat(states(tips)).containsExactly("hello skipped cancelled", "hello skipped refunded");
        assertThat(ends(tips)).containsExactlyInAnyOrder("cancelled", "refunded");
    }

    @Test
    void letsPeopleLeaveByItsOwnRule() {
        var tips = follow(
                "order-delivered",
                "\"exit\": {\"fact\": \"contact.attribute.vip\", \"operator\": \"is\", \"value\": \"yes\"},",
                "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        run("update contact set attributes = '{\"vip\": \"yes\"}' where workspace_id = $1");
        run(
                "insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'contact.changed', id, id, now() from contact where workspace_id = $1");
        go();
        assertThat(states(tips)).containsExactly("hello skipped left");
    }

    @Test
    void letsPeopleLeaveByWhatBecameOfAStep() {
        var asking = follow(
                "questions",
                "order-delivered",
                "\"exit\": {\"fact\": \"step.ask\", \"operator\": \"is\", \"value\": \"answered\"},",
                "{\"key\": \"ask\", \"type\": \"ask\", \"survey\": \"post-purchase\"}, {\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, "
                        + MAIL);
        var order = shop.delivered("1", "ana@example.com", begin);
        shop.delivered("2", "ben@example.com", begin);
        go();
        assertThat(states(asking))
                .containsExactlyInAnyOrder("ask accepted", "ask accepted", "hello planned", "hello planned");
        answer(order, 9);
        go();
        assertThat(states(asking))
                .containsExactlyInAnyOrder("ask accepted", "ask accepted", "hello planned", "hello skipped left");
        assertThat(ends(asking)).containsExactlyInAnyOrder("left", null);
    }
}
