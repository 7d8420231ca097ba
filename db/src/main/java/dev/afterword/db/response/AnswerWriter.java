package dev.afterword.db.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import dev.afterword.db.response.AnswerStatements.Asked;
import dev.afterword.db.response.AnswerStatements.Checked;
import dev.afterword.db.response.AnswerStatements.Written;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Natural group commit: answers that arrive together wait in a bounded queue, each of two writers takes what is there and writes it in one statement, and every
 * caller hears of it after the commit. Without load a batch is one answer and nobody waits; there is no timer.
 */
@Component
class AnswerWriter implements SmartLifecycle {
    static final int BATCH = 200;
    private static final int WAITING = 10 * BATCH;
    private static final int WRITERS = 2;
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern CAUSED_BY_A_ROW = Pattern.compile("22|23|40");
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final Comparator<Waiting> IN_LOCK_ORDER = Comparator.comparing(
                    (Waiting one) -> one.given().invitation().workspaceId())
            .thenComparing(one -> one.given().invitation().id());

    private final AnswerStatements statements;
    private final WalkedAnswers walked;
    private final SealAnswers sealAnswers;
    private final Surveys surveys;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING);
    private final Semaphore writers = new Semaphore(WRITERS);
    private final AtomicReference<@Nullable Runnable> drained = new AtomicReference<>();
    private volatile boolean running;

    AnswerWriter(AnswerStatements statements, WalkedAnswers walked, SealAnswers sealAnswers, Surveys surveys) {
        this.statements = statements;
        this.walked = walked;
        this.sealAnswers = sealAnswers;
        this.surveys = surveys;
    }

    private record Waiting(GivenAnswers given, MonoSink<Void> caller, long since) {
        void fail(Problem problem) {
            caller.error(problem);
        }
    }

    private record Ready(Waiting waiting, Checked checked) {}

    Mono<Void> write(GivenAnswers given) {
        return Mono.create(caller -> {
            if (running && queue.offer(new Waiting(given, caller, System.nanoTime()))) {
                pump();
            } else {
                caller.error(new Unavailable("answers.unavailable", null));
            }
        });
    }

    /** The only place that subscribes: a writer belongs to no caller, so none can cut it off. */
    private void pump() {
        while (!queue.isEmpty() && writers.tryAcquire()) {
            var work = new ArrayList<Waiting>(BATCH);
            queue.drainTo(work, BATCH);
            if (work.isEmpty()) {
                release();
                continue;
            }
            flush(work)
                    .doFinally(end -> {
                        release();
                        pump();
                    })
                    .subscribe(done -> {}, failure -> LOG.error("answers were not written", failure));
        }
    }

    private void release() {
        writers.release();
        tellWhenDrained();
    }

    private void tellWhenDrained() {
        if (!running && queue.isEmpty() && writers.availablePermits() == WRITERS) {
            var callback = drained.getAndSet(null);
            if (callback != null) {
                callback.run();
            }
        }
    }

    /** Writes what came first for each invitation, then what came second: one statement cannot write a row twice. */
    private Mono<Void> flush(List<Waiting> work) {
        var first = new ArrayList<Waiting>();
        var second = new ArrayList<Waiting>();
        var seen = new HashSet<Key>();
        for (var one : work) {
            if (System.nanoTime() - one.since() > PATIENCE.toNanos()) {
                one.fail(new Unavailable("answers.unavailable", null));
            } else if (seen.add(one.given().invitation())) {
                first.add(one);
            } else {
                second.add(one);
            }
        }
        if (first.isEmpty()) {
            return Mono.empty();
        }
        first.sort(IN_LOCK_ORDER);
        var written = check(first)
                .flatMap(ready -> write(plain(ready, true), 1)
                        .then(Mono.defer(() -> write(plain(ready, false), 1)))
                        .then(Mono.defer(() -> seal(ready))))
                .timeout(PATIENCE.multipliedBy(2))
                .onErrorResume(failure -> {
                    unavailable(first, failure);
                    return Mono.empty();
                });
        return second.isEmpty() ? written : written.then(Mono.defer(() -> flush(second)));
    }

    private Mono<List<Ready>> check(List<Waiting> work) {
        var keys = work.stream().map(one -> one.given().invitation()).toList();
        return statements
                .asked(keys)
                .flatMap(asked -> versions(asked)
                        .map(versions -> work.stream()
                                .<Ready>mapMulti((one, ready) -> {
                                    var checked =
                                            check(one, asked.get(one.given().invitation()), versions);
                                    if (checked != null) {
                                        ready.accept(new Ready(one, checked));
                                    }
                                })
                                .toList()));
    }

    private Mono<Map<Key, SurveyVersion>> versions(Map<Key, Asked> asked) {
        return Flux.fromStream(() -> asked.values().stream().map(Asked::version).distinct())
                .flatMap(surveys::version)
                .collectMap(SurveyVersion::key);
    }

    /** What to write; null when the caller has already been told, because there is nothing to write. */
    private static @Nullable Checked check(Waiting one, @Nullable Asked asked, Map<Key, SurveyVersion> versions) {
        var given = one.given();
        var version = asked == null ? null : versions.get(asked.version());
        if (asked == null || version == null) {
            one.fail(new NotFound("invitation.unknown"));
            return null;
        }
        var refusal = asked.refusal(given.at());
        if (refusal != null) {
            one.fail(refusal);
            return null;
        }
        try {
            var checked = version.definition().check(given.answers());
            var answers = checked.orThrow();
            var nothing = answers.isEmpty() ? asked.answeredAt() == null : checked.empty();
            if (given.confirmed() && nothing) {
                throw new Rejected("answers.empty", "answers");
            }
            return new Checked(given, asked.settings(), version.definition(), answers, Set.of(), Key.nextId());
        } catch (Rejected problem) {
            one.fail(problem);
            return null;
        }
    }

    /** Where everybody is asked the same, nothing more must be read; a batch is one or the other. */
    private static List<Ready> plain(List<Ready> ready, boolean plain) {
        return ready.stream()
                .filter(one ->
                        !one.checked().settings().anonymous() && one.checked().plain() == plain)
                .toList();
    }

    /** What nobody may be tied to is kept apart, one by one. */
    private Mono<Void> seal(List<Ready> ready) {
        return Flux.fromIterable(ready)
                .filter(one -> one.checked().settings().anonymous())
                .concatMap(one -> sealAnswers
                        .seal(one.checked())
                        .doOnSuccess(done -> one.waiting().caller().success())
                        .onErrorResume(Problem.class, problem -> {
                            one.waiting().fail(problem);
                            return Mono.empty();
                        })
                        .onErrorResume(failure -> {
                            unavailable(List.of(one.waiting()), failure);
                            return Mono.empty();
                        }))
                .then();
    }

    private Mono<Void> write(List<Ready> batch, int attempt) {
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        var checked = batch.stream().map(Ready::checked).toList();
        var written = checked.getFirst().plain()
                ? statements.write(checked).map(taken -> new Written(taken, Map.of()))
                : walked.write(checked);
        return written.doOnNext(done -> answer(batch, done))
                .then()
                .onErrorResume(failure -> isolate(batch, attempt, failure));
    }

    /** One bad row fails its whole batch: halves find it. Only what the data can cause is tried again. */
    private Mono<Void> isolate(List<Ready> batch, int attempt, Throwable failure) {
        var state = sqlState(failure);
        if (state == null || !CAUSED_BY_A_ROW.matcher(state).lookingAt()) {
            unavailable(batch.stream().map(Ready::waiting).toList(), failure);
            return Mono.empty();
        }
        if (batch.size() > 1) {
            var middle = batch.size() / 2;
            return write(List.copyOf(batch.subList(0, middle)), 1)
                    .then(Mono.defer(() -> write(List.copyOf(batch.subList(middle, batch.size())), 1)));
        }
        if (state.startsWith("40") && attempt < TRIES) {
            return write(batch, attempt + 1);
        }
        var caller = batch.getFirst().waiting();
        LOG.warn(
                "answers to invitation {} were refused: {}",
                caller.given().invitation().id(),
                state);
        if (state.startsWith("40")) {
            caller.fail(new Unavailable("answers.unavailable", failure));
        } else if (state.equals(FOREIGN_KEY_VIOLATION)) {
            caller.fail(new NotFound("invitation.unknown"));
        } else {
            caller.fail(new Rejected("answer.unreadable", "answers"));
        }
        return Mono.empty();
    }

    private static void answer(List<Ready> batch, Written written) {
        for (var one : batch) {
            var given = one.waiting().given();
            var refused = written.refused().get(given.invitation());
            if (refused != null) {
                one.waiting().fail(refused);
                continue;
            }
            // What was not confirmed and came after something confirmed is rightly left out.
            if (written.taken().contains(given.invitation()) || !given.confirmed()) {
                one.waiting().caller().success();
            } else {
                one.waiting().fail(new Conflict("invitation.closed"));
            }
        }
    }

    private static void unavailable(List<Waiting> work, Throwable failure) {
        LOG.warn("{} answers were turned away with 503: {}", work.size(), failure.toString());
        work.forEach(one -> one.fail(new Unavailable("answers.unavailable", failure)));
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException database) {
                return database.getSqlState();
            }
        }
        return null;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Takes nothing more and ends when all that waits is written. */
    @Override
    public void stop(Runnable callback) {
        running = false;
        drained.set(callback);
        pump();
        tellWhenDrained();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before the web server and stops after it, so that an answer that was taken is written. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 8192;
    }
}
