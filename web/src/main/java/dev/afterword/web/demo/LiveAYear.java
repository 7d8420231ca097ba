package dev.afterword.web.demo;

import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.ImportProducts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets a shop live through a year in seconds. The clock that all of Afterword follows is set back and moved on step by step; at each, the shop's program tells
 * of its orders, and everything else happens as it would have: asks are planned, mail goes out, customers answer, contacts move on the ladder.
 */
@Component
class LiveAYear {
    static final Duration YEAR = Duration.ofDays(366);
    private static final Duration STEP = Duration.ofDays(6);
    /** What fell due so recently is left to the worker, so that a newcomer finds mail in the mailbox. */
    private static final Duration LEFT = Duration.ofHours(3);

    private static final int BATCH = 500;

    private final ImportProducts products;
    private final ImportOrders orders;
    private final NumberEvents numbering;
    private final ReadEvents reading;
    private final List<EventReader> readers;
    private final PastMail mail;
    private final PastAnswers answers;
    private final DatabaseClient database;
    private final TimeMachine time;

    LiveAYear(
            ImportProducts products,
            ImportOrders orders,
            NumberEvents numbering,
            ReadEvents reading,
            List<EventReader> readers,
            PastMail mail,
            PastAnswers answers,
            DatabaseClient database,
            TimeMachine time) {
        this.products = products;
        this.orders = orders;
        this.numbering = numbering;
        this.reading = reading;
        this.readers = readers;
        this.mail = mail;
        this.answers = answers;
        this.database = database;
        this.time = time;
    }

    /** Lives from a year before a moment up to it. */
    Mono<Void> live(UUID workspaceId, Instant end) {
        var shop = new PastOrders(end);
        var life = new Life(workspaceId, shop.orders());
        return time.to(end.minus(YEAR))
                .then(products.write(workspaceId, shop.products()))
                .thenMany(Flux.fromIterable(steps(end)))
                .index()
                .concatMap(
                        at -> time.to(at.getT2())
                                .then(Mono.defer(() -> step(life, at.getT2())))
                                .then(lookAtTables(at.getT1())),
                        1)
                .then(quiet());
    }

    /**
     * Lets the planner of queries know how large the tables have become, each time that they have doubled: autovacuum, which does it otherwise, comes once a
     * minute.
     */
    private Mono<Void> lookAtTables(long step) {
        return Long.bitCount(step) == 1 && step > 1
                ? database.sql(
                                "analyze contact, customer_order, order_line, enrollment, event, invitation, response, answer, send, ladder_move")
                        .then()
                : Mono.empty();
    }

    private static List<Instant> steps(Instant end) {
        var steps = new ArrayList<Instant>();
        for (var before = YEAR.minus(STEP); !before.isNegative(); before = before.minus(STEP)) {
            steps.add(end.minus(before));
        }
        return steps;
    }

    private Mono<Void> step(Life life, Instant until) {
        var news = life.newsUntil(until);
        return Flux.fromIterable(news)
                .map(order -> order.as(until))
                .buffer(BATCH)
                .concatMap(batch -> orders.write(life.workspaceId, batch, false), 1)
                .then(readAll())
                .then(mail.deliverDue(life.workspaceId, life.byNumber, until.minus(LEFT)))
                .then(answers.giveDue(until));
    }

    private Mono<Boolean> readAll() {
        return numbering
                .number()
                .then(Flux.fromIterable(readers).flatMap(reading::read).reduce(false, (some, read) -> some || read));
    }

    /** Reads until nobody finds anything new. */
    private Mono<Void> quiet() {
        return readAll().repeat(50).takeUntil(read -> !read).then();
    }

    /** The past while it is lived through: what is still to come, and how far it is. */
    private static final class Life {
        private final UUID workspaceId;
        private final Map<String, PastOrder> byNumber;
        private List<PastOrder> open;
        private Instant now = Instant.EPOCH;

        Life(UUID workspaceId, List<PastOrder> past) {
            this.workspaceId = workspaceId;
            this.open = past;
            this.byNumber = past.stream().collect(Collectors.toMap(PastOrder::externalId, order -> order));
        }

        List<PastOrder> newsUntil(Instant until) {
            var after = now;
            now = until;
            var news =
                    open.stream().filter(order -> order.changes(after, until)).toList();
            open = open.stream().filter(order -> !order.over(until)).toList();
            return news;
        }
    }
}
