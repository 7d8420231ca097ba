package dev.afterword.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.afterword.db.CheckedAddresses;
import dev.afterword.db.CheckedAddresses.NotPublic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;

class PublicHttpTest {
    final List<String> called = new ArrayList<>();
    final CountDownLatch late = new CountDownLatch(1);
    HttpServer server;
    int port;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            called.add(exchange.getRequestURI().getPath());
            var path = exchange.getRequestURI().getPath();
            exchange.getRequestBody().readAllBytes();
            switch (path) {
                case "/moved" -> {
                    exchange.getResponseHeaders().set("Location", "/inside");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/long" -> {
                    exchange.sendResponseHeaders(200, 0);
                    var piece = new byte[16 * 1024];
                    Arrays.fill(piece, (byte) 'x');
                    try {
                        for (int sent = 0; sent < 10_000; sent++) {
                            exchange.getResponseBody().write(piece);
                        }
                    } catch (IOException e) {
                        called.add("hung up");
                    }
                }
                case "/slow" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    await();
                }
                default -> {
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    exchange.sendResponseHeaders(503, 4);
                    exchange.getResponseBody().write("busy".getBytes());
                }
            }
            exchange.close();
        });
        server.start();
        port = server.getAddress().getPort();
    }

    @AfterEach
    void end() {
        late.countDown();
        server.stop(0);
    }

    private void await() {
        try {
            late.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "127.1",
                "2130706433",
                "0x7f.1",
                "0177.0.0.1",
                "0.0.0.0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "localhost.",
                "0x7f000001",
                "017700000001",
                "[::]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::1]",
                "[fe80::1]",
                "shop.example@127.0.0.1"
            })
    void connectsToNoAddressOfItsOwnMachineHoweverItIsWritten(String host) {
        var http = new PublicHttp((name, at) -> false, Duration.ofSeconds(5));

        assertThatThrownBy(() -> post(http, "http://" + host + ":" + port + "/inside"))
                .isNotNull();
        assertThat(called).isEmpty();
    }

    @Test
    void connectsToNothingWhenOneOfTheAddressesOfANameIsPrivate() throws IOException {
        var addresses = List.of(InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1"));
        var http = new PublicHttp(new CheckedAddresses((name, at) -> false, host -> addresses), Duration.ofSeconds(5));

        assertThatThrownBy(() -> post(http, "https://shop.example/"))
                .rootCause()
                .isInstanceOf(NotPublic.class);
    }

    /** What names of the inside, and of clouds, lead to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.31.0.1",
                "192.168.1.1",
                "100.100.100.200",
                "169.254.169.254",
                "168.63.129.16",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void connectsToNothingThatANamePointsInside(String address) throws IOException {
        var inside = InetAddress.getByName(address);
        var http = new PublicHttp(
                new CheckedAddresses((name, at) -> false, host -> List.of(inside)), Duration.ofSeconds(5));

        assertThatThrownBy(() -> post(http, "https://metadata.shop.example/"))
                .rootCause()
                .isInstanceOf(NotPublic.class);
    }

    /** Where it is led is not where it was looked at: what a public address says does not send it inside. */
    @Test
    void connectsAnewToNothingThatAnAnswerNames() {
        var http = new PublicHttp(
                new CheckedAddresses(
                        (name, at) -> name.equals("shop.example"), host -> List.of(InetAddress.getByName("127.0.0.1"))),
                Duration.ofSeconds(5));

        assertThat(post(http, "http://shop.example:" + port + "/moved").status())
                .isEqualTo(302);
        assertThat(called).containsExactly("/moved");
    }

    /** The name is public when it is looked at first; what it says later is looked at again, and never used unseen. */
    @Test
    void looksAgainForEachConnectionAndConnectsToWhatItSaw() throws IOException {
        Deque<InetAddress> answers =
                new ArrayDeque<>(List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("127.0.0.1")));
        var asked = new ArrayList<String>();
        var http = new PublicHttp(
                new CheckedAddresses((name, at) -> false, host -> {
                    asked.add(host);
                    return List.of(answers.size() > 1 ? answers.poll() : answers.peek());
                }),
                Duration.ofSeconds(5));

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> post(http, "http://rebind.example:" + port + "/inside"))
                    .rootCause()
                    .isInstanceOf(NotPublic.class);
        }
        assertThat(asked).containsExactly("rebind.example", "rebind.example");
        assertThat(called).isEmpty();

        var allowed = new PublicHttp(
                new CheckedAddresses((name, at) -> name.equals("shop.example"), host -> {
                    asked.add(host);
                    return List.of(InetAddress.getByName("127.0.0.1"));
                }),
                Duration.ofSeconds(5));
        assertThat(post(allowed, "http://shop.example:" + port + "/inside").status())
                .isEqualTo(503);
        assertThat(asked).hasSize(3);
    }

    @Test
    void followsNoRedirect() {
        assertThat(post(here(5), "http://127.0.0.1:" + port + "/moved").status())
                .isEqualTo(302);
        assertThat(called).containsExactly("/moved");
    }

    @Test
    void readsNoMoreOfAnAnswerThanItNeeds() {
        var answer = post(here(10), "http://127.0.0.1:" + port + "/long");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).hasSize(64 * 1024);
        Awaitility.await().untilAsserted(() -> assertThat(called).contains("hung up"));
    }

    @Test
    void waitsForASlowPeerNoLongerThanItMay() {
        assertThatThrownBy(() -> post(here(1), "http://127.0.0.1:" + port + "/slow"))
                .satisfies(error -> assertThat(Exceptions.unwrap(error)).isInstanceOf(TimeoutException.class));
    }

    @Test
    void saysWhatCameBack() {
        var answer = post(here(5), "http://127.0.0.1:" + port + "/");

        assertThat(answer).isEqualTo(new PublicHttp.Answer(503, "7", "busy"));
    }

    private PublicHttp here(int seconds) {
        return new PublicHttp((name, at) -> name.equals("127.0.0.1") && at == port, Duration.ofSeconds(seconds));
    }

    private static PublicHttp.Answer post(PublicHttp http, String url) {
        return http.post(URI.create(url), Map.of("webhook-id", "1"), "{}").block(Duration.ofSeconds(20));
    }
}
