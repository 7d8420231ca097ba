package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Lifts;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.followup.WeighArms;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** A campaign with a planted effect goes through PostgreSQL, and the report counts what was planted. */
@DatabaseTest
class FollowUpReportsTest {
    private static final int PEOPLE = 120;

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    FollowUpReports reports;

    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final Instant begin = now.minus(6, ChronoUnit.DAYS);
    Shop shop;

    @Test
    void countsWhatWasPlanted() {
        follow("%s");
        shop.take(IntStream.range(0, PEOPLE)
                .mapToObj(n -> order("o" + n, n, begin, ""))
                .toList());
        shop.take(List.of(order("test", PEOPLE, begin, "\"test\": true,")));
        go();
        run(
                "update send set state = 'accepted', finished_at = '%s', due_at = '%s' where workspace_id = $1 and state = 'planned'"
                        .formatted(begin, begin));
        // One of two with the short subject buys again within the three days, one of four with the long, one of eight
        // without.
        var plants = new ArrayList<Plant>();
        for (var person : people()) {
            var each = person.held ? 8 : person.arm.equals("short") ? 2 : 4;
            var bought = plants.stream().filter(person::like).count() % each == 0;
            plants.add(new Plant(person.number, person.held, person.arm, bought));
        }
        shop.take(plants.stream()
                .filter(Plant::bought)
                .map(plant -> order("again" + plant.number, plant.number, begin.plus(2, ChronoUnit.DAYS), ""))
                .toList());
        run(
                "insert into bounce (workspace_id, id, send_id, contact_id, address, kind, sure, at) select workspace_id, id, id, contact_id, 'p', 'spam-report', true, now() from send where workspace_id = $1 and state = 'accepted' order by id limit 1");
        run(
                "insert into suppression (workspace_id, id, address, purpose, reason, created_at) select c.workspace_id, c.id, c.address, 'tips', 'unsubscribed', '%s' from contact c join send s on s.workspace_id = c.workspace_id and s.contact_id = c.id where c.workspace_id = $1 and s.state = 'accepted' order by c.id limit 2"
                        .formatted(begin.plus(1, ChronoUnit.DAYS)));
        go();

        var report = reports.of(shop.workspaceId(), "learn", 30).block();

        long written = plants.stream().filter(plant -> !plant.held).count();
        long bought =
                plants.stream().filter(plant -> !plant.held && plant.bought).count();
        long heldBought =
                plants.stream().filter(plant -> plant.held && plant.bought).count();
        assertThat(written).isBetween(60L, 110L);
        var whole = report.whole();
        assertThat(whole.written().people()).isEqualTo(written);
        assertThat(whole.written().reached()).isEqualTo(bought);
        assertThat(whole.held().people()).isEqualTo(PEOPLE - written);
        assertThat(whole.held().reached()).isEqualTo(heldBought);
        assertThat(whole.share()).isEqualTo(Lifts.shares(bought, written, heldBought, PEOPLE - written));
        assertThat(whole.written().amounts().mean()).isCloseTo(12.5 * bought / written, within(1e-9));
        assertThat(report.currency()).isEqualTo("EUR");
        var arms = report.splits().getFirst().arms();
        assertThat(arms).extracting(FollowUpReport.ArmResult::arm).containsExactly("long", "short");
        assertThat(arms.get(1).againstHeld().written().reached())
                .isEqualTo(plants.stream()
                        .filter(plant -> !plant.held && plant.bought && plant.arm.equals("short"))
                        .count());
        assertThat(arms.get(1).againstFirst().share().value()).isGreaterThan(10);
        var funnel = report.funnel();
        assertThat(funnel.sent()).isEqualTo(written);
        assertThat(funnel.delivered()).isEqualTo(written);
        assertThat(funnel.ordered()).isEqualTo(bought);
        assertThat(funnel.leftOut()).contains(new FollowUpReport.LeftOut("holdout", PEOPLE - written + heldBought));
        assertThat(report.harm()).isEqualTo(new FollowUpReport.Harm(written, 2, 1));

        var worked = beans.getBean(FindWhatWorked.class).of(shop.workspaceId()).block();
        assertThat(worked.followUps().getFirst().followUp().followUpKey()).isEqualTo("learn");
        assertThat(worked.followUps().getFirst().lift()).isEqualTo(whole.share());
        assertThat(worked.followUps().getFirst().sent()).isEqualTo(written);
        assertThat(worked.proposals()).hasAtLeastOneElementOfType(WhatWorked.Proposal.DoMore.class);

        beans.getBean(WeighArms.class).round().block();
        var learnt = reports.of(shop.workspaceId(), "learn", 30)
                .block()
                .splits()
                .getFirst()
                .arms();
        assertThat(learnt.get(0).share() + learnt.get(1).share()).isCloseTo(1, within(1e-9));
        assertThat(learnt.get(1).share()).isGreaterThan(0.6);
    }

    /** Who lives in Germany buys again anyhow, and only they come to the split. */
    @Test
    void comparesArmsWithThoseWhoWereLeftOutAndCameToTheSplitToo() {
        follow("""
                {"key": "where", "type": "branch", "cases": [
                    {"key": "here", "when": {"fact": "order.country", "operator": "is", "value": "DE"}, "steps": [%1$s]}], "otherwise": [%2$s]}
                """);
        shop.take(IntStream.range(0, PEOPLE)
                .mapToObj(n -> order("o" + n, n, begin, "\"country\": \"%s\",".formatted(n % 2 == 0 ? "DE" : "JP")))
                .toList());
        shop.take(IntStream.iterate(0, n -> n < PEOPLE, n -> n + 2)
                .mapToObj(n -> order("again" + n, n, begin.plus(2, ChronoUnit.DAYS), ""))
                .toList());
        go();

        var held = people().stream()
                .filter(person -> person.held && person.arm != null)
                .count();
        assertThat(held).isPositive();
        var report = reports.of(shop.workspaceId(), "learn", 30).block();
        assertThat(report.whole().held().people()).isGreaterThan(held);
        assertThat(report.splits().getFirst().arms()).allSatisfy(arm -> {
            assertThat(arm.againstHeld().held().people()).isEqualTo(held);
            assertThat(arm.againstHeld().share().value()).isZero();
        });
    }

    /** What links were asked for is kept for 90 days: whoever answered has opened the question, whenever that was. */
    @Test
    void countsAsOpenedWhatPeopleOpenedOrAnswered() {
        shop = Shop.open(beans).enabled();
        for (var order : List.of("person", "machine", "answered", "neither")) {
            shop.delivered(order, order + "@example.com", begin);
        }
        go();
        run("update send set state = 'accepted', finished_at = due_at where workspace_id = $1 and state = 'planned'");
        run("""
                insert into hit (workspace_id, id, invitation_id, at, target, method, status, prefetch, language, agent, platform, verdict, reason, rule)
                select i.workspace_id, i.id, i.id, now(), 'page', 'GET', 200, false, true, 'browser', 'android', o.external_id, 'browser', 1
                from invitation i join customer_order o on o.workspace_id = i.workspace_id and o.id = i.order_id
                where i.workspace_id = $1 and o.external_id in ('person', 'machine')
                """);
        run("""
                update invitation i set answered_at = now() from customer_order o
                where i.workspace_id = $1 and o.workspace_id = $1 and o.id = i.order_id and o.external_id = 'answered'
                """);

        var funnel =
                reports.of(shop.workspaceId(), "post-purchase", 365).block().funnel();
        assertThat(funnel.sent()).isEqualTo(4);
        assertThat(funnel.clicked()).isEqualTo(2);
        assertThat(funnel.answered()).isEqualTo(1);
    }

    private record Plant(int number, boolean held, String arm, boolean bought) {
        boolean like(Plant other) {
            return held == other.held && (held || arm.equals(other.arm));
        }
    }

    private List<Plant> people() {
        return database.sql("""
                        select substring(c.address from '[0-9]+')::int as number, e.holdout, e.passed #>> '{subject,way}' as arm
                        from enrollment e join contact c on c.workspace_id = $1 and c.id = e.contact_id
                        join customer_order o on o.workspace_id = $1 and o.id = e.order_id and not o.test
                        join follow_up f on f.workspace_id = $1 and f.id = e.follow_up_id and f.key = 'learn'
                        where e.workspace_id = $1 order by 1
                        """)
                .bind(0, shop.workspaceId())
                .map(row -> new Plant(
                        row.get("number", Integer.class),
                        row.get("holdout", Boolean.class),
                        row.get("arm", String.class),
                        false))
                .all()
                .collectList()
                .block();
    }

    private static String order(String id, int person, Instant at, String more) {
        return """
                {"externalId": "%s", "placedAt": "%s", "customer": {"externalId": "c%d", "email": "p%d@example.com"}, %s "status": "placed", "total": {"amount": "12.50", "currency": "EUR"}}
                """.formatted(id, at, person, person, more);
    }

    /** A shop whose orders go to a split, which stands somewhere in these steps, or to another mail. */
    private void follow(String steps) {
        shop = Shop.open(beans);
        beans.getBean(Grounds.class)
                .state(shop.workspaceId(), Purpose.TIPS, Ground.EXISTING_CUSTOMER, begin)
                .block();
        var mail =
                "{\"key\": \"%s\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"%s\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"Hello\"}]}}}";
        var split = """
                {"key": "subject", "type": "split", "learn": true, "arms": [
                    {"key": "long", "steps": [%s]}, {"key": "short", "steps": [%s]}]}
                """.formatted(mail.formatted("l", "How to use it better"), mail.formatted("s", "Hello"));
        shop.follow("Learn", """
                        {"purpose": "tips", "trigger": {"on": "order-placed"}, "holdout": 30, "goal": {"reach": "order", "within": 3}, "steps": [%s]}
                        """.formatted(steps.formatted(split, mail.formatted("m", "Hello there"))));
    }

    private void go() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                beans.getBeansOfType(EventReader.class).values().toArray(EventReader[]::new));
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }
}
