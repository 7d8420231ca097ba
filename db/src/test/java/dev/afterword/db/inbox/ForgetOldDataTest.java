package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.response.ImportResponses;
import dev.afterword.db.response.PastResponse;
import dev.afterword.db.workspace.ForgetOldData;
import dev.afterword.db.workspace.RetentionKind;
import dev.afterword.db.workspace.Retentions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** What a workspace keeps for some time only goes when that is over, and nothing else does. */
@DatabaseTest
class ForgetOldDataTest {
    private static final Instant NOW = Instant.now();

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ImportResponses importResponses;

    @Autowired
    ActOnCase actOnCase;

    @Autowired
    Retentions retentions;

    @Autowired
    ForgetOldData forget;

    Rows shop;

    @BeforeEach
    void open() {
        shop = new Rows(database, openWorkspace);
    }

    @Test
    void wordsOfOldAnswersGoAndScoresStay() {
        answered("r-old", 400);
        answered("r-new", 300);
        rounds();
        assertThat(texts()).containsExactlyInAnyOrder("words of r-old", "words of r-new");
        choose(RetentionKind.ANSWERS, 365);
        rounds();
        assertThat(texts()).containsExactlyInAnyOrder("[…]", "words of r-new");
        answered("r-older", 500);
        rounds();
        assertThat(texts()).containsExactlyInAnyOrder("[…]", "[…]", "words of r-new");
        assertThat(number("select count(*) from answer where workspace_id = $1 and number = 9"))
                .isEqualTo(3);
    }

    @Test
    void wordsGoHoweverManyWereSaidAtOneMoment() {
        answered("r-old", 400);
        run("""
                with more as (
                    insert into response (workspace_id, id, survey_id, version_id, complete, started_at, answered_at, created_at)
                    select workspace_id, gen_random_uuid(), survey_id, version_id, complete, started_at, answered_at, created_at
                    from response cross join generate_series(1, 2000) where workspace_id = $1 returning workspace_id, id, answered_at)
                insert into answer (workspace_id, response_id, question_key, text, answered_at)
                select workspace_id, id, 'comment', 'more words', answered_at from more
                """);
        choose(RetentionKind.ANSWERS, 365);
        forget.round().block();
        forget.round().block();
        assertThat(texts()).hasSize(2_001).containsOnly("[…]");
        assertThat(forget.round().block()).isFalse();
    }

    @Test
    void whatWasSaidInCasesGoesOnceTheyWereClosedForLong() {
        for (var subject : List.of("Old and closed", "Closed lately", "Still open")) {
            opened(subject);
        }
        run(
                "update support_case set status = 'closed', closed_at = now() - interval '100 days' where workspace_id = $1 and subject = 'Old and closed'");
        run(
                "update support_case set status = 'closed', closed_at = now() - interval '10 days' where workspace_id = $1 and subject = 'Closed lately'");
        choose(RetentionKind.CASES, 60);
        rounds();
        assertThat(list("select subject from support_case where workspace_id = $1"))
                .containsExactlyInAnyOrder("[…]", "Closed lately", "Still open");
        assertThat(list("select words from case_entry where workspace_id = $1 and words is not null"))
                .containsExactlyInAnyOrder("[…]", "Words of it", "Words of it");
    }

    @Test
    void aCaseThatWentOnAfterItWasForgottenIsForgottenAgain() {
        var key = opened("Again");
        act(key, (one, now) -> one.closed(null, null, now));
        run(
                "update support_case set closed_at = now() - interval '100 days', latest_at = now() - interval '100 days' where workspace_id = $1");
        choose(RetentionKind.CASES, 60);
        rounds();
        act(key, (one, now) -> one.reopened());
        actOnCase.note(key, null, "Once more", List.of(), false).block();
        act(key, (one, now) -> one.closed(null, null, now));
        run(
                "update support_case set closed_at = now() - interval '61 days', latest_at = now() - interval '61 days' where workspace_id = $1");
        rounds();
        assertThat(list("select words from case_entry where workspace_id = $1 and words <> ''"))
                .containsExactly("[…]", "[…]");
        // Nobody is to find gone tomorrow what was noted today.
        actOnCase.note(key, null, "Noted today", List.of(), false).block();
        rounds();
        assertThat(list("select words from case_entry where workspace_id = $1 and words <> ''"))
                .containsExactlyInAnyOrder("[…]", "[…]", "Noted today");
        run("update support_case set latest_at = now() - interval '60 days' where workspace_id = $1");
        rounds();
        assertThat(list("select words from case_entry where workspace_id = $1 and words <> ''"))
                .containsOnly("[…]");
    }

    @Test
    void casesThatEndedAtOneInstantAreForgottenHoweverManyTheyAreAndSpamToo() {
        act(opened("Spam"), (one, now) -> one.spam(now));
        run("""
                insert into support_case (workspace_id, id, version, kind, subject, source, status, priority, closed_at, opened_at, latest_at)
                select $1, gen_random_uuid(), 0, 'question', 'Much', 'hand', 'closed', 3, now(), now(), now() from generate_series(1, 1001)
                """);
        run("update support_case set closed_at = now() - interval '100 days' where workspace_id = $1");
        choose(RetentionKind.CASES, 60);
        rounds();
        assertThat(list("select distinct subject from support_case where workspace_id = $1"))
                .containsExactly("[…]");
    }

    @Test
    void peopleOfWhomNothingWasHeardAreErased() {
        var silent = contact("silent@example.com");
        var bought = contact("bought@example.com");
        shop.order(bought, "A-1", NOW.minus(Duration.ofDays(20)), 3, "Kettle", "kitchen");
        var longAgo = contact("long-ago@example.com");
        shop.order(longAgo, "A-0", NOW.minus(Duration.ofDays(900)), 3, "Kettle", "kitchen");
        choose(RetentionKind.PEOPLE, 730);
        rounds();
        assertThat(ids("select id from contact where workspace_id = $1 and erased_at is not null"))
                .containsExactlyInAnyOrder(silent, longAgo);
        assertThat(ids("select id from contact where workspace_id = $1 and email is not null"))
                .containsExactly(bought);
    }

    @Test
    void aFewDaysAreRefused() {
        assertThatThrownBy(() -> choose(RetentionKind.PEOPLE, 3))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("retention.days");
    }

    private Key opened(String subject) {
        return actOnCase
                .open(new Opening(
                        shop.workspace.id(),
                        CaseKind.QUESTION,
                        subject,
                        null,
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        null,
                        null,
                        "Words of it",
                        true,
                        null,
                        null))
                .block()
                .key();
    }

    private void act(Key key, BiFunction<Case, Instant, Case> change) {
        actOnCase.change(key, null, null, change).block();
    }

    private void answered(String externalId, int daysAgo) {
        importResponses
                .write(shop.workspace.id(), List.of(PastResponse.of(Fields.parse("""
                        {"externalId": "%1$s", "survey": "post-purchase", "answeredAt": "%2$s", "answers": {"recommend": 9, "comment": "words of %1$s"}}
                        """.formatted(
                                externalId, NOW.minus(Duration.ofDays(daysAgo)))))))
                .block();
    }

    private UUID contact(String email) {
        return shop.contact(email, email, "customer", null, NOW.minus(Duration.ofDays(1_000)));
    }

    private void choose(RetentionKind kind, int days) {
        retentions.choose(shop.workspace.id(), kind, days).block();
    }

    private void rounds() {
        while (Boolean.TRUE.equals(forget.round().block())) {
            // There is more.
        }
    }

    private List<String> texts() {
        return list("select text from answer where workspace_id = $1 and text is not null");
    }

    private List<String> list(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspace.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private List<UUID> ids(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspace.id())
                .mapValue(UUID.class)
                .all()
                .collectList()
                .block();
    }

    private long number(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspace.id())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).bind(0, shop.workspace.id()).then().block();
    }
}
