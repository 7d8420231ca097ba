package dev.afterword.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class LoopTest {
    @Test
    void keepsNothingOfRestsThatEnded() {
        var rounds = new AtomicInteger();
        var loop = new Loop("Test", Duration.ofMillis(1), () -> Mono.fromSupplier(() -> rounds.incrementAndGet() < 0));
        loop.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> rounds.get() > 200);
        assertThat(loop.waiting()).isLessThanOrEqualTo(1);
        loop.stop();
    }

    @Test
    void wakesFromALongRestToStop() throws InterruptedException {
        var rounds = new AtomicInteger();
        var loop = new Loop("Test", Duration.ofHours(1), () -> Mono.fromSupplier(() -> rounds.incrementAndGet() < 0));
        loop.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> loop.waiting() == 1);
        var stopped = new CountDownLatch(1);
        loop.stop(stopped::countDown);
        assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(rounds).hasValue(1);
    }
}
