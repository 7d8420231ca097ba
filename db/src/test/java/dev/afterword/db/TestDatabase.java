package dev.afterword.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** One real PostgreSQL per test run: Testcontainers where a Docker API answers, else the embedded server. Databases are copied from a migrated template. */
public final class TestDatabase {
    private static final TestDatabase INSTANCE = start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String host;
    private final int port;
    private final String user;
    private final String password;

    private TestDatabase(String host, int port, String user, String password) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /** The URL, for {@code afterword.database.url}, of a new database with all migrations applied. */
    public static String fresh() {
        return INSTANCE.create("test_" + COUNT.incrementAndGet(), "migrated");
    }

    /** The URL of a new, empty database. */
    public static String empty() {
        return INSTANCE.create("empty_" + COUNT.incrementAndGet(), "template1");
    }

    /** The URL of a database in a cluster of its own with the rows that this one has at this moment: what a dump restored there has. */
    public static String restored(String url) {
        var cluster = start();
        var restored = cluster.create("restored", "migrated");
        try (var from = connect(url);
                var to = cluster.jdbc("restored")) {
            CopiedRows.copy(from, to);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
        return restored;
    }

    /** A JDBC connection to a database that {@link #fresh()} or {@link #empty()} made. */
    public static Connection connect(String url) throws SQLException {
        return INSTANCE.jdbc(url.substring(url.lastIndexOf('/') + 1));
    }

    private static TestDatabase start() {
        var wanted = System.getProperty("afterword.test.database", "");
        if (!"embedded".equals(wanted) && DockerClientFactory.instance().isDockerAvailable()) {
            var container = new PostgreSQLContainer("postgres:18");
            container.start();
            System.out.println("Test database: Testcontainers, " + container.getDockerImageName());
            return new TestDatabase(
                            container.getHost(),
                            container.getMappedPort(5432),
                            container.getUsername(),
                            container.getPassword())
                    .prepared();
        }
        if ("testcontainers".equals(wanted)) {
            throw new IllegalStateException("afterword.test.database=testcontainers, but no Docker API answers");
        }
        try {
            var server = EmbeddedPostgres.builder()
                    // The server's own default is for tests; a benchmark asks for the real thing.
                    .setServerConfig("fsync", System.getProperty("afterword.test.fsync", "off"))
                    .setServerConfig("synchronous_commit", System.getProperty("afterword.test.fsync", "off"))
                    .setServerConfig("max_connections", "200")
                    .start();
            System.out.println("Test database: embedded server");
            return new TestDatabase("localhost", server.getPort(), "postgres", "postgres").prepared();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestDatabase prepared() {
        create("migrated", "template1");
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + host + ":" + port + "/migrated", user, password)
                .load()
                .migrate();
        return this;
    }

    private String create(String name, String template) {
        var main = user.equals("postgres") ? "postgres" : user;
        try (var connection = jdbc(main);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
            return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection jdbc(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, user, password);
    }
}
