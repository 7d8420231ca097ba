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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

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
