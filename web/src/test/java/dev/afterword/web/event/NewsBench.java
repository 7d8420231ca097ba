package dev.afterword.web.event;

import dev.afterword.db.BenchLine;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.AfterwordApplication;
import dev.afterword.web.TestRecords;
import dev.afterword.web.TestStaff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A hundred people look at their screens: how long it takes from a note in a case until the last of them has heard of it. */
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
@Import({TestStaff.class, TestRecords.class})
class NewsBench {
    private static final int PEOPLE = 20;
    private static final int SCREENS = 5;
    private static final int NOTES = 50;
    private static final long LIMIT = 1_000;

    @Autowired
    TestStaff staff;

    @Autowired
    ActOnCase actOnCase;

    @Test
    void tellsAHundredScreensWithinASecond() throws InterruptedException {
        var workspace = staff.workspace();
        var opened = open(workspace);
        var writer = staff.member(workspace, Role.SUPPORT).staff().id();
        var heard = new AtomicReference<>(new CountDownLatch(PEOPLE * SCREENS));
        var connections = ConnectionProvider.create("screens", PEOPLE * SCREENS);
        var streams = new ArrayList<Disposable>();
        for (int person = 0; person < PEOPLE; person++) {
            var member = staff.member(workspace, Role.SUPPORT);
            for (int screen = 0; screen < SCREENS; screen++) {
                streams.add(WebClient.builder()
                        .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                        .baseUrl(member.base())
                        .build()
                        .get()
                        .uri(member.path("/news"))
                        .cookie("__Host-afterword", member.session())
                        .retrieve()
                        .bodyToFlux(ServerSentEvent.class)
                        .filter(message -> "news".equals(message.event()))
                        .subscribe(message -> heard.get().countDown()));
            }
        }
        Thread.sleep(Duration.ofSeconds(5));
        var times = new long[NOTES];
        for (int note = 0; note < NOTES; note++) {
            var all = new CountDownLatch(PEOPLE * SCREENS);
            heard.set(all);
            var begun = System.nanoTime();
            actOnCase
                    .note(opened.key(), writer, "Note " + note, List.of(), false)
                    .block();
            if (!all.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(all.getCount() + " screens have not heard of it");
            }
            times[note] = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            Thread.sleep(Duration.ofMillis(500L + 37L * note % 400));
        }
        streams.forEach(Disposable::dispose);
        Arrays.sort(times);
        BenchLine.print("news-milliseconds-median", times[NOTES / 2], LIMIT);
        BenchLine.print("news-milliseconds-longest", times[NOTES - 1], LIMIT);
    }

    private Case open(Workspace workspace) {
        return actOnCase
                .open(new Opening(
                        workspace.id(),
                        CaseKind.QUESTION,
                        "Where is my parcel?",
                        null,
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null))
                .block();
    }
}
