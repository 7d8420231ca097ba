package dev.afterword.web.demo;

import dev.afterword.db.FreshTables;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.ImportProducts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
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
    /** Nearly nine days each: an ask is planned at most seven days after it was due, three days after a delivery. */
    private static final int STEPS = 41;

    private static final Duration STEP = YEAR.dividedBy(STEPS);

    /** What fell due so recently is left to the worker, so that a newcomer finds mail in the mailbox. */
    private static final Duration LEFT = Duration.ofHours(3);

    private static final int BATCH = 500;
    /** What different customers do comes in at once. */
    private static final int LANES = 2;

    private final ImportProducts products;
    private final ImportOrders orders;
    private final NumberEvents numbering;
    private final ReadEvents reading;
    private final List<EventReader> readers;
    private final EventReader planner;
    private final List<EventReader> others;
    private final PastMail mail;
    private final PastAnswers answers;
    private final PastCases cases;
    private final PastTips tips;
    private final PastTopics topics;
    private final FreshTables freshTables;
    private final TimeMachine time;
    private final int customers;

    LiveAYear(
            ImportProducts products,
            ImportOrders orders,
            NumberEvents numbering,
            ReadEvents reading,
            List<EventReader> readers,
            PastMail mail,
            PastAnswers answers,
            PastCases cases,
            PastTips tips,
            PastTopics topics,
            FreshTables freshTables,
            TimeMachine time,
            @Value("${afterword.demo.customers:2050}") int customers) {
        this.products = products;
        this.orders = orders;
        this.numbering = numbering;
        this.reading = reading;
        this.readers = readers;
        this.planner = readers.stream().filter(LiveAYear::plansMail).findFirst().orElseThrow();
        this.others = readers.stream().filter(reader -> !plansMail(reader)).toList();
        this.mail = mail;
        this.answers = answers;
        this.cases = cases;
        this.tips = tips;
        this.topics = topics;
        this.freshTables = freshTables;
        this.time = time;
        this.customers = customers;
    }

    private static boolean plansMail(EventReader reader) {
        return reader.name().equals("follow-ups");
    }

    /** Lives from a year before a moment up to it, telling how far it is. */
    Mono<Void> live(UUID workspaceId, Instant end, Consumer<Instant> lived) {
        var shop = new PastOrders(end, customers);
        var life = new Life(workspaceId, shop);
        return time.to(end.minus(YEAR))
                .then(products.write(workspaceId, shop.products()))
                .then(topics.name(workspaceId))
                .thenMany(Flux.fromIterable(steps(end)).doOnNext(lived))
                .concatMap(
                        until -> time.to(until)
                                .then(
                                        reaches(until, end.minus(PastTips.FOR))
                                                ? tips.begin(workspaceId, until)
                                                : Mono.empty())
                                .then(
                                        reaches(until, end.minus(PastTopics.DONE))
                                                ? topics.act(workspaceId, until)
                                                : Mono.empty())
                                .then(Mono.defer(() -> step(life, until)))
                                .then(Mono.defer(() -> cases.work(workspaceId, until, end)))
                                .then(freshTables.analyse()),
                        1)
                .then(quiet());
    }

    /** Whether the step up to {@code until} is the first that comes to that moment. */
    private static boolean reaches(Instant until, Instant moment) {
        return !until.isBefore(moment) && until.minus(STEP).isBefore(moment);
    }

    private static List<Instant> steps(Instant end) {
        return IntStream.rangeClosed(1 - STEPS, 0)
                .mapToObj(step -> end.plus(STEP.multipliedBy(step)))
                .toList();
    }

    /** Orders come in, mail about earlier ones goes out and some of it is answered, while the other readers, one after the other, read what there is so far. */
    private Mono<Void> step(Life life, Instant until) {
        return Flux.fromIterable(lanes(life.newsUntil(until)))
                .flatMap(lane -> Flux.fromIterable(lane)
                        .map(order -> order.as(until))
                        .buffer(BATCH)
                        .concatMap(batch -> orders.write(life.workspaceId, batch, false), 1))
                .then(numbering.number())
                .then(Mono.defer(() -> Mono.when(
                        reading.read(planner).then(Mono.defer(() -> askAndRemind(life, until))),
                        Flux.fromIterable(others).concatMap(reading::read, 1))));
    }

    /** A reminder falls due within the same days as its question. */
    private Mono<Void> askAndRemind(Life life, Instant until) {
        return mailAndAnswers(life, until)
                .then(numbering.number())
                .then(reading.read(planner))
                .then(mailAndAnswers(life, until));
    }

    private Mono<Void> mailAndAnswers(Life life, Instant until) {
        return mail.deliverDue(life.workspaceId, life.byNumber, until.minus(LEFT))
                .doOnNext(life::beTempted)
                .then(answers.giveDue(until));
    }

    private static Collection<List<PastOrder>> lanes(List<PastOrder> news) {
        return news.stream()
                .collect(Collectors.groupingBy(order -> order.person().number() % LANES))
                .values();
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
        private final PastOrders shop;
        private final Map<String, PastOrder> byNumber = new HashMap<>();
        private List<PastOrder> open;
        private Instant now = Instant.EPOCH;

        Life(UUID workspaceId, PastOrders shop) {
            this.workspaceId = workspaceId;
            this.shop = shop;
            this.open = List.of();
            add(shop.orders());
        }

        /** Some to whom something useful was written buy once more than they would have. */
        void beTempted(List<PastMail.Tip> tips) {
            add(tips.stream()
                    .flatMap(tip -> shop.broughtBy(tip.order(), tip.at()).stream())
                    .toList());
        }

        private void add(List<PastOrder> orders) {
            open = Stream.concat(open.stream(), orders.stream()).toList();
            orders.forEach(order -> byNumber.put(order.externalId(), order));
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
