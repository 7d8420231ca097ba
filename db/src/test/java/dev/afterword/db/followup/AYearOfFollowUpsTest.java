package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.message.Locality;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * A year of a shop's life at speed: 10,000 orders of 3,000 people in many zones with {@code -Psoak}, 400 in three weeks else. Nobody is over budget, nothing goes out in quiet
 * hours, and no journey is stuck.
 */
@DatabaseTest
class AYearOfFollowUpsTest {
    static final boolean WHOLE = Boolean.getBoolean("afterword.soak");
    static final int ORDERS = WHOLE ? 10_000 : 400;
    static final int DAYS = WHOLE ? 365 : 20;
    static final int PEOPLE = ORDERS * 3 / 10;
    static final List<String> COUNTRIES = List.of("BR", "DE", "US", "AU", "EG", "IN", "NP", "CL");
    static final int MOST = 2;
    /** Of another length than a day, so that every hour of it is met. */
    static final int HOURS = WHOLE ? 5 : 11;

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseTime time;

    final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final Random random = new Random(7);
    Shop shop;

    @AfterEach
    void backToNow() {
        time.shift(Duration.ZERO).block();
    }

    @Test
    void leavesNobodyOverBudgetWritesInNoQuietHourAndLetsNoJourneyStick() {
        shop = Shop.open(beans)
                .writesBetween(LocalTime.of(9, 0), LocalTime.of(20, 0))
                .enabled();
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(DayOfWeek.SUNDAY), MOST, 0, Map.of()))
                .block();
        for (var purpose : List.of(Purpose.TIPS, Purpose.NEWS)) {
            beans.getBean(Grounds.class)
                    .state(shop.workspaceId(), purpose, Ground.EXISTING_CUSTOMER, begin)
                    .block();
        }
        follow(
                "tips",
                "order-delivered",
                "",
                "{\"key\": \"later\", \"type\": \"wait\", \"days\": 14, \"at\": \"07:30\"}, {\"key\": \"use\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"How is it?\"}]}}}");
        follow(
                "tips",
                "order-shipped",
                "",
                "{\"key\": \"care\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"How is it?\"}]}}}, {\"key\": \"later\", \"type\": \"wait\", \"days\": 2}, {\"key\": \"more\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"How is it?\"}]}}}");
        follow(
                "news",
                "order-placed",
                "\"audience\": {\"fact\": \"contact.orders\", \"operator\": \"at-least\", \"value\": 2},",
                "{\"key\": \"split\", \"type\": \"split\", \"arms\": [{\"key\": \"a\", \"steps\": [{\"key\": \"one\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"How is it?\"}]}}}]}, {\"key\": \"b\", \"steps\": [{\"key\": \"pause\", \"type\": \"wait\", \"days\": 1}, {\"key\": \"two\", \"type\": \"mail\", \"content\": {\"en\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"How is it?\"}]}}}]}]}");

        int taken = 0;
        for (int hour = 0; hour < (DAYS + 24) * 24; hour += HOURS) {
            var now = begin.plus(Duration.ofHours(hour));
            time.shift(Duration.between(Instant.now(), now)).block();
            int until = Math.min(ORDERS, (int) ((long) ORDERS * hour / (DAYS * 24L)));
            if (until > taken) {
                shop.take(orders(taken, until, now));
                taken = until;
            }
            go(now);
        }

        assertThat(taken).isEqualTo(ORDERS);
        check();
    }

    private void check() {
        var accepted = database.sql("""
                        select c.address, c.time_zone, coalesce(c.country, o.country) as country, s.finished_at
                        from send s join contact c on c.workspace_id = $1 and c.id = s.contact_id left join customer_order o on o.workspace_id = $1 and o.id = s.order_id
                        where s.workspace_id = $1 and s.state = 'accepted' order by c.address, s.finished_at
                        """)
                .bind(0, shop.workspaceId())
                .fetch()
                .all()
                .collectList()
                .block();
        var hours = new AllowedHours(LocalTime.of(9, 0), LocalTime.of(20, 0), Set.of(DayOfWeek.SUNDAY));
        int over = 0;
        for (int at = 0; at < accepted.size(); at++) {
            var row = accepted.get(at);
            var then = ((OffsetDateTime) row.get("finished_at")).toInstant();
            var zone = Locality.zone(
                    (String) row.get("time_zone"),
                    (String) row.get("country"),
                    shop.workspace().zone());
            assertThat(hours.allow(then, zone)).as("%s in %s", then, zone).isTrue();
            if (at >= MOST && accepted.get(at - MOST).get("address").equals(row.get("address"))) {
                var first = ((OffsetDateTime) accepted.get(at - MOST).get("finished_at")).toInstant();
                over += first.plus(Duration.ofDays(7)).isAfter(then) ? 1 : 0;
            }
        }
        var stuck = database.sql("""
                        select count(*) from enrollment e where e.workspace_id = $1 and e.ended_at is null
                        and not exists (select from send s where s.workspace_id = $1 and s.enrollment_id = e.id and s.skip_reason = 'not-delivered')
                        """)
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
        System.out.printf(
                "a year of follow-ups: %d orders, %d mails sent, %d over budget, %d journeys stuck%n",
                ORDERS, accepted.size(), over, stuck);
        assertThat(accepted).hasSizeGreaterThan(ORDERS);
        assertThat(over).isZero();
        assertThat(stuck).isZero();
    }

    private List<String> orders(int from, int until, Instant now) {
        var orders = new ArrayList<String>();
        for (int n = from; n < until; n++) {
            int person = random.nextInt(PEOPLE);
            var delivered = now.minus(Duration.ofMinutes(random.nextInt(300)));
            orders.add("""
                    {"externalId": "o%d", "placedAt": "%s", "shippedAt": "%s", "deliveredAt": "%s", "status": "delivered", "country": "%s",
                     "customer": {"externalId": "p%d", "email": "p%d@example.com"}}
                    """.formatted(
                            n,
                            delivered.minus(Duration.ofDays(4)),
                            delivered.minus(Duration.ofDays(3)),
                            delivered,
                            COUNTRIES.get(person % COUNTRIES.size()),
                            person,
                            person));
        }
        return orders;
    }

    private void go(Instant now) {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), beans.getBean(Enroll.class));
        beans.getBean(AdvanceDue.class).round().block();
        new Post(beans).send(shop.workspaceId(), now);
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), beans.getBean(Enroll.class));
    }

    private Key follow(String purpose, String on, String more, String steps) {
        return shop.follow(
                "Test",
                "{\"purpose\": \"%s\", \"trigger\": {\"on\": \"%s\"}, %s \"steps\": [%s]}"
                        .formatted(purpose, on, more, steps));
    }
}
