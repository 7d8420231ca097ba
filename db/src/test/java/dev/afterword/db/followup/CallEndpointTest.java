package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.endpoint.Deliveries;
import dev.afterword.db.endpoint.Delivery;
import dev.afterword.db.endpoint.Endpoint;
import dev.afterword.db.endpoint.Endpoints;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.order.Offer;
import dev.afterword.db.reward.ChangePools;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class CallEndpointTest {
    private static final String CALLS = """
            {"level": 3, "purpose": "service", "trigger": {"on": "order-placed"}, "steps": [{"key": "tell", "type": "call-endpoint", "endpoint": "erp"}]}""";

    @Autowired
    ApplicationContext beans;

    @Autowired
    Endpoints endpoints;

    @Autowired
    Deliveries deliveries;

    @Autowired
    CreateFollowUp create;

    @Autowired
    PublishFollowUp publish;

    @Autowired
    List<EventReader> readers;

    @Test
    void tellsAnEndpointOnceForEachJourney() {
        var shop = Shop.open(beans);
        var made = create.create(shop.workspaceId(), "Tell", FollowUpReader.read(CALLS))
                .block();
        assertThat(publish.publish(made.key(), null, false).block().problems())
                .extracting("code")
                .containsExactly("follow-up.endpoint-unknown");
        var endpoint = endpoints
                .create(shop.workspaceId(), "erp", "https://hooks.example/", Set.of())
                .block()
                .endpoint();
        assertThat(publish.publish(made.key(), null, false).block().problems()).isEmpty();
        beans.getBean(EnableFollowUp.class).enable(made.key()).block();

        for (int n = 0; n < 3; n++) {
            shop.order(
                    "A-1", "ana@x.example", "\"status\": \"paid\", \"carrier\": \"c%d\"".formatted(n), Instant.now());
            read();
        }
        shop.order("A-2", "ben@x.example", "\"status\": \"placed\"", Instant.now());
        read();

        assertThat(told(endpoint)).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.kind()).isEqualTo("follow-up.step-reached");
            assertThat(delivery.body())
                    .contains("\"followUp\":\"tell\"", "\"step\":\"tell\"", "\"order\":\"")
                    .doesNotContain("@");
        });

        endpoints.disable(endpoint).block();
        shop.order("A-3", "cem@x.example", "\"status\": \"placed\"", Instant.now());
        read();
        assertThat(told(endpoint)).first().extracting(Delivery::state).isEqualTo(Delivery.State.CANCELLED);
    }

    @Test
    void doesNothingAboutTestOrdersAndHistoryNorForWhoLeavesAndTellsNobodyOfWhoIsLeftOut() {
        var shop = Shop.open(beans);
        var endpoint = endpoints
                .create(shop.workspaceId(), "erp", "https://hooks.example/", Set.of())
                .block()
                .endpoint();
        beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "thanks",
                        new ChangePools.Wish("Thanks", "THX-1", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        var made = create.create(shop.workspaceId(), "Tell", FollowUpReader.read("""
                        {"level": 3, "purpose": "tips", "trigger": {"on": "order-placed"}, "holdout": 50, "steps": [
                          {"key": "tell", "type": "call-endpoint", "endpoint": "erp"},
                          {"key": "gift", "type": "give-reward", "kind": "reward", "pool": "thanks"},
                          {"key": "look", "type": "open-case", "kind": "compliment", "subject": "Look into it"},
                          {"key": "note", "type": "set-attribute", "name": "noted", "value": "yes"}]}"""))
                .block();
        assertThat(publish.publish(made.key(), null, false).block().problems()).isEmpty();
        beans.getBean(EnableFollowUp.class).enable(made.key()).block();
        for (int n = 0; n < 10; n++) {
            shop.order("A-" + n, "a" + n + "@x.example", "\"status\": \"placed\"", Instant.now());
            shop.order("T-" + n, "t" + n + "@x.example", "\"status\": \"placed\", \"test\": true", Instant.now());
            shop.order("C-" + n, "c" + n + "@x.example", "\"status\": \"cancelled\"", Instant.now());
            var history = shop.order("H-" + n, "h" + n + "@x.example", "\"status\": \"placed\"", Instant.now());
            run(shop, "update event set imported = true where workspace_id = $1 and subject_id = '" + history + "'");
        }
        read();

        var begun = of(shop, "order by 1");
        assertThat(begun).hasSize(40);
        assertThat(told(endpoint))
                .extracting(delivery -> order(delivery.body()))
                .containsExactlyInAnyOrderElementsOf(of(shop, "and o.external_id like 'A-%' and not e.holdout"));
        assertThat(
                        texts(
                                shop,
                                "select e.order_id::text from given_reward g join enrollment e on e.workspace_id = $1 and e.id = g.enrollment_id where g.workspace_id = $1"))
                .containsExactlyInAnyOrderElementsOf(of(shop, "and o.external_id like 'A-%' and not e.holdout"));
        assertThat(texts(shop, "select order_id::text from support_case where workspace_id = $1"))
                .containsExactlyInAnyOrderElementsOf(of(shop, "and o.external_id like 'A-%'"));
        assertThat(
                        texts(
                                shop,
                                "select o.id::text from customer_order o join contact c on c.workspace_id = $1 and c.id = o.contact_id where o.workspace_id = $1 and c.attributes ->> 'noted' = 'yes'"))
                .containsExactlyInAnyOrderElementsOf(of(shop, "and o.external_id not like 'C-%'"));
    }

    private static String order(String body) {
        return body.replaceAll(".*\"order\":\"([^\"]+)\".*", "$1");
    }

    /** The orders of the journeys that began. */
    private List<String> of(Shop shop, String more) {
        return texts(
                shop,
                "select o.id::text from enrollment e join customer_order o on o.workspace_id = $1 and o.id = e.order_id join follow_up f on f.workspace_id = $1 and f.id = e.follow_up_id and f.key = 'tell' where e.workspace_id = $1 "
                        + more);
    }

    private List<String> texts(Shop shop, String sql) {
        return beans.getBean(DatabaseClient.class)
                .sql(sql)
                .bind(0, shop.workspaceId())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private void run(Shop shop, String sql) {
        beans.getBean(DatabaseClient.class)
                .sql(sql)
                .bind(0, shop.workspaceId())
                .then()
                .block();
    }

    private List<Delivery> told(Endpoint endpoint) {
        return deliveries.of(endpoint, null).block().items();
    }

    private void read() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                readers.toArray(EventReader[]::new));
    }
}
