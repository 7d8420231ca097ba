package dev.afterword.db.message;

import dev.afterword.db.BenchLine;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.followup.RecordSends;
import dev.afterword.db.followup.RecordSends.Submission;
import dev.afterword.db.followup.SendOutcome;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SendQueue.Watermark;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How long it takes to claim, and to keep what became of it, while another transaction stays open all the time, so that nothing can be vacuumed: at the end of 20,000 messages against their beginning. */
@DatabaseTest
class ClaimBench {
    private static final int MAILS = 20_000;
    private static final int BATCH = 125;

    @Autowired
    ApplicationContext beans;

    @Autowired
    SendQueue queue;

    @Autowired
    RecordSends records;

    @Autowired
    DatabaseClient database;

    @Autowired
    ConnectionFactory connections;

    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void claimsAsFastWhileAnotherTransactionStaysOpen() {
        var shop = Shop.open(beans);
        plan(shop);
        var open = Mono.from(connections.create()).block();
        try {
            begin(open);
            var claims = new ArrayList<Long>();
            var finishes = new ArrayList<Long>();
            var watermark = Watermark.NONE;
            for (int taken = 0; taken < MAILS; ) {
                var start = System.nanoTime();
                var claimed = queue.claim(shop.workspaceId(), Lane.BULK, now, watermark, Duration.ofMinutes(1), BATCH)
                        .block();
                claims.add(System.nanoTime() - start);
                var first = claimed.getFirst().send();
                watermark = new Watermark(first.dueAt(), first.key().id());
                start = System.nanoTime();
                finish(claimed);
                finishes.add(System.nanoTime() - start);
                taken += claimed.size();
            }
            print("claim-with-transaction-open-ms", claims);
            print("record-with-transaction-open-ms", finishes);
        } finally {
            Mono.from(open.close()).block();
        }
    }

    private static void begin(Connection open) {
        Mono.from(open.beginTransaction()).block();
        Mono.from(open.createStatement("set transaction isolation level repeatable read")
                        .execute())
                .flatMap(result -> Mono.from(result.getRowsUpdated()))
                .block();
        Mono.from(open.createStatement("select count(*) from workspace").execute())
                .flatMap(result -> Mono.from(result.map((row, about) -> row.get(0, Long.class))))
                .block();
    }

    /** As connections do: what is submitted, then what became of it with what comes next. */
    private void finish(List<Leased> claimed) {
        for (int at = 0; at < claimed.size(); at += 25) {
            var some = claimed.subList(at, Math.min(at + 25, claimed.size()));
            records.record(
                            some.stream()
                                    .map(one -> new Submission(
                                            one, "<" + one.send().key().id() + "@x>"))
                                    .toList(),
                            List.of())
                    .block();
            records.record(
                            List.of(),
                            some.stream()
                                    .map(one -> SendOutcome.accepted(one, 250, "2.0.0 ok"))
                                    .toList())
                    .block();
        }
    }

    /** The middle of the last quarter against that of the second: the first warms up. */
    private static void print(String name, List<Long> nanos) {
        int quarter = nanos.size() / 4;
        BenchLine.print(
                name, middle(nanos.subList(3 * quarter, nanos.size())), middle(nanos.subList(quarter, 2 * quarter)));
    }

    private static double middle(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6;
    }

    private void plan(Shop shop) {
        database.sql("""
                        with c as (insert into contact (workspace_id, id, version, created_at) select $1, gen_random_uuid(), 0, $2 from generate_series(1, $3) returning id)
                        insert into send (workspace_id, id, contact_id, purpose, step, kind, state, bulk, due_at, not_after, created_at)
                        select $1, gen_random_uuid(), c.id, 'news', 'hello', 'mail', 'planned', true, $2, $2::timestamptz + interval '1 day', $2 from c
                        """)
                .bind(0, shop.workspaceId())
                .bind(1, now)
                .bind(2, MAILS)
                .then()
                .block();
        database.sql("analyze send").then().block();
    }
}
