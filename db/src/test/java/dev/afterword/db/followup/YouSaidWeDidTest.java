package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Estimate;
import dev.afterword.db.Key;
import dev.afterword.db.Lift;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.insight.TopicEffects;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.Sends;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.TopicChange;
import dev.afterword.db.response.topic.TopicChanges;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** A change about a topic: what was said before it and since, and who is told. */
@DatabaseTest
class YouSaidWeDidTest {
    private static final int AGO = 30;

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    Topics topics;

    @Autowired
    TopicChanges changes;

    @Autowired
    TopicEffects effects;

    @Autowired
    AnnounceChange announceChange;

    private Shop shop;
    private Topic delivery;
    private TopicChange change;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        beans.getBean(Grounds.class)
                .state(shop.workspaceId(), Purpose.NEWS, Ground.EXISTING_CUSTOMER, Instant.now())
                .block();
        delivery = topics.add(shop.workspaceId(), "Delivery").block();
        var staff = Key.nextId();
        change = changes.add(
                        shop.workspace(),
                        new TopicChange(
                                Key.next(shop.workspaceId()),
                                delivery.key().id(),
                                LocalDate.now(shop.workspace().zone()).minusDays(AGO),
                                Map.of("en", "We ship every day", "de", "Wir versenden täglich"),
                                null,
                                null),
                        staff)
                .block();
    }

    @Test
    void comparesWhatWasSaidBeforeAndSince() {
        answers(60, 30, 3, AGO + 10, null, false);
        answers(60, 15, 8, AGO - 10, null, false);
        // Too long ago, and in another workspace: neither counts.
        answers(20, 20, 0, AGO * 3, null, false);
        var effect = effects.of(shop.workspace(), delivery.key()).block().getFirst();
        assertThat(effect.days()).isEqualTo(AGO);
        assertThat(effect.shareBefore()).returns(60L, Estimate::n).returns(50.0, Estimate::value);
        assertThat(effect.shareAfter().value()).isEqualTo(25.0);
        assertThat(effect.share().value()).isCloseTo(-25, within(1e-9));
        assertThat(effect.share().verdict()).isEqualTo(Lift.Verdict.LESS);
        assertThat(effect.share().high()).isBetween(-10.0, -5.0);
        assertThat(effect.meanBefore().value()).isCloseTo(3.5, within(1e-9));
        assertThat(effect.meanAfter().n()).isEqualTo(15);
        assertThat(effect.mean().value()).isBetween(4.9, 5.1);
        assertThat(effect.mean().verdict()).isEqualTo(Lift.Verdict.MORE);

        var twin = Shop.open(beans);
        assertThat(effects.of(
                                twin.workspace(),
                                new Key(twin.workspaceId(), delivery.key().id()))
                        .block())
                .isEmpty();
    }

    @Test
    void saysNothingOfAFew() {
        answers(5, 3, 3, AGO + 10, null, false);
        answers(5, 1, 8, AGO - 10, null, false);
        var effect = effects.of(shop.workspace(), delivery.key()).block().getFirst();
        assertThat(effect.share().verdict()).isEqualTo(Lift.Verdict.OPEN);
        assertThat(effect.mean().verdict()).isEqualTo(Lift.Verdict.OPEN);
    }

    @Test
    void tellsThoseWhoHadSaidItOnceInTheirLanguage() {
        var ana = customer("1", "ana@example.com", "de");
        var ben = customer("2", "ben@example.com", "en");
        var later = customer("3", "cleo@example.com", "en");
        var imported = customer("4", "dan@example.com", "en");
        answers(2, 2, 3, AGO + 10, ana, false);
        answers(1, 1, 3, AGO + 20, ben, false);
        answers(1, 1, 3, AGO - 10, later, false);
        answers(1, 1, 3, AGO + 10, imported, true);
        answers(1, 1, 3, AGO + 10, null, false);
        assertThat(announceChange.concerned(change.key()).block()).isEqualTo(2);
        assertThatThrownBy(() -> announceChange.announce(change.key()).block())
                .hasMessageContaining("topic.nobody-tells");

        var template = FollowUpGallery.find("you-said-we-did").orElseThrow();
        var followUp = beans.getBean(CreateFollowUp.class)
                .create(shop.workspaceId(), template.name(), template.definition())
                .block()
                .key();
        assertThat(beans.getBean(PublishFollowUp.class)
                        .publish(followUp, null, false)
                        .block()
                        .problems())
                .isEmpty();
        beans.getBean(EnableFollowUp.class).enable(followUp).block();
        announceChange.announce(change.key()).block();
        assertThatThrownBy(() -> announceChange.announce(change.key()).block()).hasMessageContaining("topic.announced");
        go();
        database.sql("update topic_change set announced_at = null where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .then()
                .block();
        announceChange.announce(change.key()).block();
        go();
        var sends =
                texts("select id::text from send where workspace_id = $1 and follow_up_id = '" + followUp.id() + "'");
        assertThat(texts(
                        "select c.email from enrollment e join contact c on c.workspace_id = $1 and c.id = e.contact_id where e.workspace_id = $1 and e.follow_up_id = '"
                                + followUp.id() + "' order by 1"))
                .containsExactly("ana@example.com", "ben@example.com");
        assertThat(sends).hasSize(2);
        var mails = beans.getBean(WriteMails.class)
                .write(shop.workspaceId(), sends(ana, ben), Instant.now())
                .block();
        assertThat(mails.values())
                .anySatisfy(mail -> assertThat(mail.mail().text())
                        .contains("Wir versenden täglich")
                        .contains("Das haben wir getan"));
        assertThat(mails.values())
                .anySatisfy(mail -> assertThat(mail.mail().text()).contains("We ship every day"));
    }

    private List<Send> sends(UUID... contacts) {
        return Arrays.stream(contacts)
                .flatMap(contact ->
                        beans.getBean(Sends.class).ofContact(new Key(shop.workspaceId(), contact)).block().stream())
                .toList();
    }

    private UUID customer(String number, String email, String locale) {
        shop.order(number, email, "\"status\": \"shipped\"", Instant.now().minus(90, ChronoUnit.DAYS));
        database.sql("update contact set locale = $3 where workspace_id = $1 and email = $2")
                .bind(0, shop.workspaceId())
                .bind(1, email)
                .bind(2, locale)
                .then()
                .block();
        return UUID.fromString(texts("select id::text from contact where workspace_id = $1 and email = '" + email + "'")
                .getFirst());
    }

    /** So many answers, the first of them about the topic; their scores are two neighbours in turn. */
    private void answers(int all, int about, int score, int daysAgo, UUID contact, boolean imported) {
        for (int at = 0; at < all; at++) {
            database.sql("""
                            with v as (
                                select v.id, v.survey_id from survey s join survey_version v on v.workspace_id = $1 and v.survey_id = s.id
                                where s.workspace_id = $1 and s.key = 'post-purchase' order by v.number desc limit 1
                            ), r as (
                                insert into response (workspace_id, id, survey_id, version_id, contact_id, complete, imported, confirmed_at, started_at, answered_at, segments, created_at)
                                select $1, $2, v.survey_id, v.id, $3, true, $4, $5, $5, $5, '{}', $5 from v returning id
                            ), a as (
                                insert into answer (workspace_id, response_id, question_key, row_key, item, skipped, number, answered_at) select $1, r.id, 'recommend', '', '', false, $6, $5 from r
                            )
                            insert into response_topic (workspace_id, response_id, topic_id) select $1, r.id, $7 from r where $8
                            """)
                    .bind(0, shop.workspaceId())
                    .bind(1, Key.nextId())
                    .bind(2, contact == null ? Parameters.in(UUID.class) : contact)
                    .bind(3, imported)
                    .bind(4, Instant.now().minus(daysAgo, ChronoUnit.DAYS))
                    .bind(5, score + at % 2)
                    .bind(6, delivery.key().id())
                    .bind(7, at < about)
                    .then()
                    .block();
        }
    }

    private void go() {
        var readers = beans.getBeansOfType(EventReader.class).values().stream()
                .filter(reader -> reader.name().equals("follow-ups"))
                .toArray(EventReader[]::new);
        ReadToTheEnd.read(beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), readers);
        beans.getBean(AdvanceDue.class).round().block();
        new Post(beans).send(shop.workspaceId(), Instant.now().plusSeconds(60));
    }

    private List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspaceId())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
