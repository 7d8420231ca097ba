package dev.afterword.web.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.Browser;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A marketer reads what a follow-up brought, and what to do next. */
@WebTest
class ReportPagesTest {
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
    void readsWhatAFollowUpBroughtAndWhatToDoNext() {
        var owner = testStaff.owner();
        workspaces
                .save(owner.workspace().from("Mira", "hello@shop.example", null, "Street 1"))
                .block();
        var mail =
                "{\"key\": \"%s\", \"type\": \"mail\", \"content\": {\"de\": {\"subject\": \"Hello\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"Hello\"}]}}}";
        var key = createFollowUp
                .create(owner.workspace().id(), "Use it better", FollowUpReader.read("""
                        {"purpose": "tips", "trigger": {"on": "order-delivered"}, "holdout": 20, "goal": {"reach": "order", "within": 30}, "steps": [
                            {"key": "subject", "type": "split", "learn": true, "arms": [{"key": "long", "steps": [%s]}, {"key": "short", "steps": [%s]}]}]}
                        """.formatted(
                                mail.formatted("l"), mail.formatted("s"))))
                .block()
                .key();
        publishFollowUp.publish(key, null, false).block();
        enableFollowUp.enable(key).block();
        plant(owner.workspace().id(), key.id());

        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/follow-ups/use-it-better"));
        page.getByText("What it brought").click();
        assertThat(page.locator("h1").innerText()).contains("Of 100 people 13.0 more order again because of it");
        assertThat(page.locator("main").innerText())
                .contains("another order within 30 days", "25.0%", "12.0%", "EUR", "short", "It learns", "400", "100");
        assertThat(page.locator("svg.dots").count()).isGreaterThan(3);
        Browser.everyLook(page, "follow-up-report");

        page.navigate(owner.url("/follow-ups"));
        page.getByText("What worked", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("h1").innerText()).contains("One follow-up is shown to bring something, of 2");
        assertThat(page.locator("main").innerText())
                .contains("Do more of what “Use it better” does", "+13.0", "Days from the delivery", "usual");
        page.getByText("By product group and language").first().click();
        Browser.everyLook(page, "what-worked");
    }

    /** 400 people written to, of whom one of four buys again, and 100 left out, of whom one of eight does; all of them had been asked before. */
    private void plant(UUID workspace, UUID followUp) {
        database.sql("""
                        with p as (select n, gen_random_uuid() as id from generate_series(1, 500) n),
                        c as (insert into contact (workspace_id, id, version, email, address, locale, created_at) select $1, id, 0, n || '@x.test', n || '@x.test', 'en', now() from p),
                        o as (insert into customer_order (workspace_id, id, version, external_id, contact_id, status, placed_at, delivered_at, created_at)
                            select $1, id, 0, 'o' || n, id, 'delivered', now() - interval '60 days', now() - interval '55 days', now() from p),
                        l as (insert into order_line (workspace_id, id, order_id, number, category, name) select $1, id, id, 1, 'kitchen', 'Kettle' from p),
                        e as (insert into enrollment (workspace_id, id, follow_up_id, version_id, contact_id, order_id, occurrence, begun_at, created_at, ended_at, end_reason, holdout, held_by, passed)
                            select $1, p.id, $2, f.version_id, p.id, p.id, p.n::text, now() - interval '50 days', now() - interval '50 days', now(), 'done', n > 400, case when n > 400 then 'follow-up' end, '{}'
                            from p join follow_up f on f.workspace_id = $1 and f.id = $2),
                        x as (insert into outcome (workspace_id, enrollment_id, follow_up_id, contact_id, held_by, since, until, arms, reached_at, orders, amount, currency)
                            select $1, id, $2, id, case when n > 400 then 'follow-up' end, now() - interval '50 days', now() - interval '20 days',
                                jsonb_build_object('subject', case when n % 2 = 0 then 'long' else 'short' end), case when b then now() - interval '40 days' end, b::int, case when b then 20 else 0 end, case when b then 'EUR' end
                            from p cross join lateral (select case when n > 400 then (n - 400) * 125 / 1000 <> (n - 401) * 125 / 1000 else n % 4 = 0 end as b) b),
                        s as (insert into send (workspace_id, id, enrollment_id, follow_up_id, contact_id, order_id, purpose, step, kind, state, skip_reason, due_at, not_after, finished_at, created_at)
                            select $1, id, id, $2, id, id, 'tips', 'l', 'mail', case when n > 400 then 'skipped' else 'accepted' end, case when n > 400 then 'holdout' end,
                                now() - interval '50 days', now() - interval '43 days', now() - interval '50 days', now() - interval '50 days' from p),
                        i as (insert into invitation (workspace_id, id, survey_id, version_id, contact_id, order_id, origin, language, asked_at, accepted_at, answered_at, closes_at, created_at)
                            select $1, p.id, v.survey_id, v.id, p.id, p.id, 'follow-up', 'en', now() - interval '52 days', now() - interval '52 days', case when n % 5 = 0 then now() - interval '51 days' end, now(), now()
                            from p join survey_version v on v.workspace_id = $1)
                        select count(*) from p
                        """).bind(0, workspace).bind(1, followUp).then().block();
        database.sql("""
                        insert into send (workspace_id, id, follow_up_id, contact_id, order_id, invitation_id, purpose, step, kind, state, due_at, not_after, finished_at, created_at)
                        select $1, gen_random_uuid(), f.id, i.contact_id, i.order_id, i.id, 'questions', 'ask', 'ask', 'accepted', i.asked_at, i.asked_at, date_trunc('day', i.asked_at) + interval '9 hours 30 minutes', i.asked_at
                        from invitation i join follow_up f on f.workspace_id = $1 and f.key = 'post-purchase' where i.workspace_id = $1
                        """).bind(0, workspace).then().block();
    }
}
