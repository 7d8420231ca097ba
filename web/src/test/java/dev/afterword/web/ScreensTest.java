package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.afterword.db.Rows;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.insight.RollUp;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** The staff's reading screens with a year of data, as people see them. Pictures of all stand under {@code target/screens}. */
@WebTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    RollUp rollUp;

    @Autowired
    TestStaff staff;

    @Autowired
    Events events;

    @Autowired
    NumberEvents numberEvents;

    Rows shop;
    Member owner;

    @BeforeAll
    void fillAYear() {
        shop = new Rows(database, openWorkspace);
        AYear.fill(shop, 800, Instant.now().minus(Duration.ofHours(6)));
        countAll();
        owner = staff.member(shop.workspace, Role.OWNER);
    }

    private void countAll() {
        rollUp.again(shop.workspace.id()).block();
        while (Boolean.TRUE.equals(rollUp.compute().block())) {
            // The next batch of days.
        }
    }

    private Page open(Member member, String path, Look look) {
        var page = staff.signIn(browser.page(look), member);
        var errors = new ArrayList<String>();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(message.text());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400 && !response.url().endsWith("/news")) {
                errors.add(response.status() + " " + response.url());
            }
        });
        Browser.open(page, member.url(path));
        assertThat(errors).as("what the browser complains of at " + path).isEmpty();
        return page;
    }

    /** Takes pictures in every look, and lets axe read each. */
    private void look(String path, String name) {
        Browser.everyLook(open(owner, path, Look.DESKTOP), name);
    }

    @Test
    void showsTodayToEverybody() {
        look("/", "today");
    }

    @Test
    void aNewWorkspaceIsShownItsFirstStepsUntilTheyAreDone() {
        var fresh = new Rows(database, openWorkspace);
        var member = staff.member(fresh.workspace, Role.OWNER);
        var page = open(member, "/", Look.DESKTOP);
        var left = page.locator(".first-steps li:not(.done) h3");
        PlaywrightAssertions.assertThat(left).hasCount(4);
        Browser.everyLook(page, "first-steps");
        var viewer = open(staff.member(fresh.workspace, Role.VIEWER), "/", Look.DESKTOP);
        PlaywrightAssertions.assertThat(viewer.locator(".first-steps")).hasCount(0);
        PlaywrightAssertions.assertThat(viewer.locator(".empty")).isVisible();

        fresh.order(fresh.contact("Ana", "ana@example.com", "customer"), "A-1", Instant.now(), 3, "Kettle", "Kitchen");
        page.reload();
        PlaywrightAssertions.assertThat(left).hasCount(3);
        database.sql("update workspace set sender_address = 'a@b.example', postal_address = 'Here 1' where id = $1")
                .bind(0, fresh.workspace.id())
                .then()
                .then(database.sql("update follow_up set enabled_at = now() where workspace_id = $1")
                        .bind(0, fresh.workspace.id())
                        .then())
                .block();
        page.reload();
        PlaywrightAssertions.assertThat(page.locator(".first-steps")).hasCount(0);
        PlaywrightAssertions.assertThat(page.locator(".empty")).isVisible();
    }

    @Test
    void showsTrendsWithALineItsBandAndATable() {
        look("/trends?metric=mean&question=satisfaction&by=delivery", "trends");
        look("/trends?metric=responseRate&interval=month", "trends-rate");

        var page = open(owner, "/trends?metric=csat&by=category", Look.DESKTOP);
        PlaywrightAssertions.assertThat(page.locator(".drawing svg")).isVisible();
        page.locator("summary").first().click();
        PlaywrightAssertions.assertThat(page.locator(".plate details table")).isVisible();
        page.locator(".compare a").first().click();
        assertThat(page.url()).contains("segment=category");
        PlaywrightAssertions.assertThat(page.locator(".entry").first()).isVisible();
    }

    @Test
    void listsResponsesAndKeepsFiltersInTheAddress() {
        look("/responses", "responses");
        look("/responses?score=recommend:0-6&q=late&segment=delivery%3Dlate", "responses-filtered");
        look("/responses?q=zebra", "responses-none");

        var page = open(owner, "/responses", Look.DESKTOP);
        page.selectOption("select[name=score]", "recommend:0-6");
        page.waitForURL("**score=recommend**");
        PlaywrightAssertions.assertThat(page.locator(".chips .chip")).containsText("detractor");
        page.locator("a[rel=next]").click();
        PlaywrightAssertions.assertThat(page.locator("a[rel=prev]")).isVisible();
        assertThat(page.url()).contains("score=recommend").contains("at=");
        page.locator(".entry .when").first().click();
        PlaywrightAssertions.assertThat(page.locator("h1")).containsText("answered");
        look(page.url().substring(page.url().indexOf("/responses/")), "response");
    }

    @Test
    void sortsBothListsFromBothEndsAndLeafsOnFromThere() {
        var page = open(owner, "/responses?score=recommend:0-6", Look.DESKTOP.withoutScripts());
        page.locator(".sorts a").last().click();
        assertThat(page.url()).contains("sort=oldest").contains("score=recommend");
        var first = times(page, ".entry time");
        assertThat(first).isSorted().hasSize(30);
        page.locator("a[rel=next]").click();
        var second = times(page, ".entry time");
        assertThat(second).isSorted();
        assertThat(second.getFirst()).isGreaterThanOrEqualTo(first.getLast());
        page.locator("a[rel=prev]").click();
        assertThat(times(page, ".entry time")).isEqualTo(first);
        page.fill("input[name=q]", "late");
        page.locator(".sieve button").click();
        assertThat(page.url()).as("the search keeps the order").contains("sort=oldest");
        page.locator(".sorts a").first().click();
        assertThat(times(page, ".entry time")).isSortedAccordingTo(Comparator.reverseOrder());

        page.navigate(owner.url("/customers"));
        var latest = times(page, "tbody time");
        assertThat(latest).isSortedAccordingTo(Comparator.reverseOrder());
        page.locator("th[aria-sort=descending] a").click();
        PlaywrightAssertions.assertThat(page.locator("th[aria-sort=ascending]")).isVisible();
        var longest = times(page, "tbody time");
        assertThat(longest).isSorted();
        assertThat(longest.getLast()).isLessThan(latest.getLast());
        page.locator("a[rel=next]").click();
        assertThat(times(page, "tbody time").getFirst()).isGreaterThanOrEqualTo(longest.getLast());
        look("/customers?sort=oldest", "customers-oldest");
    }

    private static List<String> times(Page page, String selector) {
        return page.locator(selector).all().stream()
                .map(time -> time.getAttribute("datetime"))
                .toList();
    }

    @Test
    void filtersWithoutAScript() {
        var page = open(owner, "/responses", Look.DESKTOP.withoutScripts());
        page.fill("input[name=q]", "wrapped");
        page.locator(".sieve button").click();
        PlaywrightAssertions.assertThat(page.locator(".entry").first()).containsText("wrapped");
    }

    @Test
    void showsMarkupInCommentsAsText() {
        var page = open(owner, "/responses?q=card", Look.DESKTOP);
        PlaywrightAssertions.assertThat(page.locator(".entry .words").first()).containsText("<b>Lovely</b>");
    }

    @Test
    void tellsOneCustomersHistory() {
        look("/customers", "customers");
        look("/customers?q=nobody-of-that-name", "customers-none");
        database.sql("""
                        insert into consent (workspace_id, id, address, purpose, granted, at, dated, source)
                        select workspace_id, gen_random_uuid(), address, 'news', true, now(), false, 'import' from contact where workspace_id = $1
                        """).bind(0, shop.workspace.id()).then().block();
        var page = open(owner, "/customers?q=ana", Look.DESKTOP);
        page.locator("tbody a").first().click();
        PlaywrightAssertions.assertThat(page.locator(".timeline > li").first()).isVisible();
        PlaywrightAssertions.assertThat(page.locator(".timeline > li.consent"))
                .containsText(Pattern.compile("before\\s+\\d+ \\w+ \\d{4}[\\s\\S]*the source did not say when"));
        look(page.url().substring(page.url().indexOf("/customers/")), "customer");
    }

    @Test
    void showsViewersNoNamesAndNoOrders() {
        var viewer = staff.member(shop.workspace, Role.VIEWER);
        for (var path : List.of("/", "/responses")) {
            var page = open(viewer, path, Look.DESKTOP);
            assertThat(page.content()).doesNotContain("@example.com", "CS-1", "Ana Souza", "/customers");
        }
        staff.client(viewer)
                .get()
                .uri(viewer.path("/customers"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void showsNewAnswersWithoutReloading() {
        var newcomer = new Rows(database, openWorkspace);
        var member = staff.member(newcomer.workspace, Role.SUPPORT);
        var list = open(member, "/responses", Look.DESKTOP);
        var today = open(member, "/", Look.DESKTOP);
        assertThat(list.content()).doesNotContain("Out of the blue");

        var id = newcomer.response(
                null, null, Instant.now(), Map.of("recommend", 9, "comment", "Out of the blue"), Map.of());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            events.append(Event.of(newcomer.workspace.id(), EventKind.RESPONSE_GIVEN, id, null, false, Instant.now()))
                    .block();
            numberEvents.number().block();
            assertThat(list.locator(".entry .words").allTextContents()).contains("Out of the blue");
            assertThat(today.locator(".entry .words").allTextContents()).contains("Out of the blue");
        });
    }

    @Test
    void saysWhatToDoWhereNothingIsYet() {
        owner = staff.owner();
        try {
            look("/", "empty-today");
            look("/responses", "empty-responses");
            look("/customers", "empty-customers");
            look("/trends", "empty-trends");
        } finally {
            owner = staff.member(shop.workspace, Role.OWNER);
        }
    }
}
