package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.WebTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@WebTest
class HangUpTest {
    private static final int ROUNDS = 6;

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    DatabaseClient database;

    @Test
    void storesEveryAnswerThatItAcknowledgedWhileOthersHangUp() throws Exception {
        var customers = AskedCustomer.in(beans);
        var code = customers.workspace().code();
        Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
        List<Key> invitations = customers.invited(240);
        try (var clients = Executors.newFixedThreadPool(32)) {
            for (var invitation : invitations) {
                clients.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        var patient = (invitation.hashCode() + round) % 3 == 0;
                        if (post(code, invitation.id(), round, patient) == 303) {
                            acknowledged.add(invitation.id());
                        }
                    }
                    return null;
                });
            }
        }
        // Answers of those who hung up go on to their end as well; every one that was acknowledged is there already.
        var stored = new HashSet<>(confirmed(customers.workspace().id()));
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(stored).containsAll(acknowledged);
        assertThat(database.sql(
                                "select count(*) from response r where r.confirmed_at is not null and not exists (select 1 from answer a where a.workspace_id = r.workspace_id and a.response_id = r.id)")
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isZero();
        await().untilAsserted(() -> assertThat(database.sql(
                                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")
                        .mapValue(Long.class)
                        .one()
                        .block())
                .isZero());
        System.out.println("hang-up: " + acknowledged.size() + " invitations acknowledged, " + stored.size()
                + " stored, of " + invitations.size());
    }

    /** Posts an answer and waits for the status, or hangs up somewhere on the way, with a reset. */
    private int post(String code, UUID invitation, int score, boolean patient) throws IOException {
        var body = "recommend=" + score + "&comment=round+" + score;
        var token = new LinkToken(code, invitation).sign(LinkToken.Use.ANSWER, secret);
        var request = ("POST /r/" + token
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            if (patient) {
                var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                return Integer.parseInt(status.substring(9));
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(6_000_000));
            socket.setSoLinger(true, 0);
            return 0;
        }
    }

    private List<UUID> confirmed(UUID workspaceId) {
        return database.sql("select id from response where workspace_id = $1 and confirmed_at is not null")
                .bind(0, workspaceId)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .block();
    }
}
