package dev.afterword.db.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SendQueue.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class LaneTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    SendQueue queue;

    @Autowired
    DatabaseClient database;

    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
    }

    @Test
    void keepsWhatGoesToManyApartFromWhatOnePersonWaitsFor() {
        plan(true, 20);
        assertThat(queue.workspacesWithDue(Lane.SINGLE, now).block()).doesNotContain(shop.workspaceId());
        assertThat(queue.workspacesWithDue(Lane.BULK, now).block()).contains(shop.workspaceId());
        plan(false, 3);

        assertThat(claim(Lane.SINGLE, Watermark.NONE, 10))
                .hasSize(3)
                .extracting(Leased::lane)
                .containsOnly(Lane.SINGLE);
        assertThat(claim(Lane.BULK, Watermark.NONE, 12))
                .hasSize(12)
                .extracting(Leased::lane)
                .containsOnly(Lane.BULK);
        assertThat(queue.claim(shop.workspaceId(), now, Duration.ofMinutes(1), 100)
                        .block())
                .hasSize(8);
    }

    /** All are due at the same moment, as those of an audience are. */
    @Test
    void goesOnBehindTheLastClaimAndMissesNothing() {
        plan(true, 50);
        var all = new HashSet<Key>();
        var watermark = Watermark.NONE;
        for (var claimed = claim(Lane.BULK, watermark, 7);
                !claimed.isEmpty();
                claimed = claim(Lane.BULK, watermark, 7)) {
            claimed.forEach(one -> all.add(one.send().key()));
            var first = claimed.getFirst().send();
            watermark = new Watermark(first.dueAt(), first.key().id());
        }
        assertThat(all).hasSize(50);
    }

    private List<Leased> claim(Lane lane, Watermark watermark, int most) {
        return queue.claim(shop.workspaceId(), lane, now, watermark, Duration.ofMinutes(1), most)
                .block();
    }

    private void plan(boolean bulk, int many) {
        database.sql("""
                        with c as (insert into contact (workspace_id, id, version, created_at) values ($1, gen_random_uuid(), 0, $2) returning id)
                        insert into send (workspace_id, id, contact_id, purpose, step, kind, state, bulk, due_at, not_after, created_at)
                        select $1, gen_random_uuid(), c.id, 'news', 'hello', 'mail', 'planned', $3, $2, $2::timestamptz + interval '1 day', $2 from c, generate_series(1, $4)
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, now)
                .bind(2, bulk)
                .bind(3, many)
                .then()
                .block();
    }
}
