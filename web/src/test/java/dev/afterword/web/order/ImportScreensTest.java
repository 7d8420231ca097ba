package dev.afterword.web.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.afterword.db.order.Orders;
import dev.afterword.db.response.ImportUploads;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@WebTest
class ImportScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    ImportUploads uploads;

    @Autowired
    Orders orders;

    @Autowired
    DatabaseClient database;

    @Test
    void showsWhatWasRecognisedThenImportsAndTellsWhatFailed() {
        var owner = staff.owner();
        var page = upload(owner, Look.DESKTOP, lines(1200));

        assertThat(page.content()).contains("externalId", "left aside", "There is no status “sent”");
        checked(page, "import-preview");
        page.getByText("Import it").click();
        page.waitForSelector("text=You may leave this page");
        assertThat(uploads.next().block()).isTrue();
        page.waitForSelector("text=1,200 lines: 1,199 new");
        checked(page, "import-done");
        assertThat(orders.findByExternalId(owner.workspace().id(), "o7")
                        .block()
                        .status()
                        .code())
                .isEqualTo("paid");
        var failures = staff.client(owner)
                .get()
                .uri(page.url().replaceAll("^https?://[^/]*", "") + "/failures.csv")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(failures).startsWith("line,field,code,reason\r\n4,status,order.status-unknown,");

        page.navigate(owner.url("/settings/import"));
        assertThat(page.content()).contains("orders.csv", "done");
        checked(page, "imports");
        database.sql("update import_run set file_name = '' where workspace_id = $1")
                .bind(0, owner.workspace().id())
                .then()
                .block();
        page.reload();
        page.getByText("A file whose name is no longer kept").click();
        assertThat(page.locator("h1").textContent()).isEqualTo("A file whose name is no longer kept");
    }

    @Test
    void worksOnAPhoneWithoutAScriptAndDiscards() {
        var owner = staff.owner();
        var page = upload(owner, Look.PHONE.darkened().withoutScripts(), lines(3));
        picture(page, "import-phone");
        page.getByText("Discard").click();
        assertThat(page.content()).contains("nothing was imported");
        assertThat(uploads.next().block()).isFalse();
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        var page = upload(staff.owner(), Look.DESKTOP, "<html>\n<body>");
        assertThat(page.content()).contains("The first line must name the columns");
    }

    @Test
    void isForThoseWhoMayConfigureInTheirOwnWorkspaceAlone() {
        var owner = staff.owner();
        var page = upload(owner, Look.DESKTOP, lines(1));
        var path = page.url().replaceAll("^https?://[^/]*", "");
        for (var role : new Role[] {Role.SUPPORT, Role.VIEWER}) {
            var other = staff.client(staff.member(owner.workspace(), role));
            other.get().uri(path).exchange().expectStatus().isForbidden();
            other.get()
                    .uri(owner.path("/settings/import"))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
        var stranger = staff.owner();
        staff.client(stranger)
                .get()
                .uri(path.replace(owner.workspace().code(), stranger.workspace().code()))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void asksWhatTheColumnsOfAForeignTableAreAndImportsWhatIsSaid() {
        var owner = staff.owner();
        var page = upload(owner, Look.DESKTOP, "responses", "delighted.csv", """
                Response ID,Score,Note,Created At,Campaign
                1,9,Lovely,2026-05-10 12:00:00 UTC,spring
                2,eleven,,2026-05-10 12:00:00 UTC,spring
                3,3,Late,2026-05-11 12:00:00 UTC,spring
                """);

        assertThat(page.content()).contains("What are the columns?", "are left aside", "2 of the first 3 lines");
        assertThat(page.locator("#c1").inputValue()).isEqualTo("answers.recommend");
        assertThat(page.locator("#c2").inputValue()).isEmpty();
        page.selectOption("#c2", "answers.comment");
        page.getByText("Look again").click();
        page.waitForSelector("text=comment: Lovely");
        checked(page, "import-mapping");
        page.selectOption("#c3", "");
        page.getByText("Import it").click();
        page.waitForSelector("text=Say which column tells when");
        page.selectOption("#c3", "answeredAt");
        page.getByText("Import it").click();
        page.waitForSelector("text=You may leave this page");
        assertThat(uploads.next().block()).isTrue();
        page.waitForSelector("text=3 lines: 2 new, 0 changed, 0 as before, 1 failed");
        page.navigate(owner.url("/responses"));
        assertThat(page.content()).contains("Lovely", "Late");
    }

    private Page upload(Member member, Look look, String content) {
        return upload(member, look, "orders", "orders.csv", content);
    }

    private Page upload(Member member, Look look, String kind, String name, String content) {
        var page = staff.signIn(browser.page(look), member);
        page.navigate(member.url("/settings/import"));
        page.selectOption("#kind", kind);
        page.setInputFiles("#file", new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
        page.getByText("Upload and look").click();
        page.waitForURL("**/settings/import/*");
        return page;
    }

    private static void checked(Page page, String name) {
        picture(page, name);
        Browser.axe(page);
    }

    private static void picture(Page page, String name) {
        Browser.picture(page, name);
    }

    private static String lines(int rows) {
        var csv = new StringBuilder("externalId,placedAt,status,customer.email,customer.name,colour,line.sku\n");
        for (int i = 1; i <= rows; i++) {
            csv.append("o%d,2026-02-01T00:00:00Z,%s,c%d@example.com,Customer %d,red,a\n"
                    .formatted(i, i == 3 ? "sent" : "paid", i, i));
        }
        return csv.toString();
    }
}
