package dev.afterword.web.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Sends too much, too slowly and too oddly to every route that takes something, as the running application names them. */
@WebTest
@TestPropertySource(
        properties = {
            "afterword.roles=api,web",
            "afterword.api.burst=10000",
            "afterword.requests.patience=2s",
            "afterword.requests.begin-within=2s"
        })
class BodyLimitsTest {
    private static final boolean SOAK = Boolean.getBoolean("afterword.soak");
    /** Longer than a route waits, and shorter than anybody would. */
    private static final int ENDS_WITHIN = 20_000;

    private static final List<String> TYPES =
            List.of("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    TestStaff staff;

    @Autowired
    ApiKeys keys;

    @LocalServerPort
    int port;

    private Member owner;
    private String key;

    @BeforeEach
    void signIn() {
        owner = staff.owner();
        key = keys.create(owner.workspace(), "key", ApiKeys.GIVABLE, null)
                .block()
                .secret();
    }

    /** A route that takes something, and a type of it that it reads. */
    private record Route(String method, String path, String type) {
        @Override
        public String toString() {
            return method + " " + path + " " + type;
        }
    }

    private List<Route> routes() {
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> info.getMethodsCondition().getMethods().stream()
                                .filter(method -> method != RequestMethod.GET && method != RequestMethod.HEAD)
                                .map(method -> new Route(
                                        method.name(),
                                        path(pattern.getPatternString()),
                                        info.getConsumesCondition().getConsumableMediaTypes().stream()
                                                .findFirst()
                                                .map(type -> type.getType().equals("multipart")
                                                        ? TYPES.get(2)
                                                        : type.toString())
                                                .orElse(
                                                        pattern.getPatternString()
                                                                        .startsWith("/api/")
                                                                ? TYPES.get(0)
                                                                : TYPES.get(1))))))
                .distinct()
                .sorted(Comparator.comparing(Route::toString))
                .toList();
    }

    private String path(String pattern) {
        return pattern.replaceFirst("^/w/\\{[^}]*}", "/w/" + owner.workspace().code())
                .replace("{kind}", "orders")
                .replaceAll("\\{[^}]*}", "019aa000-0000-7000-8000-000000000000");
    }

    @Test
    void everyRouteRefusesWhatIsTooLarge() throws Exception {
        var routes = routes();
        assertThat(routes).hasSizeGreaterThan(100);
        var countedToo = IntStream.range(0, routes.size())
                .filter(place -> SOAK || place % 8 == 0)
                .mapToObj(routes::get)
                .collect(Collectors.toSet());
        var answers = all(routes, route -> {
            var limit = BodyLimit.of(route.path());
            if (limit.isStream()) {
                return "stream";
            }
            // Said before, and then not, by every eighth route or with afterword.soak by all: what is read of it is
            // counted.
            var said = answer(route, "Content-Length: " + (limit.most() + 1), out -> {});
            if (limit.most() > BodyLimit.USUAL.most() || !countedToo.contains(route)) {
                return said;
            }
            var counted = answer(route, "Transfer-Encoding: chunked", out -> {
                var piece = "x".repeat(64 << 10);
                for (long sent = 0; sent <= limit.most(); sent += piece.length()) {
                    out.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
                }
            });
            return said.equals(counted) ? said : said + " and " + counted;
        });
        var found = IntStream.range(0, routes.size())
                .filter(at -> !answers.get(at)
                        .matches("stream|(200|40[134]|41[35]|422|303)( and (200|40[134]|41[35]|422|303|closed))?"))
                .mapToObj(at -> routes.get(at) + ": " + answers.get(at))
                .toList();
        assertThat(found).isEmpty();
        assertThat(answers.stream().filter(answer -> answer.startsWith("413")).count())
                .as("routes that read what they get, and say so")
                .isGreaterThan(routes.size() / 2);
    }

    @Test
    void noRouteWaitsForWhoSendsSlowly() throws Exception {
        var routes = routes();
        var answers = all(routes, route -> answer(route, "Content-Length: 1000", out -> out.send("{")));
        var found = IntStream.range(0, routes.size())
                .filter(at -> !answers.get(at).matches("200|[34]\\d\\d|closed"))
                .mapToObj(at -> routes.get(at) + ": " + answers.get(at))
                .toList();
        assertThat(found).isEmpty();
        assertThat(answers.stream().filter(answer -> answer.matches("40[08]")).count())
                .as("routes that waited, and said so")
                .isGreaterThan(routes.size() / 2);
    }

    /** One byte after another keeps a connection no longer than silence does. */
    @Test
    void noConnectionIsKeptByHeadersThatComeSlowly() throws Exception {
        for (var beginning : List.of("", "POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")) {
            try (var socket = new Socket("localhost", port)) {
                socket.setSoTimeout(50);
                var out = new Sender(socket);
                out.send(beginning);
                var begun = System.nanoTime();
                int read = 0;
                while (read >= 0 && System.nanoTime() - begun < ENDS_WITHIN * 1_000_000L) {
                    try {
                        if (!beginning.isEmpty()) {
                            out.send("x");
                        }
                        read = socket.getInputStream().read();
                    } catch (SocketTimeoutException _) {
                        // Nothing yet.
                    } catch (SocketException _) {
                        read = -1;
                    }
                }
                assertThat(read).as("closed").isEqualTo(-1);
            }
        }
    }

    @Test
    void takesNoRequestWhoseHeadIsTooLong() throws IOException {
        assertThat(head("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: localhost"))
                .isEqualTo("414");
        assertThat(head("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(17_000)))
                .isEqualTo("431");
        var many = "\r\nX: y".repeat(5_000);
        assertThat(head("GET / HTTP/1.1\r\nHost: localhost" + many)).isEqualTo("431");
        assertThat(head("GET / HTTP/1.1\r\nHost: localhost\r\nX-Line: a\rb")).isEqualTo("400");
        assertThat(head("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4"))
                .isEqualTo("400");
        assertThat(
                        head(
                                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked, identity"))
                .startsWith("4");
    }

    @Test
    void takesNoMoreFieldsThanAFormHas() {
        var route = new Route("POST", owner.path("/settings"), TYPES.get(1));
        var fields = "a&".repeat(11_000);
        assertThat(answer(route, "Content-Length: " + fields.length(), out -> out.send(fields)))
                .isEqualTo("413");
    }

    /** A file as large as an import may be is taken of who is signed in, and of nobody else. */
    @Test
    void takesNoLargeFileOfStrangers() {
        var route = new Route("POST", owner.path("/settings/import"), TYPES.get(2));
        var length = "Content-Length: " + (BodyLimit.USUAL.most() + 1);
        assertThat(answer(route, length, "", out -> {})).isIn("403", "413");
        assertThat(answer(route, length, "Cookie: __Host-afterword=" + "a".repeat(52), out -> {}))
                .isIn("403", "413");
        assertThat(answer(route, length, "Cookie: __Host-afterword-visitor=" + "a".repeat(52), out -> {}))
                .isIn("403", "413");
        assertThat(answer(route, length, out -> out.send("--b\r\n"))).isIn("408", "closed");
    }

    private String head(String text) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(ENDS_WITHIN);
            new Sender(socket).send(text + "\r\n\r\n");
            return status(socket);
        }
    }

    /** Sends what may be refused while it is sent. */
    private record Sender(Socket socket) {
        void send(String text) {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // The server has answered, and reads no further.
            }
        }
    }

    /** Sends a body. */
    private interface Body {
        void send(Sender out);
    }

    /** Asks again where the database was too busy: so many at once is not what is tried here. */
    private String answer(Route route, String length, Body body) {
        var answer = "503";
        for (int tries = 0; tries < 5 && answer.equals("503"); tries++) {
            answer = once(route, length, body);
        }
        return answer;
    }

    private String once(Route route, String length, Body body) {
        var way = route.path().startsWith("/api/")
                ? "Authorization: Bearer " + key
                : "Cookie: __Host-afterword=" + owner.session();
        return answer(route, length, way, body);
    }

    /** The status that came back; then the connection is at its end. */
    private String answer(Route route, String length, String way, Body body) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(ENDS_WITHIN);
            var out = new Sender(socket);
            out.send("%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n%s\r\n\r\n"
                    .formatted(route.method(), route.path(), route.type(), length, way));
            body.send(out);
            var status = status(socket);
            var rest = new byte[4096];
            while (socket.getInputStream().read(rest) >= 0) {
                // To its end.
            }
            return status;
        } catch (SocketTimeoutException _) {
            return "hangs";
        } catch (IOException _) {
            return "closed";
        }
    }

    private static String status(Socket socket) throws IOException {
        var line = new byte[12];
        var read = socket.getInputStream().readNBytes(line, 0, line.length);
        return read < line.length
                ? "closed"
                : new String(Arrays.copyOfRange(line, 9, 12), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    /** Does with a route what a test does. */
    private interface Try {
        String of(Route route);
    }

    private static List<String> all(List<Route> routes, Try work) throws Exception {
        try (var executor = Executors.newFixedThreadPool(24)) {
            var tries = routes.stream()
                    .<Callable<String>>map(route -> () -> work.of(route))
                    .toList();
            return executor.invokeAll(tries).stream().map(BodyLimitsTest::got).toList();
        }
    }

    private static String got(Future<String> answer) {
        return answer.resultNow();
    }
}
