package dev.afterword.web.insight;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.Facts;
import dev.afterword.db.insight.FillSegmentsAgain;
import dev.afterword.db.insight.RollUp;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;

/** Marking an attribute and comparing by it, in a browser. */
@WebTest
class AttributePagesTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    DatabaseClient database;

    @Autowired
    FillSegmentsAgain fillSegmentsAgain;

    @Autowired
    RollUp rollUp;

    @Test
    void aMarketerMarksAnAttributeAndComparesByIt() {
        var marketer = staff.member(staff.workspace(), Role.MARKETER);
        var page = staff.signIn(browser.page(), marketer);
        page.navigate(marketer.url("/settings/attributes"));
        assertThat(page.locator(".empty h3")).isVisible();
        answers(new Facts(database, marketer.workspace().id()));

        page.reload();
        page.locator("input[value='order:gift']").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .click();
        assertThat(page.locator("input[value='order:gift']")).isChecked();
        assertThat(page.locator("p.notice")).isVisible();
        page.locator("input[value='order:gift']").uncheck();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .click();
        assertThat(page.getByText("still being counted after the last change").first())
                .isVisible();
        Browser.everyLook(page, "attributes");
        while (fillSegmentsAgain.fill().block()) {}
        while (rollUp.compute().block()) {}

        page.navigate(marketer.url("/trends?by=attribute:gift"));
        assertThat(page.locator("table.compare thead th").first()).hasText("gift");
        assertThat(page.locator("table.compare tbody tr")).hasCount(2);
        assertThat(page.locator("select[name=by]")).hasValue("attribute:gift");
        Browser.everyLook(page, "trends-attribute");
        assertThat(page.locator("input[name=to]")).isVisible();
        var sent = page.evaluate("""
                () => {
                  let sent = 0;
                  const day = document.querySelector("form[data-at-once] input[name=to]");
                  day.form.addEventListener("submit", (event) => { event.preventDefault(); sent++; });
                  for (const typed of ["0002-11-23", "0202-11-23", "2026-11-23"]) {
                    day.value = typed;
                    day.dispatchEvent(new Event("change", {bubbles: true}));
                  }
                  return sent;
                }""");
        assertEquals(1, sent);
        page.locator("table.compare tbody th a").first().click();
        assertThat(page.locator("body")).containsText("gift: ");
    }

    @Test
    void refusesAddressesThatNobodyCanCalculateWith() {
        var viewer = staff.owner();
        for (var query : List.of(
                "/trends?interval=day&to=9999-12-31",
                "/trends?interval=day&from=1999-01-01&to=2026-12-31",
                "/responses?to=9999-12-31")) {
            staff.client(viewer)
                    .get()
                    .uri(viewer.path(query))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        staff.client(viewer)
                .get()
                .uri(viewer.path("/customers?q={nul}"), "\0")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .exists("Content-Security-Policy");
        staff.client(viewer)
                .get()
                .uri(viewer.path("/trends?from=1999-01-01&to=2026-12-31"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void answers(Facts facts) {
        var then = Instant.now().minus(Duration.ofDays(20));
        for (int i = 0; i < 40; i++) {
            var order = facts.order(facts.contact(), then, null, null);
            facts.setOrder(order, "attributes = '{\"gift\": \"%s\", \"till\": \"%d\"}'".formatted(i % 2 == 0, i));
            facts.response(null, order, null, then.plusSeconds(i), Map.of("recommend", i % 2 == 0 ? 10 : 5));
        }
    }
}
