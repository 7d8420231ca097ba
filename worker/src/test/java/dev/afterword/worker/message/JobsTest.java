package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.message.Lane;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SendState;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.worker.message.SmtpConnection.Deliver;
import dev.afterword.worker.message.SmtpConnection.End;
import dev.afterword.worker.message.SmtpConnection.Job;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final Jobs jobs = new Jobs();

    @Test
    void letNoThousandsForManyGoBeforeOneMessage() {
        IntStream.range(0, 20_000).forEach(n -> jobs.add(Lane.BULK, new End()));
        var single = new End();
        jobs.add(Lane.SINGLE, single);

        assertThat(jobs.poll()).isSameAs(single);
        assertThat(IntStream.range(0, 20_000).mapToObj(n -> jobs.poll())).doesNotContainNull();
        assertThat(jobs.poll()).isNull();
    }

    @Test
    void letThoseForManyGoOnHoweverManySingleOnesThereAre() {
        IntStream.range(0, 400).forEach(n -> jobs.add(Lane.SINGLE, new End()));
        var many = IntStream.range(0, 100).mapToObj(n -> (Job) new End()).toList();
        many.forEach(job -> jobs.add(Lane.BULK, job));

        var gone = IntStream.range(0, 40).mapToObj(n -> jobs.poll()).toList();
        assertThat(many.stream().filter(job -> gone.stream().anyMatch(other -> other == job)))
                .hasSize(10);
    }

    @Test
    void endBehindEverythingElse() throws InterruptedException {
        var end = new End();
        jobs.addLast(end);
        jobs.add(Lane.BULK, new End());

        assertThat(jobs.poll()).isNotSameAs(end);
        assertThat(jobs.poll(1)).isSameAs(end);
        assertThat(jobs.poll()).isNull();
    }

    @Test
    void giveOneToEachWhoAddedOneWhoeverTakesThemMeanwhile() throws InterruptedException {
        var missed = new AtomicInteger();
        var threads = IntStream.range(0, 4)
                .mapToObj(number -> Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 200_000; n++) {
                        jobs.add((n + number) % 2 == 0 ? Lane.BULK : Lane.SINGLE, new End());
                        if (jobs.poll() == null) {
                            missed.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(missed).hasValue(0);
        assertThat(jobs.poll()).isNull();
    }

    @Test
    void knowHowManyMailsOfAWorkspacesDomainWait() {
        var mine = UUID.randomUUID();
        jobs.add(Lane.SINGLE, mailOf(mine));
        jobs.add(Lane.BULK, mailOf(mine));
        IntStream.range(0, 500).forEach(n -> jobs.add(Lane.BULK, mailOf(UUID.randomUUID())));

        assertThat(jobs.waiting(mine, "shop.example")).isEqualTo(2);
        assertThat(jobs.waiting(mine, "other.example")).isZero();
    }

    private static Deliver mailOf(UUID workspaceId) {
        var now = MimeLetterTest.SENT;
        var send = new Send(
                new Key(workspaceId, UUID.randomUUID()),
                null,
                null,
                null,
                UUID.randomUUID(),
                null,
                Purpose.QUESTIONS,
                "ask",
                SendKind.ASK,
                SendState.LEASED,
                null,
                now,
                now,
                1,
                null,
                null,
                null,
                null,
                null,
                now);
        return new Deliver(new Leased(send, UUID.randomUUID(), Lane.BULK), MimeLetterTest.mail(true), List.of());
    }
}
