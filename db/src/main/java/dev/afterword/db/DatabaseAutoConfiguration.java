package dev.afterword.db;

import dev.afterword.db.workspace.AfterwordSecret;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;
import org.springframework.data.r2dbc.repository.config.EnableR2dbcRepositories;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Opens the database: one address, four pools, the time, and every repository and use case of db. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration"
        })
@EnableR2dbcRepositories(basePackages = "dev.afterword.db")
@ComponentScan(basePackages = "dev.afterword.db")
public class DatabaseAutoConfiguration {
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);
    /** Longer: while a cold process on a busy machine makes its first connections, none is given up half-made by those who wait. */
    private static final Duration MAKE_CONNECTION = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("afterword.database.url")
    DatabaseAddress databaseAddress(@Value("${afterword.database.url}") String url) {
        return DatabaseAddress.parse(url);
    }

    /** For requests and the worker's rounds. */
    @Bean(destroyMethod = "dispose")
    @Primary
    ConnectionPool mainConnections(DatabaseAddress address) {
        return pool(address, "main", 16, Duration.ofSeconds(15), Map.of());
    }

    /** For the two writers of answers alone, so that no page can make an answer wait. */
    @Bean(destroyMethod = "dispose")
    ConnectionPool answerConnections(DatabaseAddress address) {
        return pool(address, "answers", 2, Duration.ofSeconds(15), Map.of());
    }

    /** For writing down what becomes of mails: the same statement again and again, which takes longer to plan anew than to run. */
    @Bean(destroyMethod = "dispose")
    ConnectionPool sendingConnections(DatabaseAddress address) {
        return pool(address, "sending", 2, Duration.ofSeconds(15), Map.of("plan_cache_mode", "force_generic_plan"));
    }

    /** For exports and roll-ups, which read much and may take long. */
    @Bean(destroyMethod = "dispose")
    ConnectionPool bulkConnections(DatabaseAddress address) {
        return pool(address, "bulk", 4, Duration.ofSeconds(60), Map.of());
    }

    private static ConnectionPool pool(
            DatabaseAddress address, String name, int size, Duration statementTimeout, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("statement_timeout", statementTimeout.toMillis() + "ms");
        settings.put("idle_in_transaction_session_timeout", "30s");
        settings.put("lock_timeout", "10s");
        // Our statements are short, and what unnest costs is guessed far too high.
        settings.put("jit", "off");
        var options = address.getConnectionFactoryOptions()
                .mutate()
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "afterword-" + name)
                // Reading timestamps as text takes a tenth of all our time.
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
                .option(PostgresqlConnectionFactoryProvider.OPTIONS, settings)
                .build();
        return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .name(name)
                // A few busy connections have their statements prepared and planned; taking turns, all would have to.
                .customizer(connections -> connections.idleResourceReuseMruOrder())
                .initialSize(0)
                .maxSize(size)
                .maxIdleTime(Duration.ofMinutes(10))
                .maxAcquireTime(WAIT_FOR_CONNECTION)
                .maxCreateConnectionTime(MAKE_CONNECTION)
                // A connection never goes back inside a transaction, whoever forgot it there.
                .preRelease(connection -> connection.isAutoCommit() ? Mono.empty() : connection.rollbackTransaction())
                .build());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("afterword.secret")
    AfterwordSecret afterwordSecret(
            @Value("${afterword.secret}") String secret, @Value("${afterword.secret-previous:}") String previous) {
        return new AfterwordSecret(Stream.of(secret, previous)
                .filter(given -> !given.isEmpty())
                .map(given -> given.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("afterword.url")
    Installation installation(@Value("${afterword.url}") URI url) {
        return new Installation(url);
    }

    @Bean
    Transactions transactions(ConnectionFactory connections) {
        return new Transactions(connections);
    }

    @Bean
    ShiftedClock clock() {
        return new ShiftedClock();
    }

    @Bean
    DatabaseTime databaseTime(DatabaseClient database, ShiftedClock clock) {
        return new DatabaseTime(database, clock);
    }

    @Bean
    DatabaseActivity databaseActivity(DatabaseClient database) {
        return new DatabaseActivity(database);
    }
}
