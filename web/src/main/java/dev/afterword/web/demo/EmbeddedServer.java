package dev.afterword.web.demo;

import dev.afterword.db.DatabaseAddress;
import dev.afterword.web.StartProblem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.util.FileSystemUtils;

/** The demo's PostgreSQL: its data stay in the folder, written through to the disk, behind a password of its own. */
final class EmbeddedServer {
    /** The version that the binaries have; a data directory belongs to one. */
    static final String MAJOR = "18";

    /** The file that says that the demo's shop has its whole past. */
    static final String HISTORY = "history.whole";

    private static final String DATABASE = "afterword";

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedServer(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    static EmbeddedServer start(DemoFolder folder) {
        var data = folder.file("postgres");
        var whole = folder.file("postgres.whole");
        var log = folder.file("postgres.log");
        try {
            checkVersion(data);
            LeftOverServer.end(data);
            if (!Files.exists(whole)) {
                // A start that was cut off while it made the data directory; there is nothing in it yet.
                FileSystemUtils.deleteRecursively(data);
            }
            var server = new EmbeddedServer(open(folder, data, log), folder.secret("postgres.password"));
            server.createDatabase(folder.has(HISTORY));
            if (!Files.exists(whole)) {
                Files.createFile(whole);
            }
            return server;
        } catch (IOException | IllegalStateException | SQLException e) {
            throw e.getMessage() != null && e.getMessage().contains("Missing embedded postgres")
                    ? new StartProblem(
                            "server-platform",
                            e,
                            System.getProperty("os.name") + " on " + System.getProperty("os.arch"))
                    : new StartProblem("server", e, String.valueOf(e.getMessage()), log);
        }
    }

    private static void checkVersion(Path data) throws IOException {
        var file = data.resolve("PG_VERSION");
        if (Files.exists(file)) {
            var version = Files.readString(file).strip();
            if (!MAJOR.equals(version)) {
                throw new StartProblem("folder-version", data, version, MAJOR);
            }
        }
    }

    private static EmbeddedPostgres open(DemoFolder folder, Path data, Path log) throws IOException {
        var password = folder.secret("postgres.password");
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.file("programs").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                // These reach initdb: nobody is trusted, not even for the moment before a password is set.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.file("postgres.password").toString())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                // The password is random bits, which nobody guesses however fast: every connection would take a tenth
                // of a second to prove it.
                .setLocaleConfig("set", "scram_iterations=1")
                .setConnectConfig("password", password)
                // The library's own defaults are for tests, whose data nobody misses.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "64MB")
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Makes the database where there is none, and anew where a start was cut off while its history was being made. */
    private void createDatabase(boolean whole) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            if (!whole) {
                statement.execute("drop database if exists " + DATABASE);
                statement.execute("create database " + DATABASE);
            }
        }
    }

    DatabaseAddress address() {
        return new DatabaseAddress("127.0.0.1", server.getPort(), DATABASE, "postgres", password, null);
    }

    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
