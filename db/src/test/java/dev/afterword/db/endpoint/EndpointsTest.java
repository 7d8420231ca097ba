package dev.afterword.db.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Problem;
import dev.afterword.db.endpoint.Delivery.Attempt;
import dev.afterword.db.endpoint.Delivery.State;
import dev.afterword.db.endpoint.DeliveryQueue.Leased;
import dev.afterword.db.endpoint.Endpoint.Because;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class EndpointsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Autowired
    ApplicationContext beans;

    @Autowired
    Endpoints endpoints;

    @Autowired
    Deliveries deliveries;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    PlanDeliveries plan;

    @Autowired
    RecordAttempt recordAttempt;

    @Autowired
    DatabaseClient database;

    @Autowired
    List<EventReader> readers;

    Instant now = Instant.now().plusSeconds(60);
    Shop shop;
    Shop twin;
    Endpoint endpoint;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        twin = Shop.open(beans);
        endpoint = create(shop, "erp", Set.of(EventKind.ORDER_ADDED, EventKind.ORDER_CHANGED));
    }

    @Test
    void tellsOfEventsOnceWithIdsAndNoAddress() {
        create(shop, "deaf", Set.of(EventKind.RESPONSE_GIVEN));
        create(twin, "erp", Set.of(EventKind.ORDER_ADDED));
        shop.delivered("A-1", "ana@x.example", now.minus(Duration.ofDays(1)));
        read();
        read();

        var told = all(endpoint);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().kind()).isEqualTo("order.added");
        assertThat(told.getFirst().body())
                .contains("\"type\":\"order.added\"", "\"timestamp\":\"", "\"externalId\":\"A-1\"", "\"contact\":\"")
                .doesNotContain("ana@", "Ana");
        assertThat(queue.workspacesWithDue(now).block())
                .contains(shop.workspaceId())
                .doesNotContain(twin.workspaceId());
        assertThat(claim()).hasSize(1);
        assertThat(claim()).isEmpty();
    }

    @Test
    void keepsEachAttemptAndTriesAgainLater() {
        plan.test(endpoint).block();
        var first = claim().getFirst();
        assertThat(first.url()).hasToString("https://hooks.example/erp");
        record(first, new Attempt(now, 12, 500, null, "<h1>oh\0no"), null);

        assertThat(claim()).isEmpty();
        now = now.plusSeconds(7);
        var second = claim().getFirst();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.tries()).isEqualTo(2);
        record(second, new Attempt(now, 0, null, "refused", null), Duration.ofHours(1));
        now = now.plus(Duration.ofMinutes(59));
        assertThat(claim()).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        record(claim().getFirst(), new Attempt(now, 5, 204, null, ""), null);

        var delivery = all(endpoint).getFirst();
        assertThat(delivery.state()).isEqualTo(State.DELIVERED);
        assertThat(delivery.attempts()).extracting(Attempt::status).containsExactly(204, null, 500);
        assertThat(delivery.attempts().getLast().answer()).isEqualTo("<h1>oh no");
        assertThat(found().failingSince()).isNull();

        deliveries.again(endpoint, delivery.key().id()).block();
        assertThat(claim().getFirst().key()).isEqualTo(first.key());
        assertRefused(
                "delivery.under-way",
                () -> deliveries.again(endpoint, delivery.key().id()).block());
        assertRefused(
                "delivery.unknown",
                () -> deliveries
                        .again(create(twin, "x", Set.of()), delivery.key().id())
                        .block());
    }

    @Test
    void givesUpAfterTenTriesAndSwitchesOffWhatFailsForDays() {
        plan.test(endpoint).block();
        int tries = 0;
        while (found().enabled()) {
            var due = claim();
            if (!due.isEmpty()) {
                tries++;
                record(due.getFirst(), new Attempt(now, 1, 503, null, null), null);
                assertThat(found().failingSince()).isNotNull();
            }
            if (all(endpoint).stream().allMatch(delivery -> delivery.state() == State.FAILED)) {
                assertThat(tries).isEqualTo(10);
                plan.test(endpoint).block();
            }
            now = now.plus(Duration.ofHours(4));
        }

        assertThat(found().disabledBecause()).isEqualTo(Because.FAILING);
        assertThat(Duration.between(found().failingSince(), found().disabledAt()))
                .isGreaterThanOrEqualTo(Duration.ofDays(5));
        assertThat(all(endpoint)).extracting(Delivery::state).containsOnly(State.FAILED, State.CANCELLED);
        assertThat(database.sql("select count(*) from event where workspace_id = $1 and kind = 'endpoint.stopped'")
                        .bind(0, shop.workspaceId())
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isEqualTo(1);
        assertRefused("endpoint.off", () -> plan.test(found()).block());
        endpoints.enable(found()).block();
        assertThat(found().alarming()).isFalse();
    }

    @Test
    void switchesOffWhatIsGoneAndCancelsWhatWaits() {
        plan.test(endpoint).block();
        var leased = claim().getFirst();
        plan.test(endpoint).block();
        record(leased, new Attempt(now, 1, 410, null, null), null);

        assertThat(found().disabledBecause()).isEqualTo(Because.GONE);
        assertThat(all(endpoint)).extracting(Delivery::state).containsExactly(State.CANCELLED, State.FAILED);
        shop.delivered("A-2", "ana@x.example", now.minus(Duration.ofDays(1)));
        read();
        assertThat(all(endpoint)).hasSize(2);
    }

    @Test
    void takesNoMoreThanAFewOfOneReceiverAtOnceAndForgetsNothingOfADeadWorker() {
        var other = create(shop, "other", Set.of());
        IntStream.range(0, 20).forEach(n -> plan.test(endpoint).block());
        plan.test(other).block();

        var claimed = claim();
        assertThat(claimed).hasSize(9);
        assertThat(claim()).isEmpty();
        now = now.plus(LEASE).plusSeconds(1);
        queue.takeBackExpired(now).block();
        var again = claim();
        assertThat(again)
                .extracting(Leased::key)
                .containsExactlyInAnyOrderElementsOf(
                        claimed.stream().map(Leased::key).toList());
        record(claimed.getFirst(), new Attempt(now, 1, 200, null, null), null);
        assertThat(all(claimed.getFirst().endpointId().equals(other.key().id()) ? other : endpoint))
                .as("a lease that was lost changes nothing")
                .extracting(Delivery::state)
                .doesNotContain(State.DELIVERED);
        queue.forget(now.plus(Duration.ofDays(1))).block();
        assertThat(all(endpoint)).hasSize(20);
    }

    @Test
    void signsWithTheSecretBeforeTooForADay() {
        plan.test(endpoint).block();
        var one = claim().getFirst();
        assertThat(one.signature(now).split(" ")).hasSize(1);
        var secret = endpoints.rotate(endpoint).block();
        plan.test(endpoint).block();
        var two = claim().getFirst();
        var entries = List.of(two.signature(now).split(" "));
        assertThat(entries)
                .hasSize(2)
                .first()
                .isEqualTo(WebhookSecret.parse(secret).sign(two.key().id().toString(), now, two.body()));
        now = now.plus(Duration.ofHours(25));
        plan.test(endpoint).block();
        assertThat(claim().getFirst().signature(now).split(" ")).hasSize(1);
    }

    @Test
    void pagesThroughDeliveriesAndRefusesWhatIsWrong() {
        IntStream.range(0, 60).forEach(n -> plan.test(endpoint).block());
        var first = deliveries.of(endpoint, null).block();
        var second = deliveries.of(endpoint, first.next()).block();
        var ids = new HashSet<>(first.items().stream().map(Delivery::key).toList());
        ids.addAll(second.items().stream().map(Delivery::key).toList());
        assertThat(ids).hasSize(60);
        assertThat(second.next()).isNull();

        var wrong = new HashMap<String, Runnable>();
        wrong.put("endpoint.name-taken", () -> create(shop, "erp", Set.of()));
        wrong.put("endpoint.name-invalid", () -> create(shop, "Our ERP", Set.of()));
        wrong.put("endpoint.event-unknown", () -> Endpoint.kinds(List.of("order.lost")));
        wrong.put(
                "endpoint.unknown",
                () -> endpoints.find(twin.workspaceId(), "erp").block());
        wrong.forEach(this::assertRefused);
        endpoints.remove(endpoint).block();
        assertThat(endpoints.of(shop.workspaceId()).block()).isEmpty();
    }

    private void assertRefused(String code, Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private Endpoint create(Shop owner, String name, Set<EventKind> kinds) {
        return endpoints
                .create(owner.workspaceId(), name, "https://hooks.example/" + name, kinds)
                .block()
                .endpoint();
    }

    private Endpoint found() {
        return endpoints.find(shop.workspaceId(), "erp").block();
    }

    private List<Leased> claim() {
        return queue.claim(shop.workspaceId(), now, LEASE).block();
    }

    private List<Delivery> all(Endpoint of) {
        return deliveries.of(of, null).block().items();
    }

    private void record(Leased leased, Attempt attempt, Duration retryAfter) {
        recordAttempt.record(leased, attempt, retryAfter, now).block();
    }

    private void read() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                readers.stream()
                        .filter(reader -> reader.name().equals("endpoint"))
                        .toArray(EventReader[]::new));
    }
}
