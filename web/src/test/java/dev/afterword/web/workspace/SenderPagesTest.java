package dev.afterword.web.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.sender.SenderDomain;
import dev.afterword.db.message.sender.SenderDomains;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.TestRecords;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.BodyInserters;

/** What receivers look up, from the first look to signed mail. */
@WebTest
class SenderPagesTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @Autowired
    TestStaff testStaff;

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
        return Objects.requireNonNull(testStaff
                .client(member)
                .get()
                .uri(member.path("/settings/mail/sender"))
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
