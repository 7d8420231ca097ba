package dev.afterword.web.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.message.sender.SenderDomain;
import dev.afterword.db.message.sender.SenderDomains;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.Browser;
import dev.afterword.web.TestRecords;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.BodyInserters;

/** What receivers look up, from the first look to signed mail. */
@WebTest
class SenderPagesTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    DatabaseClient database;

    @Autowired
    TestRecords records;

    @Autowired
    Workspaces workspaces;

    @Autowired
    SenderDomains senders;

    @Test
    void leadsFromMissingRecordsToSignedMail() {
        var owner = testStaff.owner();
        assertThat(page(owner)).contains("No sender yet");
        var domain = owner.workspace().code() + ".example";
        workspaces
                .save(owner.workspace().from("Mira", "hello@" + domain, null, "Street 1"))
                .block();

        assertThat(page(owner))
                .contains("Who may send (SPF)", "v=spf1 mx ~all", "_dmarc." + domain, "There are no keys yet");

        post(owner, "/keys");
        var waiting = pair(owner, domain);
        assertThat(page(owner))
                .contains(waiting.records().getFirst().name(), waiting.rsaPublic(), waiting.ed25519Public());
        post(owner, "/signing");
        assertThat(senders.signing(owner.workspace().id(), domain).blockOptional())
                .isEmpty();

        waiting.records().forEach(record -> records.publish(record.name(), record.value()));
        records.publish(domain, "v=spf1 mx -all");
        records.publish("_dmarc." + domain, "v=DMARC1; p=reject");
        assertThat(page(owner)).doesNotContain("Publish this record").contains("Both records are published");
        post(owner, "/signing");

        assertThat(senders.signing(owner.workspace().id(), domain).block()).hasSize(2);
        assertThat(page(owner)).contains("Mail of this workspace is signed");
    }

    @Test
    void looksTheSameToEverybodyWithAlarmsAndWithout() {
        var owner = testStaff.owner();
        var domain = owner.workspace().code() + ".example";
        workspaces
                .save(owner.workspace().from("Mira", "hello@" + domain, null, "Street 1"))
                .block();
        post(owner, "/keys");
        post(owner, "/warm-up");
        records.publish(domain, "v=spf1 mx +all");
        run(owner, """
                insert into step_stop (workspace_id, id, follow_up_id, step, reason, sent, harmed, stopped_at)
                values ($1, gen_random_uuid(), gen_random_uuid(), 'ask', 'bounces', 100, 7, now())
                """);

        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/mail/sender"));
        assertThat(page.locator("main").innerText())
                .contains("The step “ask” was stopped: 7 of 100 mails came back", "Today at most 200 mails");
        Browser.everyLook(page, "sender");
        page.getByText("Let it go on").click();
        assertThat(page.locator("main").innerText()).doesNotContain("was stopped");
    }

    @Test
    void showsWhatCameBackOnTheCustomersPage() {
        var owner = testStaff.owner();
        var contact = Key.nextId();
        run(owner, """
                with c as (insert into contact (workspace_id, id, version, email, address, created_at) values ($1, '%1$s', 0, 'ana@x.test', 'ana@x.test', now())),
                s as (insert into send (workspace_id, id, contact_id, purpose, step, kind, state, due_at, not_after, submitted_at, finished_at, created_at)
                    values ($1, '%1$s', '%1$s', 'questions', 'ask', 'ask', 'accepted', now(), now(), now(), now(), now())),
                b as (insert into bounce (workspace_id, id, send_id, contact_id, address, kind, diagnostic, sure, at)
                    values ($1, gen_random_uuid(), '%1$s', '%1$s', 'ana@x.test', 'policy', '550 5.7.1 <blocked>', true, now()))
                insert into incoming_message (workspace_id, id, digest, kind, send_id, contact_id, matched_by, subject, words, received_at)
                values ($1, gen_random_uuid(), '\\x00', 'reply', '%1$s', '%1$s', 'token', 'Re: How was it?', 'The lid is <b>broken', now())
                """.formatted(contact));

        assertThat(page(owner, "/customers/" + contact))
                .contains(
                        "this person is not to blame",
                        "550 5.7.1 &lt;blocked&gt;",
                        "Answered by mail",
                        "The lid is &lt;b&gt;broken");
    }

    private void run(Member member, String sql) {
        database.sql(sql).bind(0, member.workspace().id()).then().block();
    }

    @Test
    void isNothingForWhoOnlyLooks() {
        var workspace = testStaff.workspace();
        var viewer = testStaff.member(workspace, Role.VIEWER);

        testStaff
                .client(viewer)
                .get()
                .uri(viewer.path("/settings/mail/sender"))
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isNotEqualTo(HttpStatus.OK.value()));
    }

    private SenderDomain pair(Member owner, String domain) {
        return senders.of(owner.workspace().id(), domain).block().getFirst();
    }

    private String page(Member member) {
        return page(member, "/settings/mail/sender");
    }

    private String page(Member member, String path) {
        return Objects.requireNonNull(testStaff
                .client(member)
                .get()
                .uri(member.path(path))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private void post(Member member, String below) {
        var token = TOKEN.matcher(page(member));
        assertThat(token.find()).isTrue();
        testStaff
                .client(member)
                .post()
                .uri(member.path("/settings/mail/sender" + below))
                .body(BodyInserters.fromFormData("_csrf", token.group(1)))
                .exchange()
                .expectStatus()
                .isSeeOther();
    }
}
