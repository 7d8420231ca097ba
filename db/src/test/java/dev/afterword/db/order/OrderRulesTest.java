package dev.afterword.db.order;

import static dev.afterword.db.order.OrderStatus.CANCELLED;
import static dev.afterword.db.order.OrderStatus.DELIVERED;
import static dev.afterword.db.order.OrderStatus.PLACED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderRulesTest {
    static final UUID WORKSPACE = Key.nextId();
    static final UUID CONTACT = Key.nextId();
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 300)
    void statusNeverMovesBackAndAnEndIsTheEnd(@ForAll @Size(min = 1, max = 12) List<OrderStatus> sent) {
        var status = PLACED;
        for (var next : sent) {
            var then = status.then(next);
            if (status.isEnd()) {
                assertThat(then).isEqualTo(status);
            } else if (!next.isEnd()) {
                assertThat(then).isGreaterThanOrEqualTo(status).isGreaterThanOrEqualTo(next);
            } else {
                assertThat(then).isEqualTo(next);
            }
            status = then;
        }
    }

    @Property(tries = 200)
    void versionsWithTimesEndAlikeInWhateverOrderTheyArrive(@ForAll Random random) {
        var versions = new ArrayList<OrderData>();
        for (int i = 0; i < 5; i++) {
            versions.add(data("""
                    {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "updatedAt": "2026-02-0%dT00:00:00Z", "status": "%s", "carrier": "carrier %d",
                     "customer": {"externalId": "c"}}""".formatted(
                            i + 1,
                            List.of("placed", "paid", "shipped", "delivered", "delivered")
                                    .get(i),
                            i)));
        }
        Collections.shuffle(versions, random);

        var order = merged(versions);

        assertThat(order.carrier()).isEqualTo("carrier 4");
        assertThat(order.status()).isEqualTo(DELIVERED);
    }

    @Test
    void aKnownTimeIsNeverReplacedByNone() {
        var order = merged(List.of(data("""
                        {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "shippedAt": "2026-02-02T00:00:00Z", "deliveredAt": "2026-02-03T00:00:00+02:00",
                         "customer": {"externalId": "c"}}"""), data("""
                        {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "deliveredAt": null, "customer": {"externalId": "c"}}""")));

        assertThat(order.shippedAt()).isEqualTo("2026-02-02T00:00:00Z");
        assertThat(order.deliveredAt()).isEqualTo("2026-02-02T22:00:00Z");
        assertThat(order.status()).isEqualTo(DELIVERED);
    }

    @Test
    void nothingFollowsACancellation() {
        assertThat(CANCELLED.then(DELIVERED)).isEqualTo(CANCELLED);
    }

    @Test
    void linesAreReplacedAsAWholeAndKeptWhenNoneAreSent() {
        var first = data("""
                {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c"}, "lines": [{"sku": "a"}, {"sku": "b", "quantity": "2.50"}]}""");
        var silent = data("""
                {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c"}}""");
        var second = data("""
                {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c"}, "lines": [{"sku": "z"}]}""");

        assertThat(merged(List.of(first, silent)).lines())
                .extracting(OrderLine::sku)
                .containsExactly("a", "b");
        assertThat(merged(List.of(first, second)).lines())
                .extracting(OrderLine::sku)
                .containsExactly("z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"placedAt": "2026-02-01T00:00:00Z", "customer": {"email": "a@b.example"}}                                          | externalId             | field.required
            {"externalId": 5, "placedAt": "2026-02-01T00:00:00Z", "customer": {"email": "a@b.example"}}                         | externalId             | field.not-text
            {"externalId": "o", "customer": {"email": "a@b.example"}}                                                           | placedAt               | field.required
            {"externalId": "o", "placedAt": "yesterday", "customer": {"email": "a@b.example"}}                                  | placedAt               | field.not-a-time
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00", "customer": {"email": "a@b.example"}}                        | placedAt               | field.not-a-time
            {"externalId": "o", "placedAt": "0001-02-01T00:00:00Z", "customer": {"email": "a@b.example"}}                       | placedAt               | field.out-of-range
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z"}                                                             | customer               | field.required
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": "Ana"}                                          | customer               | field.not-an-object
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"name": "Ana"}}                                | customer.externalId    | contact.nameless
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"email": "a b@c"}}                             | customer.email         | field.not-an-address
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "status": "sent", "customer": {"email": "a@b.example"}}     | status                 | order.status-unknown
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "total": {"amount": "1e99999999", "currency": "EUR"}, "customer": {"externalId": "c"}} | total.amount | field.out-of-range
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "total": {"amount": 5, "currency": "EURO"}, "customer": {"externalId": "c"}} | total.currency | money.currency-unknown
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c"}, "lines": [{}, {"quantity": "two"}]} | lines[1].quantity | field.not-a-number
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c", "name": "A\\u0000"}}        | customer.name          | field.nul
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c", "attributes": {"x": "\\u0000"}}} | customer.attributes.x | field.nul
            {"externalId": "o", "placedAt": "2026-02-01T00:00:00Z", "customer": {"externalId": "c", "consents": [{"purpose": "spam", "granted": true}]}} | customer.consents[0].purpose | purpose.unknown
            """)
    void saysWhichFieldIsWrong(String json, String field, String code) {
        assertThatThrownBy(() -> data(json)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.field()).isEqualTo(field);
            assertThat(rejected.code()).isEqualTo(code);
        });
    }

    private static OrderData data(String json) {
        return OrderData.of(Fields.parse(json));
    }

    private static Order merged(List<OrderData> versions) {
        var order = Order.of(WORKSPACE, versions.getFirst(), CONTACT, NOW);
        for (var version : versions.subList(1, versions.size())) {
            order = order.isNewerThan(version) ? order : order.with(version, CONTACT);
        }
        return order;
    }
}
