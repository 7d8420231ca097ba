package dev.afterword.web.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseAddress;
import dev.afterword.db.TestDatabase;
import dev.afterword.web.AfterwordApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartProblemsTest {
    private static final String SECRET = "--afterword.secret=for tests only, thirty-two bytes.";
    private static final String URL = "--afterword.url=https://feedback.example";

    @TempDir
    Path place;

    @Test
    void saysThatTheDatabaseUrlCannotBeRead(CapturedOutput output) {
        assertThat(sentence(output, "--afterword.database.url=mysql://here", URL, SECRET))
                .isEqualTo(
                        "Afterword cannot start: afterword.database.url cannot be read: it must begin with postgresql://; it looks like postgresql://user:password@host:5432/database.");
    }

    @Test
    void saysThatNobodyAnswersAtTheDatabasesAddress(CapturedOutput output) throws IOException {
        var port = freePort();
        assertThat(sentence(output, "--afterword.database.url=postgresql://a:b@localhost:" + port + "/c", URL, SECRET))
                .startsWith("Afterword cannot start: there is no answer from a PostgreSQL at localhost:" + port);
    }

    @Test
    void saysThatThePasswordIsWrong() {
        var problem = CheckSettings.problem(
                DatabaseAddress.parse("postgresql://ana:wrong@db.example/shop"), new SQLException("no", "28P01"));
        assertThat(problem).hasMessageStartingWith("PostgreSQL at db.example:5432 does not let “ana” in");
    }

    @Test
    void saysThatThereIsNoSuchDatabase(CapturedOutput output) {
        var url = TestDatabase.empty().replaceFirst("/[^/]*$", "/nowhere");
        assertThat(sentence(output, "--afterword.database.url=" + url, URL, SECRET))
                .contains("has no database “nowhere”; create it, or correct afterword.database.url.");
    }

    @Test
    void saysThatTheDatabaseIsTooOld(CapturedOutput output) throws IOException {
        try (var server = new OldPostgres("14.19 (Debian 14.19-1.pgdg12+1)")) {
            var database = "--afterword.database.url=postgresql://a:b@127.0.0.1:" + server.port() + "/c";
            assertThat(sentence(output, database, URL, SECRET))
                    .startsWith("Afterword cannot start: ")
                    .contains("the database is PostgreSQL 14, but 15 or newer is needed.");
        }
    }

    @Test
    void saysThatTheSecretIsMissingShortOrUnreadable(CapturedOutput output) throws IOException {
        var database = "--afterword.database.url=" + TestDatabase.empty();
        assertThat(sentence(output, database, URL)).contains("afterword.secret is missing");
        assertThat(sentence(output, database, URL, "--afterword.secret=short"))
                .contains("afterword.secret has 5 bytes, but at least 32 are needed");
        assertThat(sentence(output, database, URL, "--afterword.secret-file=/nowhere/secret"))
                .contains("afterword.secret-file names /nowhere/secret, which cannot be read");
        assertThat(sentence(output, database, URL, SECRET, "--afterword.secret-previous=old"))
                .contains("afterword.secret-previous has 3 bytes");
        var file = Files.writeString(place.resolve("secret"), "tiny\n");
        assertThat(sentence(output, database, URL, "--afterword.secret-file=" + file))
                .contains("afterword.secret has 4 bytes");
    }

    @Test
    void saysThatTheAddressIsMissingOrNotHttpsOrMoreThanAHost(CapturedOutput output) {
        var database = "--afterword.database.url=" + TestDatabase.empty();
        assertThat(sentence(output, database, SECRET)).contains("afterword.url is missing");
        assertThat(sentence(output, database, SECRET, "--afterword.url=http://feedback.example"))
                .contains("afterword.url must be an https address");
        assertThat(sentence(output, database, SECRET, "--afterword.url=https:///x y"))
                .contains("afterword.url must be an https address");
        for (var more : List.of("/shop", "?shop=1", "#shop", "/?")) {
            assertThat(sentence(output, database, SECRET, "--afterword.url=https://feedback.example" + more))
                    .contains("afterword.url must end after host and port");
        }
        assertThat(sentence(output, database, SECRET, "--afterword.url=https://a:b@feedback.example"))
                .contains("afterword.url must end after host and port");
    }

    @Test
    void saysThatARoleIsUnknownOrLacksADatabase(CapturedOutput output) {
        assertThat(sentence(output, "--afterword.roles=web,cook")).contains("there is no role “cook”");
        assertThat(sentence(output, "--afterword.roles=worker"))
                .contains("afterword.roles needs afterword.database.url");
    }

    @Test
    void saysThatAPortIsInUse(CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = Integer.toString(taken.getLocalPort());
            var database = "--afterword.database.url=" + TestDatabase.fresh();
            assertThat(sentence(
                            output,
                            database,
                            URL,
                            SECRET,
                            "--server.address=127.0.0.1",
                            "--server.port=" + port,
                            "--afterword.management.port=" + freePort()))
                    .contains("port " + port + " is already in use")
                    .contains("--server.port=…");
            assertThat(sentence(
                            output,
                            database,
                            URL,
                            SECRET,
                            "--server.port=" + freePort(),
                            "--afterword.management.port=" + port))
                    .contains("port " + port + " is already in use")
                    .contains("--afterword.management.port=…");
        }
    }

    /** Starts the application, which must fail, and gives what it wrote to standard error: one line. */
    private static String sentence(CapturedOutput output, String... arguments) {
        var before = output.getErr().length();
        assertThatThrownBy(() -> {
                    var application = new SpringApplication(AfterwordApplication.class);
                    application.setRegisterShutdownHook(false);
                    application.run(arguments).close();
                })
                .isInstanceOf(RuntimeException.class);
        var lines = new ArrayList<String>(
                List.of(output.getErr().substring(before).strip().split("\n")));
        lines.removeIf(line -> line.startsWith("WARNING: "));
        // Other tests' contexts live on in this process and may log while the failing start sets logging up.
        lines.removeIf(line -> line.contains("|-WARN in Logger["));
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
