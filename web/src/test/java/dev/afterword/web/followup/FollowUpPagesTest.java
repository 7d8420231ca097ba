package dev.afterword.web.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A marketer looks at follow-ups, publishes one and switches it on. */
@WebTest
class FollowUpPagesTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    DatabaseClient database;

    @Autowired
    Workspaces workspaces;

    @Autowired
    CreateFollowUp createFollowUp;

    @Autowired
    PublishFollowUp publishFollowUp;

    @Autowired
    EnableFollowUp enableFollowUp;

    @Test
    void readsAJourneyFromTopToBottomAndSwitchesIt() {
        var owner = testStaff.owner();
        workspaces
                .save(owner.workspace().from("Mira", "hello@shop.example", null, "Street 1"))
                .block();
        createFollowUp
                .create(owner.workspace().id(), "Use it better", FollowUpReader.read("""
                        {"level": 4, "purpose": "tips", "trigger": {"on": "order-delivered"}, "holdout": 10,
                         "audience": {"all": [{"fact": "order.amount", "operator": "at-least", "value": 20}, {"fact": "contact.attribute.club", "operator": "is", "value": "gold"}]},
                         "exit": {"fact": "contact.stage", "operator": "is", "value": "advocate"}, "steps": [
                           {"key": "pause", "type": "wait", "days": 14, "at": "10:00"},
                           {"key": "which", "type": "branch", "cases": [{"key": "late", "when": {"fact": "order.delivery", "operator": "is", "value": "late"}, "steps": [
                               {"key": "sorry", "type": "mail", "content": {"de": {"subject": "We were late", "blocks": [{"type": "text", "markdown": "Sorry."}]}}}]}]},
                           {"key": "try", "type": "split", "arms": [{"key": "a", "steps": [{"key": "ask", "type": "ask", "survey": "post-purchase"}]}, {"key": "b", "steps": []}]},
                           {"key": "note", "type": "set-attribute", "name": "tipped", "value": "yes"}]}
                        """))
                .block();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/follow-ups"));
        assertThat(page.locator("main").innerText())
                .contains("After the purchase", "Use it better", "draft", "When an order is delivered", "2 follow-ups");
        Browser.everyLook(page, "follow-ups");

        page.getByText("Use it better").click();
        assertThat(page.locator("main").innerText())
                .contains(
                        "Wait 14 days, until 10:00 in their zone",
                        "the order’s amount",
                        "Write “We were late”",
                        "Try 2 ways",
                        "Ask the survey “After the purchase”",
                        "10% are held back",
                        "It has not been published yet");
        page.getByText("Publish", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("body").innerText()).contains("Published.", "Version 1.");
        page.getByText("Switch on").click();
        assertThat(page.locator("body").innerText()).contains("The follow-up is on.", "0 sent · 0 left out");
        database.sql("""
                        with c as (insert into contact (workspace_id, id, version, email, address, created_at) values ($1, $2, 0, 'ana@x.test', 'ana@x.test', now()))
                        insert into send (workspace_id, id, follow_up_id, contact_id, purpose, step, kind, state, skip_reason, due_at, not_after, finished_at, created_at)
                        select $1, $2, f.id, $2, 'tips', 'sorry', 'mail', 'skipped', 'budget', now(), now(), now(), now() from follow_up f where f.workspace_id = $1 and f.key = 'use-it-better'
                        """)
                .bind(0, owner.workspace().id())
                .bind(1, Key.nextId())
                .then()
                .block();
        page.reload();
        assertThat(page.locator("aside").innerText()).contains("no room for another in time");
        Browser.everyLook(page, "follow-up");
        page.getByText("Switch off").click();
        assertThat(page.locator("body").innerText()).contains("The follow-up is off");
        page.getByText("Archive").click();
        page.navigate(owner.url("/follow-ups"));
        assertThat(page.locator("main").innerText()).contains("One follow-up", "Archived (1)");
    }

    @Test
    void saysForHowManyItWouldBeginBeforeItIsStarted() {
        var owner = testStaff.owner();
        workspaces
                .save(owner.workspace().from("Mira", "hello@shop.example", null, "Street 1"))
                .block();
        database.sql(
                        "insert into contact (workspace_id, id, version, email, address, attributes, created_at) values ($1, $2, 0, 'ana@x.test', 'ana@x.test', '{\"club\": \"gold\"}', now())")
                .bind(0, owner.workspace().id())
                .bind(1, Key.nextId())
                .then()
                .block();
        var news = createFollowUp
                .create(owner.workspace().id(), "News", FollowUpReader.read("""
                        {"level": 4, "purpose": "news", "trigger": {"on": "by-hand"}, "audience": {"fact": "contact.attribute.club", "operator": "is", "value": "gold"}, "steps": [
                           {"key": "note", "type": "set-attribute", "name": "told", "value": "yes"}]}
                        """))
                .block();
        publishFollowUp.publish(news.key(), null, false).block();
        enableFollowUp.enable(news.key()).block();

        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/follow-ups/news"));
        page.getByText("Start now").click();
        assertThat(page.locator("main").innerText()).contains("It begins for one customer now.", "0 began");
        Browser.everyLook(page, "follow-up-begins");
        page.getByText("Start it for them").click();
        assertThat(page.locator("body").innerText()).contains("The follow-up has begun for its audience.", "1 began");
        page.getByText("Start now").click();
        assertThat(page.locator("main").innerText())
                .contains("It would begin for nobody")
                .doesNotContain("Start it for them");
    }
}
