package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.order.Orders;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What begins a follow-up where nothing happens: days, silence, who comes into its audience, and staff by hand. */
@DatabaseTest
class FollowUpBeginsByTimeTest extends FollowUpShop {
    @Test
    void writesToWhoHasNotAnsweredAfterAWhile() {
        shop.enabled().withoutReminder();
        var again = follow("{\"on\": \"response-missing\", \"days\": 5, \"survey\": \"post-purchase\"}", "", MAIL);
        var order = shop.delivered("1", "ana@example.com", begin.minus(3, ChronoUnit.DAYS));
        shop.delivered("2", "ben@example.com", begin.minus(3, ChronoUnit.DAYS));
        go();
        answer(order, 9);
        later(Duration.ofDays(4));
        assertThat(states(again)).isEmpty();
        later(Duration.ofDays(5).plusMinutes(1));
        assertThat(states(again)).containsExactly("hello accepted");
    }

    @Test
    void meetsADayOnceAYear() {
        var birthday = follow("{\"on\": \"attribute-day\", \"attribute\": \"birthday\"}", "", MAIL);
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var in3 = LocalDate.ofInstant(begin, shop.workspace().zone()).plusDays(3);
        run("update contact set attributes = '{\"birthday\": \"1980-%s\"}' where workspace_id = $1"
                .formatted(in3.toString().substring(5)));
        go();
        assertThat(states(birthday)).isEmpty();
        for (int day = 1; day < 8; day++) {
            later(Duration.ofDays(day).plusMinutes(1));
        }
        assertThat(states(birthday)).containsExactly("hello accepted");
        later(Duration.ofDays(3 + 366));
        assertThat(states(birthday)).hasSize(2);
    }

    @Test
    void meetsADayThatMovesOnAsOftenAsItDoes() {
        var visit = follow("{\"on\": \"attribute-day\", \"attribute\": \"visit\", \"yearly\": false}", "", MAIL);
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        var today = LocalDate.ofInstant(begin, shop.workspace().zone());
        for (int day = 0; day < 12; day++) {
            run("update contact set attributes = '{\"visit\": \"%s\"}' where workspace_id = $1"
                    .formatted(today.plusDays(day < 10 ? 0 : 10)));
            later(Duration.ofDays(day).plusMinutes(1));
        }
        assertThat(states(visit)).containsExactly("hello accepted", "hello accepted");
    }

    @Test
    void findsWhoFitsBehindAThousandWhoDoNot() {
        var visit = follow(
                "{\"on\": \"attribute-day\", \"attribute\": \"visit\", \"yearly\": false}",
                "\"audience\": {\"fact\": \"contact.country\", \"operator\": \"is\", \"value\": \"JP\"},",
                MAIL);
        run("""
                insert into contact (workspace_id, id, version, email, address, country, attributes, created_at)
                select $1, ('ffffffff-ffff-7fff-bfff-' || lpad(n::text, 12, '0'))::uuid, 0, n || '@example.com', n || '@example.com', case n when 1001 then 'JP' else 'DE' end,
                    jsonb_build_object('visit', '%s'), now() from generate_series(1, 1001) n
                """.formatted(LocalDate.ofInstant(begin, shop.workspace().zone())));
        go();
        assertThat(states(visit)).containsExactly("hello accepted");
    }

    @Test
    void wakesWhoIsSilentLongerThanIsTheirHabit() {
        var silent = follow("{\"on\": \"no-order-since\", \"rhythm\": 2, \"days\": 90}", "", MAIL);
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin.minus(20, ChronoUnit.DAYS));
        shop.order("2", "ben@example.com", "\"status\": \"placed\"", begin.minus(10, ChronoUnit.DAYS));
        run(
                "update customer_order o set contact_id = f.contact_id from customer_order f where o.workspace_id = $1 and f.workspace_id = $1 and f.external_id = '1'");
        go();
        later(Duration.ofDays(9));
        assertThat(states(silent)).isEmpty();
        later(Duration.ofDays(10).plusMinutes(11));
        assertThat(states(silent)).containsExactly("hello accepted");
        later(Duration.ofDays(16));
        assertThat(states(silent)).hasSize(1);
    }

    @Test
    void beginsForWhoComesIntoItsAudienceAndNotForWhoWasInIt() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        go();
        var rich = follow(
                "segment-entered",
                "\"audience\": {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 1},",
                MAIL);
        go();
        assertThat(states(rich)).isEmpty();
        shop.order("2", "ben@example.com", "\"status\": \"placed\"", begin);
        later(Duration.ofMinutes(11));
        assertThat(states(rich)).containsExactly("hello accepted");
        later(Duration.ofMinutes(30));
        assertThat(states(rich)).hasSize(1);
    }

    @Test
    void leavesAloneWhoCameIntoItsAudienceWhileItWasOff() {
        var buyers = follow(
                "segment-entered",
                "\"audience\": {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 1},",
                MAIL);
        go();
        beans.getBean(DisableFollowUp.class).disable(buyers).block();
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        go();
        beans.getBean(EnableFollowUp.class).enable(buyers).block();
        go();
        shop.order("2", "ben@example.com", "\"status\": \"placed\"", begin);
        later(Duration.ofMinutes(11));
        assertThat(texts(
                        "select c.address from send s join contact c on c.workspace_id = $1 and c.id = s.contact_id where s.workspace_id = $1 and s.follow_up_id = '%s'"
                                .formatted(buyers.id())))
                .containsExactly("ben@example.com");
    }

    @Test
    void takesAContactThroughOnceWhoComesIntoTheAudienceAgain() {
        var vip = "\"audience\": {\"fact\": \"contact.attribute.vip\", \"operator\": \"is\", \"value\": \"yes\"},";
        var once = follow("segment-entered", vip, MAIL);
        var often = follow("segment-entered", vip + "\"again\": 1,", MAIL);
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        go();
        for (int day = 1; day < 4; day++) {
            run("update contact set attributes = '{\"vip\": \"%s\"}' where workspace_id = $1"
                    .formatted(day == 2 ? "no" : "yes"));
            later(Duration.ofDays(day));
        }
        assertThat(states(once)).hasSize(1);
        assertThat(states(often)).hasSize(2);
    }

    @Test
    void addsNoAmountsOfDifferentCurrencies() {
        for (var order : List.of("1 ana 60 EUR", "2 ana 60 SEK", "3 ben 60 SEK", "4 ben 40 SEK")) {
            var said = order.split(" ");
            shop.take(List.of("""
                    {"externalId": "%s", "placedAt": "%s", "status": "placed", "customer": {"externalId": "%s", "email": "%3$s@example.com"}, "total": {"amount": "%s", "currency": "%s"}}
                    """.formatted(said[0], begin, said[1], said[2], said[3])));
        }
        go();
        var news = follow(
                "news",
                "by-hand",
                "\"audience\": {\"fact\": \"contact.spent\", \"operator\": \"at-least\", \"value\": 100},",
                MAIL);
        assertThat(beans.getBean(StartByHand.class).count(news).block()).isEqualTo(1);
        assertThat(beans.getBean(Orders.class).currencies(shop.workspaceId()).block())
                .containsExactly("SEK", "EUR");
    }

    @Test
    void startsByHandForItsAudience() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        shop.order("2", "ben@example.com", "\"status\": \"cancelled\"", begin);
        go();
        var news = follow(
                "news",
                "by-hand",
                "\"audience\": {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 1},",
                MAIL);
        assertThat(beans.getBean(StartByHand.class).count(news).block()).isEqualTo(1);
        assertThat(beans.getBean(StartByHand.class).start(news).block()).isEqualTo(1);
        go();
        assertThat(states(news)).containsExactly("hello accepted");
        assertThat(beans.getBean(StartByHand.class).count(news).block()).isZero();
        assertThat(beans.getBean(StartByHand.class).start(news).block()).isZero();
    }

    @Test
    void startsByHandAgainAfterSoManyDaysAndTwiceAtOnceOnlyOnce() {
        shop.order("1", "ana@example.com", "\"status\": \"placed\"", begin);
        go();
        var news = follow(
                "news",
                "by-hand",
                "\"again\": 30, \"audience\": {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 1},",
                MAIL);
        var start = beans.getBean(StartByHand.class);
        assertThat(Flux.merge(start.start(news), start.start(news))
                        .collectList()
                        .block())
                .containsExactlyInAnyOrder(0, 1);
        time.shift(Duration.ofDays(29)).block();
        assertThat(start.count(news).block()).isZero();
        time.shift(Duration.ofDays(31)).block();
        assertThat(start.start(news).block()).isEqualTo(1);
    }
}
