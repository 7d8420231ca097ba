package dev.afterword.web.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.endpoint.Delivery.Attempt;
import dev.afterword.db.endpoint.DeliveryQueue;
import dev.afterword.db.endpoint.RecordAttempt;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** The way of whoever connects a program: make an endpoint, test it, see what it answered. */
@WebTest
class EndpointPagesTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    RecordAttempt recordAttempt;

    @Test
    void leadsFromAnAddressToWhatItAnswered() {
        var owner = testStaff.owner();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/settings/endpoints"));
        assertThat(page.locator("main").innerText())
                .as("each kind of event has its words")
                .doesNotContain("??");
        page.getByLabel("Name").fill("erp");
        page.getByLabel("Address").fill("https://127.0.0.1/hooks");
        page.getByText("A new order").check();
        page.locator("main form button").last().click();
        assertThat(page.locator("main").innerText()).contains("not on the public internet");
        assertThat(page.getByLabel("Name").inputValue()).isEqualTo("erp");

        page.getByLabel("Address").fill("https://hooks.example/in");
        page.locator("main form button").last().click();
        assertThat(page.locator("#secret").innerText()).startsWith("whsec_");
        Browser.everyLook(page, "endpoints");

        page.locator("main table a").first().click();
        page.getByText("Send a test").click();
        var now = Instant.now().plusSeconds(60);
        var leased = queue.claim(owner.workspace().id(), now, Duration.ofMinutes(1))
                .block()
                .getFirst();
        recordAttempt
                .record(leased, new Attempt(now, 31, 500, null, "<b>no"), null, now)
                .block();
        page.navigate(owner.url("/settings/endpoints/erp"));
        page.getByText("1 attempt").click();
        assertThat(page.locator("main").innerText())
                .contains("endpoint.test", "waits", "answered 500 in 31 ms", "<b>no", "Nothing has come through since");
        Browser.everyLook(page, "endpoint");
        page.getByText("Deliver it again").click();
        page.getByText("Make a new secret").click();
        assertThat(page.locator("#secret").innerText()).startsWith("whsec_");
        page.getByText("Switch it off").click();
        page.getByText("Switch it on").click();
        page.getByText("Remove it").click();
        page.getByText("Remove erp").click();
        assertThat(page.locator("main").innerText()).contains("No endpoints yet");
    }

    @Test
    void isForOwnersOnly() {
        var marketer = testStaff.member(testStaff.workspace(), Role.MARKETER);

        testStaff
                .client(marketer)
                .get()
                .uri(marketer.path("/settings/endpoints"))
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isNotEqualTo(HttpStatus.OK.value()));
    }
}
