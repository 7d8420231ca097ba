package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DatabaseTest
@Tag("server")
class TransactionsTest {
    @Autowired
    Transactions transactions;

    @Autowired
    DatabaseClient database;

    @Test
    void keepsWhatItAcknowledgedWhileOthersHangUpInTheMiddle() {
        database.sql("create table kept (id integer primary key)").then().block();
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        // Two in three callers go away at some moment of their transaction, BEGIN and COMMIT among them.
        var callers = IntStream.range(0, 3_000)
                .mapToObj(id -> {
                    var work = transactions
                            .run(keep(id).then(keep(1_000_000 + id)).thenReturn(id))
                            .doOnNext(acknowledged::add);
                    return id % 3 == 0
                            ? work.onErrorComplete()
                            : work.onErrorComplete()
                                    .takeUntilOther(Mono.delay(Duration.ofNanos(
                                            ThreadLocalRandom.current().nextInt(4_000_000))));
                })
                .toList();
        Flux.fromIterable(callers).flatMap(one -> one, 64).blockLast();
        // Single statements on the same connections: one left inside a transaction would swallow them.
        Flux.range(10_000, 300)
                .flatMap(id -> keep(id).thenReturn(id).doOnNext(acknowledged::add), 32)
                .blockLast();

        await().untilAsserted(() -> assertThat(open()).isZero());
        var kept = database.sql("select id from kept")
                .mapValue(Integer.class)
                .all()
                .collectList()
                .block();
        assertThat(acknowledged).hasSizeGreaterThan(900);
        assertThat(kept).containsAll(acknowledged);
        assertThat(kept.stream().filter(id -> id < 10_000).toList())
                .allSatisfy(id -> assertThat(kept).contains(1_000_000 + id));
    }

    @Test
    void goesOnToItsEndWhenNobodyWaits() {
        database.sql("create table alone (id integer primary key)").then().block();
        Disposable caller = transactions
                .run(database.sql("select pg_sleep(0.2)")
                        .then()
                        .then(database.sql("insert into alone values (1)").then()))
                .subscribe();
        caller.dispose();
        await().untilAsserted(() -> assertThat(database.sql("select count(*) from alone")
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isEqualTo(1));
    }

    private Mono<Void> keep(int id) {
        return database.sql("insert into kept values ($1)").bind(0, id).then();
    }

    private long open() {
        return database.sql(
                        "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")
                .mapValue(Long.class)
                .one()
                .block();
    }
}
