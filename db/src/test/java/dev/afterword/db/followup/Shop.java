package dev.afterword.db.followup;

import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.Sends;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.OrderData;
import dev.afterword.db.order.Orders;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.r2dbc.core.DatabaseClient;

/** A workspace of a test that can write, and its orders, as other features' tests need them too. */
public final class Shop {
    private final BeanFactory beans;
    private final Key followUp;

    private Shop(BeanFactory beans, Key followUp) {
        this.beans = beans;
        this.followUp = followUp;
    }

    /** A new workspace in Berlin with a sender and a postal address, which writes at any hour; its follow-up is switched off. */
    public static Shop open(BeanFactory beans) {
        var workspace = beans.getBean(OpenWorkspace.class)
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "en", Instant.now()))
                .block();
        var shop = new Shop(
                beans,
                beans.getBean(FollowUps.class)
                        .of(workspace.id())
                        .block()
                        .getFirst()
                        .key());
        shop.set(
                "sender_address = 'hello@shop.example', postal_address = 'Hauptstraße 1' || chr(10) || '10115 Berlin'");
        return shop.writesBetween(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    }

    /** The same workspace as another process sees it. */
    public Shop seenBy(BeanFactory others) {
        return new Shop(others, followUp);
    }

    public Shop writesBetween(LocalTime from, LocalTime until) {
        return set("allowed_from = '" + from + "', allowed_until = '" + until + "'");
    }

    /** Sets columns of the workspace, as SQL. */
    public Shop set(String columns) {
        beans.getBean(DatabaseClient.class)
                .sql("update workspace set " + columns + " where id = $1")
                .bind(0, workspaceId())
                .then()
                .block();
        return this;
    }

    public Shop enabled() {
        beans.getBean(EnableFollowUp.class).enable(followUp).block();
        return this;
    }

    /** Its follow-up asks once and never again. */
    public Shop withoutReminder() {
        beans.getBean(ChangeDelays.class)
                .change(followUp, new Delays(3, 10, null))
                .block();
        return this;
    }

    /** Makes, publishes and switches on another follow-up; the definition as JSON. */
    public Key follow(String name, String definition) {
        var key = beans.getBean(CreateFollowUp.class)
                .create(workspaceId(), name, FollowUpReader.read(definition))
                .block()
                .key();
        var problems = beans.getBean(PublishFollowUp.class)
                .publish(key, null, false)
                .block()
                .problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        beans.getBean(EnableFollowUp.class).enable(key).block();
        return key;
    }

    public UUID workspaceId() {
        return followUp.workspaceId();
    }

    public Key followUp() {
        return followUp;
    }

    public Workspace workspace() {
        return beans.getBean(Workspaces.class).findById(workspaceId()).block();
    }

    /** An order delivered at that time. */
    public UUID delivered(String externalId, String email, Instant at) {
        return order(externalId, email, "\"status\": \"delivered\", \"deliveredAt\": \"" + at + "\"", at);
    }

    /** An order with more fields, as JSON. */
    public UUID order(String externalId, String email, String more, Instant placedAt) {
        var json = """
                {"externalId": "%s", "placedAt": "%s", "customer": {"externalId": "c-%s", "name": "Ana Souza", "email": "%s"}, %s}
                """.formatted(externalId, placedAt, externalId, email, more);
        take(List.of(json));
        return beans.getBean(Orders.class)
                .findByExternalId(workspaceId(), externalId)
                .block()
                .key()
                .id();
    }

    /** Takes in orders, each as JSON. */
    public void take(List<String> orders) {
        var results = beans.getBean(ImportOrders.class)
                .write(
                        workspaceId(),
                        orders.stream()
                                .map(order -> OrderData.of(Fields.parse(order)))
                                .toList(),
                        false)
                .block();
        results.forEach(result -> {
            if (result.problem() != null) {
                throw new IllegalStateException(result.toString());
            }
        });
    }

    /** What was decided and sent about an order, the latest first. */
    public List<Send> sends(UUID order) {
        return beans.getBean(Sends.class).ofOrder(new Key(workspaceId(), order)).block();
    }
}
