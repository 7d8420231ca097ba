package dev.afterword.web.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

@WebTest
class NewsTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    Events events;

    @Autowired
    NumberEvents numberEvents;

    @Autowired
    Sessions sessions;

    @Test
    void tellsEveryTabOfABrowserThroughOneStreamUntilTheSessionEnds() {
        var owner = testStaff.owner();
        var other = testStaff.owner();
        var first = listening(testStaff.signIn(browser.page(), owner), owner);
        var second = listening(first.context().newPage(), owner);

        var subject = Key.nextId();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            happen(owner.workspace().id(), subject);
            happen(other.workspace().id(), Key.nextId());
            assertThat(heard(first)).contains(subject.toString());
            assertThat(heard(second)).contains(subject.toString());
        });
        assertThat(heard(first).replace(subject.toString(), "").replace("response.given", ""))
                .as("nothing of another workspace")
                .isBlank();

        sessions.endAllOf(owner.staff().id()).block();
        var stream = testStaff.client(owner).get().uri(owner.path("/news")).exchange();
        stream.expectStatus().isEqualTo(HttpStatus.NO_CONTENT);
    }

    private static Page listening(Page page, TestStaff.Member member) {
        page.navigate(member.url("/settings"));
        page.evaluate(
                "window.heard = ''; document.body.addEventListener('news:response', event => window.heard += event.detail.kind + ' ' + event.detail.subject)");
        return page;
    }

    private static String heard(Page page) {
        return (String) page.evaluate("window.heard");
    }

    private void happen(UUID workspace, UUID subject) {
        events.append(Event.of(workspace, EventKind.RESPONSE_GIVEN, subject, null, false, Instant.now()))
                .block();
        numberEvents.number().block();
    }

    @Test
    void takesNoHarmFromBrowsersThatLeaveAtAnyMoment() throws Exception {
        var owner = testStaff.owner();
        var address = java.net.URI.create(owner.url("/news"));
        var cookie = "Cookie: __Host-afterword=" + owner.session();
        for (int visit = 0; visit < 400; visit++) {
            try (var socket = new java.net.Socket("localhost", address.getPort())) {
                socket.getOutputStream()
                        .write(("GET " + address.getPath() + " HTTP/1.1\r\nHost: localhost\r\n" + cookie + "\r\n\r\n")
                                .getBytes());
                var until = System.nanoTime() + visit % 40 * 500_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }
        }
        var client = testStaff.client(owner);
        for (int visit = 0; visit < 40; visit++) {
            client.get().uri(owner.path("/settings")).exchange().expectStatus().isOk();
        }
    }
}
