package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.message.Sends;
import dev.afterword.db.order.Offer;
import dev.afterword.db.order.Orders;
import dev.afterword.db.reward.AddCodes;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.reward.PromiseReward;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** What begins a follow-up, its steps and how it ends, on a real database whose time the test sets. */
@DatabaseTest
class FollowUpsTest {
    static final String MAIL =
            "{\"key\": \"hello\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"How is it?\"}]}}}";

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseTime time;

    final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Duration shift = Duration.ZERO;
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        for (var purpose : List.of(Purpose.TIPS, Purpose.NEWS)) {
            beans.getBean(Grounds.class)
                    .state(shop.workspaceId(), purpose, Ground.EXISTING_CUSTOMER, begin)
                    .block();
        }
    }

    @AfterEach
    void backToNow() {
        time.shift(Duration.ZERO).block();
    }

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
    void goesWaysNotesAndWaits() {
        var ways = follow("order-delivered", "", """
                {"key": "which", "type": "branch", "cases": [
                    {"key": "big", "when": {"fact": "order.amount", "operator": "at-least", "value": 100}, "steps": [
                        {"key": "note", "type": "set-attribute", "name": "big", "value": "yes"}, {"key": "pause", "type": "wait", "days": 2}]}],
                    "otherwise": [{"key": "over", "type": "end"}]}, %s""".formatted(MAIL));
        shop.order(
                "1",
                "ana@example.com",
                delivered() + ", \"total\": {\"amount\": \"141.46\", \"currency\": \"EUR\"}",
                begin);
        shop.order(
                "2",
                "ben@example.com",
                delivered() + ", \"total\": {\"amount\": \"14.00\", \"currency\": \"EUR\"}",
                begin);
        go();
        assertThat(ends(ways)).containsExactlyInAnyOrder("done", null);
        assertThat(states(ways)).containsExactly("hello planned");
        assertThat(texts("select attributes ->> 'big' from contact where workspace_id = $1"))
                .containsExactlyInAnyOrder("yes", null);
        later(Duration.ofDays(2).plusMinutes(1));
        assertThat(states(ways)).containsExactly("hello accepted");
        assertThat(ends(ways)).containsExactlyInAnyOrder("done", "done");
    }

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
    void writesTheMailOfAStepInTheCustomersLanguageWithWhatIsKnown() {
        var tips = follow("order-delivered", "", """
                {"key": "pause", "type": "wait", "days": 1},
                {"key": "use", "type": "mail", "content": {
                    "en": {"subject": "Your {{line.name|order}}, {{contact.firstName|you}}", "blocks": [{"type": "text", "markdown": "Use it **well**."}, {"type": "order-product"}]},
                    "de": {"subject": "Ihr {{line.name|Kauf}}", "blocks": [{"type": "text", "markdown": "Viel Freude damit."}]}}}
                """);
        shop.order(
                "1",
                "ana@example.com",
                delivered()
                        + ", \"country\": \"DE\", \"lines\": [{\"externalId\": \"1\", \"sku\": \"b1\", \"name\": \"<Kettle>\"}]",
                begin);
        shop.order(
                "2",
                "ben@example.com",
                delivered()
                        + ", \"country\": \"US\", \"lines\": [{\"externalId\": \"1\", \"sku\": \"b1\", \"name\": \"<Kettle>\"}]",
                begin);
        go();
        var sends = texts("select id::text from send where workspace_id = $1 and follow_up_id = '%s'"
                        .formatted(tips.id()))
                .stream()
                .map(id -> beans.getBean(Sends.class)
                        .find(new Key(shop.workspaceId(), UUID.fromString(id)))
                        .block())
                .toList();
        var mails = beans.getBean(WriteMails.class)
                .write(shop.workspaceId(), sends, begin)
                .block()
                .values();
        assertThat(mails)
                .extracting(mail -> mail.mail().subject())
                .containsExactlyInAnyOrder("Ihr <Kettle>", "Your <Kettle>, Ana");
        assertThat(mails)
                .allSatisfy(mail -> assertThat(mail.mail().html())
                        .doesNotContain("<Kettle>")
                        .contains(mail.unsubscribeLink()));
        assertThat(mails).extracting(mail -> mail.feedbackId().split(":")[1]).containsOnly("use");
    }

    @Test
    void leavesAStableShareOutAndGoesOnWithThemAsIfTheyHadBeenWrittenTo() {
        var held = follow("order-delivered", "\"holdout\": 50,", MAIL);
        for (int n = 0; n < 40; n++) {
            shop.order("o" + n, "p" + n + "@example.com", delivered(), begin);
        }
        go();
        var states = states(held);
        assertThat(states)
                .containsOnly("hello accepted", "hello skipped holdout")
                .hasSize(40);
        assertThat(states.stream().filter("hello accepted"::equals).count()).isBetween(8L, 32L);
        assertThat(ends(held)).containsOnly("done");
    }

    @Test
    void movesThoseInsideToANewVersionOrLetsThemFinishTheirs() {
        var tips = follow("order-delivered", "", "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        assertThat(due(tips)).isEqualTo(begin.plus(3, ChronoUnit.DAYS));
        publish(
                tips,
                definition(
                        "tips",
                        "order-delivered",
                        "",
                        "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 5}, " + MAIL),
                false);
        go();
        assertThat(due(tips)).isEqualTo(begin.plus(3, ChronoUnit.DAYS));
        publish(
                tips,
                definition(
                        "tips",
                        "order-delivered",
                        "",
                        "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 6}, " + MAIL),
                true);
        assertThat(due(tips)).isEqualTo(begin.plus(6, ChronoUnit.DAYS));
    }

    @Test
    void knowsTheKeysOfAllThatItEverHad() {
        var tips = follow("order-delivered", "", """
                {"key": "which", "type": "branch", "cases": [
                    {"key": "big", "when": {"fact": "order.amount", "operator": "at-least", "value": 100}, "steps": [{"key": "pause", "type": "wait", "days": 2}]}],
                    "otherwise": [{"key": "over", "type": "end"}]},
                {"key": "try", "type": "split", "arms": [{"key": "a", "steps": [%s]}, {"key": "b", "steps": []}]}""".formatted(MAIL));
        publish(tips, definition("tips", "order-delivered", "", MAIL.replace("hello", "bye")), true);
        assertThat(beans.getBean(FollowUps.class).keysOfVersions(tips).block())
                .containsExactlyInAnyOrder(
                        "which", "which/big", "pause", "over", "try", "try/a", "try/b", "hello", "bye");
    }

    @Test
    void takesBackWhatWasPlannedInAStepThatIsGone() {
        shop.enabled();
        shop.delivered("1", "ana@example.com", begin.minus(3, ChronoUnit.DAYS));
        go();
        assertThat(states(shop.followUp())).containsExactly("ask accepted", "remind planned");

        shop.withoutReminder();
        assertThat(states(shop.followUp())).containsExactly("ask accepted", "remind skipped step-gone");
        assertThat(ends(shop.followUp())).containsExactly("done");
        later(Duration.ofDays(4).plusMinutes(1));
        assertThat(states(shop.followUp())).containsExactly("ask accepted", "remind skipped step-gone");
    }

    @Test
    void decidesAnewOnceSomebodyComesToAStepThatNowStandsBehindABranch() {
        var pause = "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 14}, ";
        var tips = follow("order-delivered", "", pause + MAIL);
        bought("1", "ana", begin);
        bought("2", "ben", begin);
        go();
        assertThat(states(tips)).containsExactly("hello planned", "hello planned");

        publish(tips, definition("tips", "order-delivered", "", pause + """
                {"key": "which", "type": "branch", "cases": [{"key": "vip", "when": {"fact": "contact.attribute.vip", "operator": "is", "value": "yes"}, "steps": [%s]}]}
                """.formatted(MAIL)), true);
        assertThat(states(tips)).containsExactly("hello skipped step-gone", "hello skipped step-gone");
        run("update contact set attributes = '{\"vip\": \"yes\"}' where workspace_id = $1 and external_id = 'ana'");
        later(Duration.ofDays(14).plusMinutes(1));
        assertThat(states(tips)).containsExactlyInAnyOrder("hello accepted", "hello skipped step-gone");
        assertThat(ends(tips)).containsExactly("done", "done");
    }

    @Test
    void asksInTheNewStepWhatWasToBeAskedInTheOneThatIsGone() {
        var pause = "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, ";
        var ask = "{\"key\": \"%s\", \"type\": \"ask\", \"survey\": \"post-purchase\"}";
        var asking = follow("questions", "order-delivered", "", pause + ask.formatted("ask"));
        bought("1", "ana", begin);
        go();
        publish(asking, definition("questions", "order-delivered", "", pause + ask.formatted("question")), true);
        assertThat(states(asking)).containsExactlyInAnyOrder("ask skipped step-gone", "question planned");
        later(Duration.ofDays(3).plusMinutes(1));
        assertThat(states(asking)).containsExactlyInAnyOrder("ask skipped step-gone", "question accepted");
    }

    @Test
    void sendsNothingOfAJourneyThatHasGoneOnMeanwhile() {
        var tips = follow("order-delivered", "", MAIL);
        bought("1", "ana", begin);
        readAll();
        run("update enrollment set step = 'other' where workspace_id = $1");
        go();
        assertThat(states(tips)).containsExactly("hello skipped step-gone");
    }

    @Test
    void givesTheLowerPriorityUpWhenItsPlaceInTheWeekComesTooLateAndElseLetsItWait() {
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(), 1, 0, Map.of()))
                .block();
        var tips = follow("tips", "order-delivered", "", MAIL);
        var news = follow("news", "order-delivered", "", MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        assertThat(states(tips)).containsExactly("hello accepted");
        assertThat(states(news)).containsExactly("hello skipped budget");

        time.shift(Duration.ofDays(5)).block();
        shop.order(
                "2",
                "ana@example.com",
                "\"status\": \"delivered\", \"deliveredAt\": \"%s\"".formatted(begin.plus(5, ChronoUnit.DAYS)),
                begin);
        go();
        assertThat(states(tips)).containsExactly("hello accepted", "hello planned");
        later(Duration.ofDays(7).minusMinutes(5));
        assertThat(states(tips)).containsExactly("hello accepted", "hello planned");
        later(Duration.ofDays(7).plusMinutes(5));
        assertThat(states(tips)).containsExactly("hello accepted", "hello accepted");
    }

    @Test
    void givesACodeOnceAndSaysItInTheMailBehind() {
        var pool = beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "sorry",
                        new ChangePools.Wish("Sorry", null, new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        beans.getBean(AddCodes.class).add(pool.key(), List.of("SAVE-1")).block();
        var gift = follow("order-delivered", "", """
                {"key": "gift", "type": "give-reward", "kind": "reward", "pool": "sorry"},
                {"key": "use", "type": "mail", "content": {"en": {"subject": "{{reward.offer}}", "blocks": [{"type": "text", "markdown": "Take it by {{reward.expires|soon}}."}, {"type": "reward", "label": "Code"}]}}}
                """);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        assertThat(states(gift)).containsExactly("use accepted");
        var send = beans.getBean(Sends.class)
                .find(new Key(
                        shop.workspaceId(),
                        UUID.fromString(texts("select id::text from send where workspace_id = $1 and step = 'use'")
                                .getFirst())))
                .block();
        assertThat(beans.getBean(WriteMails.class)
                        .write(shop.workspaceId(), List.of(send), begin)
                        .block()
                        .values())
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.mail().subject()).isEqualTo("10% off your next order, valid for 30 days");
                    assertThat(mail.mail().html()).contains("SAVE-1").doesNotContain("soon");
                });
        shop.order("1", "ana@example.com", delivered() + ", \"carrier\": \"x\"", begin);
        shop.order("2", "ben@example.com", delivered(), begin);
        go();
        assertThat(states(gift)).containsExactlyInAnyOrder("use accepted", "use skipped reward-owed");
        assertThat(texts("select code from given_reward where workspace_id = $1"))
                .containsExactlyInAnyOrder("SAVE-1", null);
        beans.getBean(AddCodes.class).add(pool.key(), List.of("SAVE-2")).block();
        go();
        assertThat(texts("select kind || ' ' || state from send where workspace_id = $1 and follow_up_id is null"))
                .containsExactly("reward accepted");
    }

    @Test
    void givesNothingWhileItIsOffNorLaterWhatWasDueLongAgo() {
        var pool = beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "sorry",
                        new ChangePools.Wish("Sorry", "SORRY", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        var gift = follow(
                "order-delivered",
                "",
                "{\"key\": \"gift\", \"type\": \"give-reward\", \"kind\": \"reward\", \"pool\": \"sorry\"}");
        beans.getBean(DisableFollowUp.class).disable(gift).block();
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        bought("2", "ben", begin.minus(8, ChronoUnit.DAYS));
        go();
        assertThat(texts("select code from given_reward where workspace_id = $1"))
                .isEmpty();
        beans.getBean(EnableFollowUp.class).enable(gift).block();
        later(Duration.ofHours(2));
        assertThat(texts("select code from given_reward where workspace_id = $1"))
                .containsExactly(pool.fixedCode());
        assertThat(texts("select kind || ' ' || state from send where workspace_id = $1 and follow_up_id is null"))
                .containsExactly("reward accepted");
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
    void waitsForTheDayAndTheHourWhereTheCustomerLives() {
        var tips = follow(
                "order-delivered",
                "",
                "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 2, \"at\": \"09:30\"}, " + MAIL);
        shop.order("1", "ana@example.com", delivered() + ", \"country\": \"JP\"", begin);
        go();
        var tokyo = ZoneId.of("Asia/Tokyo");
        var due = due(tips).atZone(tokyo);
        assertThat(due.toLocalTime()).isEqualTo(LocalTime.of(9, 30));
        assertThat(due.toInstant())
                .isBetween(
                        begin.plus(2, ChronoUnit.DAYS),
                        begin.plus(3, ChronoUnit.DAYS).plusSeconds(60));
    }

    @Test
    void asksTheSameSurveyAgainOnlyAfterItsOwnQuarantine() {
        shop.set("quarantine_days = 0");
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(), null, 0, Map.of("post-purchase", 60)))
                .block();
        var asking = follow(
                "questions",
                "order-delivered",
                "",
                "{\"key\": \"ask\", \"type\": \"ask\", \"survey\": \"post-purchase\"}");
        bought("1", "ana", begin);
        go();
        time.shift(Duration.ofDays(59)).block();
        bought("2", "ana", begin.plus(59, ChronoUnit.DAYS));
        go();
        time.shift(Duration.ofDays(61)).block();
        bought("3", "ana", begin.plus(61, ChronoUnit.DAYS));
        go();
        assertThat(states(asking)).containsExactly("ask accepted", "ask skipped quarantine", "ask accepted");
    }

    @Test
    void writesNothingOnQuietDays() {
        var today = begin.atZone(ZoneId.of("Europe/Berlin")).getDayOfWeek();
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(today, today.plus(1)), null, 0, Map.of()))
                .block();
        var tips = follow("order-delivered", "", MAIL);
        shop.order("1", "ana@example.com", delivered() + ", \"country\": \"DE\"", begin);
        go();
        assertThat(states(tips)).containsExactly("hello planned");
        assertThat(due(tips).atZone(ZoneId.of("Europe/Berlin")).getDayOfWeek()).isEqualTo(today.plus(2));
    }

    @Test
    void writesToNobodyWithoutAnAddressAndAboutNoTestOrder() {
        var tips = follow("order-delivered", "", MAIL);
        shop.take(List.of("""
                {"externalId": "1", "placedAt": "%s", "customer": {"externalId": "ana"}, %s}""".formatted(begin, delivered())));
        shop.order("2", "ben@example.com", delivered() + ", \"test\": true", begin);
        go();
        assertThat(texts(
                        "select s.skip_reason from send s where s.workspace_id = $1 and s.follow_up_id = '%s' and s.state = 'accepted'"
                                .formatted(tips.id())))
                .isEmpty();
        assertThat(states(tips)).contains("hello skipped no-address");
    }

    @Test
    void showsInThePreviewWhatTheSurveyPromisesForAnswering() {
        beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "thanks",
                        new ChangePools.Wish("Thanks", "THX-1", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        assertThat(preview()).doesNotContain("10%");
        beans.getBean(PromiseReward.class)
                .promise(shop.workspaceId(), "post-purchase", "thanks")
                .block();
        assertThat(preview()).contains("10%");
    }

    private String preview() {
        return beans.getBean(PreviewMail.class)
                .preview(shop.followUp(), null, "en", null)
                .block()
                .text();
    }

    /** One customer's delivered order: several of one name are of one person. */
    private void bought(String externalId, String customer, Instant at) {
        shop.take(List.of("""
                {"externalId": "%1$s", "placedAt": "%3$s", "status": "delivered", "deliveredAt": "%3$s", "customer": {"externalId": "%2$s", "email": "%2$s@example.com"}}
                """.formatted(externalId, customer, at)));
    }

    /** As the worker reads news, stages of the ladder included. */
    private void readAll() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                beans.getBeansOfType(EventReader.class).values().toArray(EventReader[]::new));
    }

    private String delivered() {
        return "\"status\": \"delivered\", \"deliveredAt\": \"" + begin + "\"";
    }

    private Key follow(String on, String more, String steps) {
        return follow("tips", on, more, steps);
    }

    private Key follow(String purpose, String on, String more, String steps) {
        var key = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), "Test", FollowUpReader.read(definition(purpose, on, more, steps)))
                .block()
                .key();
        assertThat(beans.getBean(PublishFollowUp.class)
                        .publish(key, null, false)
                        .block()
                        .problems())
                .isEmpty();
        beans.getBean(EnableFollowUp.class).enable(key).block();
        return key;
    }

    private void publish(Key key, String definition, boolean moving) {
        var found = beans.getBean(FollowUps.class).find(key).block();
        beans.getBean(SaveFollowUp.class)
                .save(key, found.draftVersion(), "Test", FollowUpReader.read(definition))
                .block();
        beans.getBean(PublishFollowUp.class).publish(key, null, moving).block();
    }

    private static String definition(String purpose, String on, String more, String steps) {
        return "{\"purpose\": \"%s\", \"trigger\": %s, %s \"steps\": [%s]}"
                .formatted(purpose, on.startsWith("{") ? on : "{\"on\": \"" + on + "\"}", more, steps);
    }

    private void later(Duration since) {
        shift = since;
        time.shift(shift).block();
        go();
    }

    /** All that the worker does, until nothing more happens now. */
    private void go() {
        boolean more = true;
        while (more) {
            ReadToTheEnd.read(
                    beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), beans.getBean(Enroll.class));
            more = beans.getBean(EnrollByTime.class).round().block();
            more |= beans.getBean(AdvanceDue.class).round().block();
            more |= new Post(beans).send(shop.workspaceId(), time.now().block().plusSeconds(60)) > 0;
        }
    }

    private void answer(UUID order, int score) {
        run("""
                with r as (
                    insert into response (workspace_id, id, survey_id, version_id, invitation_id, contact_id, order_id, complete, confirmed_at, started_at, answered_at, created_at)
                    select workspace_id, id, survey_id, version_id, id, contact_id, order_id, true, now(), now(), now(), now() from invitation where workspace_id = $1 and order_id = '%s'
                    returning workspace_id, id, contact_id
                ), a as (
                    insert into answer (workspace_id, response_id, question_key, number, answered_at) select workspace_id, id, 'recommend', %d, now() from r
                ), i as (update invitation v set answered_at = now() from r where v.workspace_id = r.workspace_id and v.id = r.id)
                insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'response.given', id, contact_id, now() from r
                """.formatted(order, score));
    }

    private Instant due(Key followUp) {
        return database.sql("select due_at from send where workspace_id = $1 and follow_up_id = $2")
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .mapValue(Instant.class)
                .one()
                .block();
    }

    private List<String> states(Key followUp) {
        return texts(
                "select concat_ws(' ', step, state, skip_reason) from send where workspace_id = $1 and follow_up_id = '%s' order by created_at"
                        .formatted(followUp.id()));
    }

    private List<String> ends(Key followUp) {
        return texts("select end_reason from enrollment where workspace_id = $1 and follow_up_id = '%s'"
                .formatted(followUp.id()));
    }

    private List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspaceId())
                .map(row -> Optional.ofNullable(row.get(0, String.class)))
                .all()
                .collectList()
                .map(found -> found.stream().map(one -> one.orElse(null)).toList())
                .block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }
}
