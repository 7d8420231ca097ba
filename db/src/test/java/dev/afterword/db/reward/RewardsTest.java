package dev.afterword.db.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.LineResult;
import dev.afterword.db.Money;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.order.Offer;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What was promised for an answer is given once, whatever was said, however many ask for it at once. */
@DatabaseTest
class RewardsTest {
    static final Offer TEN = new Offer(null, BigDecimal.TEN, Map.of(), null, 30);
    static final Offer FIVE = new Offer(new Money(new BigDecimal("5"), "EUR"), null, Map.of(), null, null);

    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    ChangePools changePools;

    @Autowired
    RewardPools pools;

    @Autowired
    AddCodes addCodes;

    @Autowired
    GiveRewards giveRewards;

    @Autowired
    GivenRewards given;

    AskedCustomer customers;
    UUID workspace;
    RewardPool pool;

    @BeforeEach
    void open() {
        customers = AskedCustomer.in(beans);
        workspace = customers.workspace().id();
        pool = changePools
                .create(workspace, "thanks", new ChangePools.Wish("Thanks", null, TEN, 2))
                .block();
        beans.getBean(PromiseReward.class)
                .promise(workspace, "post-purchase", "thanks")
                .block();
    }

    @Test
    void givesOneCodeWhenFiftyAnswerAtOnceAndThePoolHoldsOne() {
        add("ONLY-1");
        var invited = customers.invited(50);
        invited.forEach(one -> answer(one, 1));
        Flux.fromIterable(invited)
                .flatMap(one -> giveRewards.give(workspace, List.of(one.id())).subscribeOn(Schedulers.parallel()), 50)
                .blockLast();
        assertThat(count("given_at is not null")).isEqualTo(1);
        assertThat(count("given_at is null")).isEqualTo(49);
        assertThat(count("code = 'ONLY-1'")).isEqualTo(1);
        giveRewards.round().block();
        assertThat(count("true")).isEqualTo(50);
    }

    @Test
    void givesOnceForAnAnswerHoweverOftenAndByWhateverWayItIsAsked() {
        add("A-01", "A-02", "A-03", "A-04", "A-05");
        var invited = customers.invited();
        answer(invited, 9);
        Flux.range(0, 20)
                .flatMap(
                        any -> giveRewards
                                .give(workspace, List.of(invited.id()))
                                .subscribeOn(Schedulers.parallel()),
                        20)
                .blockLast();
        read();
        answer(invited, 3);
        read();
        giveRewards.round().block();
        assertThat(count("true")).isEqualTo(1);
        assertThat(pools.find(workspace, "thanks").block().left()).isEqualTo(4);
        assertThat(sends()).isEqualTo(1);
    }

    @Test
    void givesTheSameWhateverWasSaidAndOnlyForWhatIsCompleteAndSentByAPerson() {
        add("A-01", "A-02", "A-03", "A-04");
        var invited = customers.invited(4);
        answer(invited.get(0), 0);
        answer(invited.get(1), 10);
        beans.getBean(GiveAnswers.class)
                .give(new GivenAnswers(invited.get(2), Map.of("recommend", "9"), false, true, Instant.now()))
                .block();
        beans.getBean(GiveAnswers.class)
                .give(new GivenAnswers(invited.get(3), Map.of("recommend", "9"), true, false, Instant.now()))
                .block();
        read();
        giveRewards.round().block();
        assertThat(reward(invited.get(0)).map(GivenReward::code)).contains("A-01");
        assertThat(reward(invited.get(1)).map(GivenReward::code)).contains("A-02");
        assertThat(reward(invited.get(2))).isEmpty();
        assertThat(reward(invited.get(3))).isEmpty();
    }

    @Test
    void givesWhatWasPromisedThoughTheOfferIsAnotherNow() {
        add("A-01", "A-02");
        var before = customers.invited();
        changePools.change(pool, new ChangePools.Wish("Thanks", null, FIVE, 2)).block();
        var after = customers.invited();
        answer(before, 5);
        answer(after, 5);
        read();
        assertThat(reward(before)).hasValueSatisfying(one -> {
            assertThat(one.offer()).isEqualTo(TEN);
            assertThat(one.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(29)));
        });
        assertThat(reward(after)).hasValueSatisfying(one -> {
            assertThat(one.offer()).isEqualTo(FIVE);
            assertThat(one.expiresAt()).isNull();
        });
    }

    @Test
    void promisesNothingToWhoWasInvitedBeforeOrAfterAndKeepsWhatWasPromised() {
        add("A-01", "A-02");
        var promised = customers.invited();
        beans.getBean(PromiseReward.class).withdraw(workspace, "post-purchase").block();
        var unpromised = customers.invited();
        answer(promised, 5);
        answer(unpromised, 5);
        read();
        assertThat(reward(promised)).isPresent();
        assertThat(reward(unpromised)).isEmpty();
    }

    @Test
    void warnsOnceBeforeAPoolIsEmptyAndGivesWhatItOwesWhenThereAreCodes() {
        add("A-01", "A-02", "A-03");
        var invited = customers.invited(5);
        for (var one : invited) {
            answer(one, 7);
            read();
        }
        assertThat(events("reward.pool-low")).isEqualTo(1);
        assertThat(pools.find(workspace, "thanks").block())
                .returns(0L, ListedPool::left)
                .returns(2L, ListedPool::owed)
                .returns(true, ListedPool::low);
        add("B-01", "B-02", "B-03", "B-04", "B-05");
        assertThat(reward(invited.get(3)).map(GivenReward::code)).contains("B-01");
        assertThat(reward(invited.get(4)).map(GivenReward::code)).contains("B-02");
        assertThat(sends()).isEqualTo(5);
        assertThat(pools.find(workspace, "thanks").block().low()).isFalse();
    }

    @Test
    void takesEachCodeOnceInCapitalsOrNotAndMakesCodesByAPattern() {
        assertThat(addCodes.add(pool.key(), List.of("SAVE-1", "save-1", "SAVE-2", "no code", ""))
                        .block())
                .extracting(LineResult::outcome)
                .containsExactly(
                        LineResult.Outcome.CREATED,
                        LineResult.Outcome.CREATED,
                        LineResult.Outcome.CREATED,
                        LineResult.Outcome.FAILED,
                        LineResult.Outcome.FAILED);
        assertThat(pools.find(workspace, "thanks").block().left()).isEqualTo(2);
        assertThat(addCodes.add(pool.key(), List.of("SAVE-2")).block()).containsExactly(LineResult.UNCHANGED);
        addCodes.generate(pool.key(), new CodePattern("THX-######"), 1200).block();
        assertThat(pools.find(workspace, "thanks").block().left()).isEqualTo(1202);
    }

    @Test
    void givesAFixedCodeToAll() {
        var fixed = changePools
                .create(workspace, "all", new ChangePools.Wish("All", "WELCOME", FIVE, 0))
                .block();
        beans.getBean(PromiseReward.class)
                .promise(workspace, "post-purchase", "all")
                .block();
        for (var one : customers.invited(3)) {
            answer(one, 8);
        }
        read();
        assertThat(count("code = 'WELCOME'")).isEqualTo(3);
        assertThat(addCodes.add(fixed.key(), List.of("X-1"))
                        .onErrorResume(Conflict.class, no -> reactor.core.publisher.Mono.empty())
                        .block())
                .isNull();
    }

    @Test
    void recognisesACodeByTheOrderThatCarriesItUntilThatIsCancelled() {
        add("SAVE-1");
        var invited = customers.invited();
        answer(invited, 5);
        read();
        run("update customer_order set codes = '{\"other\", \"save-1\"}' where workspace_id = $1");
        touch();
        assertThat(count("redeemed_at is not null")).isEqualTo(1);
        assertThat(events("reward.redeemed")).isEqualTo(1);
        touch();
        assertThat(events("reward.redeemed")).isEqualTo(1);
        run("update customer_order set status = 'cancelled' where workspace_id = $1");
        touch();
        assertThat(count("redeemed_at is not null")).isZero();
    }

    @Test
    void givesGoodwillAsOftenAsAPersonSays() {
        add("A-01", "A-02");
        var contact = customers.invited();
        var who = database.sql("select contact_id from invitation where workspace_id = $1 and id = $2")
                .bind(0, workspace)
                .bind(1, contact.id())
                .mapValue(UUID.class)
                .one()
                .block();
        for (int n = 0; n < 2; n++) {
            var gift = Gift.goodwill(pool, who, null, null, true);
            beans.getBean(Transactions.class)
                    .run(beans.getBean(GiveCodes.class)
                            .give(
                                    List.of(gift),
                                    beans.getBean(DatabaseTime.class).now().block()))
                    .block();
        }
        assertThat(count("kind = 'goodwill' and code is not null")).isEqualTo(2);
    }

    @Test
    void anOfferHoldsOnlyWhatItReadsAgain() {
        for (var number : List.of("1e12", "1e999999999", "1e2147483647", "0.00001", "1e-999999999")) {
            assertThatThrownBy(() -> new Offer(new Money(new BigDecimal(number), "EUR"), null, Map.of(), null, null))
                    .as(number)
                    .isInstanceOf(Rejected.class);
            assertThatThrownBy(
                            () -> Offer.parse("{\"amount\": {\"amount\": \"" + number + "\", \"currency\": \"EUR\"}}"))
                    .as(number)
                    .isInstanceOf(Rejected.class);
        }
        for (var number : List.of("33.333", "100.01", "1e999999999", "1e-999999999")) {
            assertThatThrownBy(() -> new Offer(null, new BigDecimal(number), Map.of(), null, null))
                    .as(number)
                    .isInstanceOf(Rejected.class);
        }
        assertThatThrownBy(() -> new Offer(null, null, Map.of("en", "x".repeat(301)), null, null))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new Offer(null, BigDecimal.TEN, Map.of(), LocalDate.of(10_000, 1, 1), null))
                .isInstanceOf(Rejected.class);
        var most = new Offer(
                new Money(new BigDecimal("999999999999.9999"), "EUR"), null, Map.of(), LocalDate.of(9999, 1, 1), 3650);
        assertThat(Offer.parse(most.json())).isEqualTo(most);
        var share = new Offer(null, new BigDecimal("33.33"), Map.of(), null, null);
        assertThat(Offer.parse(share.json())).isEqualTo(share);
    }

    @Test
    void saysWhatACodeIsWorthInTheCustomersLanguage() {
        assertThat(TEN.said("en", "en")).isEqualTo("10% off your next order, valid for 30 days");
        assertThat(FIVE.said("de", "en")).startsWith("5,00").endsWith("Rabatt auf Ihre nächste Bestellung");
        var gift = new Offer(null, null, Map.of("en", "A cup", "pt", "Uma xícara"), LocalDate.of(2026, 12, 31), null);
        assertThat(gift.said("pt", "en")).isEqualTo("Uma xícara, válido até 31 de dezembro de 2026");
        assertThat(gift.said("ar", "en")).startsWith("A cup");
        assertThat(Offer.parse(gift.json())).isEqualTo(gift);
        assertThat(gift.expiresAt(Instant.parse("2026-12-01T00:00:00Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo("2026-12-31T22:59:59Z");
        assertThat(TEN.expiresAt(Instant.parse("2026-03-01T12:00:00Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo("2026-03-31T21:59:59Z");
    }

    private void add(String... codes) {
        assertThat(addCodes.add(pool.key(), List.of(codes)).block()).containsOnly(LineResult.CREATED);
    }

    private void answer(Key invitation, int score) {
        beans.getBean(GiveAnswers.class)
                .give(new GivenAnswers(
                        invitation, Map.of("recommend", String.valueOf(score)), true, true, Instant.now()))
                .block();
    }

    private void read() {
        ReadToTheEnd.read(
                beans.getBean(NumberEvents.class),
                beans.getBean(ReadEvents.class),
                beans.getBean(GiveForAnswers.class),
                beans.getBean(RedeemCodes.class));
    }

    private void touch() {
        run(
                "insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'order.changed', id, contact_id, now() from customer_order where workspace_id = $1");
        read();
    }

    private Optional<GivenReward> reward(Key invitation) {
        return given.ofInvitation(invitation).blockOptional();
    }

    private long count(String condition) {
        return number("select count(*) from given_reward where workspace_id = $1 and " + condition);
    }

    private long events(String kind) {
        return number("select count(*) from event where workspace_id = $1 and kind = '" + kind + "'");
    }

    private long sends() {
        return number("select count(*) from send where workspace_id = $1 and kind = 'reward' and purpose = 'service'");
    }

    private long number(String sql) {
        return database.sql(sql).bind(0, workspace).mapValue(Long.class).one().block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, workspace).then().block();
    }
}
