package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What begins a follow-up: orders, answers and stages, for whom, and how often. */
@DatabaseTest
class FollowUpBeginsTest extends FollowUpShop {
    @Test
    void beginsWhenAnOrderComesAsFarAsItSays() {
        var shipped = follow("order-shipped", "", MAIL);
        var cancelled = follow("order-cancelled", "", MAIL);
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        go();
        assertThat(states(shipped)).isEmpty();
        shop.order("1", "ana@example.com", "\"status\": \"shipped\", \"shippedAt\": \"%s\"".formatted(begin), begin);
        go();
        assertThat(states(shipped)).containsExactly("hello accepted");
        assertThat(states(cancelled)).isEmpty();
        shop.order("2", "ben@example.com", "\"status\": \"cancelled\"", begin);
        go();
        assertThat(states(cancelled)).containsExactly("hello accepted");
        assertThat(states(shipped)).hasSize(1);
        assertThat(ends(shipped)).containsExactly("done");
    }

    @Test
    void beginsAtEachStatusOfAnOrder() {
        for (var status : List.of("placed", "refunded")) {
            var begun = follow("service", "order-" + status, "", MAIL);
            shop.order(status, status + "@example.com", "\"status\": \"%s\"".formatted(status), begin);
            go();
            assertThat(states(begun)).as(status).containsExactly("hello accepted");
        }
    }

    @Test
    void beginsOnceForEachOrderHoweverOftenItChanges() {
        var delivered = follow("order-delivered", "", MAIL);
        for (int n = 0; n < 3; n++) {
            shop.order("1", "ana@example.com", delivered() + ", \"carrier\": \"c%d\"".formatted(n), begin);
            go();
        }
        shop.order("2", "ana@example.com", delivered(), begin);
        go();
        assertThat(states(delivered)).hasSize(2);
    }

    @Test
    void beginsOnceForAContactOfWhomABatchTellsTwice() {
        var spaced = follow("order-delivered", "\"again\": 30,", MAIL);
        var each = follow("order-delivered", "", MAIL);
        bought("1", "ana", begin);
        bought("2", "ana", begin);
        go();
        assertThat(states(spaced)).hasSize(1);
        assertThat(states(each)).hasSize(2);
    }

    @Test
    void takesOnlyItsAudience() {
        var late = follow(
                "order-delivered",
                "\"audience\": {\"all\": [{\"fact\": \"order.delivery\", \"operator\": \"is\", \"value\": \"late\"}, {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 1}]},",
                MAIL);
        shop.order(
                "1",
                "ana@example.com",
                delivered() + ", \"promisedAt\": \"%s\"".formatted(begin.minus(2, ChronoUnit.DAYS)),
                begin);
        shop.order(
                "2",
                "ben@example.com",
                delivered() + ", \"promisedAt\": \"%s\"".formatted(begin.plus(2, ChronoUnit.DAYS)),
                begin);
        go();
        assertThat(states(late)).containsExactly("hello accepted");
    }

    @Test
    void writesBackToWhoAnsweredBadly() {
        shop.enabled();
        var rescue = follow(
                "service",
                "{\"on\": \"response-given\", \"survey\": \"post-purchase\"}",
                "\"audience\": {\"fact\": \"response.band\", \"operator\": \"is\", \"value\": \"bad\"},",
                MAIL);
        var order = shop.delivered("1", "ana@example.com", begin.minus(3, ChronoUnit.DAYS));
        var other = shop.delivered("2", "ben@example.com", begin.minus(3, ChronoUnit.DAYS));
        go();
        answer(order, 2);
        answer(other, 10);
        go();
        assertThat(states(rescue)).containsExactly("hello accepted");
    }

    @Test
    void beginsForWhoeverEntersAStageHoweverLongTheyAreKnown() {
        var clients = follow("{\"on\": \"stage-entered\", \"stage\": \"client\"}", "", MAIL);
        bought("1", "ana", begin.minus(2, ChronoUnit.DAYS));
        bought("2", "ben", begin.minus(1, ChronoUnit.DAYS));
        readAll();
        go();
        assertThat(states(clients)).as("customers are no clients yet").isEmpty();

        bought("3", "ana", begin);
        readAll();
        go();
        assertThat(states(clients)).containsExactly("hello accepted");
        bought("4", "ana", begin);
        readAll();
        go();
        assertThat(states(clients)).as("who stays one has entered nothing").hasSize(1);
    }
}
