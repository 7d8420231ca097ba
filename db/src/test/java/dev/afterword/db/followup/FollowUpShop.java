package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** A shop whose follow-ups a test writes, switches on and lets go on, and whose time it sets. */
abstract class FollowUpShop {
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

    /** One customer's delivered order: several of one name are of one person. */
    void bought(String externalId, String customer, Instant at) {
        shop.take(List.of("""
                {"externalId": "%1$s", "placedAt": "%3$s", "status": "delivered", "deliveredAt": "%3$s", "customer": {"externalId": "%2$s", "email": "%2$s@example.com"}}
                """.formatted(externalId, customer, at)));
    }

    /** As the worker reads news, stages of the ladder included. */
    void readAll() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                beans.getBeansOfType(EventReader.class).values().toArray(EventReader[]::new));
    }

    String delivered() {
        return "\"status\": \"delivered\", \"deliveredAt\": \"" + begin + "\"";
    }

    Key follow(String on, String more, String steps) {
        return follow("tips", on, more, steps);
    }

    Key follow(String purpose, String on, String more, String steps) {
        return shop.follow("Test", definition(purpose, on, more, steps));
    }

    void publish(Key key, String definition, boolean moving) {
        var found = beans.getBean(FollowUps.class).find(key).block();
        beans.getBean(SaveFollowUp.class)
                .save(key, found.draftVersion(), "Test", FollowUpReader.read(definition))
                .block();
        beans.getBean(PublishFollowUp.class).publish(key, null, moving).block();
    }

    static String definition(String purpose, String on, String more, String steps) {
        return "{\"purpose\": \"%s\", \"trigger\": %s, %s \"steps\": [%s]}"
                .formatted(purpose, on.startsWith("{") ? on : "{\"on\": \"" + on + "\"}", more, steps);
    }

    void later(Duration since) {
        shift = since;
        time.shift(shift).block();
        go();
    }

    /** All that the worker does, until nothing more happens now. */
    void go() {
        boolean more = true;
        while (more) {
            ReadToTheEnd.read(
                    beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), beans.getBean(Enroll.class));
            more = beans.getBean(EnrollByTime.class).round().block();
            more |= beans.getBean(AdvanceDue.class).round().block();
            more |= new Post(beans).send(shop.workspaceId(), time.now().block().plusSeconds(60)) > 0;
        }
    }

    void answer(UUID order, int score) {
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

    Instant due(Key followUp) {
        return database.sql("select due_at from send where workspace_id = $1 and follow_up_id = $2")
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .mapValue(Instant.class)
                .one()
                .block();
    }

    List<String> states(Key followUp) {
        return texts(
                "select concat_ws(' ', step, state, skip_reason) from send where workspace_id = $1 and follow_up_id = '%s' order by created_at"
                        .formatted(followUp.id()));
    }

    List<String> ends(Key followUp) {
        return texts("select end_reason from enrollment where workspace_id = $1 and follow_up_id = '%s'"
                .formatted(followUp.id()));
    }

    List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspaceId())
                .map(row -> Optional.ofNullable(row.get(0, String.class)))
                .all()
                .collectList()
                .map(found -> found.stream().map(one -> one.orElse(null)).toList())
                .block();
    }

    void run(String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }
}
