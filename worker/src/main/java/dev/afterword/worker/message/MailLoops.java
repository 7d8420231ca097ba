package dev.afterword.worker.message;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.followup.RecordSends;
import dev.afterword.db.message.Lane;
import dev.afterword.db.message.SendQueue;
import dev.afterword.db.message.attachment.Attachments;
import dev.afterword.worker.Loop;
import dev.afterword.worker.message.SmtpConnection.End;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Everything that runs while mail is sent: the rounds that take what is due, the connections, the renewal of leases, and the search for what dead workers left.
 * Stopping finishes the messages that are on the wire, gives the others back, and leaves nothing leased.
 */
@Component
class MailLoops implements SmartLifecycle {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofSeconds(5);
    private static final int MOST_ATTEMPTS = 12;
    private static final int JOBS_PER_CONNECTION = 32;
    private static final int BATCH = 256;
    /** Of those for many more are taken at once: nobody waits for one of them. */
    private static final int CHUNK = 500;

    private final List<Loop> taking;
    private final List<Loop> keeping;
    private final List<SmtpConnection> connections;
    private final Jobs jobs = new Jobs();
    private volatile boolean stopping = true;
    private volatile CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

    MailLoops(
            SendDueMail sendDueMail,
            SendQueue queue,
            RecordSends records,
            Ledger ledger,
            MailServers servers,
            Throttle throttle,
            Attachments attachments,
            DatabaseTime time,
            Clock clock,
            MeterRegistry meters,
            @Value("${afterword.mail.connections:16}") int connections,
            @Value("${afterword.mail.messages-per-connection:100}") int perConnection,
            @Value("${afterword.mail.lease:60s}") Duration lease) {
        int room = Math.max(256, connections * JOBS_PER_CONNECTION);
        var measures = new SendMeasures(queue, meters);
        this.taking = List.of(
                new Loop("Sending mail", PAUSE, () -> sendDueMail.round(Lane.SINGLE, lease, room, BATCH, jobs)),
                new Loop(
                        "Sending mail to many",
                        PAUSE,
                        () -> sendDueMail.round(Lane.BULK, lease, 2 * CHUNK, CHUNK, jobs)));
        this.keeping = List.of(
                new Loop(
                        "Renewing leases",
                        lease.dividedBy(3),
                        () -> time.now()
                                .flatMap(now -> queue.renew(List.copyOf(ledger.held()), now, lease))
                                .thenReturn(false)),
                new Loop(
                        "Finding what dead workers left",
                        lease.dividedBy(3),
                        () -> time.now()
                                .flatMap(now -> queue.takeBackExpired(now, MOST_ATTEMPTS)
                                        .then(records.tell(queue.giveUpSubmitted(now)))
                                        .then(records.tell(queue.giveUpTooLate(now))))
                                .map(late -> late > 0)),
                new Loop(
                        "Measuring sends",
                        BETWEEN_MEASUREMENTS,
                        () -> time.now().flatMap(measures::measure)));
        this.connections = IntStream.range(0, servers.configured() ? connections : 0)
                .mapToObj(number -> new SmtpConnection(
                        servers, throttle, ledger, attachments, jobs, () -> stopping, clock, perConnection))
                .toList();
    }

    @Override
    public void start() {
        stopping = false;
        ended = CompletableFuture.allOf(
                connections.stream().map(MailLoops::started).toArray(CompletableFuture[]::new));
        taking.forEach(Loop::start);
        keeping.forEach(Loop::start);
    }

    /** Platform threads: sending is synchronised inside the mail library and blocks. */
    private static CompletableFuture<Void> started(SmtpConnection connection) {
        var ended = new CompletableFuture<Void>();
        Thread.ofPlatform().name("smtp").daemon().start(() -> {
            connection.run();
            ended.complete(null);
        });
        return ended;
    }

    @Override
    public void stop(Runnable callback) {
        Loop.stopAll(taking, () -> {
            stopping = true;
            connections.forEach(connection -> jobs.addLast(new End()));
            var _ = ended.thenRun(() -> Loop.stopAll(keeping, callback));
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return !stopping;
    }
}
