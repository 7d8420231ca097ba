package dev.afterword.web.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Fields;
import dev.afterword.db.workspace.AuditLog;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class AuditPagesTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    AuditLog log;

    @Test
    void keepsWhoLookedAndWhoChanged() {
        var owner = staff.owner();
        var support = staff.member(owner.workspace(), Role.SUPPORT);
        staff.client(support)
                .get()
                .uri(support.path("/customers?q=ana@example.com"))
                .exchange()
                .expectStatus()
                .isOk();
        staff.client(support)
                .get()
                .uri(support.path("/trends"))
                .exchange()
                .expectStatus()
                .isOk();
        staff.client(support)
                .get()
                .uri(support.path("/settings"))
                .exchange()
                .expectStatus()
                .isForbidden();
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/mail"));
        page.locator("form[action$='/mail/pause'] button").click();
        assertThat(page.locator(".flash")).containsText("paused");

        var written = log.all(owner.workspace().id()).collectList().block();

        assertThat(written).hasSize(2);
        assertThat(written.getFirst().entry()).satisfies(look -> {
            assertThat(look.staffId()).isEqualTo(support.staff().id());
            assertThat(look.changed()).isFalse();
            assertThat(look.permission()).isEqualTo("see-customers");
            assertThat(look.place()).isEqualTo("GET /w/{workspace}/customers");
            assertThat(look.subjects()).as("nothing that was typed").isEmpty();
        });
        assertThat(written.getLast().entry()).satisfies(change -> {
            assertThat(change.staffId()).isEqualTo(owner.staff().id());
            assertThat(change.changed()).isTrue();
            assertThat(change.permission()).isEqualTo("configure");
        });
        page.navigate(owner.url("/settings/audit"));
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody code").last()).hasText("/customers");
        page.getByText("Changes", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator("tbody th a").click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.navigate(
                owner.url("/settings/audit?did=looked&who=" + owner.staff().id()));
        assertThat(page.locator("tbody code").first()).hasText("/settings/audit");
        page.navigate(owner.url("/settings/audit?who=" + support.staff().id()));
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.navigate(owner.url("/settings/audit"));
        Browser.everyLook(page, "audit");
        var file = staff.client(owner)
                .get()
                .uri(owner.path("/settings/audit/export"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(file)
                .startsWith("position,id,at,")
                .contains("GET /w/{workspace}/customers")
                .doesNotContain("ana@example.com");
        var lines = staff.client(owner)
                .get()
                .uri(owner.path("/settings/audit/export?format=ndjson"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(lines.lines().map(Fields::parse))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.text("place", 200)).contains("/w/{"));
    }
}
