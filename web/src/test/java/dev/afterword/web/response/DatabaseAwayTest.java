package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.Key;
import dev.afterword.db.TestDatabase;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.Responses;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.AfterwordApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@SpringBootTest(classes = AfterwordApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = DatabaseAwayTest.BehindALine.class)
class DatabaseAwayTest {
    private static final Duration AWAY = Duration.ofSeconds(10);

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Responses responses;

    @Test
    void turnsAnswersAwayWhileTheDatabaseIsGoneAndTakesThemAfterwards() throws Exception {
        var customers = AskedCustomer.in(beans);
        var invitations = customers.invited(40);
        var code = customers.workspace().code();
        assertThat(post(code, invitations.getFirst(), 9)).isEqualTo("303 -");

        BehindALine.line.cut();
        var gone = System.nanoTime();
        var turnedAway = new ArrayList<Key>();
        var heard = new TreeSet<String>();
        for (int next = 1; System.nanoTime() - gone < AWAY.toNanos(); next = next % 30 + 1) {
            heard.add(post(code, invitations.get(next), 3));
            heard.add(put(code, invitations.get(next)));
            turnedAway.add(invitations.get(next));
        }
        BehindALine.line.mend();

        assertThat(heard).containsExactly("503 5");
        assertThat(turnedAway).isNotEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(post(code, invitations.get(39), 8)).isEqualTo("303 -"));
        for (var invitation : Set.copyOf(turnedAway)) {
            assertThat(responses.toInvitation(invitation).block()).isNull();
            assertThat(post(code, invitation, 7)).isEqualTo("303 -");
        }
    }

    private String post(String code, Key invitation, int score) {
        return heard(client().post()
                .uri("/r/" + token(code, invitation))
                .body(BodyInserters.fromFormData("recommend", Integer.toString(score))
                        .with("comment", "typed"))
                .exchange());
    }

    private String put(String code, Key invitation) {
        return heard(client().put()
                .uri("/api/v1/invitations/" + token(code, invitation) + "/response")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"answers\": {\"recommend\": 3}, \"complete\": true}")
                .exchange());
    }

    private static String heard(WebTestClient.ResponseSpec response) {
        var result = response.expectBody().returnResult();
        var retry = result.getResponseHeaders().getFirst("Retry-After");
        return result.getStatus().value() + " " + (retry == null ? "-" : retry);
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    private String token(String code, Key invitation) {
        return new LinkToken(code, invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }

    /** Puts the application's database at the end of a line that the test can cut. */
    static class BehindALine implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        static Line line;

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var url = URI.create(TestDatabase.fresh());
            line = new Line(url.getHost(), url.getPort());
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "database at the end of a line",
                            Map.of(
                                    "afterword.database.url",
                                            url.toString()
                                                    .replace(
                                                            "@" + url.getHost() + ":" + url.getPort(),
                                                            "@127.0.0.1:" + line.port),
                                    "afterword.url", "https://feedback.example",
                                    "afterword.secret", "for tests only, thirty-two bytes.")));
        }
    }

    /** A line between application and database. */
    static final class Line {
        final int port;
        private final String host;
        private final int target;
        private final Set<Socket> open = ConcurrentHashMap.newKeySet();
        private ServerSocket door;

        Line(String host, int target) {
            this.host = host;
            this.target = target;
            try {
                door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                port = door.getLocalPort();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            serve(door);
        }

        void cut() throws IOException {
            door.close();
            for (var socket : open) {
                socket.close();
            }
            open.clear();
        }

        void mend() throws IOException {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            serve(door);
        }

        private void serve(ServerSocket from) {
            Thread.startVirtualThread(() -> {
                while (true) {
                    try {
                        var near = from.accept();
                        var far = new Socket(host, target);
                        open.add(near);
                        open.add(far);
                        pass(near, far);
                        pass(far, near);
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        private static void pass(Socket from, Socket to) {
            Thread.ofPlatform().daemon().start(() -> {
                try (from;
                        to) {
                    from.getInputStream().transferTo(to.getOutputStream());
                } catch (IOException ended) {
                    // The other end went away; so does this one.
                }
            });
        }
    }
}
