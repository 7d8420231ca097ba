package dev.afterword.web.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.workspace.ChangeRole;
import dev.afterword.db.workspace.ChoosePassword;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.RequestPasswordLink;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.StaffMail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;

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

    @Autowired
    ChangeRole changeRole;

    @Autowired
    RequestPasswordLink requestPasswordLink;

    @Autowired
    ChoosePassword choosePassword;

    @Autowired
    StaffMails staffMails;

    @Autowired
    OneTimeLinks links;

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

    @Test
    void tellsWhatHappenedBetweenThePageAndItsStream() {
        var owner = testStaff.owner();
        var subject = Key.nextId();
        happen(owner.workspace().id(), subject);
        var late = new Stream(owner, "?age=30000");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(late.heard.toString()).contains(subject.toString()));
        late.reading.dispose();
    }

    @Test
    void tellsWhoListensAlreadyWhatHappensAsOthersBegin() {
        var owner = testStaff.owner();
        var first = new Stream(owner, "?age=30000");
        for (int visit = 0; visit < 8; visit++) {
            var subject = Key.nextId();
            happen(owner.workspace().id(), subject);
            var next = new Stream(owner, "?age=30000");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(next.heard.toString()).contains(subject.toString());
                assertThat(first.heard.toString()).contains(subject.toString());
            });
            next.reading.dispose();
        }
        first.reading.dispose();
    }

    @Test
    void closesOpenStreamsWhenTheRoleChanges() {
        var workspace = testStaff.workspace();
        testStaff.member(workspace, Role.OWNER);
        endsWhen(
                testStaff.member(workspace, Role.OWNER),
                member -> changeRole
                        .change(workspace.id(), member.staff().id(), Role.SUPPORT)
                        .block());
    }

    @Test
    void closesOpenStreamsWhenThePasswordChanges() {
        endsWhen(testStaff.owner(), member -> {
            requestPasswordLink.request(member.staff().email()).block();
            var mail = staffMails.claim(100, Instant.now().plusSeconds(1)).block().stream()
                    .filter(sent -> sent.email().equals(member.staff().email()))
                    .findFirst()
                    .orElseThrow();
            choosePassword
                    .choose(links.token(((StaffMail.Link) mail.content()).id()).block(), "another long phrase here")
                    .block();
        });
    }

    @Test
    void closesOpenStreamsAtSignOut() {
        endsWhen(testStaff.owner(), member -> {
            var page = testStaff.signIn(browser.page(Browser.Look.DESKTOP.withoutScripts()), member);
            page.navigate(member.url("/settings"));
            page.getByText("Sign out").click();
        });
    }

    /** A stream of the member is open and heard; then the session ends, and so does the stream within seconds, while another member's goes on. */
    private void endsWhen(TestStaff.Member member, Consumer<TestStaff.Member> end) {
        var other = testStaff.member(member.workspace(), Role.VIEWER);
        var mine = new Stream(member);
        var theirs = new Stream(other);
        var subject = Key.nextId();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            happen(member.workspace().id(), subject);
            assertThat(mine.heard.toString()).contains(subject.toString());
            assertThat(theirs.heard.toString()).contains(subject.toString());
        });

        end.accept(member);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(mine.reading.isDisposed()).isTrue());
        assertThat(mine.heard.toString()).contains("ended");
        assertThat(theirs.reading.isDisposed()).isFalse();
        theirs.reading.dispose();
    }

    /** An event stream that is being read. */
    private final class Stream {
        final StringBuffer heard = new StringBuffer();
        final Disposable reading;

        Stream(TestStaff.Member member) {
            this(member, "");
        }

        Stream(TestStaff.Member member, String query) {
            reading = WebClient.create(member.base())
                    .get()
                    .uri(member.path("/news") + query)
                    .cookie("__Host-afterword", member.session())
                    .retrieve()
                    .bodyToFlux(ServerSentEvent.class)
                    .subscribe(
                            message -> heard.append(message.event()).append(' ').append(message.data()));
        }
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
