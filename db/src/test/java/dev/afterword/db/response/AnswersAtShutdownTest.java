package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.TestDatabase;
import dev.afterword.db.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A process ends while answers wait for their commit: those that were taken are written, the others hear that they were not. */
class AnswersAtShutdownTest {
    private static final int TAKEN = 300;

    private final String database = TestDatabase.fresh();

    @Test
    void writesWhatItTookAndTakesNothingMore() throws Exception {
        var process = start();
        var invitations = AskedCustomer.in(process).invited(TAKEN);
        var give = process.getBean(GiveAnswers.class);
        var taken = new ArrayList<CompletableFuture<Void>>();
        CompletableFuture<Void> refused;
        Thread closing;
        try (var connection = TestDatabase.connect(database)) {
            hold(connection);
            invitations.forEach(invitation -> taken.add(give(give, invitation, 9)));
            await().until(() -> waiting() == 2);

            closing = Thread.ofPlatform().start(process::close);
            refused = refused(give, invitations, taken);

            assertThat(closing.isAlive()).isTrue();
            assertThat(taken).noneMatch(CompletableFuture::isDone);
            connection.rollback();
        }
        assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
        assertThat(taken).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(confirmed()).isEqualTo(TAKEN);
        assertThatThrownBy(refused::join)
                .cause()
                .isInstanceOfSatisfying(
                        Unavailable.class, problem -> assertThat(problem.code()).isEqualTo("answers.unavailable"));
    }

    /** Gives answers until one is refused; those before were taken, and wait as well. */
    private static CompletableFuture<Void> refused(
            GiveAnswers give, List<Key> invitations, List<CompletableFuture<Void>> taken) {
        return await().until(
                        () -> {
                            var answer = give(give, invitations.getFirst(), 10);
                            if (!answer.isDone()) {
                                taken.add(answer);
                            }
                            return answer;
                        },
                        CompletableFuture::isCompletedExceptionally);
    }

    private static CompletableFuture<Void> give(GiveAnswers give, Key invitation, int score) {
        return give.give(new GivenAnswers(invitation, Map.of("recommend", score), true, true, Instant.now()))
                .toFuture();
    }

    /** Holds every invitation, so that no answer can commit. */
    private static void hold(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select id from invitation for update");
        }
    }

    private long waiting() throws SQLException {
        return count(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
    }

    private long confirmed() throws SQLException {
        return count("select count(*) from response where confirmed_at is not null");
    }

    private long count(String sql) throws SQLException {
        try (var connection = TestDatabase.connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(DatabaseTest.Application.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(
                        "--afterword.database.url=" + database,
                        "--afterword.url=https://feedback.example",
                        "--afterword.secret=for tests only, thirty-two bytes.");
    }
}
