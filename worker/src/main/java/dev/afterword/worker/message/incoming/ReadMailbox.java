package dev.afterword.worker.message.incoming;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.TakeIncoming;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.worker.message.incoming.Mailbox.Content;
import dev.afterword.worker.message.incoming.Mailbox.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads the mailbox: each message is taken out of it when what it says is committed, so that a crash between leaves it there, and reading it again changes nothing.
 * What the server does not give, or what cannot be kept however often it is tried, is left there and not asked for again by this process, as long as it has a name.
 */
class ReadMailbox {
    private static final Logger LOG = LoggerFactory.getLogger(ReadMailbox.class);
    private static final int BATCH = 50;
    private static final int MOST_UNREADABLE = 1_000;
    /** So often a message is tried that cannot be kept while the database answers. */
    static final int MOST_TRIES = 5;

    private final MailboxSettings settings;
    private final TakeIncoming taking;
    private final DatabaseTime time;
    private final MeterRegistry meters;
    private final Scheduler blocking = Schedulers.boundedElastic();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    ReadMailbox(MailboxSettings settings, TakeIncoming taking, DatabaseTime time, MeterRegistry meters) {
        this.settings = settings;
        this.taking = taking;
        this.time = time;
        this.meters = meters;
    }

    /** One round; true when more may wait. */
    Mono<Boolean> round() {
        return Mono.usingWhen(
                off(() -> Mailbox.open(settings)),
                mailbox -> time.now()
                        .flatMap(now -> off(() -> mailbox.waiting(BATCH, unreadable))
                                .flatMap(waiting -> takeAll(mailbox, waiting, now))),
                this::close,
                (mailbox, error) -> close(mailbox),
                this::close);
    }

    private Mono<Boolean> takeAll(Mailbox mailbox, List<Waiting> waiting, Instant now) {
        return Flux.fromIterable(waiting)
                .concatMap(one -> take(mailbox, one, now))
                .then(Mono.just(waiting.size() == BATCH));
    }

    private Mono<Void> take(Mailbox mailbox, Waiting waiting, Instant now) {
        return off(() -> mailbox.read(waiting))
                .onErrorResume(MessagingException.class, error -> leave(mailbox, waiting, error))
                .onErrorResume(IOException.class, error -> leave(mailbox, waiting, error))
                .flatMap(content -> Mono.using(() -> content, whole -> take(mailbox, waiting, whole, now)))
                .then();
    }

    private Mono<Boolean> take(Mailbox mailbox, Waiting waiting, Content content, Instant now) {
        return off(() -> understood(content))
                .flatMap(incoming -> taking.take(content.bytes(), incoming, now))
                .onErrorResume(error -> again(waiting, error))
                .doOnNext(taken -> forget(waiting))
                .doOnNext(taken -> count(content.whole() ? taken.name().toLowerCase(Locale.ROOT) : "too-large"))
                .flatMap(taken -> off(() -> {
                    mailbox.done(waiting);
                    return true;
                }));
    }

    /** A message that cannot be understood is kept all the same. */
    private Incoming understood(Content content) throws IOException {
        var file = content.file();
        try {
            return file == null ? ReadIncoming.read(content.bytes()) : ReadIncoming.read(file);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("A message that came back could not be understood; it is kept", e);
            count("not-understood");
            return Incoming.unreadable();
        }
    }

    /** One message that is not given holds up no other; a connection that broke ends the round. */
    private Mono<Content> leave(Mailbox mailbox, Waiting waiting, Exception error) {
        return off(mailbox::connected)
                .flatMap(connected -> connected ? Mono.fromRunnable(() -> leave(waiting, error)) : Mono.error(error));
    }

    /** What nothing can be made of must not hold up all that came after it. */
    private Mono<Taken> again(Waiting waiting, Throwable error) {
        var name = waiting.name();
        if (name != null && tries.merge(name, 1, Integer::sum) < MOST_TRIES) {
            return Mono.error(error);
        }
        forget(waiting);
        return Mono.fromRunnable(() -> leave(waiting, error));
    }

    private void leave(Waiting waiting, Throwable error) {
        LOG.warn("A message cannot be taken in and is left in the mailbox: {}", error.toString());
        count("unreadable");
        var name = waiting.name();
        if (name != null && unreadable.size() < MOST_UNREADABLE) {
            unreadable.add(name);
        }
    }

    private void forget(Waiting waiting) {
        if (waiting.name() != null) {
            tries.remove(waiting.name());
        }
    }

    private void count(String result) {
        meters.counter("afterword.incoming", "result", result).increment();
    }

    private Mono<Void> close(Mailbox mailbox) {
        return off(() -> {
                    mailbox.close();
                    return true;
                })
                .onErrorResume(MessagingException.class, error -> {
                    LOG.warn("The mailbox could not be closed: {}", error.toString());
                    return Mono.empty();
                })
                .then();
    }

    private <T> Mono<T> off(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(blocking);
    }
}
