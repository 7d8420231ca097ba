package dev.afterword.db.message.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import dev.afterword.db.message.incoming.RecordBounce;
import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class StopHarmfulStepsTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    StopHarmfulSteps stopping;

    @Autowired
    StepStops stops;

    @Autowired
    RecordBounce bounces;

    @Autowired
    DatabaseClient database;

    final Instant now = Instant.now();
    Shop shop;
    Shop twin;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        twin = Shop.open(beans);
    }

    @Test
    void stopsAtOneInAThousandReportsOrFiveInAHundredBounces() {
        assertThat(StopReason.of(999, 0, 0, 5)).isEmpty();
        assertThat(StopReason.of(2_000, 0, 0, 1)).isEmpty();
        assertThat(StopReason.of(2_000, 0, 0, 2)).contains(StopReason.SPAM_REPORTS);
        assertThat(StopReason.of(90, 9, 9, 0)).isEmpty();
        assertThat(StopReason.of(96, 4, 4, 0)).isEmpty();
        assertThat(StopReason.of(95, 5, 5, 0)).contains(StopReason.BOUNCES);
    }

    @Test
    void sendsNoMoreOfAStepOfWhichTooMuchCameBackUntilItIsLetGoOn() {
        var contact = contact();
        var sent = sends(contact, "ask", 100);
        sends(contact, "remind", 100);
        sent.subList(0, 4).forEach(send -> bounce(send, contact));
        stopping.stop(Duration.ofHours(1)).block();
        assertThat(stops.of(shop.workspaceId()).block()).isEmpty();

        bounce(sent.get(4), contact);
        stopping.stop(Duration.ofHours(1)).block();
        stopping.stop(Duration.ofHours(1)).block();

        var stop = stops.of(shop.workspaceId()).block();
        assertThat(stop).hasSize(1);
        assertThat(stop.getFirst().step()).isEqualTo("ask");
        assertThat(stop.getFirst().reason()).isEqualTo(StopReason.BOUNCES);
        assertThat(stop.getFirst().harmed()).isEqualTo(5);
        assertThat(stops.of(twin.workspaceId()).block()).isEmpty();
        assertThat(events()).isEqualTo(1);
        var more = sends(contact, "ask", 1).getFirst();
        var other = sends(contact, "remind", 1).getFirst();
        assertThat(refused(more, contact)).isEqualTo(SkipReason.STEP_STOPPED);
        assertThat(refused(other, contact)).isNull();

        stops.lift(stop.getFirst().key(), UUID.randomUUID(), now.plusSeconds(1)).block();
        stopping.stop(Duration.ofHours(1)).block();
        assertThat(stops.of(shop.workspaceId()).block()).isEmpty();
        assertThat(refused(more, contact)).isNull();
    }

    private SkipReason refused(UUID send, UUID contact) {
        return stops.refused(
                        shop.workspaceId(),
                        List.of(new Candidate(
                                send,
                                contact,
                                null,
                                null,
                                shop.followUp().id(),
                                Purpose.QUESTIONS,
                                SendKind.ASK,
                                null,
                                now)))
                .block()
                .get(send);
    }

    private void bounce(UUID send, UUID contact) {
        var notice = new Notice(NoticeKind.POLICY, null, "5.7.1", "blocked", true);
        bounces.record(new RecordBounce.Said(new Key(shop.workspaceId(), send), contact, notice, null, now))
                .block();
    }

    private UUID contact() {
        var id = Key.nextId();
        database.sql(
                        "insert into contact (workspace_id, id, version, email, address, created_at) values ($1, $2, 0, 'ana@x.test', 'ana@x.test', $3)")
                .bind(0, shop.workspaceId())
                .bind(1, id)
                .bind(2, now)
                .then()
                .block();
        return id;
    }

    private List<UUID> sends(UUID contact, String step, int many) {
        var ids = Stream.generate(Key::nextId).limit(many).toList();
        database.sql("""
                        insert into send (workspace_id, id, follow_up_id, contact_id, purpose, step, kind, state, due_at, not_after, submitted_at, finished_at, created_at)
                        select $1, id, $3, $4, 'questions', $5, 'ask', 'accepted', $6, $6, $6, $6, $6 from unnest($2::uuid[]) ids(id)
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, ids.toArray(UUID[]::new))
                .bind(2, shop.followUp().id())
                .bind(3, contact)
                .bind(4, step)
                .bind(5, now)
                .then()
                .block();
        return ids;
    }

    private long events() {
        return database.sql("select count(*) from event where workspace_id = $1 and kind = 'follow-up.step-stopped'")
                .bind(0, shop.workspaceId())
                .mapValue(Long.class)
                .one()
                .block();
    }
}
