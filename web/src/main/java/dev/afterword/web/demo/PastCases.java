package dev.afterword.web.demo;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseRule;
import dev.afterword.db.inbox.CaseRules;
import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.inbox.WatchCases;
import dev.afterword.db.workspace.Memberships;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the shop's support did in the last weeks: bad answers open cases, somebody calls the customer, and most are solved. */
@Component
class PastCases {
    private static final Duration LATELY = Duration.ofDays(56);
    /** One of so many is still to be solved. */
    private static final int LEFT = 9;

    private static final int LATE_CALLS = 7;
    private static final Duration CALLED = Duration.ofHours(3);
    private static final Duration SOLVED = Duration.ofHours(26);
    /** By then what is left is overdue, and rings. */
    private static final Duration LATE_AFTER = Duration.ofDays(6);

    private static final List<Why> WHYS = List.of(
            new Why(RootCause.PRODUCT, "broken on arrival"),
            new Why(RootCause.PHYSICAL_EVIDENCE, "packing"),
            new Why(RootCause.PROCESS, "returning it"));
    private static final Why LATE = new Why(RootCause.PLACE, "late parcel");

    private final CaseRules rules;
    private final ActOnCase actOnCase;
    private final WatchCases watchCases;
    private final Memberships memberships;
    private final TimeMachine time;
    private final DatabaseClient database;

    PastCases(
            CaseRules rules,
            ActOnCase actOnCase,
            WatchCases watchCases,
            Memberships memberships,
            TimeMachine time,
            DatabaseClient database) {
        this.rules = rules;
        this.actOnCase = actOnCase;
        this.watchCases = watchCases;
        this.memberships = memberships;
        this.time = time;
        this.database = database;
    }

    private record Why(RootCause cause, String topic) {}

    private record Open(Key key, int number, boolean late) {
        Why why() {
            return late ? LATE : WHYS.get(number % WHYS.size());
        }
    }

    /** Has a rule from the first of these weeks on, and works on what came in at this moment; what comes in at the end is left. */
    Mono<Void> work(UUID workspaceId, Instant until, Instant end) {
        if (until.isBefore(end.minus(LATELY))) {
            return Mono.empty();
        }
        var known = rules.all(workspaceId)
                .filter(List::isEmpty)
                .flatMap(_ -> rules.add(new CaseRule(
                        Key.next(workspaceId),
                        "Unhappy customers",
                        "bad",
                        List.of(),
                        List.of(),
                        null,
                        CaseKind.COMPLAINT,
                        2,
                        "care")));
        return until.equals(end)
                ? known.then()
                : known.then(memberships.of(workspaceId))
                        .zipWith(open(workspaceId))
                        .flatMap(found ->
                                solve(found.getT2(), found.getT1().getFirst().staffId(), until));
    }

    /** Most are called within hours, the others on the next day, when they are solved. */
    private Mono<Void> solve(List<Open> open, UUID staffId, Instant until) {
        return time.to(until.plus(CALLED))
                .thenMany(Flux.fromIterable(open))
                .filter(one -> one.number % LATE_CALLS != 0)
                .concatMap(one -> call(one, staffId))
                .then(time.to(until.plus(SOLVED)))
                .thenMany(Flux.fromIterable(open))
                .concatMap(one -> (one.number % LATE_CALLS == 0 ? call(one, staffId) : Mono.<Void>empty())
                        .then(actOnCase.change(
                                one.key,
                                null,
                                staffId,
                                (found, now) -> found.closed(one.why().cause, one.why().topic, now))))
                .then(time.to(until.plus(LATE_AFTER)))
                .then(Mono.defer(watchCases::round))
                .then();
    }

    private Mono<Void> call(Open one, UUID staffId) {
        return actOnCase.note(
                one.key,
                staffId,
                "Called, said sorry, and found a way that suits: " + one.why().topic + ".",
                List.of(),
                true);
    }

    /** What came in; each has a number, by which one of several is left. */
    private Mono<List<Open>> open(UUID workspaceId) {
        return database.sql("""
                        select k.id, abs(hashtext(coalesce(o.external_id, ''))) % 1000 as number, coalesce(o.delivered_at > o.promised_at, false) as late
                        from support_case k left join customer_order o on o.workspace_id = $1 and o.id = k.order_id
                        where k.workspace_id = $1 and k.status = 'open' order by k.opened_at, k.id
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new Open(
                        new Key(workspaceId, value(row, "id", UUID.class)),
                        value(row, "number", Integer.class),
                        value(row, "late", Boolean.class)))
                .all()
                .filter(one -> one.number % LEFT != 0)
                .collectList();
    }
}
