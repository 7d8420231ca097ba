package dev.afterword.worker.message;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.followup.OutgoingMail;
import dev.afterword.db.followup.SendOutcome;
import dev.afterword.db.followup.WriteMails;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.GivePlaces;
import dev.afterword.db.message.Lane;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.SendQueue;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SendQueue.Watermark;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.message.sender.SenderDomains;
import dev.afterword.db.message.sender.SigningKey;
import dev.afterword.db.message.sender.WarmUps;
import dev.afterword.db.message.sender.WarmUps.Room;
import dev.afterword.worker.Precedence;
import dev.afterword.worker.message.SmtpConnection.Deliver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes what is due, workspace by workspace in turn, asks once more whether each message should go out, and gives those that should to the connections. */
@Component
class SendDueMail {
    private static final Logger LOG = LoggerFactory.getLogger(SendDueMail.class);
    private static final Duration WATERMARK_HOLDS = Duration.ofMinutes(1);
    private static final Duration FOR_ROOM = Duration.ofMillis(5);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final SendQueue queue;
    private final List<LastCheck> checks;
    private final GivePlaces givePlaces;
    private final WriteMails mails;
    private final SenderDomains senders;
    private final WarmUps warmUps;
    private final Ledger ledger;
    private final MailServers servers;
    private final Throttle throttle;
    private final Precedence precedence;
    private final DatabaseTime time;
    private final Map<Place, Seen> seen = new ConcurrentHashMap<>();
    private final Map<Lane, UUID> lastServed = new ConcurrentHashMap<>();

    SendDueMail(
            SendQueue queue,
            List<LastCheck> checks,
            GivePlaces givePlaces,
            WriteMails mails,
            SenderDomains senders,
            WarmUps warmUps,
            Ledger ledger,
            MailServers servers,
            Throttle throttle,
            Precedence precedence,
            DatabaseTime time) {
        this.queue = queue;
        this.checks = checks;
        this.givePlaces = givePlaces;
        this.mails = mails;
        this.senders = senders;
        this.warmUps = warmUps;
        this.ledger = ledger;
        this.servers = servers;
        this.throttle = throttle;
        this.precedence = precedence;
        this.time = time;
    }

    /** Up to where nothing was left in a workspace's lane, and when that was first seen; forgotten every minute, because messages can be planned into the past. */
    private record Seen(Watermark end, Instant since) {}

    private record Place(UUID workspaceId, Lane lane) {}

    /**
     * One round of a lane: true when something was taken, so that the next may follow at once.
     *
     * @param room how many messages of the lane this process may hold
     * @param batch how many are taken at once
     */
    Mono<Boolean> round(Lane lane, Duration lease, int room, int batch, Jobs jobs) {
        if (!servers.ready()) {
            return Mono.just(false);
        }
        if (ledger.held(lane) > room - batch) {
            return Mono.delay(FOR_ROOM).thenReturn(true);
        }
        return time.now()
                .flatMap(now -> queue.workspacesWithDue(lane, now)
                        .flatMapIterable(due -> inTurn(lane, due))
                        .filter(workspace -> ledger.held(lane) <= room - batch)
                        .concatMap(workspace -> take(new Place(workspace, lane), now, lease, batch, jobs), 1)
                        .reduce(false, (some, taken) -> some || taken));
    }

    /** Beginning behind the workspace that was served last: where there is room for few in a round, each has its turn. */
    private List<UUID> inTurn(Lane lane, List<UUID> due) {
        int first = due.indexOf(lastServed.get(lane)) + 1;
        return Stream.concat(due.subList(first, due.size()).stream(), due.subList(0, first).stream())
                .toList();
    }

    private Mono<Boolean> take(Place place, Instant now, Duration lease, int batch, Jobs jobs) {
        return queue.claim(place.workspaceId, place.lane, now, watermark(place, now), lease, batch)
                .doOnNext(leased -> seen(place, leased, batch, now))
                .filter(leased -> !leased.isEmpty())
                .flatMap(leased -> {
                    lastServed.put(place.lane, place.workspaceId);
                    if (leased.size() == batch) {
                        precedence.mailWaits();
                    }
                    ledger.hold(leased);
                    return prepare(place.workspaceId, leased, now, jobs)
                            .doOnError(error -> giveBack(leased, now.plus(AFTER_FAILURE)));
                })
                .defaultIfEmpty(false);
    }

    /** None of them was given to a connection; what was written down about some before stays so. */
    private void giveBack(List<Leased> leased, Instant due) {
        leased.forEach(one -> {
            var _ = ledger.write(SendOutcome.givenBack(one, due));
        });
    }

    private Watermark watermark(Place place, Instant now) {
        var known = seen.get(place);
        return known == null || known.since.plus(WATERMARK_HOLDS).isBefore(now) ? Watermark.NONE : known.end;
    }

    private void seen(Place place, List<Leased> leased, int batch, Instant now) {
        if (leased.size() < batch) {
            seen.remove(place);
            return;
        }
        var known = seen.get(place);
        var since = known == null || known.since.plus(WATERMARK_HOLDS).isBefore(now) ? now : known.since;
        var first = leased.getFirst().send();
        seen.put(place, new Seen(new Watermark(first.dueAt(), first.key().id()), since));
    }

    private Mono<Boolean> prepare(UUID workspaceId, List<Leased> leased, Instant now, Jobs jobs) {
        return refused(workspaceId, leased, now).flatMap(refused -> {
            var wanted = new ArrayList<Leased>();
            for (var one : leased) {
                var reason = refused.get(one.send().key().id());
                if (reason == null) {
                    wanted.add(one);
                } else {
                    var _ = ledger.write(SendOutcome.skipped(one, reason));
                }
            }
            return inPlace(workspaceId, wanted, now)
                    .flatMap(placed -> mails.write(
                                    workspaceId,
                                    placed.stream().map(Leased::send).toList(),
                                    now)
                            .flatMap(written -> Mono.zip(keys(workspaceId, written), rooms(workspaceId, written, now))
                                    .doOnNext(found -> handAll(
                                            workspaceId, placed, written, found.getT1(), found.getT2(), now, jobs))))
                    .thenReturn(true);
        });
    }

    /** Those for which there is room in the person's week; the others wait until there is, or are dropped when that is too late. */
    private Mono<List<Leased>> inPlace(UUID workspaceId, List<Leased> wanted, Instant now) {
        return givePlaces
                .take(
                        workspaceId,
                        wanted.stream().map(one -> one.send().key().id()).toList(),
                        now)
                .map(later -> {
                    var placed = new ArrayList<Leased>();
                    for (var one : wanted) {
                        var place = later.get(one.send().key().id());
                        if (place == null) {
                            placed.add(one);
                        } else {
                            var _ = ledger.write(place.map(at -> SendOutcome.givenBack(one, at))
                                    .orElseGet(() -> SendOutcome.skipped(one, SkipReason.BUDGET)));
                        }
                    }
                    return placed;
                });
    }

    /** The keys that sign, by the domain that a mail comes from; one sender has one. */
    private Mono<Map<String, List<SigningKey>>> keys(UUID workspaceId, Map<UUID, OutgoingMail> written) {
        return Flux.fromStream(
                        written.values().stream().map(OutgoingMail::fromDomain).distinct())
                .concatMap(domain -> senders.signing(workspaceId, domain)
                        .onErrorResume(IllegalStateException.class, error -> {
                            LOG.error("Mail from {} goes out unsigned: {}", domain, error.getMessage());
                            return Mono.empty();
                        })
                        .map(keys -> Map.entry(domain, keys)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** What domains that send little at first may still send today. */
    private Mono<Map<String, Room>> rooms(UUID workspaceId, Map<UUID, OutgoingMail> written, Instant now) {
        return Flux.fromStream(
                        written.values().stream().map(OutgoingMail::fromDomain).distinct())
                .concatMap(domain -> warmUps.room(workspaceId, domain, now).map(room -> Map.entry(domain, room)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private void handAll(
            UUID workspaceId,
            List<Leased> wanted,
            Map<UUID, OutgoingMail> written,
            Map<String, List<SigningKey>> keys,
            Map<String, Room> rooms,
            Instant now,
            Jobs jobs) {
        var left = new HashMap<String, Long>();
        // What this process has taken up before and not submitted yet is not among what the database counts.
        rooms.forEach((domain, room) -> left.put(domain, room.left() - jobs.waiting(workspaceId, domain)));
        // All or none: what a connection has must not be given back.
        var ready = new ArrayList<Deliver>();
        for (var one : wanted) {
            var mail = written.get(one.send().key().id());
            if (mail == null) {
                var _ = ledger.write(SendOutcome.failed(one, null, "cannot be written"));
                continue;
            }
            var domain = mail.fromDomain();
            var room = rooms.get(domain);
            if (room != null && left.getOrDefault(domain, 0L) <= 0) {
                var _ = ledger.write(SendOutcome.givenBack(one, room.tomorrow()));
            } else if (maySend(one, mail, now)) {
                ready.add(new Deliver(one, mail, keys.getOrDefault(domain, List.of())));
                left.computeIfPresent(domain, (key, some) -> some - 1);
            }
        }
        ready.forEach(deliver -> jobs.add(deliver.leased().lane(), deliver));
    }

    /** Whether it may go out now; else it goes back, to be due later. */
    private boolean maySend(Leased leased, OutgoingMail mail, Instant now) {
        var later = mail.notBefore().isAfter(now)
                ? Optional.of(mail.notBefore())
                : throttle.later(mail.fromDomain(), mail.toDomain(), leased.lane(), now);
        later.ifPresent(due -> {
            var _ = ledger.write(SendOutcome.givenBack(leased, due));
        });
        return later.isEmpty();
    }

    /** What is too late, and what any feature refuses; the first reason counts. */
    private Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Leased> leased, Instant now) {
        var refused = new HashMap<UUID, SkipReason>();
        var candidates = new ArrayList<Candidate>();
        for (var one : leased) {
            if (one.send().notAfter().isBefore(now)) {
                refused.put(one.send().key().id(), SkipReason.TOO_LATE);
            } else {
                candidates.add(one.send().candidate(now));
            }
        }
        return Flux.fromIterable(checks)
                .concatMap(check -> check.refused(workspaceId, candidates))
                .doOnNext(found -> found.forEach(refused::putIfAbsent))
                .then(Mono.just(refused));
    }
}
