package dev.afterword.db.inbox.desk;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Address;
import dev.afterword.db.inbox.FallSilent;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.IncomingRoute;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import dev.afterword.db.message.incoming.UnmatchedMails;
import dev.afterword.db.message.incoming.WhyNoCase;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import dev.afterword.db.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What comes back from the other help desk: an answer of a person there, to the address that only a mail about that case carries, goes to the customer, once.
 * What machines there write, and what others write to such an address, becomes neither an answer nor a case.
 */
@Component
class HearHelpDesk implements IncomingRoute {
    static final int MOST_AN_HOUR = 10;
    /** A person rarely writes so much to one customer; two machines that answer each other would go on for ever. */
    static final int MOST_A_DAY = 20;
    /** A machine says the same to everything. */
    static final int MOST_THE_SAME = 2;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final HelpDesks desks;
    private final ReplyToCase replyToCase;
    private final FallSilent fallSilent;
    private final UnmatchedMails unmatched;
    private final Workspaces workspaces;
    private final AfterwordSecret secret;
    private final DatabaseClient database;
    private final Transactions transactions;

    HearHelpDesk(
            HelpDesks desks,
            ReplyToCase replyToCase,
            FallSilent fallSilent,
            UnmatchedMails unmatched,
            Workspaces workspaces,
            AfterwordSecret secret,
            DatabaseClient database,
            Transactions transactions) {
        this.desks = desks;
        this.replyToCase = replyToCase;
        this.fallSilent = fallSilent;
        this.unmatched = unmatched;
        this.workspaces = workspaces;
        this.secret = secret;
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    public Mono<Taken> take(byte[] digest, byte[] zipped, Incoming incoming, Instant now) {
        return Flux.fromIterable(incoming.addresses())
                .flatMapIterable(this::tokens)
                .concatMap(token -> workspaces
                        .findByCode(token.workspaceCode())
                        .map(workspace -> new Key(workspace.id(), token.id())))
                .next()
                .flatMap(this::goesOn)
                .flatMap(caseKey -> answered(caseKey, digest, zipped, incoming, now));
    }

    private Iterable<LinkToken> tokens(String address) {
        var local = address.contains("@") ? address.substring(0, address.indexOf('@')) : address;
        return LinkToken.verify(local.substring(local.lastIndexOf('+') + 1), Use.DESK, secret).stream()
                .toList();
    }

    /** The case in which that one goes on. */
    private Mono<Key> goesOn(Key caseKey) {
        return database.sql("""
                        with recursive here as (
                            select k.id, k.merged_into from support_case k where k.workspace_id = $1 and k.id = $2 union
                            select n.id, n.merged_into from support_case n join here h on n.id = h.merged_into where n.workspace_id = $1)
                        select h.id from here h where h.merged_into is null
                        """)
                .bind(0, caseKey.workspaceId())
                .bind(1, caseKey.id())
                .mapValue(UUID.class)
                .one()
                .map(id -> new Key(caseKey.workspaceId(), id))
                .defaultIfEmpty(caseKey);
    }

    private Mono<Taken> answered(Key caseKey, byte[] digest, byte[] zipped, Incoming incoming, Instant now) {
        var workspaceId = caseKey.workspaceId();
        return Mono.zip(desks.find(workspaceId), often(caseKey, digest, incoming, now))
                .flatMap(found -> {
                    var why = refused(found.getT1(), found.getT2(), incoming);
                    return why.isPresent()
                            ? notTaken(caseKey, why.get(), digest, zipped, incoming, now)
                            : transactions
                                    .run(note(caseKey, digest, now)
                                            .flatMap(fresh -> fresh
                                                    ? replyToCase
                                                            .reply(
                                                                    caseKey,
                                                                    null,
                                                                    DeskWords.markdown(incoming.words()),
                                                                    incoming.files())
                                                            .thenReturn(Taken.KEPT)
                                                    : Mono.just(Taken.KNOWN)))
                                    .onErrorResume(
                                            error -> error instanceof Rejected
                                                    || error instanceof Conflict
                                                    || error instanceof NotFound,
                                            error -> unmatched.keep(
                                                    workspaceId, WhyNoCase.NOT_SENT, digest, zipped, incoming, now));
                });
    }

    /** What was too much is said where staff sees it. */
    private Mono<Taken> notTaken(
            Key caseKey, WhyNoCase why, byte[] digest, byte[] zipped, Incoming incoming, Instant now) {
        var kept = unmatched.keep(caseKey.workspaceId(), why, digest, zipped, incoming, now);
        return why != WhyNoCase.LIMIT
                ? kept
                : transactions.run(kept.flatMap(taken ->
                        fallSilent.say(caseKey, FallSilent.Of.DESK, now).thenReturn(taken)));
    }

    private static Optional<WhyNoCase> refused(Optional<HelpDesk> desk, boolean often, Incoming incoming) {
        if (!incoming.byPerson()) {
            return Optional.of(WhyNoCase.AUTOMATIC);
        }
        if (desk.filter(HelpDesk::confirmed).isEmpty() || !from(desk.get(), incoming)) {
            return Optional.of(WhyNoCase.NOT_DESK);
        }
        return often ? Optional.of(WhyNoCase.LIMIT) : Optional.empty();
    }

    /** Its address, or another of its domain, as agents have; however the domain is spelt. */
    private static boolean from(HelpDesk desk, Incoming incoming) {
        var from = incoming.from();
        return from != null
                && from.contains("@")
                && Address.domain(from.strip()).equals(Address.domain(desk.address()));
    }

    /** Whether it answered too much in that case within an hour or a day, or too often the same, not counting the same message. */
    private Mono<Boolean> often(Key caseKey, byte[] digest, Incoming incoming, Instant now) {
        return database.sql("""
                        select count(*) filter (where a.at > $3) >= $6 or count(*) >= $7 or (
                            select count(*) from case_entry e
                            where e.workspace_id = $1 and e.case_id = $2 and e.kind = 'reply' and e.staff_id is null and e.at > $4 and e.words = $8) >= $9
                        from desk_answer a where a.workspace_id = $1 and a.case_id = $2 and a.at > $4 and a.digest <> $5
                        """)
                .bind(0, caseKey.workspaceId())
                .bind(1, caseKey.id())
                .bind(2, now.minus(HOUR))
                .bind(3, now.minus(DAY))
                .bind(4, digest)
                .bind(5, MOST_AN_HOUR)
                .bind(6, MOST_A_DAY)
                .bind(7, DeskWords.markdown(incoming.words()))
                .bind(8, MOST_THE_SAME)
                .mapValue(Boolean.class)
                .one();
    }

    /** False when the same message was taken before. */
    private Mono<Boolean> note(Key caseKey, byte[] digest, Instant now) {
        return database.sql(
                        "insert into desk_answer (workspace_id, digest, case_id, at) values ($1, $2, $3, $4) on conflict do nothing")
                .bind(0, caseKey.workspaceId())
                .bind(1, digest)
                .bind(2, caseKey.id())
                .bind(3, now)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}
