package dev.afterword.worker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.endpoint.Deliveries;
import dev.afterword.db.endpoint.Delivery;
import dev.afterword.db.endpoint.DeliveryQueue;
import dev.afterword.db.endpoint.Endpoints;
import dev.afterword.db.endpoint.PlanDeliveries;
import dev.afterword.db.endpoint.RecordAttempt;
import dev.afterword.db.followup.Shop;
import dev.afterword.worker.PublicHttp;
import dev.afterword.worker.WorkerProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "afterword.roles=none")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class CallEndpointsTest {
    @Autowired
    ApplicationContext beans;

    @Test
    void deliversSignedMessagesAndKeepsWhatWasAnswered() throws Exception {
        var received = new ConcurrentHashMap<String, Headers>();
        var bodies = new ConcurrentHashMap<String, String>();
        var answers = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var id = exchange.getRequestHeaders().getFirst("webhook-id");
            received.put(id, exchange.getRequestHeaders());
            bodies.put(id, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answers.getAndIncrement() == 0 ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            var shop = Shop.open(beans);
            // Public by its look; only the operator's permission lets it be called here.
            var made = beans.getBean(Endpoints.class)
                    .create(shop.workspaceId(), "erp", "https://hooks.example/", Set.of())
                    .block();
            beans.getBean(DatabaseClient.class)
                    .sql("update endpoint set url = $2 where workspace_id = $1")
                    .bind(0, shop.workspaceId())
                    .bind(1, "http://127.0.0.1:" + server.getAddress().getPort() + "/in")
                    .then()
                    .block();
            var plan = beans.getBean(PlanDeliveries.class);
            plan.test(made.endpoint()).block();
            var inFlight = new InFlight();
            var calling = new CallEndpoints(
                    beans.getBean(DeliveryQueue.class),
                    beans.getBean(RecordAttempt.class),
                    new PublicHttp((host, port) -> true, Duration.ofSeconds(10)),
                    beans.getBean(DatabaseTime.class),
                    new SimpleMeterRegistry(),
                    inFlight);

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        calling.round().block();
                        return delivery(made).state() == Delivery.State.DELIVERED;
                    });

            assertThat(inFlight.ended()).succeedsWithin(Duration.ofSeconds(5));
            assertThat(delivery(made).attempts())
                    .extracting(Delivery.Attempt::status)
                    .containsExactly(204, 500);
            var id = delivery(made).key().id().toString();
            assertThat(bodies).containsOnlyKeys(id);
            var at = received.get(id).getFirst("webhook-timestamp");
            assertThat(Instant.ofEpochSecond(Long.parseLong(at)))
                    .isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
            assertThat(received.get(id).getFirst("webhook-signature"))
                    .isEqualTo("v1," + hmac(made.secret(), id + "." + at + "." + bodies.get(id)));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void readsWhenAReceiverWantsToBeAskedAgain() {
        var now = Instant.parse("2026-11-22T12:00:00Z");
        var expected = Map.of("120", Duration.ofMinutes(2), "Sun, 22 Nov 2026 13:00:00 GMT", Duration.ofHours(1));

        expected.forEach((text, wait) ->
                assertThat(CallEndpoints.wait(text, now)).as(text).isEqualTo(wait));
        assertThat(CallEndpoints.wait("soon", now)).isNull();
        assertThat(CallEndpoints.wait(null, now)).isNull();
    }

    private Delivery delivery(Endpoints.Created made) {
        return beans.getBean(Deliveries.class)
                .of(made.endpoint(), null)
                .block()
                .items()
                .getFirst();
    }

    private static String hmac(String secret, String signed) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
