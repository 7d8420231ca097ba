package dev.afterword.web.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import dev.afterword.db.Key;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Support works on cases, in a browser. */
@WebTest
class InboxScreensTest {
    /** What comes by itself may take so many milliseconds on a busy machine. */
    private static final int LIVE = 20_000;

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    ActOnCase actOnCase;

    @Autowired
    NumberEvents numberEvents;

    @Autowired
    DatabaseClient database;

    @Test
    void worksOnManyAtOnceAndTakesItBack() {
        var workspace = staff.workspace();
        var support = staff.member(workspace, Role.SUPPORT);
        open(workspace, null, "Where is my parcel?", "It should have come on Monday.");
        open(workspace, null, "Win a fortune", "Click here.");
        open(workspace, null, "Der Deckel klemmt", "Ersatzteil?");
        var page = staff.signIn(browser.page(), support);
        page.navigate(support.url("/inbox"));
        assertThat(chip(page, "Ours to do")).containsText("3");
        press(page, "Spam");
        assertThat(page.locator(".flash")).containsText("Nothing was ticked");
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("x");
        assertThat(row(page, "Win a fortune").locator("input[type=checkbox]")).isChecked();
        press(page, "Spam");
        assertThat(page.getByText("Win a fortune")).hasCount(0);
        assertThat(chip(page, "Spam")).containsText("1");
        press(page, "Undo");
        assertThat(page.getByText("Win a fortune")).isVisible();
        page.locator("input[type=search]").fill("ersatz");
        press(page, "Find");
        assertThat(page.locator(".cases tbody tr")).hasCount(1);
        assertThat(page.getByText("Der Deckel klemmt")).isVisible();
        open(workspace, null, "Ersatz for the pan", null);
        numberEvents.number().block();
        assertThat(page.getByText("Ersatz for the pan"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIVE));
        page.navigate(support.url("/inbox"));
        row(page, "Der Deckel klemmt").locator("input[type=checkbox]").check();
        press(page, "I take them");
        assertThat(row(page, "Der Deckel klemmt").getByText("you")).isVisible();
        Browser.everyLook(page, "inbox");
        page.locator("input[type=search]").fill("deckel");
        press(page, "Find");
        page.getByText("Keep this view").click();
        page.locator("#name").fill("Broken lids");
        press(page, "Keep it");
        assertThat(chip(page, "Broken lids")).hasAttribute("aria-current", "true");
        assertThat(chip(page, "Broken lids")).containsText("1");
        Browser.everyLook(page, "inbox-kept");
        press(page, "Do not keep it");
        assertThat(page.getByText("Broken lids")).hasCount(0);
        page.locator("input[type=search]").fill("nowhere to be found");
        press(page, "Find");
        assertThat(page.locator(".empty h2")).hasText("No case says this");
    }

    @Test
    void tellsTheSecondOfTwoAndLosesNothing() {
        var workspace = staff.workspace();
        var mira = staff.member(workspace, Role.SUPPORT);
        var ben = staff.member(workspace, Role.SUPPORT);
        var ana = contact(workspace.id());
        var opened = open(workspace, ana, "The kettle leaks", "It leaks at the spout.");
        open(workspace, ana, "And the lid", "It rattles.");
        var first = staff.signIn(browser.page(), mira);
        var second = staff.signIn(browser.page(), ben);
        first.navigate(mira.url("/inbox/" + opened.key().id()));
        second.navigate(ben.url("/inbox/" + opened.key().id()));
        second.locator("#words").fill("We send a new one.");
        assertThat(first.locator("#presence"))
                .containsText("here just now", new LocatorAssertions.ContainsTextOptions().setTimeout(LIVE));
        first.locator("#priority").selectOption("1");
        press(first, "Change");
        assertThat(first.locator(".standing")).containsText("urgent");
        second.locator("#team").fill("returns");
        press(second, "Change");
        assertThat(second.locator(".notice.bad")).containsText("Somebody else has changed this case meanwhile");
        assertThat(second.locator("#team")).hasValue("returns");
        assertThat(second.locator("#words")).hasValue("We send a new one.");
        second.locator("#words").fill("We send a **new** one, {{contact.firstName|there}}.");
        press(second, "Send");
        assertThat(second.locator(".thread .reply .words")).hasText("We send a **new** one, Ana.");
        numberEvents.number().block();
        assertThat(first.locator(".thread .reply"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIVE));
        first.getByText("Note", new Page.GetByTextOptions().setExact(true)).click();
        first.locator("#note").fill("The last one in stock.");
        first.locator("input[name=mention]").first().check();
        press(first, "Keep the note");
        assertThat(first.locator(".thread .note")).containsText("told:");
        first.keyboard().press("c");
        press(first, "Close the case");
        assertThat(first.locator("#rootCause-error")).isVisible();
        first.locator("#rootCause").selectOption("product");
        first.locator("#topic").fill("spout");
        Browser.everyLook(first, "case");
        press(first, "Close the case");
        assertThat(first.locator(".standing")).containsText("closed");
        press(first, "Open it again");
        assertThat(first.locator(".standing")).containsText("our turn");
        first.getByText("It goes on in another case").click();
        first.locator("input[name=into]").first().check();
        press(first, "Let it go on there");
        assertThat(first.locator("h1")).hasText("And the lid");
        first.navigate(mira.url("/inbox/" + opened.key().id()));
        assertThat(first.locator("h1")).hasText("And the lid");
    }

    @Test
    void opensOneByHandForACustomerAndKeepsViewersOut() {
        var workspace = staff.workspace();
        var support = staff.member(workspace, Role.SUPPORT);
        var page = staff.signIn(browser.page(), support);
        page.navigate(support.url("/customers/" + contact(workspace.id())));
        keepInTouch(page);
        page.getByText("Open a case").click();
        page.locator("#order").fill("no such order");
        page.locator("#subject").fill("A question on the phone");
        press(page, "Open the case");
        assertThat(page.locator("#order-error")).isVisible();
        Browser.everyLook(page, "case-new");
        page.locator("#order").fill("");
        press(page, "Open the case");
        assertThat(page.locator("h1")).hasText("A question on the phone");
        page.locator("#until").selectOption("monday");
        press(page, "Put off");
        assertThat(page.locator(".standing")).containsText("put off until");
        press(page, "Bring it back");
        press(page, "This is spam");
        assertThat(page.locator(".standing")).containsText("spam");
        var viewer = staff.member(workspace, Role.VIEWER);
        staff.client(viewer)
                .get()
                .uri(viewer.path("/inbox"))
                .exchange()
                .expectStatus()
                .isForbidden();
        var other = staff.owner();
        staff.client(other)
                .get()
                .uri(other.path("/inbox/" + page.url().substring(page.url().lastIndexOf('/') + 1)))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private static void keepInTouch(Page page) {
        page.locator("#owner").selectOption(new SelectOption().setIndex(1));
        press(page, "Keep");
        page.getByText("Note what you did in person").click();
        page.locator("textarea#words").fill("Thank you for ten years.");
        press(page, "Note it");
        assertThat(page.locator(".timeline .personal")).containsText("wrote a note by hand");
        page.getByText("Add a day").click();
        page.locator("#occasion").fill("Ten years of the café");
        page.locator("#on").fill("2020-05-14");
        page.locator("input[name=yearly]").uncheck();
        press(page, "Keep it");
        assertThat(page.locator("#on-error")).containsText("This day is over");
        assertThat(page.locator("#occasion")).hasValue("Ten years of the café");
        page.locator("input[name=yearly]").check();
        press(page, "Keep it");
        assertThat(page.locator(".occasions")).containsText("14 May");
        Browser.everyLook(page, "customer-in-touch");
    }

    private Case open(Workspace workspace, @Nullable UUID contact, String subject, @Nullable String words) {
        return actOnCase
                .open(new Opening(
                        workspace.id(),
                        contact == null ? CaseKind.QUESTION : CaseKind.COMPLAINT,
                        subject,
                        contact,
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        null,
                        null,
                        words,
                        true,
                        null,
                        null))
                .block();
    }

    private UUID contact(UUID workspace) {
        var id = Key.nextId();
        database.sql(
                        "insert into contact (workspace_id, id, version, email, address, name, locale, created_at) values ($1, $2, 0, 'ana@example.com', 'ana@example.com', 'Ana Souza', 'en', now())")
                .bind(0, workspace)
                .bind(1, id)
                .then()
                .block();
        return id;
    }

    private static Locator chip(Page page, String name) {
        return page.locator(".chip", new Page.LocatorOptions().setHasText(name)).first();
    }

    private static Locator row(Page page, String subject) {
        return page.locator(".cases tbody tr", new Page.LocatorOptions().setHasText(subject));
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
