package dev.afterword.web.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.web.StartProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    @TempDir
    Path place;

    @Test
    void keepsItsDataAndSurvivesTheDeathOfItsProcess() throws Exception {
        var place = this.place.resolve(".afterword");
        var process = startOfItsOwn(place);
        var url = urlOf(process);
        var password = Files.readString(place.resolve("postgres.password")).strip();
        try (var connection = DriverManager.getConnection(url, "postgres", password)) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "full_page_writes")).isEqualTo("on");
            assertThat(show(connection, "server_version")).startsWith(EmbeddedServer.MAJOR + ".");
            connection.createStatement().execute("create table kept as select 42 as answer");
        }
        Files.createFile(place.resolve(EmbeddedServer.HISTORY));
        process.destroyForcibly().waitFor();
        var leftOver = LeftOverServer.find(place.resolve("postgres")).orElseThrow();

        var folder = DemoFolder.take(place);
        var next = EmbeddedServer.start(folder);

        assertThat(leftOver.isAlive()).isFalse();
        try (var connection = connect(next);
                var rows = connection.createStatement().executeQuery("select answer from kept")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(42);
        } finally {
            next.stop();
            folder.release();
        }
    }

    private static Process startOfItsOwn(Path place) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerToKill.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String urlOf(Process process) {
        return process.inputReader()
                .lines()
                .filter(line -> line.startsWith("URL "))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    @Test
    void letsNobodyInWithoutItsPassword() {
        var folder = DemoFolder.take(place.resolve(".afterword"));
        var server = EmbeddedServer.start(folder);
        try {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(server.address().getJdbcUrl(), "postgres", "postgres"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        } finally {
            server.stop();
            folder.release();
        }
    }

    @Test
    void refusesTheDataOfAnotherMajorVersion() throws Exception {
        var folder = DemoFolder.take(place.resolve(".afterword"));
        Files.createDirectories(folder.file("postgres"));
        Files.writeString(folder.file("postgres").resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedServer.start(folder))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("are of PostgreSQL 17, but this Afterword brings PostgreSQL 18");
        folder.release();
    }

    @Test
    void leavesAloneWhatOnlyLooksLikeItsServer() throws Exception {
        var folder = DemoFolder.take(place.resolve(".afterword"));
        Files.createDirectories(folder.file("postgres"));
        Files.writeString(
                folder.file("postgres").resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n");

        assertThat(LeftOverServer.find(folder.file("postgres"))).isEmpty();
        folder.release();
    }

    @Test
    void belongsToOneProcessAtATime() {
        var folder = DemoFolder.take(place.resolve(".afterword"));

        assertThatThrownBy(() -> DemoFolder.take(place.resolve(".afterword")))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("another Afterword already runs in " + place.resolve(".afterword"));

        folder.release();
        DemoFolder.take(place.resolve(".afterword")).release();
    }

    private static Connection connect(EmbeddedServer server) throws SQLException {
        var address = server.address();
        return DriverManager.getConnection(address.getJdbcUrl(), address.getUsername(), address.getPassword());
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
