package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpReader;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** A dry run tells what last month would have come to, by the rules that hold in earnest, and keeps nothing. */
@DatabaseTest
class DryRunTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Test
    void tellsWhoWouldHaveGotWhatAndWhyOthersNot() {
        var shop = Shop.open(beans);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        order(shop, "1", "ana@example.com", now.minus(8, ChronoUnit.DAYS), "");
        order(shop, "2", "ben@example.com", now.minus(6, ChronoUnit.DAYS), "");
        order(shop, "3", "ben@example.com", now.minus(5, ChronoUnit.DAYS), "");
        order(shop, "4", "cem@example.com", now.minus(5, ChronoUnit.DAYS), "");
        order(shop, "5", "dan@example.com", now.minus(5, ChronoUnit.DAYS), ", \"test\": true");
        order(shop, "6", "eva@example.com", now.minus(40, ChronoUnit.DAYS), "");
        shop.order("7", "fay@example.com", "\"status\": \"cancelled\"", now.minus(5, ChronoUnit.DAYS));
        database.sql(
                        "insert into suppression (workspace_id, id, address, reason, created_at) values ($1, gen_random_uuid(), 'cem@example.com', 'by-staff', now())")
                .bind(0, shop.workspaceId())
                .then()
                .block();
        var made = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), "Ask", FollowUpReader.read("""
                        {"level": 3, "purpose": "questions", "trigger": {"on": "order-delivered"}, "steps": [
                          {"key": "ask", "type": "ask", "survey": "post-purchase"}, {"key": "pause", "type": "wait", "days": 2},
                          {"key": "remind", "type": "remind", "ask": "ask"}]}"""))
                .block();

        var run = beans.getBean(DryRun.class).run(made.key()).block();

        assertThat(run.begun()).isEqualTo(4);
        assertThat(run.mails()).isEqualTo(4);
        assertThat(run.people()).isEqualTo(2);
        assertThat(run.byStep()).containsExactlyInAnyOrderEntriesOf(Map.of("ask", 2, "remind", 2));
        assertThat(run.byHour().stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
        assertThat(run.leftOut()).containsExactlyInAnyOrder(Map.entry("quarantine", 1), Map.entry("suppressed", 1));
        assertThat(run.several()).isEmpty();
        for (var table : new String[] {"send", "enrollment", "invitation"}) {
            assertThat(database.sql("select count(*) from " + table + " where workspace_id = $1")
                            .bind(0, shop.workspaceId())
                            .mapValue(Long.class)
                            .one()
                            .block())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void letsThoseLeaveWhoseCaseWasOpenedOnTheWay() {
        var shop = Shop.open(beans);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var begun = now.minus(10, ChronoUnit.DAYS);
        for (var name : new String[] {"ana", "ben", "cem"}) {
            order(shop, name, name + "@example.com", begun, "");
        }
        question(shop, "ben", begun.plus(1, ChronoUnit.DAYS), null);
        question(shop, "cem", begun.plus(1, ChronoUnit.DAYS), begun.plus(2, ChronoUnit.DAYS));
        var made = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), "Tips", FollowUpReader.read("""
                        {"level": 4, "purpose": "questions", "trigger": {"on": "order-delivered"}, "steps": [
                          {"key": "ask", "type": "ask", "survey": "post-purchase"}, {"key": "pause", "type": "wait", "days": 5},
                          {"key": "remind", "type": "remind", "ask": "ask"}]}"""))
                .block();

        var run = beans.getBean(DryRun.class).run(made.key()).block();

        assertThat(run.byStep()).containsExactlyInAnyOrderEntriesOf(Map.of("ask", 3, "remind", 2));
    }

    @Test
    void letsThoseLeaveWhoGotWhatTheRuleSays() {
        var shop = Shop.open(beans);
        var begun = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(10, ChronoUnit.DAYS);
        order(shop, "ana", "ana@example.com", begun, "");
        var made = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), "Ask", FollowUpReader.read("""
                        {"level": 4, "purpose": "questions", "trigger": {"on": "order-delivered"}, "exit": {"fact": "step.ask", "operator": "is", "value": "sent"}, "steps": [
                          {"key": "ask", "type": "ask", "survey": "post-purchase"}, {"key": "pause", "type": "wait", "days": 5},
                          {"key": "remind", "type": "remind", "ask": "ask"}]}"""))
                .block();

        var run = beans.getBean(DryRun.class).run(made.key()).block();

        assertThat(run.byStep()).containsExactlyInAnyOrderEntriesOf(Map.of("ask", 1));
        assertThat(run.leftOut()).containsExactly(Map.entry("left", 1));
    }

    @Test
    void letsAContactBeginOnlyAsOftenAsTheFollowUpSays() {
        var shop = Shop.open(beans);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        shop.take(IntStream.of(25, 20, 12)
                .mapToObj(days -> """
                        {"externalId": "a%1$s", "placedAt": "%2$s", "status": "delivered", "deliveredAt": "%2$s", "customer": {"email": "ana@example.com"}}""".formatted(days, now.minus(days, ChronoUnit.DAYS)))
                .toList());
        order(shop, "b", "ben@example.com", now.minus(25, ChronoUnit.DAYS), "");
        order(shop, "c", "cem@example.com", now.minus(25, ChronoUnit.DAYS), "");
        var again = begun(shop, "{\"on\": \"order-delivered\"}, \"again\": 10", "news");

        assertThat(beans.getBean(DryRun.class).run(again).block().begun()).isEqualTo(4);
        journey(again, "ben@example.com", now.minus(34, ChronoUnit.DAYS));
        journey(again, "cem@example.com", now.minus(36, ChronoUnit.DAYS));
        journey(again, "ana@example.com", now.minus(29, ChronoUnit.DAYS));
        assertThat(beans.getBean(DryRun.class).run(again).block().begun()).isEqualTo(3);

        var once = begun(
                shop,
                "{\"on\": \"by-hand\"}, \"audience\": {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 1}",
                "once");
        assertThat(beans.getBean(DryRun.class).run(once).block().begun()).isEqualTo(3);
        journey(once, "ana@example.com", now.minus(1, ChronoUnit.DAYS));
        assertThat(beans.getBean(DryRun.class).run(once).block().begun()).isEqualTo(2);
    }

    private Key begun(Shop shop, String trigger, String name) {
        var made = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), name, FollowUpReader.read("""
                        {"level": 3, "purpose": "questions", "trigger": %s, "steps": [{"key": "ask", "type": "ask", "survey": "post-purchase"}]}""".formatted(trigger)))
                .block();
        var published = beans.getBean(PublishFollowUp.class)
                .publish(made.key(), null, false)
                .block();
        assertThat(published.problems()).isEmpty();
        return made.key();
    }

    private void journey(Key followUp, String address, Instant begunAt) {
        database.sql("""
                        insert into enrollment (workspace_id, id, follow_up_id, version_id, contact_id, occurrence, begun_at, imported, holdout, created_at)
                        select $1, gen_random_uuid(), f.id, f.version_id, c.id, c.id::text, $4, false, false, $4
                        from follow_up f join contact c on c.workspace_id = $1 and c.address = $3 where f.workspace_id = $1 and f.id = $2
                        """)
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, address)
                .bind(3, begunAt)
                .then()
                .block();
    }

    private void question(Shop shop, String orderNumber, Instant openedAt, Instant closedAt) {
        database.sql("""
                        insert into support_case (workspace_id, id, version, kind, subject, contact_id, source, status, priority, closed_at, opened_at, latest_at)
                        select $1, gen_random_uuid(), 0, 'question', 'Where is it?', contact_id, 'hand', $3, 3, $4, $5, $5 from customer_order where workspace_id = $1 and external_id = $2
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, orderNumber)
                .bind(2, closedAt == null ? "open" : "closed")
                .bind(3, closedAt == null ? Parameters.in(Instant.class) : closedAt)
                .bind(4, openedAt)
                .then()
                .block();
    }

    private static void order(Shop shop, String externalId, String email, Instant delivered, String more) {
        shop.order(
                externalId,
                email,
                "\"status\": \"delivered\", \"deliveredAt\": \"%s\"%s".formatted(delivered, more),
                delivered.minus(2, ChronoUnit.DAYS));
    }
}
