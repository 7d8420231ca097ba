package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.contact.Consent;
import dev.afterword.db.contact.Consents;
import dev.afterword.db.contact.Suppression;
import dev.afterword.db.contact.SuppressionReason;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.contact.Unsubscribe;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.followup.journey.FollowUpWriter;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.MayWrite;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendQueue;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
@Tag("server")
class AskCustomersTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    Enroll enroll;

    @Autowired
    SendQueue queue;

    @Autowired
    List<LastCheck> checks;

    @Autowired
    RecordSends records;

    @Autowired
    WriteMails mails;

    @Autowired
    DatabaseClient database;

    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans).enabled();
    }

    @Test
    void plansThreeDaysAfterTheDeliveryAtTheNextAllowedHourWhereTheCustomerLives() {
        shop.writesBetween(LocalTime.of(9, 0), LocalTime.of(9, 30));
        var order = shop.order(
                "1",
                "ana@example.com",
                "\"deliveredAt\": \"" + now.minus(2, ChronoUnit.DAYS)
                        + "\", \"status\": \"delivered\", \"country\": \"BR\"",
                now);
        read();

        var ask = only(order);
        var zone = ZoneId.of("America/Sao_Paulo");
        assertThat(ask.state()).isEqualTo(SendState.PLANNED);
        assertThat(ask.dueAt().atZone(zone).toLocalTime()).isBetween(LocalTime.of(9, 0), LocalTime.of(9, 30));
        assertThat(ask.dueAt()).isBetween(now.plus(Duration.ofHours(23)), now.plus(Duration.ofHours(49)));
        assertThat(mails.write(shop.workspaceId(), List.of(ask), now)
                        .block()
                        .get(ask.key().id())
                        .language())
                .isEqualTo("pt");
    }

    @Test
    void leavesNoMailUnwrittenBecauseTheDatabaseDoesNotAnswer() {
        var order = shop.delivered("1", "ana@example.com", now.minus(5, ChronoUnit.DAYS));
        read();
        var ask = shop.sends(order).getFirst();
        // Asked in a version that nobody has loaded yet.
        run(
                "insert into survey_version select workspace_id, gen_random_uuid(), survey_id, number + 1, definition, published_at from survey_version where workspace_id = $1");
        run(
                "update invitation i set version_id = v.id from survey_version v where i.workspace_id = $1 and v.workspace_id = $1 and v.survey_id = i.survey_id and v.number = 2");
        database.sql("alter table survey_version rename to survey_version_away")
                .then()
                .block();
        try {
            assertThatThrownBy(() ->
                            mails.write(shop.workspaceId(), List.of(ask), now).block())
                    .isInstanceOf(DataAccessException.class);
        } finally {
            database.sql("alter table survey_version_away rename to survey_version")
                    .then()
                    .block();
        }

        assertThat(mails.write(shop.workspaceId(), List.of(ask), now).block())
                .containsKey(ask.key().id());
    }

    @Test
    void plansTenDaysAfterShippingUntilTheDeliveryIsKnown() {
        var shipped = now.minus(1, ChronoUnit.DAYS);
        var order =
                shop.order("1", "ana@example.com", "\"status\": \"shipped\", \"shippedAt\": \"" + shipped + "\"", now);
        read();
        assertThat(only(order).dueAt()).isCloseTo(shipped.plus(10, ChronoUnit.DAYS), within(61));
        var planned = only(order);

        shop.delivered("1", "ana@example.com", now);
        read();

        assertThat(only(order).dueAt()).isCloseTo(now.plus(3, ChronoUnit.DAYS), within(61));
        assertThat(only(order).invitationId()).isEqualTo(planned.invitationId()).isNotNull();
    }

    @Test
    void keepsWhyNobodyIsAsked() {
        assertThat(reason("\"status\": \"placed\"")).isEqualTo(SkipReason.NOT_DELIVERED);
        assertThat(reason(deliveredAt(1) + ", \"test\": true")).isEqualTo(SkipReason.TEST_ORDER);
        assertThat(reason("\"status\": \"cancelled\"")).isEqualTo(SkipReason.CANCELLED);
        assertThat(reason("\"status\": \"refunded\"")).isEqualTo(SkipReason.REFUNDED);
        assertThat(reason(deliveredAt(11))).isEqualTo(SkipReason.TOO_LATE);
        assertThat(reason(deliveredAt(9))).isNull();
        shop.set("channels = '{web}'");
        assertThat(reason(deliveredAt(1) + ", \"channel\": \"store\"")).isEqualTo(SkipReason.CHANNEL_NOT_ASKED);
        assertThat(reason(deliveredAt(1) + ", \"channel\": \"web\"")).isNull();
    }

    @Test
    void takesAnOrderBackThatIsCancelledOrPlansItWhenItIsDelivered() {
        var order = shop.order("1", "ana@example.com", "\"status\": \"placed\"", now);
        read();
        assertThat(only(order).skipReason()).isEqualTo(SkipReason.NOT_DELIVERED);
        shop.delivered("1", "ana@example.com", now);
        read();
        assertThat(only(order).state()).isEqualTo(SendState.PLANNED);
        shop.order("1", "ana@example.com", "\"status\": \"refunded\"", now);
        read();
        assertThat(only(order).skipReason()).isEqualTo(SkipReason.REFUNDED);
    }

    @Test
    void goesByAddressForSuppressionConsentAndGround() {
        var workspace = shop.workspaceId();
        beans.getBean(Suppressions.class)
                .add(
                        workspace,
                        List.of(Suppression.of(
                                workspace, "Gone@Example.com ", null, SuppressionReason.HARD_BOUNCE, now)))
                .block();
        beans.getBean(Consents.class)
                .add(
                        workspace,
                        List.of(
                                new Consent(
                                        "no@example.com",
                                        Purpose.QUESTIONS,
                                        true,
                                        now.minusSeconds(60),
                                        true,
                                        "checkout"),
                                new Consent("no@example.com", Purpose.QUESTIONS, false, now, true, "account"),
                                new Consent("yes@example.com", Purpose.QUESTIONS, true, now, true, "account")))
                .block();
        var left = shop.delivered("left", "left@example.com", now);
        beans.getBean(Unsubscribe.class)
                .unsubscribe(contactOf(left), Purpose.QUESTIONS)
                .block();

        assertThat(reasonFor("gone@example.com")).isEqualTo(SkipReason.SUPPRESSED);
        assertThat(reasonFor("NO@example.com")).isEqualTo(SkipReason.REFUSED);
        assertThat(reasonFor("left@example.com")).isEqualTo(SkipReason.UNSUBSCRIBED);
        assertThat(reasonFor("yes@example.com")).isNull();

        beans.getBean(Grounds.class).withdraw(workspace, Purpose.QUESTIONS).block();
        assertThat(reasonFor("other@example.com")).isEqualTo(SkipReason.NO_CONSENT);
    }

    @Test
    void asksOnceWhereTwoQuestionsToOneAddressAreTakenTogether() {
        shop.delivered("1", "ana@example.com", now.minus(6, ChronoUnit.DAYS));
        shop.delivered("2", "bea@example.com", now.minus(5, ChronoUnit.DAYS));
        read();
        run("update contact set email = 'ana@example.com', address = 'ana@example.com' where workspace_id = $1");
        var leased = claim();
        assertThat(leased).hasSize(2);

        var refused = beans.getBean(MayWrite.class)
                .refused(
                        shop.workspaceId(),
                        leased.stream()
                                .map(one -> one.send().candidate(now.plusSeconds(30)))
                                .toList())
                .block();

        assertThat(refused)
                .containsExactly(Map.entry(leased.getLast().send().key().id(), SkipReason.QUARANTINE));
    }

    @Test
    void asksAnAddressOnceWithinTheQuarantine() {
        var first = shop.delivered("1", "ana@example.com", now.minus(1, ChronoUnit.DAYS));
        var second = shop.delivered("2", "ANA@example.com", now);
        read();
        var third = shop.delivered("3", "ana@example.com", now);
        read();

        assertThat(only(first).state()).isEqualTo(SendState.PLANNED);
        assertThat(only(second).skipReason()).isEqualTo(SkipReason.QUARANTINE);
        assertThat(only(third).skipReason()).isEqualTo(SkipReason.QUARANTINE);
    }

    @Test
    void plansNothingWhileSwitchedOffAndWhatIsNotTooLateWhenSwitchedOn() {
        beans.getBean(DisableFollowUp.class).disable(shop.followUp()).block();
        var recent = shop.delivered("1", "ana@example.com", now.minus(9, ChronoUnit.DAYS));
        var old = shop.delivered("2", "ben@example.com", now.minus(11, ChronoUnit.DAYS));
        read();
        assertThat(only(recent).skipReason()).isEqualTo(SkipReason.FOLLOW_UP_OFF);
        assertThat(beans.getBean(CountReach.class).of(shop.followUp()).block())
                .isEqualTo(new CountReach.Reach(1, 0, false));
        assertThat(beans.getBean(PreviewMail.class)
                        .preview(shop.followUp(), null, "de", null)
                        .block()
                        .html())
                .contains("lang=\"de\"", "recommend=10")
                .hasSizeLessThan(20_000);

        beans.getBean(EnableFollowUp.class).enable(shop.followUp()).block();

        assertThat(only(recent).state()).isEqualTo(SendState.PLANNED);
        assertThat(only(old).skipReason()).isEqualTo(SkipReason.WAS_OFF);
        beans.getBean(DisableFollowUp.class).disable(shop.followUp()).block();
        assertThat(only(recent).skipReason()).isEqualTo(SkipReason.FOLLOW_UP_OFF);
    }

    @Test
    void plansForTheFirstAtOnceAndForAllOthersWhenTheWorkerComesToThem() {
        beans.getBean(DisableFollowUp.class).disable(shop.followUp()).block();
        var delivered = now.minus(2, ChronoUnit.DAYS);
        for (int batch = 0; batch < 1_020; batch += 510) {
            shop.take(IntStream.range(batch, batch + 510)
                    .mapToObj(n -> """
                            {"externalId": "%1$d", "placedAt": "%2$s", "deliveredAt": "%2$s", "status": "delivered", "customer": {"email": "c%1$d@example.com"}}
                            """.formatted(n, delivered))
                    .toList());
        }
        read();

        beans.getBean(EnableFollowUp.class).enable(shop.followUp()).block();

        assertThat(planned()).isEqualTo(1_000);
        beans.getBean(AdvanceDue.class).round().repeat(3).blockLast();
        assertThat(planned()).isEqualTo(1_020);
    }

    private long planned() {
        return database.sql("select count(*) from send where workspace_id = $1 and state = 'planned'")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }

    @Test
    void refusesToBeSwitchedOnWithoutAPostalAddress() {
        shop.set("postal_address = null");
        assertThatThrownBy(() -> beans.getBean(EnableFollowUp.class)
                        .enable(shop.followUp())
                        .block())
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("follow-up.postal-address-missing");
    }

    @Test
    void changesNoDelaysOfAFollowUpThatHasStepsOfItsOwn() {
        shop.withoutReminder();
        var followUps = beans.getBean(FollowUps.class);
        var found = followUps.find(shop.followUp()).block();
        var own = FollowUpReader.read(
                FollowUpWriter.write(found.shown())
                        .replace(
                                "\"steps\":[",
                                "\"steps\":[{\"key\":\"note\",\"type\":\"set-attribute\",\"name\":\"asked\",\"value\":\"yes\"},"));
        beans.getBean(SaveFollowUp.class)
                .save(shop.followUp(), found.draftVersion(), found.name(), own)
                .block();

        assertThatThrownBy(() -> shop.withoutReminder()).hasMessageContaining("follow-up.own-steps");
        assertThat(followUps.find(shop.followUp()).block().shown()).isEqualTo(own);
    }

    @Test
    void remindsOnceAfterTheAskWasAcceptedUnlessAnswered() {
        var order = shop.delivered("1", "ana@example.com", now.minus(5, ChronoUnit.DAYS));
        read();
        var leased = claim().getFirst();
        assertThat(records.record(List.of(new RecordSends.Submission(leased, "<m@x>")), List.of())
                        .block())
                .containsExactly(leased.send().key().id());
        records.record(List.of(), List.of(SendOutcome.accepted(leased, 250, "Ok")))
                .block();
        records.record(List.of(), List.of(SendOutcome.unknown(leased, "late, with a lease that is over")))
                .block();
        read();

        assertThat(shop.sends(order)).extracting(Send::kind).containsExactly(SendKind.REMIND, SendKind.ASK);
        assertThat(shop.sends(order).getLast().state()).isEqualTo(SendState.ACCEPTED);
        var reminder = shop.sends(order).getFirst();
        assertThat(reminder.dueAt()).isCloseTo(now.plus(4, ChronoUnit.DAYS), within(61));
        assertThat(refused(reminder)).isNull();
        for (var closed : List.of("archived_at = now()", "closes_at = now()", "opens_at = now() + interval '1 day'")) {
            run("update survey set archived_at = null, closes_at = null where workspace_id = $1");
            run("update survey set " + closed + " where workspace_id = $1");
            assertThat(refused(reminder)).as(closed).isEqualTo(SkipReason.SURVEY_NOT_OPEN);
        }
        run("update survey set opens_at = null, quota = 1 where workspace_id = $1");
        assertThat(refused(reminder)).isNull();
        database.sql("update invitation set answered_at = now() where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .then()
                .block();
        assertThat(refused(reminder)).isEqualTo(SkipReason.ANSWERED);
    }

    @Test
    void remindsAllTheSameWhereOnlyAMachineAnswered() {
        var order = shop.delivered("1", "ana@example.com", now.minus(5, ChronoUnit.DAYS));
        read();
        records.record(List.of(), List.of(SendOutcome.accepted(claim().getFirst(), 250, "Ok")))
                .block();
        read();
        run("""
                insert into response (workspace_id, id, survey_id, version_id, invitation_id, contact_id, complete, confirmed_at, started_at, answered_at, created_at)
                select workspace_id, id, survey_id, version_id, id, contact_id, true, now(), now(), now(), now() from invitation where workspace_id = $1
                """);
        run("update invitation set answered_at = now() where workspace_id = $1");
        tell("response.given");
        assertThat(shop.sends(order).getFirst().state()).isEqualTo(SendState.SKIPPED);

        run("update response set discarded_at = now() where workspace_id = $1");
        run("update invitation set answered_at = null where workspace_id = $1");
        tell("response.judged");
        assertThat(shop.sends(order).getFirst().state()).isEqualTo(SendState.PLANNED);
        assertThat(refused(shop.sends(order).getFirst())).isNull();

        run("update response set discarded_at = null where workspace_id = $1");
        run("update invitation set answered_at = now() where workspace_id = $1");
        tell("response.judged");
        assertThat(shop.sends(order).getFirst().state()).isEqualTo(SendState.SKIPPED);
    }

    private void tell(String kind) {
        run(
                "insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, '%s', '%s', id, contact_id, now() from response where workspace_id = $1"
                        .formatted(Key.nextId(), kind));
        read();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }

    @Test
    void takesBackWhatADeadWorkerHeldAndNeverSendsAgainWhatItSubmitted() {
        var submitted = shop.delivered("1", "ana@example.com", now.minus(5, ChronoUnit.DAYS));
        var held = shop.delivered("2", "ben@example.com", now.minus(5, ChronoUnit.DAYS));
        read();
        var leased = claim().stream()
                .filter(one -> submitted.equals(one.send().orderId()))
                .findFirst()
                .orElseThrow();
        records.record(List.of(new RecordSends.Submission(leased, "<m@x>")), List.of())
                .block();

        var later = now.plus(Duration.ofHours(1));
        queue.takeBackExpired(later, 10).block();
        records.tell(queue.giveUpSubmitted(later)).block();

        assertThat(only(submitted).state()).isEqualTo(SendState.UNKNOWN);
        assertThat(only(held).state()).isEqualTo(SendState.PLANNED);
        assertThat(records.record(List.of(new RecordSends.Submission(leased, "<m@x>")), List.of())
                        .block())
                .isEmpty();
    }

    @Test
    void countsAHardBounceAgainstTheAddressAtOnce() {
        var order = shop.delivered("1", "ana@example.com", now.minus(5, ChronoUnit.DAYS));
        read();
        records.record(List.of(), List.of(SendOutcome.rejected(claim().getFirst(), 550, "5.1.1 unknown")))
                .block();

        assertThat(only(order).state()).isEqualTo(SendState.REJECTED);
        assertThat(reasonFor("ana@example.com")).isEqualTo(SkipReason.SUPPRESSED);
    }

    private void read() {
        ReadToTheEnd.read(numbering, reading, enroll);
    }

    private Send only(UUID order) {
        var sends = shop.sends(order);
        assertThat(sends).hasSize(1);
        return sends.getFirst();
    }

    private SkipReason reason(String more) {
        var id = Key.nextId().toString();
        var order = shop.order(id, id + "@example.com", more, now.minus(20, ChronoUnit.DAYS));
        read();
        return only(order).skipReason();
    }

    private SkipReason reasonFor(String email) {
        var order = shop.delivered(Key.nextId().toString(), email, now);
        read();
        return only(order).skipReason();
    }

    private String deliveredAt(int daysAgo) {
        return "\"status\": \"delivered\", \"deliveredAt\": \"" + now.minus(daysAgo, ChronoUnit.DAYS) + "\"";
    }

    private List<Leased> claim() {
        return queue.claim(shop.workspaceId(), now.plusSeconds(60), Duration.ofMinutes(1), 10)
                .block();
    }

    private SkipReason refused(Send send) {
        return checks.stream()
                .map(check -> check.refused(shop.workspaceId(), List.of(send.candidate(now)))
                        .block()
                        .get(send.key().id()))
                .filter(reason -> reason != null)
                .findFirst()
                .orElse(null);
    }

    private Key contactOf(UUID order) {
        return new Key(
                shop.workspaceId(),
                database.sql("select contact_id from customer_order where workspace_id = $1 and id = $2")
                        .bind(0, shop.workspaceId())
                        .bind(1, order)
                        .mapValue(UUID.class)
                        .one()
                        .block());
    }

    private static org.assertj.core.data.TemporalUnitOffset within(int minutes) {
        return org.assertj.core.api.Assertions.within(minutes, ChronoUnit.MINUTES);
    }
}
