package dev.afterword.web.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.BenchLine;
import dev.afterword.db.BenchTool;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.TestDatabase;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.AfterwordApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;

/** Answers taken over HTTP a second, against what pgbench inserts with the same statement, one answer a transaction, over as many connections. */
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"afterword.roles=api,web", "spring.main.banner-mode=off"})
// Without the listener of Spring Security’s tests, which wraps every reactive step of the process.
@TestExecutionListeners(DependencyInjectionTestExecutionListener.class)
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class AnswersBench {
    private static final int CONNECTIONS = 64;
    private static final int INVITATIONS = 400_000;
    /** Until the compilers have settled: what is measured is a process that has been up for a while. */
    private static final int WARM_UP_SECONDS = 120;

    private static final int SECONDS = 15;
    private static final int ROUNDS = 3;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Environment environment;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void takesAnswers() throws IOException, SQLException {
        var workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Bench", ZoneOffset.UTC, "en", Instant.now()))
                .block();
        var url = environment.getRequiredProperty("afterword.database.url");
        invite(url, workspace.id());
        var wrkScript = wrkScript(workspace.code());
        var pgbenchScript = pgbenchScript(workspace.id());

        wrk(wrkScript, WARM_UP_SECONDS);
        var ours = new ArrayList<Double>();
        var limit = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            limit.add(pgbench(url, pgbenchScript));
            ours.add(wrk(wrkScript, SECONDS));
        }
        BenchLine.print("answers-per-second", median(ours), median(limit));
    }

    private double wrk(Path script, int seconds) {
        var output = BenchTool.find("wrk", "wrk")
                .run(
                        List.of(),
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + seconds + "s",
                        "-s",
                        script,
                        "http://127.0.0.1:" + port);
        assertThat(output).doesNotContain("Non-2xx");
        return BenchTool.number(output, "Requests/sec:\\s+([\\d.]+)");
    }

    private static double pgbench(String url, Path script) {
        var at = URI.create(url);
        var user = at.getUserInfo().split(":", 2);
        var output = BenchTool.find("pgbench", "postgresql-15")
                .run(
                        List.of("PGPASSWORD=" + user[1]),
                        "-n",
                        "-M",
                        "prepared",
                        "-c" + CONNECTIONS,
                        "-j1",
                        "-T" + SECONDS,
                        "-f",
                        script,
                        "-h",
                        at.getHost(),
                        "-p",
                        at.getPort(),
                        "-U",
                        user[0],
                        at.getPath().substring(1));
        return BenchTool.number(output, "tps = ([\\d.]+)");
    }

    /** One contact and order each would only fill the disk: the statement does not look at them. */
    private static void invite(String url, UUID workspaceId) throws SQLException {
        try (var connection = TestDatabase.connect(url);
                var statement = connection.createStatement()) {
            var workspace = "'" + workspaceId + "'::uuid";
            statement.execute("insert into contact (workspace_id, id, version, created_at) values (" + workspace
                    + ", '01900000-0000-7000-8000-000000000000', 0, now())");
            statement.execute("""
                    insert into invitation (workspace_id, id, survey_id, version_id, contact_id, origin, language, asked_at, accepted_at, closes_at, created_at)
                    select v.workspace_id, ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, v.survey_id, v.id,
                        '01900000-0000-7000-8000-000000000000', 'follow-up', 'en', now(), now(), now() + interval '30 days', now()
                    from survey_version v, generate_series(1, %d) i where v.workspace_id = %s
                    """.formatted(INVITATIONS, workspace));
            statement.execute("vacuum analyze invitation");
        }
    }

    private Path wrkScript(String code) throws IOException {
        var tokens = new ArrayList<String>(INVITATIONS / 2);
        for (int i = 1; i <= INVITATIONS / 2; i++) {
            var id = UUID.fromString("01900000-0000-7000-8000-%012x".formatted(i));
            tokens.add(new LinkToken(code, id).sign(LinkToken.Use.ANSWER, secret));
        }
        var file = Files.write(folder.resolve("tokens"), tokens);
        return Files.writeString(folder.resolve("answer.lua"), """
                local tokens = {}
                for token in io.lines("%s") do tokens[#tokens + 1] = token end
                math.randomseed(os.time())
                local headers = { ["Content-Type"] = "application/json" }
                local body = '{"answers":{"recommend":9,"satisfaction":4,"ease":6,"comment":"Came quickly, thank you."},"complete":true}'
                request = function()
                  return wrk.format("PUT", "/api/v1/invitations/" .. tokens[math.random(#tokens)] .. "/response", headers, body)
                end
                """.formatted(file));
    }

    /** The statement that the product runs, with one answer in its arrays; its own half of the invitations. */
    private Path pgbenchScript(UUID workspaceId) throws IOException {
        var sql = new ClassPathResource("dev/afterword/db/response/write-answers.sql")
                .getContentAsString(StandardCharsets.UTF_8);
        var workspace = "array['" + workspaceId + "'::uuid]";
        // A colon before a word would be a variable of pgbench's.
        var items = """
                [{"key": "recommend", "skipped": false, "number": 9}, {"key": "satisfaction", "skipped": false, "number": 4}, {"key": "ease", "skipped": false, "number": 6}, \
                {"key": "comment", "skipped": false, "text": "Came quickly, thank you."}]""";
        var statement = sql.lines()
                .filter(line -> !line.startsWith("--"))
                .reduce("", (all, line) -> all + line + "\n")
                .replace("$1::uuid[]", workspace)
                .replace("$8::uuid[]", workspace)
                .replace("$2::uuid[]", "array[('01900000-0000-7000-8000-' || lpad(to_hex(:i::bigint), 12, '0'))::uuid]")
                .replace("$3::jsonb[]", "array['" + items + "'::jsonb]")
                .replace("$4::boolean[]", "array[true]")
                .replace("$5::boolean[]", "array[true]")
                .replace("$6::uuid[]", "array[gen_random_uuid()]")
                .replace("$7::timestamptz[]", "array[now()]");
        return Files.writeString(
                folder.resolve("answer.pgbench"),
                "\\set i random(" + (INVITATIONS / 2 + 1) + ", " + INVITATIONS + ")\n" + statement + ";\n");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
